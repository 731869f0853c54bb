import Reliability
import Testing

@Suite("Escalation policies")
struct EscalationPolicyTests {
  private static let start = Timestamp(milliseconds: 1_795_269_600_000)

  private func policy() throws -> EscalationPolicy {
    try #require(
      EscalationPolicy(levels: [
        .init(after: .seconds(1800), to: "the head of platform"),
        .init(after: .zero, to: "primary"), .init(after: .seconds(900), to: "secondary"),
      ]))
  }

  private func team(_ policy: EscalationPolicy?) -> TeamRoster {
    let range = Self.start..<(Self.start + .seconds(7200))
    return TeamRoster(
      team: "shop", people: ["tom": Person(id: "tom", name: "Tom Okafor")],
      roster: Roster(
        shifts: [
          Shift(
            person: "tom", layer: "secondary", from: range.lowerBound, until: range.upperBound)
        ], range: range, layers: ["primary", "secondary"]),
      sources: [], remarks: [], escalation: policy)
  }

  @Test(
    "A level is reached at its delay, to the millisecond, and not before",
    arguments: [
      (0, 0, 900), (899_999, 0, 900), (900_000, 1, 1800), (1_799_999, 1, 1800),
      (1_800_000, 2, nil), (90_000_000, 2, nil),
    ] as [(Int64, Int, Int64?)])
  func levels(_ age: Int64, _ index: Int, _ next: Int64?) throws {
    let progress = try policy().progress(of: Self.start, at: Self.start + .milliseconds(age))
    #expect(progress.index == index && progress.isEscalated == (index > 0))
    #expect(progress.next?.at == next.map { Self.start + .seconds($0) })
  }

  @Test("Only a page that nobody has escalates, and only where a policy says so")
  func whichAlerts() throws {
    let now = Self.start + .seconds(1000)
    func alert(_ severity: Severity, _ flags: Set<Alert.State>) -> Alert {
      Alert(
        Alert.Facts(
          id: Alert.ID(cluster: "am", fingerprint: "a"), labels: LabelSet(["alertname": "A"]),
          severity: severity, flags: flags, startsAt: Self.start))
    }
    let team = team(try policy())
    #expect(team.progress(of: alert(.page, [.firing]), at: now)?.index == 1)
    #expect(team.progress(of: alert(.ticket, [.firing]), at: now) == nil)
    for flag in [Alert.State.acknowledged, .silenced, .inhibited, .resolved] {
      #expect(
        team.progress(of: alert(.page, [.firing, flag]), at: now) == nil || flag == .resolved)
    }
    #expect(self.team(nil).progress(of: alert(.page, [.firing]), at: now) == nil)
  }

  @Test("A level names a layer, a person, or anybody in words")
  func targets() throws {
    let team = team(try policy())
    func target(_ name: String) -> String? {
      team.target(of: .init(after: .zero, to: name), at: Self.start)
    }
    #expect(target("secondary") == "Tom Okafor")
    #expect(target("primary") == nil)
    #expect(target("tom") == "Tom Okafor")
    #expect(target("the head of platform") == "the head of platform")
  }

  @Test("What names a team calls that one, and what names none the only one")
  func teams() throws {
    let shop = team(nil)
    let data = TeamRoster(
      team: "data", people: [:], roster: shop.roster, sources: [], remarks: [])
    let one = OnCallSnapshot(at: Self.start, teams: [shop])
    let two = OnCallSnapshot(at: Self.start, teams: [shop, data])
    #expect(one.team(named: nil)?.id == "shop" && one.team(named: "data") == nil)
    #expect(two.team(named: nil) == nil && two.team(named: "data")?.id == "data")
  }
}
