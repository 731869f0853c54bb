import Screen

/// Where the Overview's panes stand at one size.
struct OverviewLayout: Hashable, Sendable {
  let serviceLevels: Rect
  /// Absent when the screen is too small or a pane is zoomed.
  let alerts: Rect?
  let onCall: Rect?

  /// Divides the space between head and key bar.
  ///
  /// - Parameters:
  ///   - body: The space.
  ///   - rowCount: How many service levels there are; no more rows than these are given away.
  ///   - isZoomed: Whether the service levels have the whole screen.
  init(body: Rect, rowCount: Int, isZoomed: Bool) {
    guard !isZoomed, body.rows >= 14 else {
      serviceLevels = body
      alerts = nil
      onCall = nil
      return
    }
    // Two borders and the headings come on top of the rows; the lower panes keep at least a fifth of
    // the space.
    let wanted = max(rowCount, 1) + 3
    let split = body.splitTop(min(wanted, body.rows - max(3, body.rows / 5)))
    serviceLevels = split.top
    if body.columns >= 100 {
      let lower = split.rest.splitRight(body.columns / 3)
      alerts = lower.rest
      onCall = lower.right
    } else {
      alerts = split.rest
      onCall = nil
    }
  }

  /// How many rows the list of service levels shows.
  var listHeight: Int { TableArea(in: serviceLevels).rows.rows }
}
