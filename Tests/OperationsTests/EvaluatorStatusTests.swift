import Operations
import Reliability
import TestSupport
import Testing

@Suite("How far an SLO is to be believed")
struct EvaluatorStatusTests {
  private let start: Timestamp
  private let slo: SLO

  init() throws {
    start = try .sample("2026-11-21T12:00:00Z")
    slo = try .sample()
  }

  private func state(
    _ known: KnownReadings, after milliseconds: Int = 0, offset: Duration = .zero
  ) -> ServiceLevelState {
    Evaluator(slo: slo, refresh: .seconds(15), offset: offset)
      .state(of: known, at: start + .milliseconds(milliseconds))
  }

  /// Every window answered at the start, with a calm ratio.
  private var calm: KnownReadings {
    var known = KnownReadings()
    for window in slo.burnWindows {
      known.record(.success(.sample(1, of: 10_000, at: start)), for: .burn(window), of: slo.sli)
    }
    known.record(
      .success(.sample(1, of: 10_000, at: start)), for: .objective(.days(30)), of: slo.sli)
    return known
  }

  private func calm(
    but question: Demand.Question, _ result: Result<Reading, ReadingFailure>
  ) -> KnownReadings {
    var known = calm
    known.record(result, for: question, of: slo.sli)
    return known
  }

  private static let objective = Demand.Question.objective(.days(30))

  @Test("Before any answer everything waits for the source, and nothing has a figure")
  func waiting() {
    let state = state(KnownReadings())
    #expect(state.status == .waiting)
    #expect(state.reason == "waiting for shop")
    #expect(state.burnWindows.map(\.window) == slo.burnWindows)
    #expect(state.burnWindows.allSatisfy { $0.state.status == .waiting })
    #expect(state.burnWindows.allSatisfy { $0.state.share == nil && $0.state.burnRate == nil })
    #expect(state.objectiveWindow.status == .waiting)
    #expect(state.observedAt == nil)
    #expect(state.budget == nil)
    #expect(state.forecast == nil)
    #expect(state.zone == nil)
    #expect(state.coverage == nil)
    #expect(state.staleAt == nil)
    #expect(state.conditions.allSatisfy { !$0.isActive && !$0.isKnown })
  }

  @Test("An SLO waits until both its shortest and its whole window have answered")
  func stillWaiting() {
    var known = KnownReadings()
    known.record(
      .success(.sample(1, of: 10_000, at: start)), for: Self.objective, of: slo.sli)
    #expect(state(known).status == .waiting)
    #expect(state(known).budget?.remaining == 0.9)
    known.record(
      .success(.sample(1, of: 10_000, at: start)), for: .burn(.minutes(5)), of: slo.sli)
    #expect(state(known).status == .ok)
  }

  @Test(
    "A window is fresh at exactly its limit and stale a millisecond later",
    arguments: [
      (Window.minutes(5), 30), (.minutes(30), 60), (.hours(1), 120), (.hours(2), 240),
      (.hours(6), 600), (.days(1), 600), (.days(3), 600),
    ])
  func staleLimit(window: Window, seconds: Int) throws {
    let fresh = try #require(state(calm, after: seconds * 1_000).burn(over: window))
    #expect(fresh.status == .ok)
    let stale = try #require(state(calm, after: seconds * 1_000 + 1).burn(over: window))
    #expect(stale.status == .stale)
    #expect(stale.reason == "no newer answer from shop")
    #expect(stale.share == .sample(bad: 1, of: 10_000))
    #expect(stale.observedAt == start)
  }

  @Test("The SLO window is stale after ten minutes, with its last known budget")
  func staleObjective() {
    #expect(state(calm, after: 600_000).objectiveWindow.status == .ok)
    let stale = state(calm, after: 600_001)
    #expect(stale.objectiveWindow.status == .stale)
    #expect(stale.budget?.remaining == 0.9)
  }

  @Test("The SLO is stale with its shortest window, and a failure says why")
  func staleSLO() {
    #expect(state(calm, after: 30_000).status == .ok)
    #expect(state(calm, after: 30_001).status == .stale)
    #expect(state(calm, after: 30_001).reason == "no newer answer from shop")
    let failed = calm(but: .burn(.minutes(5)), .failure(.unavailable("connection refused")))
    #expect(state(failed, after: 30_000).status == .ok)
    #expect(state(failed, after: 30_001).status == .stale)
    #expect(state(failed, after: 30_001).reason == "connection refused")
  }

