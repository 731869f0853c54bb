import Operations
import Reliability
import TestSupport
import Testing

@Suite("A running engine whose clock jumps", .timeLimit(.minutes(1)))
struct ClockJumpTests {
  /// The loops of an engine with one source that sleep while nothing happens: poll, slow, ages.
  private static let loops = 3
  private static let night = Duration.seconds(8 * 3_600)

  private let start: Timestamp
  private let clock: ManualClock
  private let source: InMemoryMetricSource
  private let published = PublishedSnapshots()

  init() throws {
    start = try .sample("2026-11-21T12:00:00Z")
    clock = ManualClock(at: start)
    source = InMemoryMetricSource(name: "shop", script: Script.calm)
  }

  /// Runs an engine until it has its first figures, and after `body` no longer.
  private func running(_ body: () async throws -> Void) async throws {
    let engine = Engine(
      slos: [try .sample()], subscriptions: [.init(source: source, refresh: .seconds(15))],
      clock: clock, publish: published.append)
    let run = Task { await engine.run() }
    await clock.sleepers(atLeast: Self.loops)
    try await body()
    run.cancel()
    await source.release()
    await run.value
  }

  private func first(_ status: ServiceLevelStatus, after instant: Timestamp) async -> Snapshot {
    await published.first { snapshot in
      snapshot.at >= instant && snapshot.serviceLevels.allSatisfy { $0.status == status }
    }
  }

  @Test("After a night's sleep in the middle of a poll figures are stale until a new one is there")
  func sleepInAPoll() async throws {
    try await running {
      await source.startHanging()
      clock.advance(by: .seconds(15))
      await source.asked(times: 3)
      clock.advance(by: Self.night)
      let morning = start + .seconds(15) + Self.night
      let stale = await first(.stale, after: morning)
      #expect(stale.serviceLevels.first?.observedAt == start)
      await source.release()
      let fresh = await first(.ok, after: morning)
      #expect(fresh.serviceLevels.first?.observedAt == morning)
    }
  }

  @Test("After a clock that is set back the figures of a dead source do not pass for fresh ones")
  func setBackWithoutAnswers() async throws {
    try await running {
      await source.answer { _, _ in .failure(.unavailable("gone")) }
      let earlier = start - .seconds(3_600)
      clock.set(to: earlier)
      clock.advance(by: .seconds(15))
      let stale = await published.first { $0.at < start && $0.at >= earlier + .seconds(15) }
      #expect(stale.serviceLevels.map(\.status) == [.stale])
      #expect(stale.serviceLevels.first?.reason == "gone")
      await source.answer(with: Script.calm)
      await clock.sleepers(atLeast: Self.loops)
      clock.advance(by: .seconds(15))
      let fresh = await published.first {
        $0.at < start && $0.serviceLevels.first?.status == .ok
      }
      #expect(fresh.serviceLevels.first?.observedAt == earlier + .seconds(30))
    }
  }

  @Test("A clock that is a day ahead for a while leaves nothing of that day behind")
  func thereAndBack() async throws {
    try await running {
      clock.advance(by: .seconds(86_400))
      _ = await first(.ok, after: start + .seconds(86_400))
      await clock.sleepers(atLeast: Self.loops)
      clock.set(to: start + .seconds(10))
      clock.advance(by: .seconds(15))
      let back = await published.first {
        $0.serviceLevels.first?.observedAt == start + .seconds(25)
      }
      let state = try #require(back.serviceLevels.first)
      #expect(state.status == .ok)
      #expect(state.history.allSatisfy { $0.at <= start + .seconds(25) })
    }
  }
}
