import Reliability
import Screen

extension Dashboard {
  /// Draws why an SLO's figures are what they are.
  func drawDebug(_ id: SLO.ID, in body: Rect, on canvas: inout Canvas) {
    ScrolledLines(
      lines: debugLines(id, width: body.columns - 4), title: "Why: \(id)", isFocused: true
    ).draw(from: debugList, in: body, on: &canvas)
  }

  /// The explanation of an SLO, wrapped to the width of the view.
  func debugLines(_ id: SLO.ID, width: Int) -> [Line] {
    guard let state = snapshot.serviceLevels.first(where: { $0.id == id }) else {
      return [Line([Span("This SLO is not configured any more. Esc goes back.", .notice)])]
    }
    return ExplanationText(Explanation(state, at: now), width: width).lines
  }
}