  @Test("The instant of the next staleness is the first limit that is passed from now on")
  func staleAt() {
    let limits = [30, 60, 120, 240, 600].map { start + .seconds($0) + .milliseconds(1) }
    var instants: [Timestamp] = []
    var next = state(calm).staleAt
    while let instant = next, instants.count < 10 {
      instants.append(instant)
      next = state(calm, after: Int((instant - start).milliseconds)).staleAt
    }
    #expect(instants == limits)
  }

  @Test("A source that is asked behind the clock is as old as that only beyond its offset")
  func offset() {
    let offset = Duration.seconds(60)
    #expect(state(calm, after: 90_000, offset: offset).status == .ok)
    #expect(state(calm, after: 90_001, offset: offset).status == .stale)
    #expect(state(calm, after: 60_000, offset: offset).staleAt == start + .milliseconds(90_001))
  }

  @Test("A source's warning makes a figure partial and is quoted", arguments: [true, false])
  func partial(isObjective: Bool) {
    let reading = Reading.sample(1, of: 10_000, at: start, warnings: ["a store is down"])
    let known = calm(but: isObjective ? Self.objective : .burn(.hours(2)), .success(reading))
    #expect(state(known).status == .partial)
    #expect(state(known).reason == "a store is down")
    #expect(state(known).budget?.remaining == 0.9)
  }

  @Test("An SLO window without events is no data")
  func noData() {
    let state = state(calm(but: Self.objective, .success(.sample(nil, of: nil, at: start))))
    #expect(state.status == .noData)
    #expect(state.reason == "no events in the window")
    #expect(state.budget == nil)
    #expect(state.zone == nil)
    #expect(state.objectiveWindow.burnRate == nil)
    #expect(state.objectiveWindow.observedAt == start)
  }

  @Test("A short window without events has no figure and no active condition, the SLO has data")
  func quietMinutes() throws {
    let state = state(calm(but: .burn(.minutes(5)), .success(.sample(nil, of: 0, at: start))))
    #expect(state.status == .ok)
    let window = try #require(state.burn(over: .minutes(5)))
    #expect(window.status == .noData)
    #expect(window.share == nil)
    #expect(state.conditions.first?.isKnown == false)
    #expect(state.conditions.first?.isActive == false)
  }

  @Test("An impossible ratio makes the indicator invalid, in whichever window")
  func invalid() {
    let state = state(calm(but: .burn(.days(3)), .success(.sample(30, of: 20, at: start))))
    #expect(state.status == .invalid)
    #expect(state.reason == "the error ratio is 1.5, outside 0 to 1")
  }

  @Test("A clamped ratio is fine, and the note says what was done")
  func clamped() {
    let state = state(calm(but: Self.objective, .success(.sample(21, of: 20, at: start))))
    #expect(state.status == .ok)
    #expect(state.reason == "an error ratio of 1.05 was taken as 1.0")
  }

  @Test("A refused expression fails the SLO at once and keeps the last known figures")
  func rejected() throws {
    let state = state(calm(but: .burn(.hours(6)), .failure(.rejected("parse error at char 5"))))
    #expect(state.status == .failed)
    #expect(state.reason == "parse error at char 5")
    let window = try #require(state.burn(over: .hours(6)))
    #expect(window.status == .failed)
    #expect(window.share == .sample(bad: 1, of: 10_000))
    #expect(state.budget?.remaining == 0.9)
  }

  @Test(
    "Without a reading any failure is a failed window",
    arguments: [ReadingFailure.unavailable("HTTP 503"), .rejected("HTTP 503")])
  func failedWithoutReading(failure: ReadingFailure) {
    var known = KnownReadings()
    known.record(.failure(failure), for: .burn(.minutes(5)), of: slo.sli)
    #expect(state(known).status == .failed)
    #expect(state(known).reason == "HTTP 503")
    #expect(state(known).burnWindows.first?.state.share == nil)
  }

  @Test("Of several troubles the worst is told")
  func ranking() {
    let troubles: [(ServiceLevelStatus, Demand.Question, Result<Reading, ReadingFailure>)] = [
      (.partial, .burn(.days(1)), .success(.sample(1, of: 99, at: start, warnings: ["late"]))),
      (.noData, Self.objective, .success(.sample(nil, of: nil, at: start))),
      (.stale, .burn(.minutes(5)), .success(.sample(1, of: 99, at: start - .seconds(61)))),
      (.invalid, .burn(.days(3)), .success(.sample(30, of: 20, at: start))),
      (.failed, .burn(.hours(2)), .failure(.rejected("refused"))),
    ]
    var known = calm
    for (status, question, result) in troubles {
      known.record(result, for: question, of: slo.sli)
      #expect(state(known).status == status)
    }
  }
}
