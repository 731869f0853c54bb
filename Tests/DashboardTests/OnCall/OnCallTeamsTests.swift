import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Several teams, and layers that share the hours of a day.
extension OnCallScreenTests {
  /// Regions that share a day, each in a layer of its own hours: who is on from and until which hour.
  private func sharedDay(_ team: String, _ people: [(String, Int, Int)]) -> TeamRoster {
    let day = Shop.now.rounded(downTo: .seconds(86_400))
    let layers = people.indices.map { "region\($0 + 1)" }
    return TeamRoster(
      team: team, people: [:],
      roster: Roster(
        shifts: zip(layers, people).map { layer, person in
          Shift(
            person: person.0, layer: layer, from: day + .seconds(3600 * person.1),
            until: day + .seconds(3600 * person.2))
        }, range: (day - .seconds(86_400))..<(day + .seconds(86_400 * 2)), layers: layers,
        partTimeLayers: Set(layers)),
      sources: ["rotation"], remarks: [],
      escalation: EscalationPolicy(levels: [
        .init(after: .zero, to: "region1"), .init(after: .seconds(60), to: "secondary"),
      ]))
  }

  @Test("Where layers share a day, whoever goes on in another of them is next")
  func sharedHours() throws {
    let team = sharedDay("platform", [("mei", 8, 16), ("ines", 16, 24)])
    let dashboard = try dashboard(teams: [team])
    #expect(dashboard.text.contains("Region1    mei"))
    #expect(dashboard.text.contains("Next       ines (you)"))
    #expect(
      try self.dashboard(200, 60, teams: [team]).text.contains("Next       ines (region2) (you)"))
    let text = team.duties(at: Shop.now).map { $0.next.map { team.name(after: $0) } }
    #expect(text == ["ines (region2)", "ines"])
  }

  @Test("The operator's team is where they are on, else where they are next; 7 opens it")
  func ownTeam() throws {
    let later = sharedDay("alpha", [("tom", 0, 20), ("ines", 20, 24)])
    let sooner = sharedDay("beta", [("tom", 0, 15), ("ines", 15, 24)])
    let now = sharedDay("gamma", [("ines", 12, 15)])
    let none = sharedDay("delta", [("tom", 0, 24)])
    for (teams, own) in [
      ([none, later, sooner, now], "gamma"), ([none, later, sooner], "beta"),
      ([none, later], "alpha"), ([none], "delta"),
    ] {
      var dashboard = try dashboard(teams: teams)
      #expect(dashboard.onCall.own?.id == own)
      dashboard.press(["7"])
      #expect(dashboard.text.contains("On call: \(own)"))
    }
    // Before calendars have spoken nobody knows; the operator's choice stays.
    let silent = [none, later].map { team in
      TeamRoster(
        team: team.id, people: [:],
        roster: Roster(shifts: [], range: team.roster.range, layers: []), sources: [],
        remarks: [], isKnown: false)
    }
    var early = try dashboard(teams: silent)
    let news = OnCallSnapshot(at: Shop.now, teams: [none, later])
    _ = early.handle(.onCallArrived(news), at: Shop.now)
    early.press(["7"])
    #expect(early.text.contains("On call: alpha"))
    early.press([","])
    _ = early.handle(.onCallArrived(news), at: Shop.now)
    #expect(early.text.contains("On call: delta"))
    // At a hand-off it may be another one.
    var dashboard = try dashboard(teams: [sooner, now])
    _ = dashboard.handle(.timePassed, at: Shop.now + .seconds(3600))
    #expect(dashboard.onCall.own?.id == "beta")
  }

  @Test("What a silent calendar said last is in doubt beside other teams too")
  func doubtfulTeam() throws {
    let dashboard = try dashboard(teams: [sharedDay("data", [("ines", 0, 24)]), Self.team])
    #expect(dashboard.onCall.own?.id == "data")
    #expect(dashboard.text.contains("shop       Ines Duarte (you)?"))
  }

  @Test("The pane tells of the other teams, of their escalated pages, and of pages of no team")
  func otherTeams() throws {
    var dashboard = try dashboard(
      200, 60,
      teams: [Self.team, sharedDay("data", [("mei", 0, 24)]), sharedDay("web", [("uma", 0, 24)])])
    #expect(dashboard.text.contains("data       mei") && dashboard.text.contains("web        uma"))
    let alerts = ["web", "ghost"].map { team in
      Alert(
        Alert.Facts(
          id: Alert.ID(cluster: "am", fingerprint: team), labels: LabelSet(["alertname": "Down"]),
          severity: .page, team: team, flags: [.firing], startsAt: Shop.now - .seconds(90)))
    }
    _ = dashboard.handle(
      .alertsArrived(AlertSnapshot(at: Shop.now, alerts: alerts)), at: Shop.now)
    #expect(dashboard.text.contains("1 page of no team here"))
    // No layer of the team is called so, and shop has one that is.
    #expect(dashboard.text.contains("web        to secondary"))
    dashboard.press(["4", .enter])
    #expect(dashboard.text.contains("it is with secondary (web has no such layer) since"))
  }
}
