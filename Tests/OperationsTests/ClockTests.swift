import Operations
import Reliability
import TestSupport
import Testing

@Suite("Clocks", .timeLimit(.minutes(1)))
struct ClockTests {
  @Test("A scaled clock passes as many seconds as its speed says")
  func scaledTime() throws {
    let base = ManualClock(at: try .sample("2026-11-21T12:00:00Z"))
    let start = try Timestamp.sample("2020-01-01T00:00:00Z")
    let clock = ScaledClock(base, startingAt: start, speed: 60)
    #expect(clock.now == start)
    base.advance(by: .milliseconds(1_500))
    #expect(clock.now == start + .seconds(90))
  }

  @Test(
    "Sleeping on a scaled clock sleeps the scaled length on its base and never too short",
    arguments: [1, 7, 60, 3.3, 0.5])
  func scaledSleep(speed: Double) async throws {
    let base = ManualClock(at: .epoch)
    let clock = ScaledClock(base, startingAt: .epoch, speed: speed)
    let target = Timestamp.epoch + .seconds(61)
    async let slept: Void = clock.sleep(until: target)
    await base.sleepers(atLeast: 1)
    base.advance(by: .milliseconds(Int64((61_000 / speed).rounded(.up))))
    try await slept
    #expect(clock.now >= target)
    #expect(clock.now - target <= .milliseconds(Int64(speed.rounded(.up))))
  }

  @Test("An instant that is not ahead is not waited for")
  func noWait() async throws {
    let base = ManualClock(at: .epoch)
    let clock = ScaledClock(base, startingAt: .epoch, speed: 60)
    try await clock.sleep(until: .epoch)
    try await SystemClock().sleep(until: .epoch)
  }

  @Test("A cancelled sleep throws at once", arguments: [1, 60])
  func cancelledSleep(speed: Double) async {
    let base = ManualClock(at: .epoch)
    let clock = ScaledClock(base, startingAt: .epoch, speed: speed)
    let sleep = Task { try await clock.sleep(until: .epoch + .seconds(3600)) }
    await base.sleepers(atLeast: 1)
    sleep.cancel()
    await #expect(throws: CancellationError.self) { try await sleep.value }
  }

  @Test("A scaled clock whose base is set back waits no longer than it was going to")
  func setBack() async throws {
    let base = ManualClock(at: .epoch + .seconds(7200))
    let clock = ScaledClock(base, startingAt: .epoch, speed: 60)
    let sleep = Task { try await clock.sleep(until: .epoch + .seconds(60)) }
    await base.sleepers(atLeast: 1)
    base.set(to: .epoch)
    base.advance(by: .milliseconds(999))
    await base.sleepers(atLeast: 1)
    base.advance(by: .milliseconds(1))
    try await sleep.value
  }
}
