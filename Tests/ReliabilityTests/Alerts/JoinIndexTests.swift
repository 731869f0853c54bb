import Reliability
import Testing

@Suite("Joining alerts of Prometheus and Alertmanager")
struct JoinIndexTests {
  @Test("An alert is found by a part of its labels under the same alertname")
  func subset() {
    var index = JoinIndex([
      LabelSet(["alertname": "A", "job": "x", "cluster": "eu"]),
      LabelSet(["alertname": "B", "job": "x", "cluster": "eu"]),
    ])
    #expect(index.position(of: LabelSet(["alertname": "A", "job": "x"])) == 0)
    #expect(index.position(of: LabelSet(["alertname": "B", "job": "x"])) == 1)
    #expect(index.position(of: LabelSet(["alertname": "B"])) == 1)
    #expect(index.position(of: LabelSet(["alertname": "A", "job": "y"])) == nil)
    #expect(index.position(of: LabelSet(["alertname": "A", "pod": "x"])) == nil)
    #expect(index.position(of: LabelSet(["alertname": "C", "job": "x"])) == nil)
    #expect(index.position(of: LabelSet(["job": "x"])) == nil)
    #expect(index.position(of: LabelSet([:])) == nil)
  }

  @Test("An equal set wins, then the fewest further labels, then the first")
  func preference() {
    let part = ["alertname": "A", "job": "x"]
    let wide = LabelSet(part.merging(["cluster": "eu", "pod": "1"]) { $1 })
    let near = LabelSet(part.merging(["cluster": "eu"]) { $1 })
    let other = LabelSet(part.merging(["cluster": "us"]) { $1 })
    var index = JoinIndex([wide, near, other])
    #expect(index.position(of: LabelSet(part)) == 1)
    var exact = JoinIndex([wide, near, LabelSet(part), other])
    #expect(exact.position(of: LabelSet(part)) == 2)
    #expect(exact.position(of: near) == 1)
  }

  @Test("Values stay apart whatever bytes they have")
  func hostileValues() {
    let values = ["a", "b", "a\nb", "a\"", "\\", "é", "e\u{301}", "\0", "a,b", "🚀", "{}=~"]
    var alerts: [LabelSet] = []
    for first in values {
      for second in values { alerts.append(LabelSet(["alertname": "A", "x": first, "y": second])) }
    }
    var index = JoinIndex(alerts)
    for (position, alert) in alerts.enumerated() {
      #expect(index.position(of: alert) == position)
    }
  }

  @Test("The index finds what a search through everything finds", arguments: 0..<4)
  func reference(seed: UInt64) {
    var random = SteadyRandom(seed: seed)
    let alerts = (0..<60).map { _ in Self.labels(&random, names: 5) }
    var index = JoinIndex(alerts)
    // So many questions with so many sets of names also use up what may be projected.
    for _ in 0..<3_000 {
      let subset = Self.labels(&random, names: 4)
      let rivals = alerts.indices.filter { position in
        alerts[position].alertName == subset.alertName
          && subset.labels.allSatisfy { alerts[position][$0.name] == $0.value }
      }
      let best = rivals.min {
        (alerts[$0].labels.count, $0) < (alerts[$1].labels.count, $1)
      }
      #expect(index.position(of: subset) == best, "\(subset)")
    }
  }

  private static func labels(_ random: inout SteadyRandom, names: Int) -> LabelSet {
    var labels = ["alertname": "R\(random.below(2))"]
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"].shuffled(using: &random).prefix(names)
    where random.below(3) > 0 {
      labels[name] = String(random.below(2))
    }
    return LabelSet(labels)
  }

  @Test("Ten thousand alerts of one rule are joined", .timeLimit(.minutes(1)))
  func manyAlerts() {
    let base = (0..<10_000).map { ["alertname": "A", "instance": "node-\($0)", "job": "node"] }
    var index = JoinIndex(base.map { LabelSet($0.merging(["cluster": "eu"]) { $1 }) })
    for (position, labels) in base.enumerated() {
      #expect(index.position(of: LabelSet(labels)) == position)
    }
  }

  @Test("As many sets of names as alerts cost no square", .timeLimit(.minutes(1)))
  func manyNames() {
    let alerts = (0..<10_000).map { LabelSet(["alertname": "A", "name\($0)": "x", "job": "node"]) }
    var index = JoinIndex(alerts)
    for number in 0..<10_000 {
      #expect(index.position(of: LabelSet(["alertname": "A", "name\(number)": "x"])) == number)
    }
  }
}
