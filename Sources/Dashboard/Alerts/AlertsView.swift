import Reliability
import Screen

/// Where the Alerts view's panes stand at one size.
struct AlertsLayout: Hashable, Sendable {
  let list: Rect
  /// Absent when there is no room beside or below the list.
  let details: Rect?

  /// Divides the space between head and key bar.
  ///
  /// - Parameters:
  ///   - body: The space.
  ///   - rowCount: How many rows the list has; below a short list the details get what is left.
  ///   - leadCount: How many rows stand above them, for what must be known first.
  ///   - isZoomed: Whether the list has the whole screen.
  init(body: Rect, rowCount: Int, leadCount: Int, isZoomed: Bool) {
    if isZoomed || body.rows < 18 || rowCount == 0 {
      (list, details) = (body, nil)
    } else if body.columns >= 150 {
      let split = body.splitRight(body.columns * 2 / 5)
      (list, details) = (split.rest, split.right)
    } else {
      let wanted = max(rowCount + leadCount + 3, body.rows / 3)
      let split = body.splitBottom(max(min(body.rows / 3 + 1, 14), body.rows - wanted))
      (list, details) = (split.rest, split.bottom)
    }
  }
}

extension Dashboard {
  var alertsLayout: AlertsLayout {
    AlertsLayout(
      body: body, rowCount: alertsPane.rowCount, leadCount: alertWarnings.count,
      isZoomed: isZoomed)
  }

  /// Where the headings and rows of a list of alerts stand in its pane, below what is said first.
  func alertArea(in pane: Rect) -> TableArea {
    TableArea(in: pane.splitTop(alertWarnings.count).rest)
  }

  /// Draws the Alerts view: the list, and beside or below it the selected alert.
  func drawAlerts(on canvas: inout Canvas) {
    let layout = alertsLayout
    drawAlertList(in: layout.list, isFocused: true, on: &canvas)
    if let rect = layout.details { drawSelectedAlert(in: rect, on: &canvas) }
  }

  /// Draws the list of alerts with its counts, or the sentence in its place.
  func drawAlertList(in rect: Rect, isFocused: Bool, on canvas: inout Canvas) {
    let title = alertsTitle
    let inner = Frame(
      title: title, note: alertsNote(columns: rect.columns - title.count - 7),
      isFocused: isFocused
    ).draw(in: rect, on: &canvas)
    let warnings = alertWarnings
    var rest = inner
    for warning in warnings {
      canvas.draw(
        "! \(warning)", in: rest.splitTop(1).top.inset(horizontal: 1, vertical: 0), role: .failed)
      rest = rest.splitTop(1).rest
    }
    guard alertsPane.rowCount > 0 else {
      canvas.drawWrapped(
        quietSentence, in: rest.inset(horizontal: 1, vertical: 0),
        role: warnings.isEmpty ? .dim : .notice)
      return
    }
    let area = alertArea(in: rect)
    let table = AlertTable(width: area.headings.columns - 1, now: now, tally: alertsPane.counts)
    table.drawHeadings(in: area.headings.splitRight(1).rest, on: &canvas)
    for (offset, index) in alertsPane.list.visibleRange(height: area.rows.rows).enumerated() {
      let row = area.row(offset).splitRight(1).rest
      drawAlertRow(index, isFocused: isFocused, table, in: row, on: &canvas)
    }
  }

  private func drawAlertRow(
    _ index: Int, isFocused: Bool, _ table: AlertTable, in row: Rect, on canvas: inout Canvas
  ) {
    let isSelected = isFocused && index == alertsPane.list.selection
    switch alertsPane.row(index) {
    case .heading(let group)?:
      table.draw(alertsPane.groups[group], isSelected: isSelected, in: row, on: &canvas)
    case .alert(let position)?:
      let alert = alertsPane.alerts[position]
      table.draw(
        alert,
        AlertTable.Look(
          isSelected: isSelected, isMarked: alertsPane.marks.contains(alert.id),
          isNew: isNew(alert), isOnItsWay: actionsOnTheirWay[alert.id] != nil,
          isEscalated: escalation(of: alert)?.progress.isEscalated ?? false),
        in: row, on: &canvas)
    case nil: break
    }
  }

