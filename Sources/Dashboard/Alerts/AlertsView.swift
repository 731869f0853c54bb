import Reliability
import Screen

/// Where the Alerts view's panes stand at one size.
struct AlertsLayout: Hashable, Sendable {
  let list: Rect
  /// Absent when there is no room beside or below the list.
  let details: Rect?

  init(body: Rect, isZoomed: Bool) {
    if isZoomed || body.rows < 18 {
      (list, details) = (body, nil)
    } else if body.columns >= 150 {
      let split = body.splitRight(body.columns * 2 / 5)
      (list, details) = (split.rest, split.right)
    } else {
      let split = body.splitBottom(min(body.rows / 3 + 1, 14))
      (list, details) = (split.rest, split.bottom)
    }
  }

  var listHeight: Int { TableArea(in: list).rows.rows }
}

extension Dashboard {
  var alertsLayout: AlertsLayout { AlertsLayout(body: body, isZoomed: isZoomed) }

  /// Draws the Alerts view: the list, and beside or below it the selected alert.
  func drawAlerts(on canvas: inout Canvas) {
    let layout = alertsLayout
    drawAlertList(in: layout.list, isFocused: true, on: &canvas)
    guard let rect = layout.details else { return }
    let lines = alertsPane.selected.map { alertLines($0, width: rect.columns - 4) } ?? []
    ScrolledLines(
      lines: lines, title: alertsPane.selected?.name ?? "No alert selected", isFocused: false
    ).draw(from: VirtualList(), in: rect, on: &canvas)
  }

  /// Draws the list of alerts with its counts, or the sentence in its place.
  func drawAlertList(in rect: Rect, isFocused: Bool, on canvas: inout Canvas) {
    let inner = Frame(title: alertsTitle, note: alertsNote, isFocused: isFocused)
      .draw(in: rect, on: &canvas)
    let warnings = alertWarnings
    var area = inner
    for warning in warnings where area.rows > 1 {
      canvas.draw(
        "! \(warning)", in: area.splitTop(1).top.inset(horizontal: 1, vertical: 0), role: .failed)
      area = area.splitTop(1).rest
    }
    guard alertsPane.rowCount > 0 else {
      canvas.drawWrapped(
        quietSentence, in: area.inset(horizontal: 1, vertical: 0),
        role: warnings.isEmpty ? .dim : .notice)
      return
    }
    let (headings, rows) = area.splitTop(1)
    let table = AlertTable(width: headings.columns - 1, now: now, tally: alertsPane.counts)
    table.drawHeadings(in: headings.splitRight(1).rest, on: &canvas)
    for (offset, index) in alertsPane.list.visibleRange(height: rows.rows).enumerated() {
      let row = rows.splitTop(offset).rest.splitTop(1).top.splitRight(1).rest
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
          isNew: isNew(alert), isOnItsWay: actionsOnTheirWay[alert.id] != nil),
        in: row, on: &canvas)
    case nil: break
    }
  }

  // MARK: - Words

  private var alertsTitle: String {
    alertsPane.marks.isEmpty
      ? "Active alerts" : "Active alerts, \(alertsPane.marks.count) marked"
  }

  private var alertsNote: String {
    let pane = alertsPane
    var parts = [pane.counts.clauses].filter { !$0.isEmpty }
    if let filter = pane.filter {
      parts.insert("filter \(filter.text): \(pane.alerts.count) shown", at: 0)
    }
    if pane.scope != nil {
      parts.append(pane.isScoped ? "scope \(settings.alerts.scope)" : "all teams")
    }
    if !pane.grouping.isEmpty { parts.append("by \(pane.grouping.joined(separator: ", "))") }
    if pane.order != .urgency || pane.isInverted {
      parts.append(pane.order.title + (pane.isInverted ? ", inverted" : ""))
    }
    return parts.joined(separator: ", ")
  }

  /// What must be known before anything is called quiet.
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
    return warnings
  }

  private var quietSentence: String {
    if alertsPane.filter != nil {
      return "No alert matches \"\(alertsPane.filterText)\". Esc clears the filter."
    }
    guard settings.hasAlertSources else {
      return "No source of alerts is configured. Add an alertmanager, prometheus or pagerduty "
        + "source in \(settings.configurationName); burning SLOs appear here by themselves."
    }
    if !alertSnapshot.gaps.isEmpty {
      return "Nothing is known to fire, but not every source has been heard."
    }
    if case .missing = alertSnapshot.watchdog { return "Nothing is known to fire." }
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
