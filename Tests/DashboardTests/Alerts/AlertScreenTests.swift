import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The golden screens of alerts and silences.
@Suite struct AlertScreenTests {
  /// What is pressed to come to a screen.
  struct Way: CustomTestStringConvertible {
    let name: String
    let keys: [Key]

    init(_ name: String, _ keys: [Key]) {
      (self.name, self.keys) = (name, keys)
    }

    var testDescription: String { name }

    static let alerts = Key.character("4")

    static let all = [
      Way("overview", [.tab]),
      Way("alerts", [alerts]),
      Way("details", [alerts, .enter]),
      Way("grouped", [alerts, .character("#")]),
      Way("marked", [alerts, .down, .down, .character(" "), .character(" "), .character(" ")]),
      Way("silences", [.character("5")]),
      Way("expired", [.character("5"), .character("e"), .end]),
      Way("editor", [alerts, .down, .down, .character("s")]),
      Way("extension", [.character("5"), .character("s")]),
      Way("question", [alerts, .down, .down, .character("a")]),
      Way("expiry", [.character("5"), .character("u")]),
      Way("note", [alerts, .character("A"), .character("m"), .character("e")]),
      Way("filter", [alerts, .character("/")] + "severity=critical".map(Key.character)),
      Way("filter-error", [alerts, .character("/")] + "media state:on".map(Key.character)),
      Way("completion", [alerts, .character("/"), .character("s"), .character("e"), .tab, .tab]),
      Way("no-match", [alerts, .character("/"), .character("x"), .character("y"), .enter]),
    ]
  }

  @Test(
    "Every screen of alerts, in both sizes and both glyph sets, is as recorded",
    arguments: Way.all, ScreenTests.Variant.all)
  func screens(_ way: Way, _ variant: ScreenTests.Variant) throws {
    let pager = Pager(glyphs: variant.glyphs)
    let dashboard = try pager.dashboard(variant.columns, variant.rows, pressing: way.keys)
    try assertScreen(
      dashboard, named: "\(way.name)-\(variant.name)",
      note: "\(way.name) of the night's alerts")
  }

  /// What is to be known before anything else.
  struct Caution: CustomTestStringConvertible {
    let name: String
    let pager: Pager

    var testDescription: String { name }

    static let all = [
      Caution(
        name: "watchdog",
        pager: Pager(watchdog: .missing("Watchdog", since: Shop.now - .seconds(600)))),
      Caution(
        name: "silent-source",
        pager: Pager(
          alerts: [], gaps: ["am-eu: no answer for 2m", "prom-eu has not answered yet"])),
      Caution(
        name: "quiet",
        pager: Pager(alerts: [], actions: [], lastFired: Shop.now - .seconds(100_000))),
      Caution(
        name: "read-only",
        pager: Pager(
          refusals: [.acknowledge: "--read-only is set", .silence: "--read-only is set"])),
      Caution(
        name: "other-teams",
        pager: Pager(
          alerts: [Pager.alert("NodeDown")], settings: AlertSettings(scope: "team=shop"))),
      Caution(
        name: "everything-wrong",
        pager: Pager(
          gaps: ["am-eu: no answer for 2m", "prom-eu: no answer for 3m", "pd: 401"],
          watchdog: .missing("Watchdog", since: Shop.now - .seconds(600)),
          journalTrouble: "the journal cannot be written: no space left")),
    ]
  }

  @Test("What must be known first is as recorded", arguments: Caution.all, [false, true])
  func cautions(_ caution: Caution, isOverview: Bool) throws {
    for (columns, rows) in [(120, 40), (80, 24), (60, 15)] {
      let dashboard = try caution.pager.dashboard(
        columns, rows, pressing: isOverview ? [.tab] : [Way.alerts])
      let name = "\(caution.name)-\(isOverview ? "overview" : "alerts")-\(columns)x\(rows)"
      try assertScreen(dashboard, named: name, note: name)
    }
  }

  @Test(
    "On the smallest screen dialogs keep their answers and the bar its keys", arguments: Way.all)
  func small(_ way: Way) throws {
    let dashboard = try Pager().dashboard(60, 15, pressing: way.keys)
    try assertScreen(
      dashboard, named: "\(way.name)-60x15", note: "\(way.name) on the smallest screen")
  }

  /// Compares a screen with its file, which lies beside those of the other screens.
  private func assertScreen(_ dashboard: Dashboard, named name: String, note: String) throws {
    try assertSnapshot(
      of: dashboard.view(), named: name, note: note,
      filePath: #filePath.replacing("/Alerts/", with: "/"))
  }
}
