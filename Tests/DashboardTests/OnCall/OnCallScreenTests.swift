import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite("Who is on call, on the screen")
struct OnCallScreenTests {
  private static let zone: NamedZone = {
    guard let zone = NamedZone("UTC") else { preconditionFailure("There is no UTC.") }
    return zone
  }()

  /// A team with an override, a gap and a conflict to come.
  static let team: TeamRoster = {
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
      team: "shop",
      people: [
        "ines": Person(
          id: "ines", name: "Ines Duarte", contact: "ines@example.com", timeZone: "Asia/Tokyo")
      ],
      roster: Roster(
        shifts: shifts, range: (day - .seconds(86_400 * 5))..<(day + .seconds(3600 * 400)),
        layers: ["primary", "secondary"]),
      sources: ["rotation", "feed"], remarks: ["feed is silent: it answers with HTTP 503"],
      escalation: EscalationPolicy(levels: [
        .init(after: .zero, to: "primary"), .init(after: .seconds(120), to: "secondary"),
        .init(after: .seconds(36_000), to: "the head of platform"),
      ])
    ).bearing(load(before: day))
  }()

  /// Three pages of one night for Ines, one for somebody who has left, one for nobody.
  private static func load(before day: Timestamp) -> TeamLoad {
    func page(_ hours: Int, _ person: String?) -> Firing {
      let start = day - .seconds(3600 * hours)
      return Firing(
        id: Firing.ID(alert: Alert.ID(cluster: "am", fingerprint: "\(hours)"), startsAt: start),
        name: "A", severity: .page, paged: person, acknowledgedAt: start + .seconds(240))
    }
    let pages = [
      page(50, "ines"), page(51, "ines"), page(52, "ines"), page(61, "olga"), page(90, nil),
    ]
    return TeamLoad(
      of: pages, in: (day - .seconds(86_400 * 27))..<(day + .seconds(86_400)),
      among: [:], zone: zone)
  }

  func dashboard(
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
    for key in ["h", ".", "H"] as [Key] {
      dashboard.press([key])
      #expect(dashboard.notice == "Only the on-call view has this; 7 goes there.")
    }
    dashboard.press(["7", "0"])
    #expect(dashboard.notice == "Today is shown already.")
    dashboard.press(["l", "l", "h", "-"])
    #expect(dashboard.onCall.dayOffset == 1 && dashboard.onCall.days == 28)
    dashboard.press(["0", "+", "+"])
    #expect(dashboard.onCall.dayOffset == 0 && dashboard.onCall.days == 7)
    dashboard.press(["."])
    #expect(dashboard.text.contains("On call: data") && dashboard.text.contains("team 2 of 2"))
    dashboard.press([","])
    #expect(dashboard.text.contains("On call: shop"))
    dashboard.press([",", .enter])
    #expect(dashboard.notice == "There is nobody to open.")
  }

  @Test("A person is opened with their shifts and what these have cost, as recorded")
  func person() throws {
    var dashboard = try dashboard()
    dashboard.press(["7", .enter])
    try assertSnapshot(
      of: dashboard.view(), named: "person", note: "one person",
      filePath: #filePath.replacing("/OnCall/", with: "/"))
    dashboard.press([.escape, "G", .enter])
    // Whoever has left stands last, after those with shifts.
    #expect(dashboard.text.contains("name          olga"))
    #expect(dashboard.text.contains("none as far as is known"))
    _ = dashboard.handle(
      .onCallArrived(OnCallSnapshot(at: Shop.now, teams: [])), at: Shop.now)
    #expect(dashboard.text.contains("Nothing says who is on call for shop any more."))
  }

  @Test("Tab gives the keys to the words, and z the whole screen")
  func panes() throws {
    var dashboard = try dashboard(80, 24)
    dashboard.press(["7", .tab, "z"])
    #expect(!dashboard.text.contains("On call: shop") && dashboard.text.contains("In words"))
    dashboard.press([.enter])
    #expect(dashboard.notice == "Enter opens a person; Tab goes to them.")
    dashboard.press(["h"])
    #expect(dashboard.notice == "The timeline is hidden; z shows it.")
    dashboard.press(["z", .tab, "j", .enter])
    #expect(dashboard.text.contains("name          jon"))
  }

  @Test("Half an hour before a hand-off it is announced once, quietly")
  func reminder() throws {
    var dashboard = try dashboard()
    let handOff = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 36)
    let reminder = handOff - .seconds(1800)
    #expect(dashboard.handle(.timePassed, at: reminder - .milliseconds(1)) == [])
    #expect(dashboard.notice == nil)
    #expect(dashboard.handle(.timePassed, at: reminder) == [])
    #expect(
      dashboard.notice == "tom takes over primary, mara secondary of shop at 12:00 UTC.")
    dashboard.press([.down])
    _ = dashboard.handle(
      .onCallArrived(OnCallSnapshot(at: reminder, teams: [Self.team])),
      at: reminder + .seconds(1))
    _ = dashboard.handle(.timePassed, at: reminder + .seconds(60))
    #expect(dashboard.notice == nil)
  }

  @Test("After a hand-off the pane says who took over from whom, for half an hour")
  func paneAfterHandOff() throws {
    var dashboard = try dashboard()
    let handOff = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 36)
    _ = dashboard.handle(.timePassed, at: handOff + .seconds(240))
    #expect(dashboard.text.contains("Took over  4m ago "))
    var wide = try self.dashboard(200, 60)
    _ = wide.handle(.timePassed, at: handOff + .seconds(240))
    #expect(wide.text.contains("Took over  4m ago, from Ines Duarte"))
    _ = dashboard.handle(.timePassed, at: handOff + .seconds(1801))
    #expect(!dashboard.text.contains("Took over"))
  }

  @Test("Who starts the dashboard shortly before or after a hand-off is told as well")
  func lateStart() throws {
    let handOff = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 36)
    for (offset, words) in [(-600, "takes over"), (600, "took over")] {
      var dashboard = try dashboard(teams: [])
      let now = handOff + .seconds(offset)
      _ = dashboard.handle(
        .onCallArrived(OnCallSnapshot(at: now, teams: [Self.team])), at: now)
      #expect(dashboard.notice?.hasPrefix("tom \(words) primary") == true)
    }
  }

  @Test("A team whose calendar was never read is not known, and nobody is called missing")
  func unknown() throws {
    let team = TeamRoster(
      team: "shop", people: [:],
      roster: Roster(
        shifts: [], range: Shop.now..<(Shop.now + .seconds(86_400)), layers: ["primary"]),
      sources: ["feed"], remarks: ["feed is silent: it answers with HTTP 503"], isKnown: false)
    var dashboard = try dashboard(teams: [team])
    #expect(dashboard.text.contains("Primary    not known"))
    #expect(dashboard.text.contains("with HTTP 503"))
    dashboard.press(["z"])
    #expect(dashboard.text.contains("on call not known"))
    dashboard.press(["7"])
    #expect(!dashboard.text.contains("missing") && !dashboard.text.contains("nobody"))
  }

  @Test("Nobody taking over is told, and so is that it is about to happen")
  func nobodyTakesOver() throws {
    var dashboard = try dashboard()
    let end = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 216)
    _ = dashboard.handle(.timePassed, at: end - .seconds(1801))
    dashboard.press([.down])
    _ = dashboard.handle(.timePassed, at: end - .seconds(1799))
    #expect(dashboard.notice == "nobody takes over primary of shop at 00:00 UTC.")
    _ = dashboard.handle(.timePassed, at: end)
    #expect(dashboard.notice == "nobody took over primary of shop.")
  }

  @Test("Where there is no room for the pane, the head says who is on call")
  func head() throws {
    var dashboard = try dashboard(120, 40)
    dashboard.press(["z"])
    #expect(dashboard.text.contains("on call you"))
    _ = dashboard.handle(.timePassed, at: Shop.now + .seconds(86_400 * 3))
    #expect(dashboard.text.contains("on call mara"))
    dashboard.press(["4"])
    #expect(!dashboard.text.contains("on call mara"))
    #expect(!(try self.dashboard(120, 40).text.contains("on call you")))
  }

  // MARK: - Escalation

  /// The dashboard with a page that nobody has, so many seconds old.
  private func paged(
    after seconds: Int64, columns: Int = 120, acknowledgement: Acknowledgement? = nil
  ) throws -> Dashboard {
    var dashboard = try dashboard(columns)
    let alert = Alert(
      Alert.Facts(
        id: Alert.ID(cluster: "am", fingerprint: "a"),
        labels: LabelSet(["alertname": "ErrorBudgetBurn"]), severity: .page,
        flags: acknowledgement == nil ? [.firing] : [.firing, .acknowledged],
        startsAt: Shop.now - .seconds(seconds), acknowledgement: acknowledgement))
    _ = dashboard.handle(
      .alertsArrived(AlertSnapshot(at: Shop.now, alerts: [alert])), at: Shop.now)
    return dashboard
  }

  @Test("A page older than its policy's delay is shown as escalated, and with whom it is")
  func escalated() throws {
    var young = try paged(after: 119)
    #expect(young.text.contains("firing") && !young.text.contains("scalated"))
    young.press(["4", .enter])
    #expect(young.text.contains("in < 1 m it goes to tom (secondary)"))
    var old = try paged(after: 120)
    #expect(old.text.contains("escalated") && old.text.contains("Escalated  tom"))
    old.press(["4", .enter])
    let words = "nobody acknowledged for 2 m, by the policy it is with"
    #expect(old.text.contains(words))
    old.press(["7"])
    #expect(old.text.contains("ErrorBudgetBurn"))
    old.press(["1", "z"])
    #expect(old.text.contains("on call you") && old.text.contains("escalated to tom "))
    // Time alone escalates, without anything new.
    _ = young.handle(.timePassed, at: Shop.now + .seconds(1))
    young.press(["1"])
    #expect(young.text.contains("Escalated  tom"))
  }

  @Test("What somebody has does not escalate; who has it and is not on call is said")
  func acknowledged() throws {
    func ack(_ name: String) -> Acknowledgement {
      Acknowledgement(by: name, at: Shop.now, until: nil, comment: "", delivery: .confirmed)
    }
    for name in ["ines", "Ines Duarte", "ines@bastion-1", "tom"] {
      var dashboard = try paged(after: 999, acknowledgement: ack(name))
      #expect(!dashboard.text.contains("scalated"))
      dashboard.press(["4", .enter])
      #expect(!dashboard.text.contains("not on call"))
    }
    var dashboard = try paged(after: 999, acknowledgement: ack("jon"))
    dashboard.press(["4", .enter])
    #expect(
      dashboard.text.contains(
        "jon has it and is not on call; on call: Ines Duarte (primary), tom (secondary)"))
  }

  @Test("Of an incident its details say with whom it is and when PagerDuty passes it on")
  func incident() throws {
    var dashboard = try dashboard()
    let incident = ReportedAlert.Incident(
      id: "Q1", number: 7, isHighUrgency: true, assignees: ["tom", "mei"],
      escalatesAt: Shop.now + .seconds(480))
    let alert = Alert(
      Alert.Facts(
        id: Alert.ID(cluster: "pd", fingerprint: "pd:Q1"),
        labels: LabelSet(["alertname": "down"]), severity: .page, startsAt: Shop.now,
        incident: incident))
    _ = dashboard.handle(
      .alertsArrived(AlertSnapshot(at: Shop.now, alerts: [alert])), at: Shop.now)
    dashboard.press(["4", .enter])
    #expect(
      dashboard.text.contains("#7 triggered, with tom, mei, PagerDuty passes it on in 8m"))
  }

  // MARK: - The hand-off note

  @Test("H asks for what to add and has the note written; Esc writes nothing")
  func handOffNote() throws {
    var dashboard = try dashboard()
    dashboard.press(["7", "H"])
    #expect(dashboard.text.contains("add to the hand-off note:"))
    #expect(dashboard.handle(.input(.key(.escape)), at: Shop.now) == [])
    dashboard.press(["H", "o", "k"])
    #expect(
      dashboard.handle(.input(.key(.enter)), at: Shop.now)
        == [.writeHandOff(team: "shop", words: "ok")])
    #expect(dashboard.notice == "Writing the hand-off note of shop.")
    let effects = dashboard.handle(.handOffWritten("# x", place: "/tmp/x.md"), at: Shop.now)
    #expect(effects == [.copy("# x")])
    #expect(dashboard.notice == "Hand-off note: x.md in /tmp")
  }

  @Test("Whoever takes over is named when it happens, without another picture")
  func takingOverInTime() throws {
    var dashboard = try dashboard()
    let handOff = Shop.now.rounded(downTo: .seconds(86_400)) + .seconds(3600 * 36)
    _ = dashboard.handle(.timePassed, at: handOff - .milliseconds(1))
    #expect(dashboard.notice?.hasPrefix("tom takes over primary, mara secondary of") == true)
    _ = dashboard.handle(.timePassed, at: handOff)
    #expect(
      dashboard.notice == "tom took over primary, mara secondary of shop.")
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
