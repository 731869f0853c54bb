import Reliability
import TestSupport
import Testing

@Suite("What a runbook's condition is about")
struct ConditionFigureTests {
  private func state(_ slo: SLO, errorRatio: Double?) -> ServiceLevelState {
    let share = errorRatio.map { EventShare(total: 100, bad: $0 * 100, errorRatio: $0) }
    func window(_ name: String) -> WindowState {
      WindowState(
        name: name, status: share == nil ? .stale : .ok,
        share: share ?? EventShare(total: 1, bad: 1, errorRatio: 1),
        burnRate: 2)
    }
    return ServiceLevelState(
      slo: slo, status: .ok, reason: nil, observedAt: nil, coverage: nil, period: nil,
      burnWindows: [
        .init(window: .minutes(5), state: window("5m")),
        .init(window: .hours(1), state: window("1h")),
      ],
      objectiveWindow: window("30d"), budget: nil, forecast: nil, trend: nil, conditions: [],
      zone: nil, isLowTraffic: false, history: [], staleAt: nil)
  }

  private func figure(
    _ name: String, _ states: [ServiceLevelState], metrics: [String: String] = [:]
  ) -> ConditionFigure? {
    ConditionFigure(name, in: .sample([], metrics: metrics), service: "checkout", states)
  }

  @Test("A named query of the runbook comes first")
  func named() throws {
    let own = state(try .sample(service: "checkout"), errorRatio: 0.5)
    #expect(
      figure("error_rate", [own], metrics: ["error_rate": "q"]) == .question("q", source: nil))
  }

  @Test("Figures of the service's SLO, as far as they are believed now")
  func figures() throws {
    let slo = try SLO.sample(service: "checkout")
    let own = state(slo, errorRatio: 0.25)
    for (name, value) in [
      ("error_rate", 0.25), ("error_ratio", 0.25), ("availability", 0.75), ("burn_rate", 2),
    ] {
      #expect(figure(name, [own]) == .known(value, of: slo.id), "\(name)")
    }
    let stale = state(slo, errorRatio: nil)
    #expect(figure("error_rate", [stale]) == .known(nil, of: slo.id))
    #expect(figure("burn_rate", [stale]) == .known(nil, of: slo.id))
  }

  @Test("Names that mean nothing, and services without an SLO, have no figure")
  func unknown() throws {
    let other = state(try .sample(service: "search"), errorRatio: 0.25)
    #expect(figure("error_rate", [other]) == nil)
    let own = state(try .sample(service: "checkout"), errorRatio: 0.25)
    #expect(figure("queue_depth", [own]) == nil)
    // An SLO of events knows nothing of how long they took.
    #expect(figure("p95_latency", [own]) == nil)
  }

  @Test(
    "A quantile is asked of the latency SLO's histogram",
    arguments: [
      ("p95_latency", 0.95), ("latency_p99", 0.99), ("p99.9_latency", 0.999), ("p50", 0.5),
    ])
  func quantiles(_ name: String, _ quantile: Double) throws {
    let sli = SLI.latency(
      LatencySLI(
        histogram: "http_seconds", threshold: try #require(Fraction(decimal: "0.3")),
        matchers: [LabelMatcher("service", .equal, "checkout")]))
    let own = state(try .sample(service: "checkout", sli: sli), errorRatio: 0.25)
    #expect(
      figure(name, [own])
        == .question(
          "histogram_quantile(\(quantile), sum by (le) (rate(http_seconds_bucket"
            + "{service=\"checkout\"}[5m])))", source: own.slo.source))
  }
}
