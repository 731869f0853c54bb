import Screen
import TestSupport
import Testing

/// All widgets on one screen, recorded, so that a change of look is seen as a picture.
struct WidgetGalleryTests {
  private struct Row {
    let service: String
    let remaining: Double?
    let value: Double?
    let lastHour: Double?
    let role: Role
    let burns: [Double?]
  }

  private let rows = [
    Row(
      service: "checkout", remaining: -0.34, value: 0.998_66, lastHour: 0.9818, role: .exhausted,
      burns: [0.2, 0.4, 0.9, 1.2, 3, 6, 9, 14.4, 18.2]),
    Row(
      service: "支払いサービス", remaining: 0.28, value: 0.999_28, lastHour: 0.9959, role: .warning,
      burns: [nil, 0.5, 0.6, 0.8, 1.1, 2, 2.5, 3.9, 4.1]),
    Row(
      service: "search\u{1B}[31m", remaining: 0.62, value: 0.999_62, lastHour: 0.9996,
      role: .healthy, burns: [0.1, 0.1, 0.3, nil, nil, 0.2, 0.5, 0.4, 0.4]),
    Row(service: "catalog", remaining: nil, value: nil, lastHour: nil, role: .noData, burns: []),
  ]

  private let layout = TableLayout(
    [
      TableColumn(title: "SERVICE", width: .flexible(min: 8, max: 20, weight: 1), priority: 9),
      TableColumn(title: "GAUGE", width: .fixed(19), priority: 5),
      TableColumn(title: "BUDGET LEFT", width: .fixed(12), priority: 8),
      TableColumn(title: "TREND", width: .fixed(9), priority: 4),
    ], width: 56)

  private func draw(on canvas: inout Canvas) {
    let (head, body) = Rect(canvas.size).splitTop(1)
    Line([Span(" burnwatch ", .statusText), Span("PAGE 1", .page)]).draw(in: head, on: &canvas)
    let inner = Frame(title: "Service levels", note: "4 SLOs, worst first", isFocused: true)
      .draw(in: body.splitTop(7).top, on: &canvas)
    let table = inner.inset(horizontal: 1, vertical: 0)
    layout.drawHeadings(in: table, on: &canvas)
    for (offset, row) in rows.enumerated() {
      draw(row, in: table.splitTop(offset + 1).rest.splitTop(1).top, on: &canvas)
    }
    canvas.highlight(inner.splitTop(1).rest.splitTop(1).top)
    let rest = body.splitTop(7).rest
    let (input, answers) = rest.splitTop(1)
    TextInput("service=pay").draw(in: input.inset(horizontal: 1, vertical: 0), on: &canvas)
    Dialog(
      title: "Silence", lines: ["Silences 7 alerts for 2 h."], buttons: ["Keep", "Silence"]
    ).draw(in: answers, on: &canvas)
  }

  private func draw(_ row: Row, in rect: Rect, on canvas: inout Canvas) {
    for placement in layout.placements {
      let cell = layout.cell(placement, in: rect)
      switch placement.index {
      case 0: canvas.draw(row.service, in: cell, role: row.role)
      case 1:
        Gauge(value: row.value, marker: row.lastHour, objective: 0.999, role: row.role)
          .draw(in: cell, on: &canvas)
      case 2: BudgetBar(remaining: row.remaining, role: row.role).draw(in: cell, on: &canvas)
      default: Sparkline(samples: row.burns, pageFactor: 14.4).draw(in: cell, on: &canvas)
      }
    }
  }

  @Test("The gallery is as recorded, in Unicode and in ASCII", arguments: [Glyphs.unicode, .ascii])
  func gallery(glyphs: Glyphs) throws {
    let canvas = Canvas.drawn(columns: 60, rows: 14, glyphs: glyphs) { draw(on: &$0) }
    #expect(canvas.brokenPromises == [])
    try assertSnapshot(
      of: canvas, named: glyphs.isUnicode ? "gallery-unicode" : "gallery-ascii",
      note: "Every widget once, with hostile and wide text.")
  }
}
