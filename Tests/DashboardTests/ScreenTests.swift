import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The golden screens: one text file each, read in a diff like code.
@Suite struct ScreenTests {
  /// A size and a glyph set a screen is recorded in.
  struct Variant: CustomTestStringConvertible {
    let name: String
    let columns: Int
    let rows: Int
    let glyphs: Glyphs

    var testDescription: String { name }

    static let all = [
      Variant(name: "120x40", columns: 120, rows: 40, glyphs: .unicode),
      Variant(name: "80x24", columns: 80, rows: 24, glyphs: .unicode),
      Variant(name: "120x40-ascii", columns: 120, rows: 40, glyphs: .ascii),
      Variant(name: "80x24-ascii", columns: 80, rows: 24, glyphs: .ascii),
    ]
  }

  @Test("Every view, in both sizes and both glyph sets, is as recorded", arguments: Variant.all)
  func views(_ variant: Variant) throws {
    let views: [(name: String, keys: [Key])] = [
      ("overview", []), ("service", [.enter]), ("sources", [.character("2")]),
      ("help", [.character("?")]),
    ]
    for view in views {
      var dashboard = try Shop().dashboard(
        variant.columns, variant.rows, glyphs: variant.glyphs)
      dashboard.press(view.keys)
      try assertSnapshot(
        of: dashboard.view(), named: "\(view.name)-\(variant.name)",
        note: "\(view.name) of the shop")
    }
  }

  @Test(
    "What lies over a view is as recorded",
    arguments: [
      ("filter", [Key.character("/"), .character("p"), .character("a")]),
      ("palette", [.character(":"), .character("t"), .character("h")]),
      ("sort-menu", [.character("S"), .down]),
      ("no-match", [.character("/"), .character("x"), .character("y"), .enter]),
      ("notice", [.character("w")]),
      ("zoom", [.character("z")]),
      ("source-in-trouble", [.character("2"), .down]),
    ])
  func overlays(_ name: String, _ keys: [Key]) throws {
    var dashboard = try Shop().dashboard(100, 30)
    dashboard.press(keys)
    try assertSnapshot(of: dashboard.view(), named: name, note: "\(name) over the shop")
  }

  @Test("Before any answer the layout stands and says what it waits for")
  func firstFrame() throws {
    let waiting = [
      try Level("checkout", "availability", "0.999").state(isAsked: false),
      try Level("search", "latency", "0.95").state(isAsked: false),
    ]
    let dashboard = Shop.dashboard(
      Snapshot(at: Shop.now, serviceLevels: waiting, sources: []), 100, 20)
    try assertSnapshot(of: dashboard.view(), named: "first-frame", note: "before any answer")
  }

  @Test("Without SLOs the overview says what to do")
  func noObjectives() throws {
    let dashboard = Shop.dashboard(
      Snapshot(at: Shop.now, serviceLevels: [], sources: []), 80, 24)
    try assertSnapshot(of: dashboard.view(), named: "no-slo", note: "nothing configured")
  }

  @Test("A terminal below 60x15 shows the size needed and the two figures that count")
  func tooSmall() throws {
    let dashboard = try Shop().dashboard(50, 10)
    try assertSnapshot(of: dashboard.view(), named: "too-small", note: "50x10 is too small")
  }

  @Test("No size, view or glyph set leaves a ragged frame or a character in the wrong place")
  func framesAreFlush() throws {
    let shop = try Shop()
    for columns in [60, 61, 79, 80, 99, 100, 119, 133, 200, 240] {
      for rows in [15, 16, 24, 40, 60] {
        for keys in [[], [.enter], [.character("2")], [.character("?")]] as [[Key]] {
          var dashboard = shop.dashboard(columns, rows)
          dashboard.press(keys)
          let canvas = dashboard.view()
          #expect(canvas.brokenPromises.isEmpty)
          let body = canvas.textRows.dropFirst().dropLast()
          #expect(
            body.allSatisfy { "┌│└".contains($0.first ?? " ") && "┐│┘".contains($0.last ?? " ") },
            "\(columns)x\(rows) \(keys)")
        }
      }
    }
  }
}
