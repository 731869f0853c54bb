import Operations
import Reliability
import TestSupport
import Testing

// The evaluator as a whole: its figures against their closed form. How far they may be believed is
// EvaluatorStatusTests' topic, the calendar's periods CalendarEvaluatorTests'.

@Suite("Figures of an SLO")
struct EvaluatorTests {
  private let now: Timestamp

  init() throws {
    now = try .sample("2026-11-21T12:00:00Z")
  }

  /// Known readings in which every window holds a thousand events an hour with its own error ratio.
  private func known(
    _ slo: SLO, ratio: @Sendable (Window) -> Double, objective: Reading
  ) -> KnownReadings {
    var known = KnownReadings()
    for window in slo.burnWindows {
      let total = Double(window.seconds) * 1_000 / 3_600
      known.record(
        .success(.sample(ratio(window) * total, of: total, at: now)), for: .burn(window),
        of: slo.sli)
    }
    known.record(.success(objective), for: .objective(.days(30)), of: slo.sli)
    return known
  }

  private func state(_ slo: SLO, _ known: KnownReadings) -> ServiceLevelState {
    Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: now)
  }

  @Test("Every window has its ratio and burn, and the budget is the worked example's")
  func figures() throws {
    let slo = try SLO.sample()
    let state = state(
      slo,
      known(
        slo, ratio: { 1 / Double($0.seconds) },
        objective: .sample(7_800, of: 12_000_000, at: now)))
    #expect(state.status == .ok)
    #expect(state.reason == nil)
    #expect(state.observedAt == now)
    #expect(state.burnWindows.map(\.window) == Window.burnWindows)
    for burn in state.burnWindows {
      let ratio = 1 / Double(burn.window.seconds)
      let share = try #require(burn.state.share)
      let burnRate = try #require(burn.state.burnRate)
      #expect(burn.state.name == burn.window.description)
      #expect(abs(share.errorRatio - ratio) < 1e-15)
      #expect(abs(burnRate - ratio * 1_000) < 1e-12)
      #expect(burn.state.observedAt == now)
      #expect(burn.state.provenance?.route == .query)
    }
    #expect(state.objectiveWindow.name == "30d")
    #expect(state.objectiveWindow.share == .sample(bad: 7_800, of: 12_000_000))
    #expect(state.budget?.remaining == 0.35)
    #expect(state.budget?.badLeft == 4_200)
    #expect(state.budget?.minutesLeft == 15.12)
    #expect(state.zone?.kind == .warning)
    #expect(state.period == nil)
  }

  @Test("The forecast rests on the last hour, the trend on the last six")
  func forecasts() throws {
    let slo = try SLO.sample()
    let state = state(
      slo,
      known(
        slo, ratio: { $0 == .hours(1) ? 0.0144 : $0 == .hours(6) ? 0.002 : 0 },
        objective: .sample(7_800, of: 12_000_000, at: now)))
    let hours = try #require(state.forecast?.hoursToExhaustion)
    let trend = try #require(state.trend?.hoursToExhaustion)
    #expect(abs(hours - 17.5) < 1e-9)
    #expect(state.forecast?.basis == .hours(1))
    #expect(abs(trend - 126) < 1e-9)
    #expect(state.trend?.basis == .hours(6))
  }

  @Test("A spent budget has run out even while nothing is known of the burn")
  func spentWithoutBurn() throws {
    let slo = try SLO.sample()
    var known = KnownReadings()
    known.record(
      .success(.sample(12_000, of: 12_000_000, at: now)), for: .objective(.days(30)), of: slo.sli)
    let state = state(slo, known)
    #expect(state.budget?.remaining == 0)
    #expect(state.forecast?.hoursToExhaustion == 0)
    #expect(state.zone?.kind == .exhausted)
  }

  @Test("Without the burn there is no forecast, which is not the same as never")
  func noForecast() throws {
    let slo = try SLO.sample()
    var known = KnownReadings()
    known.record(
      .success(.sample(1, of: 12_000_000, at: now)), for: .objective(.days(30)), of: slo.sli)
    #expect(state(slo, known).forecast == nil)
    known.record(
      .success(.sample(0, of: 1_000, at: now)), for: .burn(.hours(1)), of: slo.sli)
    let calm = try #require(state(slo, known).forecast)
    #expect(calm.hoursToExhaustion == nil)
  }

  @Test("A page is active while both of its windows burn, and the most urgent severity counts")
  func conditions() throws {
    let slo = try SLO.sample()
    let state = state(
      slo,
      known(
        slo, ratio: { $0 <= .hours(1) ? 0.02 : 0.001 },
        objective: .sample(7_800, of: 12_000_000, at: now)))
    #expect(state.conditions.map(\.isActive) == [true, false, false, false])
    #expect(state.conditions.allSatisfy { $0.isKnown })
    #expect(state.activeSeverity == .page)
    #expect(!state.isLowTraffic)
  }

  @Test("A condition whose window is the SLO window reads the SLO window")
  func conditionOnSLOWindow() throws {
    let slo = try SLO.sample(window: .rolling(.days(1)))
    let state = state(
      slo, known(slo, ratio: { _ in 0.002 }, objective: .sample(48, of: 24_000, at: now)))
    let ticket = try #require(state.conditions.last)
    #expect(ticket.condition.long == .days(1))
    #expect(ticket.isActive)
  }

  @Test("At low traffic the label stands and the definition's least number of bad events counts")
  func lowTraffic() throws {
    for (least, isActive) in [(3, true), (4, false)] {
      let slo = try SLO.sample(alerting: SLO.Alerting(minBadEvents: least))
      var known = KnownReadings()
      for window in slo.burnWindows {
        known.record(.success(.sample(3, of: 20, at: now)), for: .burn(window), of: slo.sli)
      }
      known.record(.success(.sample(3, of: 500, at: now)), for: .objective(.days(30)), of: slo.sli)
      let state = state(slo, known)
      #expect(state.isLowTraffic)
      #expect((state.activeSeverity == .page) == isActive)
    }
  }

  @Test("The SLO is observed when its 5 m window was, even beside a shorter one")
  func observedAt() throws {
    let own = BurnCondition(
      severity: .page, factor: Fraction(7), long: .hours(1), short: .minutes(1))
    let slo = try SLO.sample(alerting: SLO.Alerting(conditions: [own]))
    var known = KnownReadings()
    known.record(.success(.sample(0, of: 9, at: now)), for: .burn(.minutes(1)), of: slo.sli)
    known.record(
      .success(.sample(0, of: 9, at: now - .seconds(9))), for: .burn(.minutes(5)), of: slo.sli)
    #expect(state(slo, known).observedAt == now - .seconds(9))
  }

  @Test("Where there are no burn windows the SLO is observed when its window was")
  func observedAtWithoutBurns() throws {
    let slo = try SLO.sample(window: .rolling(.minutes(5)))
    var known = KnownReadings()
    let seen = now - .seconds(3)
    known.record(.success(.sample(0, of: 9, at: seen)), for: .objective(.minutes(5)), of: slo.sli)
    #expect(state(slo, known).observedAt == seen)
  }

  @Test("Coverage and the recent past are handed on")
  func coverageAndPast() throws {
    let slo = try SLO.sample()
    var known = KnownReadings()
    let past = [HistorySample(at: now - .seconds(300), errorRatio: 0.5)]
    known.record(
      .success(.coverageSample(seconds: 15 * 86_400, at: now)), for: .coverage(.days(30)),
      of: slo.sli)
    known.record(
      .success(.historySample(past, at: now)), for: .history(.hours(6), step: .minutes(5)),
      of: slo.sli)
    let state = state(slo, known)
    #expect(state.coverage == 1_296_000)
    #expect(state.coverageShare == 0.5)
    #expect(state.history == past)
  }
}
