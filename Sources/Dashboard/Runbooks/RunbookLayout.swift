import Screen

/// Where the steps and the text beside or below them stand.
struct RunbookLayout: Hashable, Sendable {
  /// The steps.
  let steps: Rect
  /// What the selected step does and has written; empty while the steps have all the space.
  let details: Rect

  /// From this width on both stand side by side.
  private static let wide = 100

  /// - Parameters:
  ///   - body: The space.
  ///   - stepRows: The rows that the steps would like, their heading and escalations included.
  ///   - zoomed: The half that has the whole space.
  init(body: Rect, stepRows: Int, zoomed: RunbookPane.Focus?) {
    switch zoomed {
    case .steps?:
      steps = body
      details = body.splitTop(body.rows).rest
    case .details?:
      steps = body.splitTop(0).top
      details = body
    case nil where body.columns >= RunbookLayout.wide:
      (steps, details) = body.splitLeft(max(body.columns * 48 / 100, 48))
    case nil:
      let rows = min(stepRows + 2, max(body.rows / 2, 5))
      (steps, details) = body.splitTop(rows)
    }
  }
}
