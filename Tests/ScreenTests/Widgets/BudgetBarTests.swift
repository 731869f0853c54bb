import Screen
import TestSupport
import Testing

struct BudgetBarTests {
  @Test(
    "The bar empties from the right and shows a deficit from the left",
    arguments: [
      (1, "▓▓▓▓▓▓▓▓▓▓", "HHHHHHHHHH"), (0.62, "▓▓▓▓▓▓░░░░", "HHHHHHgggg"),
      (0.5, "▓▓▓▓▓░░░░░", "HHHHHggggg"), (0, "░░░░░░░░░░", "gggggggggg"),
      (-0.34, "╳╳╳░░░░░░░", "XXXggggggg"), (-1, "╳╳╳╳╳╳╳╳╳╳", "XXXXXXXXXX"),
      // What is there is never rounded away.
      (0.001, "▓░░░░░░░░░", "Hggggggggg"), (0.999, "▓▓▓▓▓▓▓▓▓░", "HHHHHHHHHg"),
      (-0.001, "╳░░░░░░░░░", "Xggggggggg"), (-0.999, "╳╳╳╳╳╳╳╳╳╳", "XXXXXXXXXX"),
      // Out of range.
      (1.5, "▓▓▓▓▓▓▓▓▓▓", "HHHHHHHHHH"), (-20, "╳╳╳╳╳╳╳╳╳╳", "XXXXXXXXXX"),
      (.infinity, "▓▓▓▓▓▓▓▓▓▓", "HHHHHHHHHH"), (-.infinity, "╳╳╳╳╳╳╳╳╳╳", "XXXXXXXXXX"),
      // Not known.
      (nil, "··········", "nnnnnnnnnn"), (.nan, "··········", "nnnnnnnnnn"),
    ] as [(Double?, String, String)])
  func drawing(remaining: Double?, row: String, roles: String) {
    let bar = BudgetBar(remaining: remaining, role: .healthy)
    let canvas = Canvas.drawn(columns: 10) { bar.draw(in: Rect($0.size), on: &$0) }
    #expect(canvas.textRows == [row])
    #expect(canvas.roleRows == [roles])
  }

  @Test(
    "It draws in one row, however small",
    arguments: [(0, ["   ", "   "]), (1, ["▓  ", "   "]), (2, ["▓░ ", "   "])])
  func small(columns: Int, rows: [String]) {
    let canvas = Canvas.drawn(columns: 3, rows: 2) {
      let rect = Rect(column: 0, row: 0, columns: columns, rows: 2)
      BudgetBar(remaining: 0.9, role: .healthy).draw(in: rect, on: &$0)
    }
    #expect(canvas.textRows == rows)
  }

  @Test("Without height nothing is drawn")
  func noHeight() {
    let canvas = Canvas.drawn(columns: 3) {
      let rect = Rect(column: 0, row: 0, columns: 3, rows: 0)
      BudgetBar(remaining: nil, role: .healthy).draw(in: rect, on: &$0)
      BudgetBar(remaining: 1, role: .healthy).draw(in: rect, on: &$0)
    }
    #expect(canvas.textRows == ["   "])
  }
}
