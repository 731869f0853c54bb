import Operations
import Reliability
import TestSupport
import Testing

@Suite("What is due when")
struct SchedulerTests {
  private let start: Timestamp
  private let slo: SLO

  init() throws {
    start = try .sample("2026-11-21T12:00:00Z")
    slo = try .sample()
  }

  private func schedule(_ slos: [SLO], refresh: Int = 15) -> Scheduler {
    Scheduler(slos: slos, refresh: .seconds(refresh))
  }

  private func burns(_ windows: [Window]) -> [Demand] {
    windows.map { Demand(slo.id, .burn($0)) }
  }

  @Test("At first everything is due at once, and nothing a moment later")
  func first() {
    var scheduler = schedule([slo])
    #expect(scheduler.takeDueBurns(at: start) == burns(slo.burnWindows))
    #expect(
      scheduler.takeDueSlow(at: start) == [
        Demand(slo.id, .objective(.days(30))),
        Demand(slo.id, .history(.hours(6), step: .minutes(5))),
        Demand(slo.id, .coverage(.days(30))),
      ])
    #expect(scheduler.takeDueBurns(at: start + .seconds(5)).isEmpty)
    #expect(scheduler.takeDueSlow(at: start + .seconds(5)).isEmpty)
  }

  @Test("Every SLO is asked for itself, in their order")
  func severalSLOs() throws {
    let other = try SLO.sample(service: "cart", window: .rolling(.hours(1)))
    var scheduler = schedule([slo, other])
    let demands = scheduler.takeDueBurns(at: start)
    #expect(
      demands == burns(slo.burnWindows) + [
        Demand(other.id, .burn(.minutes(5))), Demand(other.id, .burn(.minutes(30))),
      ])
  }

  @Test("Without SLOs nothing is ever due")
  func noSLOs() {
    var scheduler = schedule([])
    #expect(scheduler.takenAtOnce(at: start).isEmpty)
  }

  @Test(
    "Over an hour of polls every window is asked for at its own pace",
    arguments: [
      (15, [240, 120, 60, 30, 12, 12, 12]), (10, [360, 120, 60, 30, 12, 12, 12]),
      (60, [60, 60, 60, 30, 12, 12, 12]), (600, [6, 6, 6, 6, 6, 6, 6]),
    ])
  func anHour(refresh: Int, counts: [Int]) {
    var scheduler = schedule([slo], refresh: refresh)
    var asked: [Window: Int] = [:]
    for second in stride(from: 0, to: 3_600, by: refresh) {
      for demand in scheduler.takeDueBurns(at: start + .seconds(second)) {
        if case .burn(let window) = demand.question { asked[window, default: 0] += 1 }
      }
    }
    #expect(Window.burnWindows.map { asked[$0] ?? 0 } == counts)
  }

  @Test("Over an hour the slow clock asks the SLO window, the coverage and once the past")
  func slowHour() {
    var scheduler = schedule([slo])
    var asked: [Demand.Question: Int] = [:]
    for second in stride(from: 0, to: 3_600, by: 15) {
      for demand in scheduler.takeDueSlow(at: start + .seconds(second)) {
        asked[demand.question, default: 0] += 1
      }
    }
    #expect(
      asked == [
        .objective(.days(30)): 12, .coverage(.days(30)): 2,
        .history(.hours(6), step: .minutes(5)): 1,
      ])
  }

  @Test("Polls that come a little early or late do not make a window miss its turn")
  func jitter() {
    var scheduler = schedule([slo])
    var count = 0
    for poll in 0..<240 {
      let jitter = [0, 900, -600][poll % 3]
      let now = start + .milliseconds(15_000 * poll + jitter)
      count += scheduler.takeDueBurns(at: now).filter { $0.question == .burn(.minutes(30)) }.count
    }
    #expect(count == 120)
  }

  @Test("What was put back is due again, and only that")
  func putBack() {
    var scheduler = schedule([slo])
    _ = scheduler.takeDueBurns(at: start)
    _ = scheduler.takeDueSlow(at: start)
    let lost = [
      Demand(slo.id, .burn(.days(1))), Demand(slo.id, .history(.hours(6), step: .minutes(5))),
    ]
    scheduler.putBack(lost)
    let soon = start + .seconds(1)
    #expect(scheduler.takeDueBurns(at: soon) == [lost[0]])
    #expect(scheduler.takeDueSlow(at: soon) == [lost[1]])
    #expect(scheduler.takeDueBurns(at: soon).isEmpty)
  }

  @Test("What was put back counts anew from when it is asked again")
  func putBackInterval() {
    var scheduler = schedule([slo])
    _ = scheduler.takeDueBurns(at: start)
    let day = Demand(slo.id, .burn(.days(1)))
    scheduler.putBack([day])
    _ = scheduler.takeDueBurns(at: start + .seconds(150))
    #expect(!scheduler.takeDueBurns(at: start + .seconds(300)).contains(day))
    #expect(scheduler.takeDueBurns(at: start + .seconds(450)).contains(day))
  }

  @Test("Asking now makes the burn windows due and leaves the slow questions to their clock")
  func putBackBurns() {
    var scheduler = schedule([slo])
    let first = scheduler.takenAtOnce(at: start)
    scheduler.putBackBurns()
    let again = scheduler.takenAtOnce(at: start + .seconds(1))
    #expect(again == first.filter { !$0.isSlow })
    #expect(!again.isEmpty)
  }

  @Test("After a clock that jumps forward everything but the past is due once")
  func jumpForward() {
    var scheduler = schedule([slo])
    _ = scheduler.takenAtOnce(at: start)
    let later = start + .seconds(86_400)
    #expect(scheduler.takenAtOnce(at: later).count == 9)
    #expect(scheduler.takenAtOnce(at: later + .seconds(1)).isEmpty)
  }

  @Test("After a clock that is set back everything is due, then the pace is as before")
  func jumpBack() {
    var scheduler = schedule([slo])
    _ = scheduler.takenAtOnce(at: start)
    let earlier = start - .seconds(86_400)
    #expect(scheduler.takenAtOnce(at: earlier).count == 10)
    #expect(scheduler.takenAtOnce(at: earlier + .seconds(1)).isEmpty)
    #expect(scheduler.takeDueBurns(at: earlier + .seconds(15)) == burns([.minutes(5)]))
  }
}

