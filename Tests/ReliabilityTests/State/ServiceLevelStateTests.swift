import Reliability
import TestSupport
import Testing

@Suite("The state of an SLO")
struct ServiceLevelStateTests {
  private func state(
    _ slo: SLO, coverage: Double? = nil, coverageObservedAt: Timestamp? = nil,
    period: Range<Timestamp>? = nil, objective: WindowState? = nil, active: [Severity] = [],
    burns: [Window] = [], staleAt: Timestamp? = nil
  ) -> ServiceLevelState {
    let share = EventShare.sample(bad: 50, of: 100)
    let conditions = Severity.allCases.map { severity in
      ConditionState(
        BurnCondition(
          severity: severity, factor: .one, long: .hours(1), short: .minutes(5)),
        objective: slo.objective, long: active.contains(severity) ? share : nil, short: share,
        minBadEvents: 3)
    }
    return ServiceLevelState(
      slo: slo, status: .ok, reason: nil, observedAt: nil, coverage: coverage,
      coverageObservedAt: coverageObservedAt, period: period,
      burnWindows: burns.map {
        .init(window: $0, state: WindowState(name: $0.description, status: .ok))
      },
      objectiveWindow: objective ?? WindowState(name: slo.window.name, status: .ok), budget: nil,
      forecast: nil, trend: nil, conditions: conditions, zone: nil, isLowTraffic: false,
      history: [], staleAt: staleAt)
  }

  @Test(
    "The most urgent active condition counts",
    arguments: [
      ([], nil), ([.ticket], .ticket), ([.ticket, .page], .page), ([.info, .ticket], .ticket),
      ([.info], .info),
    ] as [([Severity], Severity?)])
  func activeSeverity(active: [Severity], severity: Severity?) throws {
    #expect(try state(.sample(), active: active).activeSeverity == severity)
  }

  @Test("Coverage of a rolling window is a share of its length, at most 1")
  func rollingCoverage() throws {
    let slo = try SLO.sample(window: .rolling(.days(30)))
    #expect(state(slo, coverage: 15 * 86_400).coverageShare == 0.5)
    #expect(state(slo, coverage: 31 * 86_400).coverageShare == 1)
    #expect(state(slo, coverage: nil).coverageShare == nil)
  }

  @Test("Coverage of a calendar window is a share of what had passed when it was counted")
  func calendarCoverage() throws {
    let slo = try SLO.sample(window: .calendarSample(.month))
    let start = try Timestamp.sample("2026-11-01T00:00:00Z")
    let period = start..<(try .sample("2026-12-01T00:00:00Z"))
    let later = WindowState(name: "month", status: .ok, observedAt: start + .seconds(7_200))
    let half = state(slo, coverage: 3_600, period: period, objective: later)
    #expect(half.coverageShare == 0.5)
    let countedEarlier = state(
      slo, coverage: 3_600, coverageObservedAt: start + .seconds(3_600), period: period,
      objective: later)
    #expect(countedEarlier.coverageShare == 1)
  }

  @Test("The burn over the SLO window itself is the SLO window's, in a calendar period it is not")
  func burnOverWindow() throws {
    let rolling = state(try .sample(window: .rolling(.days(1))), burns: [.hours(1)])
    #expect(rolling.burn(over: .hours(1))?.name == "1h")
    #expect(rolling.burn(over: .days(1))?.name == "1d")
    #expect(rolling.burn(over: .days(3)) == nil)
    let calendar = state(try .sample(window: .calendarSample(.day)), burns: [.hours(1)])
    #expect(calendar.burn(over: .days(1)) == nil)
  }

  @Test("A snapshot turns stale with the first of its SLOs")
  func staleAt() throws {
    let early = Timestamp.epoch + .seconds(5)
    let states = [
      state(try .sample(), staleAt: early + .seconds(1)), state(try .sample(), staleAt: early),
      state(try .sample(), staleAt: nil),
    ]
    #expect(Snapshot(at: .epoch, serviceLevels: states, sources: []).staleAt == early)
    #expect(Snapshot(at: .epoch, serviceLevels: [], sources: []).staleAt == nil)
  }

  @Test(
    "A latency percentile is the nearest rank",
    arguments: [(0, 1), (0.5, 2), (0.51, 3), (0.75, 3), (0.95, 4), (1, 4), (2, 4)]
      as [(Double, Double)])
  func latencyPercentile(share: Double, seconds: Double) {
    let health = SourceHealth(
      name: "shop", type: "prometheus", address: "", latencies: [4, 1, 3, 2])
    #expect(health.latency(percentile: share) == seconds)
  }

  @Test("Without requests there is no latency")
  func noLatency() {
    let health = SourceHealth(name: "shop", type: "prometheus", address: "")
    #expect(health.latency(percentile: 0.5) == nil)
  }
}
