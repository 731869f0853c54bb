import Operations
import Reliability
import TestSupport
import Testing

@Suite("The running engine", .timeLimit(.minutes(1)))
struct EngineRunTests {
  /// The loops of an engine with one source that sleep while nothing happens: poll, slow, ages.
  private static let loops = 3

  private let start: Timestamp
  private let clock: ManualClock
  private let source: InMemoryMetricSource
  private let published = PublishedSnapshots()

  init() throws {
    start = try .sample("2026-11-21T12:00:00Z")
    clock = ManualClock(at: start)
    source = InMemoryMetricSource(name: "shop", script: Script.calm)
  }

  private func engine(_ slos: [SLO], beside others: [InMemoryMetricSource] = []) -> Engine {
    Engine(
      slos: slos,
      subscriptions: ([source] + others).map { .init(source: $0, refresh: .seconds(15)) },
      clock: clock, publish: published.append)
  }

  @Test("The sources are shown before any of them has answered")
  func sourcesFirst() async throws {
    await source.startHanging()
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    let first = await published.first { !$0.sources.isEmpty }
    #expect(first.sources.map(\.name) == ["shop"])
    #expect(first.serviceLevels.first?.status == .waiting)
    run.cancel()
    await run.value
  }

  @Test("A poll goes out every refresh, without anything being asked twice")
  func polls() async throws {
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await clock.sleepers(atLeast: Self.loops)
    for _ in 0..<4 {
      clock.advance(by: .seconds(15))
      await clock.sleepers(atLeast: Self.loops)
    }
    let burns = await source.rounds.filter { !$0.demands.contains(where: \.isSlow) }
    #expect(burns.map(\.instant) == (0...4).map { start + .seconds(15 * $0) })
    #expect(burns.map(\.demands.count) == [7, 1, 2, 1, 3])
    run.cancel()
    await run.value
  }

  @Test("A hanging source never delays another source's figures")
  func hangingSource() async throws {
    let other = InMemoryMetricSource(name: "stock", script: Script.calm)
    await source.startHanging()
    let engine = engine(
      [try .sample(), try .sample(service: "stock", source: "stock")], beside: [other])
    let run = Task { await engine.run() }
    let answered = await published.first { $0.serviceLevels.last?.status == .ok }
    #expect(answered.serviceLevels.first?.status == .waiting)
    // The other source's two loops and the ages' come to rest, then its next poll is answered too.
    await clock.sleepers(atLeast: 3)
    clock.advance(by: .seconds(15))
    let next = await published.first { $0.serviceLevels.last?.observedAt == start + .seconds(15) }
    #expect(next.serviceLevels.first?.status == .waiting)
    run.cancel()
    await run.value
  }

  @Test("A source that hangs is not asked again before it has answered")
  func notAskedTwice() async throws {
    await source.startHanging()
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await source.asked(times: 2)
    await clock.sleepers(atLeast: 1)
    for _ in 0..<5 {
      clock.advance(by: .seconds(15))
      await clock.sleepers(atLeast: 1)
    }
    await engine.askNow()
    #expect(await source.rounds.count == 2)
    run.cancel()
    await run.value
  }

  @Test("Figures turn stale without an answer, and recover with the next one by themselves")
  func staleness() async throws {
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await clock.sleepers(atLeast: Self.loops)
    await source.startHanging()
    clock.advance(by: .seconds(15))
    await source.asked(times: 3)
    await clock.sleepers(atLeast: Self.loops - 1)
    clock.advance(by: .milliseconds(15_000))
    await clock.sleepers(atLeast: Self.loops - 1)
    #expect(published.all.allSatisfy { $0.serviceLevels.first?.status != .stale })
    // Ages are looked at no more often than five times a second.
    clock.advance(by: .milliseconds(200))
    let stale = await published.first { $0.serviceLevels.first?.status == .stale }
    #expect(stale.at == start + .milliseconds(30_200))
    #expect(stale.serviceLevels.first?.budget?.remaining == 0.9)
    await source.release()
    let recovered = await published.first { snapshot in
      snapshot.at >= stale.at && snapshot.serviceLevels.first?.status == .ok
    }
    #expect(recovered.serviceLevels.first?.observedAt == start + .seconds(15))
    run.cancel()
    await run.value
  }

  @Test("A slow answer of one source does not make another's figures young again")
  func slowAnswer() async throws {
    let other = InMemoryMetricSource(name: "stock", script: Script.calm)
    let engine = engine(
      [try .sample(), try .sample(service: "stock", source: "stock")], beside: [other])
    let run = Task { await engine.run() }
    await clock.sleepers(atLeast: 5)
    await source.startHanging()
    await other.startHanging()
    clock.advance(by: .seconds(15))
    await source.asked(times: 3)
    await other.asked(times: 3)
    await clock.sleepers(atLeast: 3)
    clock.advance(by: .seconds(16))
    _ = await published.first { $0.serviceLevels.allSatisfy { $0.status == .stale } }
    await other.release()
    let answered = await published.first {
      $0.serviceLevels.last?.observedAt == start + .seconds(15)
    }
    #expect(answered.at == start + .seconds(31))
    #expect(answered.serviceLevels.first?.status == .stale)
    run.cancel()
    await run.value
  }

  @Test("After a clock that is set back polls go on and their answers count")
  func clockSetBack() async throws {
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await clock.sleepers(atLeast: Self.loops)
    let earlier = start - .seconds(3_600)
    clock.set(to: earlier)
    clock.advance(by: .seconds(15))
    let next = await published.first {
      $0.serviceLevels.first?.observedAt == earlier + .seconds(15)
    }
    #expect(next.serviceLevels.first?.status == .ok)
    run.cancel()
    await run.value
  }

  @Test("A clock that is set back while a source is slow does not put its next poll off")
  func clockSetBackMeanwhile() async throws {
    await source.startHanging()
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await source.asked(times: 2)
    clock.set(to: start - .seconds(3_600))
    await source.release()
    await clock.sleepers(atLeast: Self.loops)
    clock.advance(by: .seconds(15))
    await source.asked(times: 3)
    run.cancel()
    await run.value
  }

  @Test("After a clock that jumps forward everything is asked at once")
  func clockJumpsForward() async throws {
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await clock.sleepers(atLeast: Self.loops)
    clock.advance(by: .seconds(86_400))
    await source.asked(times: 4)
    let next = await published.first { snapshot in
      snapshot.serviceLevels.first?.observedAt == start + .seconds(86_400)
        && snapshot.serviceLevels.first?.status == .ok
    }
    #expect(next.at >= start + .seconds(86_400))
    run.cancel()
    await run.value
  }

  @Test("Cancelling ends a run at once, calm or while a source hangs", arguments: [false, true])
  func cancellation(isHanging: Bool) async throws {
    if isHanging { await source.startHanging() }
    let engine = try engine([.sample()])
    let run = Task { await engine.run() }
    await source.asked(times: 2)
    if !isHanging { await clock.sleepers(atLeast: Self.loops) }
    run.cancel()
    await run.value
    #expect(clock.now == start)
  }

  @Test("A run that is cancelled before it begins asks nothing and ends")
  func cancelledBefore() async throws {
    let engine = try engine([.sample()])
    let run = Task {
      try? await clock.sleep(until: start + .seconds(60))
      await engine.run()
    }
    await clock.sleepers(atLeast: 1)
    run.cancel()
    await run.value
    #expect(await source.rounds.isEmpty)
  }
}
