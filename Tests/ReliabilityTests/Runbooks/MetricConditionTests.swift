import Reliability
import Testing

@Suite("Conditions on metrics")
struct MetricConditionTests {
  @Test(
    "A name, a comparison and a value are read",
    arguments: [
      ("p95_latency < 300ms", "p95_latency", "< 0.3"),
      ("error rate <= 0.1%", "error rate", "<= 0.001"),
      ("up=1", "up", "== 1"), ("up == 1", "up", "== 1"), ("x != 0", "x", "!= 0"),
      ("availability >= 99.9%", "availability", ">= 0.999"), ("lag > 5 minutes", "lag", "> 300"),
    ])
  func reading(text: String, metric: String, bound: String) throws {
    let condition = try #require(MetricCondition(parsing: text))
    #expect(condition.metric == metric)
    #expect("\(condition.bound)" == bound)
    #expect(condition.text == text)
  }

  @Test(
    "Anything else is no condition",
    arguments: [
      "", "latency is back to normal", "< 5", "x <", "x < fast", "x ! 5", "x << 5", "x < 5 parsecs",
    ])
  func otherTexts(text: String) {
    #expect(MetricCondition(parsing: text) == nil)
  }

  @Test("A bound admits what its comparison says, and never something that is no number")
  func admitting() throws {
    let values: [(String, [Double], [Double])] = [
      ("< 1", [0.9, -.infinity], [1, 2]), ("<= 1", [1], [1.1]), ("> 1", [1.1, .infinity], [1]),
      (">= 1", [1], [0.9]), ("== 1", [1], [0]), ("!= 1", [0], [1]),
    ]
    for (text, admitted, refused) in values {
      let bound = try #require(MetricBound(parsing: text))
      #expect(admitted.allSatisfy(bound.admits))
      #expect(!refused.contains(where: bound.admits))
      #expect(!bound.admits(.nan))
    }
  }
}
