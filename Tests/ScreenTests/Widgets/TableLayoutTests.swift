import Screen
import TestSupport
import Testing

struct TableLayoutTests {
  private let columns = [
    TableColumn(title: "SERVICE", width: .flexible(min: 4, max: 12, weight: 2), priority: 9),
    TableColumn(title: "LEFT", width: .fixed(5), alignment: .trailing, priority: 8),
    TableColumn(title: "TREND", width: .flexible(min: 3, max: .max, weight: 1), priority: 1),
    TableColumn(title: "OUT", width: .fixed(4), priority: 1),
  ]

  private func headings(width: Int) -> String {
    let layout = TableLayout(columns, width: width)
    return Canvas.drawn(columns: width) { layout.drawHeadings(in: Rect($0.size), on: &$0) }
      .textRows.joined()
  }

  @Test(
    "Columns share the width, and the least important go first",
    arguments: [
      (40, "SERVICE       LEFT TREND            OUT "),
      (24, "SERVICE   LEFT TRE… OUT "),
      (20, "SERV…  LEFT TR… OUT "), (19, "SER…  LEFT TR… OUT "), (18, "SERVICE  LEFT TRE…"),
      (14, "SER…  LEFT TR…"), (13, "SERVICE  LEFT"), (10, "SER…  LEFT"), (9, "SERVICE  "),
      (4, "SER…"), (3, "SE…"), (1, "…"), (0, ""),
    ])
  func shares(width: Int, row: String) {
    #expect(headings(width: width).trimmingSuffix(" ") == row.trimmingSuffix(" "))
  }

  @Test("At every width the columns stand in order, apart, and inside")
  func invariants() {
    for width in 0...120 {
      let layout = TableLayout(columns, width: width, gap: 2)
      var end = -2
      for placement in layout.placements {
        #expect(placement.offset == end + 2)
        #expect(placement.columns > 0)
        end = placement.offset + placement.columns
      }
      #expect(end <= width)
      // One column may grow without end, so a table that shows it is flush.
      if layout.placements.contains(where: { $0.index == 2 }) { #expect(end == width) }
    }
  }

  @Test("Flexible columns stop at their greatest width")
  func greatestWidth() {
    let layout = TableLayout(
      [
        TableColumn(title: "a", width: .flexible(min: 1, max: 3, weight: 5)),
        TableColumn(title: "b", width: .flexible(min: 1, max: 4, weight: 1)),
      ], width: 30)
    #expect(layout.placements.map(\.columns) == [3, 4])
  }

  @Test("A column's cell follows its row, and a column that is not shown has none")
  func cells() {
    let layout = TableLayout(columns, width: 13)
    let row = Rect(column: 1, row: 7, columns: 13, rows: 1)
    #expect(layout.cell(0, in: row) == Rect(column: 1, row: 7, columns: 7, rows: 1))
    #expect(layout.cell(1, in: row) == Rect(column: 9, row: 7, columns: 5, rows: 1))
    #expect(layout.cell(2, in: row) == nil)
  }

  @Test("Odd widths do no harm")
  func oddWidths() {
    let odd = [
      TableColumn(title: "a", width: .fixed(-3)),
      TableColumn(title: "b", width: .flexible(min: -1, max: -5, weight: -1)),
      TableColumn(title: "c", width: .flexible(min: 5, max: 2, weight: 1)),
    ]
    #expect(TableLayout(odd, width: 9).placements.last?.columns == 5)
    #expect(TableLayout([], width: 9).placements.isEmpty)
    #expect(TableLayout(odd, width: -1).placements.isEmpty)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ blank: Character) -> String {
    var text = self
    while text.last == blank { text.removeLast() }
    return text
  }
}
