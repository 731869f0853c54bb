import Reliability
import Testing

@testable import Connectors

@Suite("Rules and their alerts")
struct PrometheusRulesTests {
  private func alerts(state: String, duration: String) throws -> [ReportedAlert] {
    let alert = """
      {"labels":{"alertname":"A"},"annotations":{},"state":"\(state)",
       "activeAt":"2026-11-21T14:00:00Z","value":"1"}
      """
    let rule = """
      {"type":"alerting","name":"A","query":"up == 0","health":"ok"\(duration),
       "alerts":[\(alert)]}
      """
    let body = """
      {"status":"success","data":{"groups":[{"name":"g","rules":[\(rule)]}]}}
      """
    return try PrometheusRules.report(.json(body), server: "prom").alerts
  }

  @Test(
    "An alert fires since its expression has held for as long as the rule wants",
    arguments: [
      ("firing", #","duration":1200"#, "2026-11-21T14:20:00Z"),
      ("firing", #","duration":0"#, "2026-11-21T14:00:00Z"), ("firing", "", "2026-11-21T14:00:00Z"),
      ("pending", #","duration":1200"#, "2026-11-21T14:00:00Z"),
      ("firing", #","duration":-5"#, "2026-11-21T14:00:00Z"),
    ])
  func start(_ state: String, _ duration: String, _ expected: String) throws {
    let alert = try #require(try alerts(state: state, duration: duration).first)
    #expect(alert.startsAt == Timestamp(rfc3339: expected))
  }
}
