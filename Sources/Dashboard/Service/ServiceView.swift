import Reliability
import Screen

/// Where the Service view's panes stand at one size.
struct ServiceLayout: Hashable, Sendable {
  let list: Rect
  let details: Rect

  init(body: Rect, rowCount: Int) {
    let split = body.splitTop(min(rowCount + 3, max(4, body.rows / 3)))
    list = split.top
    details = split.rest
  }

  var listHeight: Int { max(list.rows - 3, 0) }
  var page: Int { max(details.rows - 2, 0) }
}

extension Dashboard {
  /// Draws the Service view: the service's SLOs above, everything about the selected one below.
  func drawService(in body: Rect, on canvas: inout Canvas) {
    let pane = service
    let layout = ServiceLayout(body: body, rowCount: pane.rows.count)
    let name = pane.service ?? "no service"
    let isListShown = !isZoomed || pane.focus == .list
    let isDetailShown = !isZoomed || pane.focus == .details
    if isListShown {
      let inner = Frame(
        title: "Service \(name)", note: Words.count(pane.rows.count, "SLO"),
        isFocused: pane.focus == .list
      ).draw(in: isZoomed ? body : layout.list, on: &canvas)
      draw(
        pane.rows, pane.list, names: pane.nameWidths, in: inner, on: &canvas)
    }
    if isDetailShown {
      drawServiceDetails(in: isZoomed ? body : layout.details, on: &canvas)
    }
  }

  private func drawServiceDetails(in rect: Rect, on canvas: inout Canvas) {
    guard let state = service.selected else {
      let inner = Frame(title: "Details").draw(in: rect, on: &canvas)
      canvas.draw("This service has no SLO any more. Esc goes back.", in: inner, role: .notice)
      return
    }
    let lines = ServiceDetails(state, now: now, glyphs: glyphs).lines
    let page = max(rect.rows - 2, 0)
    let first = min(service.details.selection, max(lines.count - page, 0))
    let rest = lines.count - first - page
    let inner = Frame(
      title: state.slo.name, note: rest > 0 ? "\(rest) more lines" : "",
      isFocused: service.focus == .details
    ).draw(in: rect, on: &canvas).inset(horizontal: 1, vertical: 0)
    for (offset, line) in lines.dropFirst(first).prefix(inner.rows).enumerated() {
      let row = Rect(
        column: inner.column, row: inner.row + offset, columns: inner.columns, rows: 1)
      line.draw(in: row, on: &canvas)
    }
  }
}
