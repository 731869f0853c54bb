import Operations
import Reliability
import TestSupport

/// Service levels whose figures are explained, brought to a state by the evaluator.
enum ExplainedCase: String, CaseIterable {
  case latency, overspent, lowTraffic, halfItsRetention, calendarMonth, customFactor
  case absentNumerator, clamped

  /// The instant of the explanations: 2026-11-21T14:03:22Z.
  static let now = Timestamp(milliseconds: 1_795_269_802_000)
  private static let evaluated = now - .seconds(4)

  /// The explanation and the state it is of.
  func explained() throws -> (state: ServiceLevelState, explanation: Explanation) {
    let state = try state()
    return (state, Explanation(state, at: ExplainedCase.now))
  }

  /// What the evaluator makes of the case's readings.
  func state() throws -> ServiceLevelState {
    let slo = try slo()
    var known = KnownReadings()
    for window in slo.burnWindows {
      known.record(.success(reading(over: window)), for: .burn(window), of: slo.sli)
    }
    let length = slo.window.nominalLength
    known.record(.success(reading(over: length)), for: .objective(length), of: slo.sli)
    known.record(.success(coverage), for: .coverage(length), of: slo.sli)
    return Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: ExplainedCase.now)
  }

  // MARK: - Definitions

  private func slo() throws -> SLO {
    switch self {
    case .latency:
      try .sample(
        service: "payments", name: "latency", sli: try ExplainedCase.latencySLI(),
        objective: "0.95")
    case .overspent, .lowTraffic, .halfItsRetention, .clamped: try .sample()
    case .absentNumerator: try .sample(sli: .goodEventsSample)
    case .calendarMonth: try .sample(window: .calendarSample(.month))
    case .customFactor:
      try .sample(
        alerting: SLO.Alerting(conditions: [
          BurnCondition(
            severity: .page, factor: Fraction(10, over: 3), long: .hours(1), short: .minutes(5))
        ]))
    }
  }

  private static func latencySLI() throws -> SLI {
    .latency(
      LatencySLI(
        histogram: "http_request_duration_seconds", threshold: try .sample("0.3"),
        matchers: [LabelMatcher("service", .equal, "payments")]))
  }

  // MARK: - Readings

  private func reading(over window: Window) -> Reading {
    let hours = Double(window.seconds) / 3600
    let isRecent = window <= .hours(2)
    return switch self {
    case .latency: ExplainedCase.latencyReading(over: window)
    case .overspent: counted(hours * (isRecent ? 655 : 48.25), of: hours * 36_000)
    case .lowTraffic: counted(isRecent ? hours * 2.5 : 9, of: hours * 12)
    case .halfItsRetention: counted(hours * 3.7, of: hours * 5_123.4)
    case .calendarMonth: counted(hours * 18.5, of: hours * 36_000)
    case .customFactor: counted(hours * (isRecent ? 121 : 11), of: hours * 36_000)
    case .absentNumerator: counted(nil, of: hours * 7)
    // Everything failed, and the server's extrapolation counts a little more than everything.
    case .clamped: counted(hours * 102.5, of: hours * 100)
    }
  }

  private var coverage: Reading {
    let query =
      "count_over_time((sum(increase(http_request_duration_seconds_count"
      + "{service=\"payments\"}[1h])))[30d:1h])"
    return switch self {
    case .latency:
      Reading(
        observedAt: ExplainedCase.evaluated, answer: .coverage(seconds: 2_592_000),
        provenance: Provenance(route: .query, expressions: [query]))
    case .halfItsRetention: .coverageSample(seconds: 1_296_000, at: ExplainedCase.evaluated)
    case .overspent, .lowTraffic, .calendarMonth, .customFactor, .absentNumerator, .clamped:
      .coverageSample(seconds: 1_728_000, at: ExplainedCase.evaluated)
    }
  }

  private func counted(_ numerator: Double?, of total: Double) -> Reading {
    .sample(numerator, of: total, at: ExplainedCase.evaluated)
  }

  /// The counts of the documentation's worked example: good ones of all.
  private static let latencyCounts: [Window: (good: Double, total: Double)] = [
    .minutes(5): (4311.271186440678, 5491.525423728814),
    .minutes(30): (26134.57627118644, 33010.16949152543),
    .hours(1): (52412.33898305085, 65982.7118644068),
    .hours(2): (105_120, 131_940),
    .hours(6): (316_800.5, 395_812.25),
    .days(1): (1_461_003, 1_582_940),
    .days(3): (4_546_210, 4_748_912),
    .days(30): (45_780_655.25, 47_489_120),
  ]

  private static func latencyReading(over window: Window) -> Reading {
    let counts = latencyCounts[window]
    let name = "sum(increase(http_request_duration_seconds"
    return Reading(
      observedAt: evaluated,
      answer: .events(numerator: counts?.good, total: counts?.total, nearestBuckets: []),
      provenance: Provenance(
        route: .query,
        expressions: [
          "\(name)_bucket{service=\"payments\",le=\"0.3\"}[\(window)]))",
          "\(name)_count{service=\"payments\"}[\(window)]))",
        ]))
  }
}
