import Reliability
import Screen

/// Where the Service view's panes stand at one size; a zoomed one leaves the other no space.
struct ServiceLayout: Hashable, Sendable {
  let list: Rect
  let details: Rect

  init(body: Rect, rowCount: Int, zoomed: ServicePane.Focus?) {
    let listRows =
      switch zoomed {
      case .list: body.rows
      case .details: 0
      case nil: min(rowCount + 3, max(4, body.rows / 3))
      }
    let split = body.splitTop(listRows)
    list = split.top
    details = split.rest
  }

  var listHeight: Int { TableArea(in: list).rows.rows }
  var page: Int { ScrolledLines.page(of: details) }
}

extension Dashboard {
  /// Draws the Service view: the service's SLOs above, everything about the selected one below.
  func drawService(on canvas: inout Canvas) {
    let layout = serviceLayout
    if !layout.list.isEmpty {
      Frame(
        title: "Service \(service.service ?? "")", note: Words.count(service.rows.count, "SLO"),
        isFocused: service.focus == .list
      ).draw(in: layout.list, on: &canvas)
      draw(
        service.rows, service.list, names: service.nameWidths, in: TableArea(in: layout.list),
        on: &canvas)
    }
    if !layout.details.isEmpty { drawServiceDetails(in: layout.details, on: &canvas) }
  }

  private func drawServiceDetails(in rect: Rect, on canvas: inout Canvas) {
    guard let state = service.selected else {
      let inner = Frame(title: "Details").draw(in: rect, on: &canvas)
      canvas.draw("This service has no SLO any more. Esc goes back.", in: inner, role: .notice)
      return
    }
    ScrolledLines(
      lines: ServiceDetails(state, now: now, glyphs: glyphs).lines, title: state.slo.name,
      isFocused: service.focus == .details
    ).draw(from: service.details, in: rect, on: &canvas)
  }
}
