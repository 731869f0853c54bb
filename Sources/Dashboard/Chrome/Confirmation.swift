import Screen

/// A question before something that others feel: what exactly will happen, and the safe answer first.
struct Confirmation: Sendable {
  let title: String
  let lines: [String]
  /// What a yes does.
  let effects: [Effect]
  /// Whether yes is selected; no is at first.
  private(set) var isYes = false

  init(title: String, lines: [String], effects: [Effect]) {
    self.title = title
    self.lines = lines
    self.effects = effects
  }

  /// What a key led to; `nil` while the question stands.
  mutating func handle(_ event: InputEvent) -> Bool? {
    switch event {
    case .key(.character("y")): return true
    case .key(.character("n")), .key(.escape), .key(.character("q")): return false
    case .key(.enter): return isYes
    case .key(.left), .key(.right), .key(.tab), .key(.backTab), .key(.character("h")),
      .key(.character("l")):
      isYes.toggle()
      return nil
    default: return nil
    }
  }

  func draw(in rect: Rect, on canvas: inout Canvas) {
    Dialog(
      title: title, lines: lines, buttons: ["n No", "y Yes"], selected: isYes ? 1 : 0
    ).draw(in: rect, on: &canvas)
  }
}
