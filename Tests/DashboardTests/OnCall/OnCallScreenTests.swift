import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite("Who is on call, on the screen")
struct OnCallScreenTests {
  /// A team with an override, a gap and a conflict to come.
  private static let team: TeamRoster = {
    let day = Shop.now.rounded(downTo: .seconds(86_400))
    func shift(
      _ person: String, _ layer: String, _ from: Int, _ to: Int, _ source: Shift.Source = .rotation
    ) -> Shift {
      Shift(
        person: person, layer: layer, from: day + .seconds(3600 * from),
        until: day + .seconds(3600 * to), source: source)
    }
    let shifts = [
      shift("ines", "primary", -120, 36),
      shift("tom", "primary", 36, 48, .override(insteadOf: "ines")),
      shift("mara", "primary", 48, 216), shift("jon", "primary", 240, 400),
      shift("tom", "secondary", -120, 36), shift("mara", "secondary", 36, 200),
      shift("ines", "secondary", 200, 400),
    ]
    return TeamRoster(
      team: "shop", people: ["ines": Person(id: "ines", name: "Ines Duarte")],
      roster: Roster(
        shifts: shifts, range: (day - .seconds(86_400 * 5))..<(day + .seconds(3600 * 400)),
        layers: ["primary", "secondary"]),
      sources: ["rotation", "feed"], remarks: ["feed is silent: it answers with HTTP 503"])
  }()

  private func dashboard(
    _ columns: Int = 120, _ rows: Int = 40, glyphs: Glyphs = .unicode, teams: [TeamRoster] = [team]
  ) throws -> Dashboard {
    let settings = Dashboard.Settings(
      title: "acme-eu", configurationName: "config.yaml", themes: ["dark"], canShowUnicode: true,
      onCall: OnCallSettings(name: "ines", isConfigured: true))
    var dashboard = Dashboard(
      settings: settings, snapshot: try Shop().snapshot,
      size: Size(columns: columns, rows: rows), themeName: "dark", glyphs: glyphs, now: Shop.now)
    _ = dashboard.handle(
      .onCallArrived(OnCallSnapshot(at: Shop.now, teams: teams)), at: Shop.now)
    return dashboard
  }

  @Test(
    "The timeline is as recorded, in both sizes and both glyph sets",
    arguments: ScreenTests.Variant.all)
  func timeline(_ variant: ScreenTests.Variant) throws {
    var dashboard = try dashboard(variant.columns, variant.rows, glyphs: variant.glyphs)
    dashboard.press(["7"])
    try assertSnapshot(
      of: dashboard.view(), named: "timeline-\(variant.name)", note: "who is on call",
      filePath: #filePath.replacing("/OnCall/", with: "/"))
  }

  @Test("The smallest and the largest screens are as recorded", arguments: [(60, 15), (200, 60)])
  func sizes(_ columns: Int, _ rows: Int) throws {
    var dashboard = try dashboard(columns, rows)
    dashboard.press(["7"])
    try assertSnapshot(
      of: dashboard.view(), named: "timeline-\(columns)x\(rows)", note: "who is on call",
      filePath: #filePath.replacing("/OnCall/", with: "/"))
  }

  @Test("The Overview's pane is as recorded", arguments: [(120, 40), (200, 60)])
  func pane(_ columns: Int, _ rows: Int) throws {
    try assertSnapshot(
      of: try dashboard(columns, rows).view(), named: "pane-\(columns)x\(rows)",
      note: "who is on call", filePath: #filePath.replacing("/OnCall/", with: "/"))
  }

  @Test("Keys go through time, show more of it and change the team, and say when they cannot")
  func keys() throws {
    let other = TeamRoster(
      team: "data", people: [:],
      roster: Roster(
        shifts: [], range: Shop.now..<(Shop.now + .seconds(60)), layers: ["primary"]),
      sources: [], remarks: [])
    var dashboard = try dashboard(teams: [Self.team, other])
    dashboard.press(["h"])
    #expect(dashboard.notice == "Only the on-call view has a timeline; 7 goes there.")
    dashboard.press(["7", "0"])
    #expect(dashboard.notice == "The timeline is there already.")
    dashboard.press(["l", "l", "h", "-"])
    #expect(dashboard.onCall.dayOffset == 1 && dashboard.onCall.days == 28)
    dashboard.press(["0", "+", "+"])
    #expect(dashboard.onCall.dayOffset == 0 && dashboard.onCall.days == 7)
    dashboard.press([.tab])
    #expect(dashboard.text.contains("On call: data") && dashboard.text.contains("team 2 of 2"))
    dashboard.press([.tab])
    #expect(dashboard.text.contains("On call: shop"))
  }

  @Test("Whoever takes over is named when it happens, without another picture")
  func takingOverInTime() throws {
    var dashboard = try dashboard()
    let handOff = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 36)
    _ = dashboard.handle(.timePassed, at: handOff - .milliseconds(1))
    #expect(dashboard.notice == nil)
    _ = dashboard.handle(.timePassed, at: handOff)
    #expect(
      dashboard.notice
        == "tom took over primary of shop. mara took over secondary of shop.")
    dashboard.press([.down])
    _ = dashboard.handle(.timePassed, at: handOff + .seconds(1))
    #expect(dashboard.notice == nil)
  }

  @Test("A configuration that says nothing of it any more takes the team away")
  func reloaded() throws {
    var dashboard = try dashboard()
    let bare = Dashboard.Settings(
      title: "acme-eu", configurationName: "config.yaml", themes: ["dark"], canShowUnicode: true)
    _ = dashboard.handle(.reloaded(bare, problems: []), at: Shop.now)
    dashboard.press(["7"])
    #expect(dashboard.text.contains("No rotation is configured."))
  }

  @Test("Layers of certain hours are no trouble outside of them")
  func partTime() throws {
    let day = Shop.now.rounded(downTo: .seconds(86_400))
    let roster = Roster(
      shifts: [
        Shift(person: "mei", layer: "asia", from: day, until: day + .seconds(3600 * 8)),
        Shift(
          person: "jon", layer: "america", from: day + .seconds(3600 * 8),
          until: day + .seconds(86_400 * 60)),
      ], range: day..<(day + .seconds(86_400 * 57)), layers: ["asia", "america"],
      partTimeLayers: ["asia", "america"])
    let team = TeamRoster(team: "sun", people: [:], roster: roster, sources: [], remarks: [])
    let dashboard = try dashboard(teams: [team])
    #expect(dashboard.text.contains("America    jon"))
    #expect(!dashboard.text.contains("nobody"))
  }

  @Test("Whoever takes over is named when it happens")
  func takingOver() throws {
    var dashboard = try dashboard()
    let later = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 36)
    _ = dashboard.handle(
      .onCallArrived(OnCallSnapshot(at: later, teams: [Self.team])), at: later)
    #expect(dashboard.notice?.contains("took over") == true)
    #expect(dashboard.notice?.contains("of shop.") == true)
  }
}
