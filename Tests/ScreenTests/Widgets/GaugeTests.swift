import Screen
import TestSupport
import Testing

struct GaugeTests {
  /// One gauge of an objective of 99.9 % in eleven columns: four, the tick, four.
  struct Example: CustomTestStringConvertible {
    let name: String
    let value: Double?
    var marker: Double?
    let row: String

    var testDescription: String { name }
  }

  static let examples = [
    Example(name: "no value", value: nil, row: "▕    │    ▏"),
    Example(name: "not a number", value: .nan, marker: .nan, row: "▕    │    ▏"),
    Example(name: "all good", value: 1, row: "▕████│████▏"),
    Example(name: "over all", value: 1.5, row: "▕████│████▏"),
    Example(name: "infinite", value: .infinity, marker: .infinity, row: "▕████│███◆▏"),
    Example(name: "exactly the objective", value: 0.999, row: "▕████│    ▏"),
    Example(name: "a hair below the objective", value: 0.998_999_999, row: "▕███▉│    ▏"),
    Example(name: "half the budget left", value: 0.9995, row: "▕████│██  ▏"),
    Example(name: "a sixteenth left", value: 0.999_062_5, row: "▕████│▎   ▏"),
    Example(name: "three quarters of the way down", value: 0.998_25, row: "▕█   │    ▏"),
    Example(name: "the left end", value: 0.998, row: "▕    │    ▏"),
    Example(name: "below the scale", value: 0.5, row: "▕    │    ▏"),
    Example(name: "negative", value: -.infinity, marker: -.infinity, row: "▕◆   │    ▏"),
    Example(name: "marker at the objective", value: nil, marker: 0.999, row: "▕    │◆   ▏"),
    Example(name: "marker just below it", value: 1, marker: 0.998_99, row: "▕███◆│████▏"),
    Example(name: "marker at all good", value: 0.999, marker: 1, row: "▕████│   ◆▏"),
    Example(name: "marker off the scale", value: 0.9985, marker: 0.9, row: "▕◆█  │    ▏"),
  ]

  @Test("The fill is the value and the diamond the last hour", arguments: examples)
  func drawing(example: Example) {
    let gauge = Gauge(
      value: example.value, marker: example.marker, objective: 0.999, role: .warning)
    let canvas = Canvas.drawn(columns: 11) { gauge.draw(in: Rect($0.size), on: &$0) }
    #expect(canvas.textRows == [example.row])
  }

  @Test(
    "At every width the tick stands in the middle and nothing is drawn beside the gauge",
    arguments: [
      (0, "·····"), (1, " ····"), (2, "  ···"), (3, "▕│▏··"), (4, "▕█│▏·"), (5, "▕█│█▏"),
    ])
  func widths(columns: Int, row: String) {
    let canvas = Canvas.drawn(columns: 5) {
      $0.draw("·····", at: Point(column: 0, row: 0), role: .dim)
      $0.fill(Rect(column: 0, row: 0, columns: min(columns, 2), rows: 1))
      let rect = Rect(column: 0, row: 0, columns: columns, rows: 1)
      Gauge(value: 1, objective: 0.99, role: .healthy).draw(in: rect, on: &$0)
    }
    #expect(canvas.textRows == [row])
  }

  @Test("The smallest gauges have a place for the marker too")
  func smallMarkers() {
    for (columns, row) in [(3, "▕◆▏"), (4, "▕█◆▏"), (5, "▕█│◆▏")] {
      let gauge = Gauge(value: 1, marker: 1, objective: 0.99, role: .healthy)
      let canvas = Canvas.drawn(columns: columns) { gauge.draw(in: Rect($0.size), on: &$0) }
      #expect(canvas.textRows == [row])
    }
  }

  @Test("An objective without a budget, or none at all, leaves the track empty")
  func uselessObjectives() {
    for objective in [0, 1, -1, 2, Double.nan, .infinity] {
      let gauge = Gauge(value: 0.5, marker: 0.5, objective: objective, role: .healthy)
      let canvas = Canvas.drawn(columns: 7) { gauge.draw(in: Rect($0.size), on: &$0) }
      #expect(canvas.textRows == ["▕  │  ▏"])
    }
  }

  @Test("Each part has its role")
  func roles() {
    let gauge = Gauge(value: 0.9995, marker: 0.998, objective: 0.999, role: .warning)
    let canvas = Canvas.drawn(columns: 11) { gauge.draw(in: Rect($0.size), on: &$0) }
    #expect(canvas.roleRows == ["gMWWWOWWggg"])
  }

  @Test("In ASCII it says the same")
  func ascii() {
    let gauge = Gauge(value: 0.999_578, marker: 0.9, objective: 0.999, role: .warning)
    let canvas = Canvas.drawn(columns: 11, glyphs: .ascii) {
      gauge.draw(in: Rect($0.size), on: &$0)
    }
    #expect(canvas.textRows == ["[*===|==  ]"])
  }

  @Test("More of the value never fills less")
  func monotonous() {
    var fullest = 0
    for step in 0...400 {
      let gauge = Gauge(value: 0.9 + Double(step) / 4000, objective: 0.95, role: .text)
      let canvas = Canvas.drawn(columns: 23) { gauge.draw(in: Rect($0.size), on: &$0) }
      let eighths = canvas.cells.reduce(0) { sum, cell in
        sum + (cell.role == .text ? Glyphs.unicode.eighths.firstIndex(of: cell.base) ?? 0 : 0)
      }
      #expect(eighths >= fullest)
      fullest = eighths
    }
    #expect(fullest == 20 * 8)
  }
}
