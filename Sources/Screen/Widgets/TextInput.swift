/// One line of text that the operator edits.
///
/// Ctrl-A, Ctrl-B, Ctrl-S and Ctrl-Q are left alone on purpose: terminal multiplexers and flow
/// control take them.
package struct TextInput: Hashable, Sendable {
  /// The most characters an input takes.
  package static let characterLimit = 1000

  private var before: String
  private var after = ""

  /// Makes an input with the cursor after `value`.
  package init(_ value: String = "") {
    before = String(Sanitizer.line(value).prefix(TextInput.characterLimit))
  }

  /// The text.
  package var value: String { before + after }

  /// The number of characters before the cursor.
  package var cursor: Int { before.count }

  /// Handles an editing key or pasted text; returns false for anything that is not editing, such
  /// as Enter, Esc, Tab and the vertical arrows.
  package mutating func handle(_ event: InputEvent) -> Bool {
    switch event {
    case .key(let key): return handle(key)
    case .paste(let text):
      insert(text)
      return true
    case .mouse, .resized, .resumed, .hangUp, .terminate, .interrupt, .quit: return false
    }
  }

  /// Draws the part around the cursor in the first row of `rect`, and puts the canvas's cursor
  /// there.
  package func draw(in rect: Rect, on canvas: inout Canvas, role: Role = .input) {
    let row = rect.splitTop(1).top
    guard !row.isEmpty else { return }
    canvas.fill(row, role: role)
    // The last column is kept for the cursor, so that typing at the end stays visible.
    let shown = tail(of: before, columns: row.columns - 1)
    let used = canvas.draw(
      shown, at: row.origin, maxWidth: row.columns, role: role, ellipsis: false)
    let rest = row.splitLeft(used).rest
    canvas.draw(after, in: rest, role: role)
    canvas.cursor = rest.origin
  }

  private mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace: before = String(before.dropLast())
    case .delete: after = String(after.dropFirst())
    case .left: split(at: cursor - 1)
    case .right: split(at: cursor + 1)
    case .home: split(at: 0)
    case .end: split(at: .max)
    case .control("u"): before = ""
    case .control("w"): deleteWord()
    case .control, .alt, .enter, .escape, .tab, .backTab, .insert, .up, .down, .pageUp, .pageDown,
      .function:
      return false
    }
    return true
  }

  /// Inserts text as one safe line, as far as there is room.
  private mutating func insert(_ text: String) {
    let room = TextInput.characterLimit - value.count
    before += Sanitizer.line(text).prefix(max(0, room))
  }

  private mutating func split(at cursor: Int) {
    let value = value
    before = String(value.prefix(max(0, cursor)))
    after = String(value.dropFirst(before.count))
  }

  /// Deletes the word before the cursor and the blanks after that word.
  private mutating func deleteWord() {
    while before.last == " " { before.removeLast() }
    while let last = before.last, last != " " { before.removeLast() }
  }

  /// The end of `text` that takes at most `columns` columns.
  private func tail(of text: String, columns: Int) -> Substring {
    var start = text.endIndex
    var used = 0
    while start > text.startIndex {
      let previous = text.index(before: start)
      used += DisplayWidth.of(text[previous..<start])
      guard used <= columns else { break }
      start = previous
    }
    return text[start...]
  }
}
