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
  ///   - alertCount: How many alerts there are.
  ///   - zoomed: The pane that has the whole screen.
  init(body: Rect, rowCount: Int, alertCount: Int, zoomed: Dashboard.OverviewPane?) {
    guard zoomed == nil, body.rows >= 12 else {
      let isAlerts = zoomed == .alerts
      serviceLevels = isAlerts ? Rect(column: 0, row: 0, columns: 0, rows: 0) : body
      alerts = isAlerts ? body : nil
      onCall = nil
      return
    }
    // Two borders and the headings come on top of the rows. The lower panes keep at least a fifth of
    // the space and two rows of alerts, and what more their alerts need as far as service levels
    // leave it or a third.
    let wanted = max(rowCount, 1) + 3
    let share = max(body.rows - wanted, body.rows / 3, 5)
    let below = max(4, body.rows / 5, min(max(alertCount, 1) + 3, share))
    let split = body.splitTop(min(wanted, body.rows - below))
    serviceLevels = split.top
    if body.columns >= 100 {
      let lower = split.rest.splitRight(min(max(body.columns / 4, 34), 44))
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
