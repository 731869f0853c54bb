import Reliability
import Screen

extension Dashboard {
  /// Draws the Overview: service levels, and what is known of alerts and on-call.
  func drawOverview(on canvas: inout Canvas) {
    let layout = overviewLayout
    if !layout.serviceLevels.isEmpty {
      drawServiceLevels(in: layout.serviceLevels, on: &canvas)
    }
    if let rect = layout.alerts {
      drawAlertList(in: rect, isFocused: overviewFocus == .alerts, on: &canvas)
    }
    if let rect = layout.onCall {
      drawOnCallPane(in: rect, on: &canvas)
    }
  }

  private func drawServiceLevels(in rect: Rect, on canvas: inout Canvas) {
    let hasKeys = overviewFocus == .serviceLevels
    let inner = Frame(title: "Service levels", note: serviceLevelsNote, isFocused: hasKeys)
      .draw(in: rect, on: &canvas)
    guard !serviceLevels.rows.isEmpty else {
      canvas.drawWrapped(
        emptySentence, in: inner.inset(horizontal: 1, vertical: 0), role: .notice)
      return
    }
    draw(
      serviceLevels.rows, serviceLevels.list, names: serviceLevels.nameWidths,
      hasKeys: hasKeys, in: TableArea(in: rect), on: &canvas)
  }

  /// Draws a list of service levels with its headings.
  func draw(
    _ rows: [ServiceLevelState], _ list: VirtualList, names: NameWidths, hasKeys: Bool = true,
    in area: TableArea, on canvas: inout Canvas
  ) {
    // The marker stands in what would be the left margin.
    let headings = area.headings.splitRight(1).rest
    let table = ServiceLevelTable(width: headings.columns, now: now, names: names)
    table.drawHeadings(in: headings, on: &canvas)
    for (offset, index) in list.visibleRange(height: area.rows.rows).enumerated() {
      let row = area.row(offset).splitRight(1).rest
      table.draw(
        rows[index], in: row, isSelected: hasKeys && index == list.selection, on: &canvas)
    }
  }

  private var serviceLevelsNote: String {
    let pane = serviceLevels
    var parts: [String] = []
    if pane.filter.isEmpty {
      parts.append(Words.count(pane.total, "SLO"))
    } else {
      parts.append("filter \(pane.filter.text): \(pane.rows.count) of \(pane.total)")
    }
    let others = snapshot.serviceLevels.count - pane.total
    if others > 0 { parts.append("\(others) of other teams hidden") }
    parts.append(pane.sortKey.title + (pane.isInverted ? ", inverted" : ""))
    return parts.joined(separator: ", ")
  }

  private var emptySentence: String {
    if serviceLevels.total > 0 {
      return "No service level matches \"\(serviceLevels.filter.text)\". Esc clears the filter."
    }
    if !snapshot.serviceLevels.isEmpty {
      return "No SLO is within the scope \(settings.alerts.scope). m shows those of other teams."
    }
    return "No SLO is configured. Add one under slos: in \(settings.configurationName), or run "
      + "burnwatch demo to see a whole shop."
  }
}
