import Operations
import Reliability
import TestSupport
import Testing

@Suite("An SLO over a calendar period")
struct CalendarEvaluatorTests {
  private let midnight: Timestamp
  private let slo: SLO

  init() throws {
    midnight = try .sample("2026-11-01T00:00:00Z")
    slo = try .sample(window: .calendarSample(.month))
  }

  private func state(
    _ known: KnownReadings, after seconds: Double, offset: Duration = .zero
  ) -> ServiceLevelState {
    Evaluator(slo: slo, refresh: .seconds(15), offset: offset)
      .state(of: known, at: midnight + .milliseconds(Int(seconds * 1_000)))
  }

  private func known(_ bad: Double, of total: Double, after seconds: Int) -> KnownReadings {
    var known = KnownReadings()
    let instant = midnight + .seconds(seconds)
    for window in slo.burnWindows {
      known.record(
        .success(.sample(bad, of: total, at: instant)), for: .burn(window), of: slo.sli)
    }
    known.record(
      .success(.sample(bad, of: total, at: instant)), for: .objective(.days(1)), of: slo.sli)
    return known
  }

  @Test("A third of the month at three times the pace has spent it all")
  func figures() throws {
    let elapsed = 10 * 86_400
    let state = state(known(3_000, of: 1_000_000, after: elapsed), after: Double(elapsed))
    #expect(state.status == .ok)
    #expect(state.objectiveWindow.name == "month")
    let pace = try #require(state.objectiveWindow.burnRate)
    #expect(abs(pace - 3) < 1e-12)
    #expect(state.budget?.remaining == 0)
    #expect(state.budget?.allowedBad == 3_000)
    #expect(state.budget?.minutes == 43.2)
    #expect(state.zone?.kind == .exhausted)
    #expect(state.forecast?.hoursToExhaustion == 0)
    #expect(try state.period == midnight..<(.sample("2026-12-01T00:00:00Z")))
  }

  @Test("A forecast beyond the end of the month is none, before it is the straight line")
  func forecasts() throws {
    let elapsed = 10 * 86_400
    // A pace of 0.3 leaves 90 % of the month's budget; it lasts the 480 hours left below 1.35.
    let calm = state(known(300, of: 1_000_000, after: elapsed), after: Double(elapsed))
    #expect(calm.budget?.remaining == 0.9)
    #expect(calm.forecast?.hoursToExhaustion == nil)
    var burning = known(300, of: 1_000_000, after: elapsed)
    burning.record(
      .success(.sample(20, of: 10_000, at: midnight + .seconds(elapsed))), for: .burn(.hours(1)),
      of: slo.sli)
    let hours = try #require(state(burning, after: Double(elapsed)).forecast?.hoursToExhaustion)
    #expect(abs(hours - 324) < 1e-9)
  }

  @Test("In its first five minutes a period is untouched and says so", arguments: [0, 15, 299.999])
  func settling(seconds: Double) {
    let state = state(known(9, of: 10, after: Int(seconds)), after: seconds)
    #expect(state.status == .ok)
    #expect(state.reason == "period just began")
    #expect(state.budget?.remaining == 1)
    #expect(state.budget?.allowedBad == nil)
    #expect(state.objectiveWindow.share == nil)
    #expect(state.objectiveWindow.burnRate == nil)
    #expect(state.zone?.kind == .healthy)
    #expect(state.period?.lowerBound == midnight)
  }

  @Test("While a period settles its state does not change by itself")
  func settlingIsCalm() {
    let known = known(1, of: 10_000, after: 0)
    #expect(state(known, after: 5) == state(known, after: 10))
  }

  @Test("After five minutes the SLO waits for the new period's first answer")
  func waitsForNewPeriod() {
    let old = known(9_000, of: 10_000, after: -10)
    let waiting = state(old, after: 300)
    #expect(waiting.objectiveWindow.status == .waiting)
    #expect(waiting.objectiveWindow.share == nil)
    #expect(waiting.budget == nil)
    #expect(waiting.period?.lowerBound == midnight)
    var new = known(0, of: 10_000, after: 300)
    #expect(state(new, after: 300).status == .ok)
    #expect(state(new, after: 300).budget?.remaining == 1)
    new.record(
      .success(.sample(1, of: 10_000, at: midnight + .seconds(300))),
      for: .objective(.minutes(5)), of: slo.sli)
    #expect(state(new, after: 300).status == .ok)
  }

  @Test("A source that is down when the period begins fails the new period with its words")
  func downAtNewPeriod() {
    var old = known(1, of: 10_000, after: -10)
    old.record(.failure(.unavailable("HTTP 502")), for: .objective(.minutes(5)), of: slo.sli)
    #expect(state(old, after: 300).objectiveWindow.status == .failed)
    #expect(state(old, after: 300).objectiveWindow.reason == "HTTP 502")
  }

  @Test("Up to its last millisecond a period keeps its figures")
  func lastMillisecond() {
    let old = known(1, of: 10_000, after: -10)
    let last = state(old, after: -0.001)
    #expect(last.status == .ok)
    #expect(last.period?.upperBound == midnight)
    #expect(last.budget?.note == nil)
  }

  @Test("Coverage of the old period is not shown for the new one")
  func coverage() {
    var known = known(1, of: 10_000, after: -10)
    known.record(
      .success(.coverageSample(seconds: 2_600_000, at: midnight - .seconds(10))),
      for: .coverage(.days(30)), of: slo.sli)
    #expect(state(known, after: -1).coverage == 2_600_000)
    #expect(state(known, after: 0).coverage == nil)
    #expect(state(known, after: 400).coverageShare == nil)
    known.record(
      .success(.coverageSample(seconds: 150, at: midnight + .seconds(300))),
      for: .coverage(.minutes(5)), of: slo.sli)
    #expect(state(known, after: 3_000).coverageShare == 0.5)
  }

  @Test("A source that is asked behind the clock is still in the old period for so long")
  func offset() {
    let old = known(1, of: 10_000, after: -30)
    let behind = Duration.seconds(60)
    #expect(state(old, after: 30, offset: behind).period?.upperBound == midnight)
    #expect(state(old, after: 30, offset: behind).budget?.note == nil)
    #expect(state(old, after: 60, offset: behind).budget?.note == "period just began")
  }

  @Test("The days that daylight saving makes shorter and longer are budgeted by their real length")
  func daylightSaving() throws {
    for (noon, minutes) in [("2026-03-29T10:00:00Z", 1.38), ("2026-10-25T11:00:00Z", 1.5)] {
      let day = try SLO.sample(window: .calendarSample(.day, timeZone: "Europe/Berlin"))
      var known = KnownReadings()
      let instant = try Timestamp.sample(noon)
      known.record(
        .success(.sample(0, of: 10, at: instant)), for: .objective(.hours(11)), of: day.sli)
      let state = Evaluator(slo: day, refresh: .seconds(15)).state(of: known, at: instant)
      #expect(state.budget?.minutes == minutes)
    }
  }
}