  // MARK: - Words

  private var alertsTitle: String {
    let pane = alertsPane
    var title = "Active alerts"
    if !pane.marks.isEmpty { title += ", \(pane.marks.count) marked" }
    if pane.hiddenMarkCount > 0 { title += " (\(pane.hiddenMarkCount) not shown)" }
    return pane.isMarkingRange ? "\(title), v ends" : title
  }

  /// The counts and what shapes the list, as far as there is room; the least important go first.
  private func alertsNote(columns: Int) -> String {
    let pane = alertsPane
    var parts = pane.counts.clauses
    if pane.scope != nil {
      let text = Sanitizer.line(settings.alerts.scope, limit: max(columns / 3, 12), glyphs: glyphs)
      parts.insert(pane.isScoped ? "scope \(text)" : "all teams", at: min(parts.count, 2))
    }
    if !pane.grouping.isEmpty {
      parts.insert("by \(pane.grouping.joined(separator: ", "))", at: min(parts.count, 3))
    }
    if pane.order != .urgency || pane.isInverted {
      let words = pane.order.title + (pane.isInverted ? ", inverted" : "")
      parts.insert(words, at: min(parts.count, 3))
    }
    if let filter = pane.filter {
      let text = Sanitizer.line(filter.text, limit: max(columns / 2, 12), glyphs: glyphs)
      parts.insert("filter \(text): \(pane.alerts.count) shown", at: 0)
    }
    while parts.count > 1, DisplayWidth.of(parts.joined(separator: ", ")) > columns {
      parts.removeLast()
    }
    return parts.joined(separator: ", ")
  }

  /// What must be known before anything is called quiet; on a low screen in one row.
  var alertWarnings: [String] {
    var warnings: [String] = []
    switch alertSnapshot.watchdog {
    case .missing(let name, let since):
      warnings.append(
        "\(name) has not fired for \(Words.age(now - since)): alerting may be broken")
    case .unconfigured, .awaited, .firing: break
    }
    warnings += alertSnapshot.gaps
    if let trouble = alertSnapshot.journalTrouble { warnings.append(trouble) }
    let limit = body.rows < 30 ? 1 : 3
    guard warnings.count > limit else { return warnings }
    // The last row says how many it stands for before it may be cut.
    let last = "\(warnings.count - limit + 1) troubles, the first: \(warnings[limit - 1])"
    return warnings.prefix(limit - 1) + [last]
  }

  private var quietSentence: String {
    if alertsPane.filter != nil {
      return "No alert matches \"\(alertsPane.filterText)\". Esc clears the filter."
    }
    guard settings.hasAlertSources else {
      return "No source of alerts is configured. Add an alertmanager, prometheus or pagerduty "
        + "source in \(settings.configurationName); burning SLOs appear here by themselves."
    }
    if !hasHeardAlerts { return "Waiting for the sources of alerts." }
    if !alertSnapshot.gaps.isEmpty {
      return "Nothing is known to fire, but not every source has been heard. 2 shows the sources."
    }
    if case .missing = alertSnapshot.watchdog {
      return "Nothing is known to fire, which does not mean that all is quiet."
    }
    if alertsPane.scope != nil, alertsPane.isScoped, !alertsPane.all.isEmpty {
      let others = Words.count(alertsPane.all.count, "alert")
      return "Quiet within the scope \(settings.alerts.scope); m shows \(others) of other teams."
    }
    return "Quiet \(quietSince)."
  }

  private var quietSince: String {
    let since = alertSnapshot.lastFired ?? watchedSince
    let hours = max((now - since).inSeconds, 0) / 3600
    let length = Words.length(hours: hours)
    return alertSnapshot.lastFired == nil
      ? "as long as burnwatch watches, \(length)" : "for \(length)"
  }
}
