import Reliability
import Testing

@Suite("Groups of alerts")
struct AlertGroupingTests {
  private static let alerts: [Alert] = [
    MatchingSamples.alert(["alertname": "A", "team": "pay"], severity: .ticket),
    MatchingSamples.alert(["alertname": "B"], severity: .info, flags: [.pending]),
    MatchingSamples.alert(["alertname": "C", "team": "core"], severity: .page, flags: [.silenced]),
    MatchingSamples.alert(["alertname": "D", "team": "pay"], severity: .page),
    MatchingSamples.alert(["alertname": "E"], severity: .page, flags: [.firing, .acknowledged]) {
      $0.team = "core"
    },
  ]

  @Test("The group of the worst alert comes first, and alerts keep their order")
  func order() {
    let groups = AlertGrouping(by: ["team"]).groups(of: Self.alerts)
    #expect(groups.map(\.title) == ["pay", "no team", "core"])
    #expect(groups.map(\.alerts) == [[0, 3], [1], [2, 4]])
    #expect(groups.map { $0.key.map(\.value) } == [["pay"], [""], ["core"]])
  }

  @Test("Groups count their alerts by state and severity")
  func tallies() {
    let groups = AlertGrouping(by: ["team"]).groups(of: Self.alerts)
    #expect(groups.map(\.tally.total) == [2, 1, 2])
    #expect(groups.map { $0.tally[.firing] } == [2, 0, 0])
    #expect(groups.map { $0.tally[.acknowledged] } == [0, 0, 1])
    #expect(groups.map { $0.tally[.page] } == [1, 0, 2])
    #expect(groups.map { $0.tally.unattended(.page) } == [1, 0, 0])
    let whole = AlertTally(Self.alerts)
    #expect(whole.total == Alert.State.allCases.map { whole[$0] }.reduce(0, +))
    #expect(whole.total == Severity.allCases.map { whole[$0] }.reduce(0, +))
  }

  @Test("Several labels make one key, and values that look alike when joined stay apart")
  func severalLabels() {
    let alerts = [
      MatchingSamples.alert(["a": "x / y", "b": "z"]),
      MatchingSamples.alert(["a": "x", "b": "y / z"]),
      MatchingSamples.alert(["a": "\n\"", "b": "é"]),
    ]
    let groups = AlertGrouping(by: ["a", "b", "severity"]).groups(of: alerts)
    #expect(groups.count == 3)
    #expect(groups.last?.title == "\n\" / é / ticket")
  }

  @Test("Without labels all alerts are one group, and no alerts are none")
  func noLabels() {
    let groups = AlertGrouping(by: []).groups(of: Self.alerts)
    #expect(groups.map(\.alerts) == [[0, 1, 2, 3, 4]])
    #expect(groups.first?.title == "all alerts")
    #expect(AlertGrouping(by: ["team"]).groups(of: []).isEmpty)
  }

  @Test("Ten thousand alerts in as many groups keep every alert", .timeLimit(.minutes(1)))
  func manyAlerts() {
    let fleet = MatchingSamples.fleet(10_000)
    let groups = AlertGrouping(by: ["instance"]).groups(of: fleet)
    #expect(groups.count == 10_000)
    #expect(Set(groups.flatMap(\.alerts)).count == 10_000)
    #expect(AlertGrouping(by: ["alertname", "service"]).groups(of: fleet).count == 91)
  }
}
