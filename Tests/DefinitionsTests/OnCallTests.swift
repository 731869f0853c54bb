import Definitions
import Reliability
import Testing

@Suite("Rotations in files")
struct OnCallTests {
  private func load(_ document: String) -> LoadedConfiguration {
    Loader.load(["config.yaml": "apiVersion: burnwatch/v1\nkind: Config\n---\n\(document)"])
  }

  private func wall(_ day: Int, _ month: Int, _ hour: Int = 0) -> WallTime? {
    WallTime(year: 2026, month: month, day: day, hour: hour)
  }

  @Test("A rotation has its layers, overrides and people as written")
  func fullForm() throws {
    let loaded = load(
      """
      apiVersion: burnwatch/v1
      kind: Rotation
      name: shop
      timeZone: Europe/Berlin
      layers:
        - {name: primary, participants: [ines, tom, mei], start: 2026-01-02, every: 1w,
           handoff: {day: Friday, time: "12:00"}, changes: [{from: 2026-06-05, participants: [tom]}]}
        - {name: nights, participants: [tom], start: 2026-01-02T08:00, every: 12h,
           timeZone: Australia/Lord_Howe, restrictions: [{days: [Mon, weekend], hours: "22:00-6:00"}]}
      overrides: [{who: mei, from: 2026-11-21T08:00, to: 2026-11-21T20:00Z, layer: primary, insteadOf: tom}]
      people: {ines: {name: Ines Duarte, timeZone: Europe/Lisbon, contact: "+351..."}}
      """)
    #expect(loaded.diagnostics == [])
    let berlin = try #require(NamedZone("Europe/Berlin"))
    let rotation = try #require(loaded.configuration?.onCall.rotations.first)
    #expect(rotation.name == "shop")
    #expect(rotation.timeZone == berlin)
    #expect(
      rotation.layers[0]
        == RotationLayer(
          name: "primary", timeZone: berlin,
          participants: [
            .init(from: try #require(wall(2, 1)), people: ["ines", "tom", "mei"]),
            .init(from: try #require(wall(5, 6)), people: ["tom"]),
          ], every: .days(7), handOff: .init(day: .friday, second: 12 * 3600)))
    #expect(
      rotation.layers[1]
        == RotationLayer(
          name: "nights", timeZone: try #require(NamedZone("Australia/Lord_Howe")),
          participants: [.init(from: try #require(wall(2, 1, 8)), people: ["tom"])],
          every: .hours(12),
          restrictions: [
            Restriction(days: [.monday, .saturday, .sunday], from: 22 * 3600, until: 6 * 3600)
          ]))
    // Without an offset the wall clock of Berlin counts, an hour ahead in November.
    #expect(
      rotation.overrides == [
        ShiftOverride(
          who: "mei", insteadOf: "tom", layer: "primary",
          from: try #require(Timestamp(rfc3339: "2026-11-21T07:00:00Z")),
          until: try #require(Timestamp(rfc3339: "2026-11-21T20:00:00Z")))
      ])
    #expect(
      rotation.person("ines")
        == Person(
          id: "ines", name: "Ines Duarte", contact: "+351...", timeZone: "Europe/Lisbon"))
    #expect(rotation.person("tom") == Person(id: "tom"))
  }

  @Test("In the short form the next in turn is the secondary")
  func shortForm() throws {
    let loaded = load(
      """
      name: shop
      rotation_type: weekly
      rotation_days: 14
      handoff_day: Friday
      handoff_hour: "12:00"
      start: 2026-01-02
      engineers: [ines, tom, mei]
      """)
    #expect(loaded.diagnostics == [])
    let rotation = try #require(loaded.configuration?.onCall.rotations.first)
    let calculator = RotationCalculator(rotation)
    // Three turns of 14 days from Friday 2026-01-02, 12:00 UTC.
    let people = ["2026-01-02T12:00:00Z", "2026-01-16T12:00:00Z", "2026-01-30T12:00:00Z"]
      .compactMap(
        Timestamp.init(rfc3339:)
      ).map { calculator.shifts(at: $0).map(\.person) }
    #expect(people == [["ines", "tom"], ["tom", "mei"], ["mei", "ines"]])
  }

  @Test("Rotations of all forms and files come together, a broken one is left out")
  func allForms() {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      include: [oncall.yaml]
      oncall:
        - {name: shop, layers: [{name: primary, participants: [ines], start: 2026-01-02}]}
        - {name: broken, layers: []}
      """,
      "oncall.yaml": """
      rotations: [{name: nights, start: 2026-01-02, engineers: [ines]}]
      people: {ines: Ines Duarte}
      """,
    ])
    let rotations = loaded.configuration?.onCall.rotations ?? []
    #expect(rotations.map(\.name) == ["shop", "nights"])
    #expect(rotations.last?.person("ines").name == "Ines Duarte")
    #expect(rotations.last?.layers.map(\.name) == ["primary"])
    #expect(loaded.diagnostics.map(\.severity) == [.error])
  }

  @Test(
    "Turns are hours, days or weeks",
    arguments: [
      ("1w", .days(7)), ("2 weeks", .days(14)), ("weekly", .days(7)), ("daily", .days(1)),
      ("3d", .days(3)), ("12h", .hours(12)), ("24h", .hours(24)), ("1d12h", .hours(36)),
    ] as [(String, RotationLayer.Turn)])
  func turns(text: String, turn: RotationLayer.Turn) {
    let layer = "{name: primary, participants: [ines], start: 2026-01-02, every: \(text)}"
    let loaded = load("apiVersion: burnwatch/v1\nkind: Rotation\nname: a\nlayers: [\(layer)]")
    #expect(loaded.diagnostics == [])
    #expect(loaded.configuration?.onCall.rotations.first?.layers.first?.every == turn)
  }

  @Test("Calendars are files or addresses, with their team, layer, zone and pace")
  func calendars() throws {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      oncall:
        calendars:
          - {team: search, layer: secondary, file: search.ics, timeZone: Europe/Berlin, refresh: 1m}
          - {name: pagerduty, team: payments, url: {env: ONCALL_FEED}}
          - {name: google, team: shop, url: "webcal://calendar.example.com/shop.ics"}
      """,
      "search.ics": "",
    ])
    #expect(loaded.diagnostics == [])
    let calendars = try #require(loaded.configuration?.onCall.calendars)
    #expect(calendars.map(\.name) == ["search", "pagerduty", "google"])
    #expect(calendars.map(\.team) == ["search", "payments", "shop"])
    #expect(calendars.map(\.layer) == ["secondary", "primary", "primary"])
    #expect(calendars.map(\.timeZone.name) == ["Europe/Berlin", "UTC", "UTC"])
    #expect(calendars.map(\.refresh) == [.seconds(60), .seconds(300), .seconds(300)])
    guard case .file(let path) = calendars[0].place else {
      Issue.record("\(calendars[0].place)")
      return
    }
    #expect(path.hasSuffix("search.ics"))
    #expect(calendars[1].place == .feed(.environment("ONCALL_FEED")))
    #expect(calendars[2].place == .feed(.literal("webcal://calendar.example.com/shop.ics")))
    #expect(loaded.configuration?.onCall.rotations == [])
  }

  @Test(
    "A calendar may be a policy or a schedule of a PagerDuty source, of which one needs no name")
  func pagerDuty() throws {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      sources:
        - {name: pd, type: pagerduty, token: {env: PD_TOKEN}, from: ines@example.com}
      oncall:
        calendars:
          - {team: payments, pagerduty: {policy: PABC123}}
          - {name: search, team: search, pagerduty: {source: pd, schedule: PSCHED1}}
      """
    ])
    #expect(loaded.diagnostics == [])
    #expect(
      loaded.configuration?.onCall.calendars.map(\.place) == [
        .pagerDuty(PagerDutyShifts(source: "pd", kind: .policy, id: "PABC123")),
        .pagerDuty(PagerDutyShifts(source: "pd", kind: .schedule, id: "PSCHED1")),
      ])
  }

  @Test("Escalation policies have levels with delays; without a team they are for all")
  func escalation() throws {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      oncall:
        people:
          ana: {name: Ana Lopes, timeZone: Europe/Lisbon}
        calendars:
          - {team: search, file: search.ics}
        escalation:
          - {team: search, levels: [{to: primary}, {after: 15m, to: secondary}]}
          - levels: [{after: 0m, to: ana}, {after: 30m, to: "the head of platform"}]
      """,
      "search.ics": "",
    ])
    #expect(loaded.diagnostics == [])
    let plan = try #require(loaded.configuration?.onCall)
    #expect(
      plan.escalation(of: "search")?.levels == [
        .init(after: .zero, to: "primary"), .init(after: .seconds(900), to: "secondary"),
      ])
    #expect(plan.escalation(of: "shop")?.levels.map(\.after) == [.zero, .seconds(1800)])
    #expect(plan.people(of: "search")["ana"]?.name == "Ana Lopes")
  }
}
