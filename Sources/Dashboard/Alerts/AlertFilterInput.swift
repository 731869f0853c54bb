import Reliability
import Screen

/// The line in which alerts are filtered: what is typed, what is wrong with it, what may follow.
struct AlertFilterInput: Sendable {
  private(set) var field: TextInput
  /// The filter that Esc brings back.
  let before: String
  var failure: AlertFilter.Failure?
  private(set) var completion: AlertCompletion?
  /// What was typed when the first proposal was asked for.
  private var typed = ""
  /// Which of the proposals Tab takes next.
  private var next = 0

  init(_ text: String) {
    field = TextInput(text)
    before = text
  }

  var text: String { field.value }

  /// Takes a key; Tab goes through what could stand at the cursor.
  ///
  /// - Returns: Whether the text changed.
  mutating func handle(_ event: InputEvent, alerts: [Alert]) -> Bool {
    if event == .key(.tab) { return complete(alerts) }
    completion = nil
    next = 0
    return field.handle(event)
  }

  private mutating func complete(_ alerts: [Alert]) -> Bool {
    if completion == nil {
      typed = text
      let cursor = text.prefix(field.cursor).unicodeScalars.count
      completion = AlertCompletion.candidates(for: text, cursor: cursor, in: alerts)
    }
    guard let found = completion, !found.candidates.isEmpty else { return false }
    field = TextInput(
      found.applying(found.candidates[next % found.candidates.count], to: typed).text)
    next += 1
    return true
  }

  /// Draws the line in the last row, above it what is wrong or what may follow.
  func draw(in body: Rect, bar: Rect, on canvas: inout Canvas) {
    canvas.fill(bar, role: .input)
    canvas.draw(" /", in: bar, role: .keyName)
    let keys = "Enter keeps it, Esc restores, Tab completes "
    let hasRoom = DisplayWidth.of(text) + keys.count + 6 <= bar.columns
    let split = bar.splitLeft(2).rest.splitRight(hasRoom ? keys.count : 0)
    canvas.draw(keys, in: split.right, role: .input)
    field.draw(in: split.rest, on: &canvas)
    let hint = body.splitBottom(1).bottom
    if let completion, completion.candidates.count > 1 {
      // The next one first, so that the row goes on as Tab is pressed. What is not finished yet is
      // wrong only when the operator goes on typing.
      let all = completion.candidates
      let shown = all[(next % all.count)...] + all[..<(next % all.count)]
      canvas.fill(hint, role: .dialog)
      canvas.draw(" Tab: \(shown.joined(separator: "  "))", in: hint, role: .dialog)
    } else if let failure {
      canvas.fill(hint, role: .inputError)
      canvas.draw(" \(failure.message)", in: hint, role: .inputError)
    }
  }
}
