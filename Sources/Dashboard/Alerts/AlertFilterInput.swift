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
    field.draw(in: bar.splitLeft(2).rest, on: &canvas)
    let hint = body.splitBottom(1).bottom
    if let failure {
      canvas.fill(hint, role: .inputError)
      canvas.draw(" \(failure.message)", in: hint, role: .inputError)
    } else if let completion, completion.candidates.count > 1 {
      canvas.fill(hint, role: .dialog)
      canvas.draw(
        " Tab: \(completion.candidates.joined(separator: "  "))", in: hint, role: .dialog)
    }
  }
}