@Suite("What is due in a calendar period")
struct CalendarSchedulerTests {
  private let midnight: Timestamp
  private let slo: SLO

  init() throws {
    midnight = try .sample("2026-11-01T00:00:00Z")
    slo = try .sample(window: .calendarSample(.month))
  }

  private func objective(_ seconds: Int) -> Demand {
    Demand(slo.id, .objective(Window(seconds: seconds)))
  }

  private func coverage(_ seconds: Int) -> Demand {
    Demand(slo.id, .coverage(Window(seconds: seconds)))
  }

  @Test("In its first five minutes a period is not asked about, its burn windows are")
  func settling() {
    var scheduler = Scheduler(slos: [slo], refresh: .seconds(15))
    #expect(scheduler.takeDueBurns(at: midnight).count == slo.burnWindows.count)
    #expect(
      scheduler.takeDueSlow(at: midnight) == [
        Demand(slo.id, .history(.hours(6), step: .minutes(5)))
      ])
    let last = midnight + .milliseconds(299_999)
    #expect(scheduler.takeDueSlow(at: last).isEmpty)
    #expect(scheduler.takeDueSlow(at: midnight + .seconds(300)) == [objective(300), coverage(300)])
  }

  @Test("The look-back is what has passed of the period, in whole seconds")
  func lookback() {
    var scheduler = Scheduler(slos: [slo], refresh: .seconds(15))
    let now = midnight + .seconds(86_400) + .milliseconds(900)
    #expect(scheduler.takeDueSlow(at: now).contains(objective(86_400)))
    let later = now + .seconds(300)
    #expect(scheduler.takeDueSlow(at: later) == [objective(86_700)])
  }

  @Test(
    "With a new period everything about the old one is due again, however recently it was asked")
  func newPeriod() {
    var scheduler = Scheduler(slos: [slo], refresh: .seconds(15))
    let before = midnight - .seconds(10)
    #expect(scheduler.takenAtOnce(at: before).contains(coverage(2_678_390)))
    #expect(scheduler.takeDueSlow(at: midnight + .seconds(15)).isEmpty)
    #expect(scheduler.takeDueSlow(at: midnight + .seconds(300)) == [objective(300), coverage(300)])
  }

  @Test("The same without a poll in the first five minutes")
  func newPeriodAfterSleep() {
    var scheduler = Scheduler(slos: [slo], refresh: .seconds(15))
    _ = scheduler.takenAtOnce(at: midnight - .seconds(10))
    #expect(scheduler.takeDueSlow(at: midnight + .seconds(360)) == [objective(360), coverage(360)])
  }

  @Test("A demand of an older look-back can be put back")
  func putBack() {
    var scheduler = Scheduler(slos: [slo], refresh: .seconds(15))
    let asked = scheduler.takenAtOnce(at: midnight + .seconds(1_000))
    #expect(asked.contains(objective(1_000)))
    scheduler.putBack([objective(1_000)])
    #expect(scheduler.takeDueSlow(at: midnight + .seconds(1_015)) == [objective(1_015)])
  }
}

extension Scheduler {
  /// Everything due on both clocks.
  fileprivate mutating func takenAtOnce(at now: Timestamp) -> [Demand] {
    takeDueBurns(at: now) + takeDueSlow(at: now)
  }
}
