import Screen

/// A question before something that changes production: it is done only when a word is typed.
struct TypedConfirmation: Sendable {
  let title: String
  let lines: [String]
  /// The word to type.
  let word: String
  /// What the word does.
  let effects: [Effect]
  private(set) var input = TextInput()

  init(title: String, lines: [String], word: String, effects: [Effect]) {
    self.title = title
    self.lines = lines
    self.word = word
    self.effects = effects
  }

  /// What a key led to; `nil` while the question stands.
  ///
  /// A paste is no typing: the word is there so that somebody thinks.
  mutating func handle(_ event: InputEvent) -> Bool? {
    switch event {
    case .key(.escape): return false
    case .key(.enter):
      if input.value == word { return true }
      if input.value.isEmpty { return false }
      input = TextInput()
      return nil
    case .key: _ = input.handle(event)
    case .paste, .mouse, .resized, .resumed, .hangUp, .terminate, .interrupt, .quit: break
    }
    return nil
  }

  func draw(in rect: Rect, bar: Rect, on canvas: inout Canvas) {
    Dialog(
      title: title,
      lines: lines + ["", "Type \(word) and Enter to run it; Enter alone or Esc leaves it."]
    ).draw(in: rect, on: &canvas)
    canvas.fill(bar, role: .input)
    let used = canvas.draw(" type \(word): ", in: bar, role: .keyName)
    input.draw(in: bar.splitLeft(used).rest, on: &canvas)
  }
}
