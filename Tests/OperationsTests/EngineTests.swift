import Operations
import Reliability
import TestSupport
import Testing

@Suite("The engine, asked step by step", .timeLimit(.minutes(1)))
struct EngineTests {
  private let start: Timestamp
  private let clock: ManualClock
  private let source: InMemoryMetricSource
  private let published = PublishedSnapshots()

  init() throws {
    start = try .sample("2026-11-21T12:00:00Z")
    clock = ManualClock(at: start)
    source = InMemoryMetricSource(name: "shop", script: Script.calm)
  }

  private func engine(_ slos: [SLO], offset: Duration = .zero) -> Engine {
    Engine(
      slos: slos,
      subscriptions: [.init(source: source, refresh: .seconds(15), offset: offset)], clock: clock,
      publish: published.append)
  }

  private func demands() async -> [Demand] {
    await source.rounds.flatMap(\.demands)
  }

  @Test("Before any answer there is a snapshot in which every SLO waits, in their order")
  func firstSnapshot() async throws {
    let slos = try [SLO.sample(service: "shop"), .sample(service: "cart")]
    let engine = engine(slos)
    let snapshot = await engine.snapshot
    #expect(snapshot == engine.firstSnapshot)
    #expect(snapshot.at == start)
    #expect(snapshot.serviceLevels.map(\.id) == ["shop/availability", "cart/availability"])
    #expect(snapshot.serviceLevels.allSatisfy { $0.status == .waiting })
    #expect(await source.rounds.isEmpty)
    #expect(published.all.isEmpty)
  }

  @Test("Asking what is due answers every window as of that instant")
  func askDue() async throws {
    let snapshot = try await engine([.sample()]).askDue(at: start)
    let state = try #require(snapshot.serviceLevels.first)
    #expect(snapshot.at == start)
    #expect(state.status == .ok)
    #expect(state.observedAt == start)
    #expect(state.budget?.remaining == 0.9)
    #expect(state.coverageShare == 1)
    #expect(snapshot.sources.map(\.name) == ["shop"])
    #expect(await demands().count == 10)
    #expect(published.all.last?.serviceLevels == snapshot.serviceLevels)
  }

  @Test("The same questions and answers give the same snapshot every time")
  func deterministic() async throws {
    let slos = try (0..<20).map { try SLO.sample(service: "service\($0)") }
    let first = await engine(slos).askDue(at: start)
    for _ in 0..<5 {
      #expect(await engine(slos).askDue(at: start) == first)
    }
  }

  @Test("An instant of the past is answered as of then and nothing is stale")
  func past() async throws {
    let then = start - .seconds(30 * 86_400)
    let snapshot = try await engine([.sample()]).askDue(at: then)
    #expect(snapshot.at == then)
    #expect(snapshot.serviceLevels.first?.status == .ok)
    #expect(snapshot.serviceLevels.first?.observedAt == then)
  }

  @Test("Only a change is published")
  func onlyChanges() async throws {
    let engine = try engine([.sample()])
    await engine.askDue(at: start)
    let count = published.all.count
    #expect(count > 0)
    let later = await engine.askDue(at: start + .seconds(1))
    #expect(later.at == start + .seconds(1))
    #expect(published.all.count == count)
    await engine.askDue(at: start + .seconds(15))
    #expect(published.all.count > count)
    for (before, after) in zip(published.all, published.all.dropFirst()) {
      #expect(before.serviceLevels != after.serviceLevels || before.sources != after.sources)
    }
  }

  @Test("A change of a source's health alone is published")
  func healthChange() async throws {
    let engine = try engine([.sample()])
    await engine.askDue(at: start)
    let count = published.all.count
    var health = await source.health(at: start)
    health.state = .degraded
    await source.report(health)
    await engine.askDue(at: start + .seconds(1))
    #expect(published.all.count == count + 1)
    #expect(published.all.last?.sources.first?.state == .degraded)
  }

  @Test("While a calendar period settles, nothing is published that is no news")
  func settlingPeriod() async throws {
    let midnight = try Timestamp.sample("2026-11-01T00:00:00Z")
    clock.set(to: midnight)
    let engine = engine([try .sample(window: .calendarSample(.month))])
    await engine.askDue(at: midnight)
    let count = published.all.count
    for second in 1...10 { await engine.askDue(at: midnight + .seconds(second)) }
    #expect(published.all.count == count)
  }

  @Test("Asking now asks the burn windows anew, the slow questions keep their clock")
  func askNow() async throws {
    let engine = try engine([.sample()])
    await engine.askNow()
    #expect(await demands().count == 10)
    await engine.askNow()
    #expect(await demands().count == 17)
  }

  @Test("Asking now while a poll is under way is followed by another poll")
  func askNowWhileBusy() async throws {
    let engine = try engine([.sample()])
    await source.startHanging()
    async let first = engine.askDue(at: start)
    await source.asked(times: 2)
    await engine.askNow()
    await source.release()
    _ = await first
    let polls = await source.rounds.filter { !$0.demands.contains(where: \.isSlow) }
    #expect(polls.map(\.demands.count) == [7, 7])
  }

  @Test("What failed is asked again with the next poll, what answered is not")
  func putBack() async throws {
    let failed = Demand.Question.burn(.days(1))
    await source.answer { demand, instant in
      demand.question == failed
        ? .failure(.unavailable("HTTP 503")) : Script.calm(demand, instant)
    }
    let engine = try engine([.sample()])
    await engine.askDue(at: start)
    await engine.askDue(at: start + .seconds(1))
    #expect(await source.rounds.last?.demands.map(\.question) == [failed])
  }

  @Test("What the source left out of its answer waits for its next turn")
  func leftOut() async throws {
    await source.answer { _, _ in nil }
    let engine = try engine([.sample()])
    await engine.askDue(at: start)
    let snapshot = await engine.askDue(at: start + .seconds(1))
    #expect(await source.rounds.count == 2)
    #expect(snapshot.serviceLevels.first?.status == .waiting)
  }

  @Test("One SLO with a refused expression leaves the others their values")
  func oneRejected() async throws {
    let slos = try (0..<200).map { try SLO.sample(service: "service\($0)") }
    let broken = slos[77].id
    await source.answer { demand, instant in
      demand.slo == broken
        ? .failure(.rejected("1:5: parse error")) : Script.calm(demand, instant)
    }
    let states = await engine(slos).askDue(at: start).serviceLevels
    #expect(states.filter { $0.status == .ok }.count == 199)
    let failed = try #require(states.first { $0.id == broken })
    #expect(failed.status == .failed)
    #expect(failed.reason == "1:5: parse error")
  }

  @Test("A source with an offset is asked behind the clock, and its figures are not stale for that")
  func offset() async throws {
    let engine = engine([try .sample()], offset: .seconds(60))
    let snapshot = await engine.askDue(at: start)
    #expect(await source.rounds.allSatisfy { $0.instant == start - .seconds(60) })
    #expect(snapshot.serviceLevels.first?.status == .ok)
    #expect(snapshot.serviceLevels.first?.staleAt == start + .milliseconds(30_001))
  }

  @Test("With an offset no look-back reaches into the period before")
  func offsetInPeriod() async throws {
    let midnight = try Timestamp.sample("2026-11-01T00:00:00Z")
    let engine = engine([try .sample(window: .calendarSample(.month))], offset: .seconds(60))
    await engine.askDue(at: midnight + .seconds(1_060))
    #expect(await demands().map(\.question).contains(.objective(Window(seconds: 1_000))))
  }

  @Test(
    "An SLO whose source is not set up has failed from the first snapshot on and is never asked")
  func unknownSource() async throws {
    let engine = engine([try .sample(source: "elsewhere")])
    let snapshot = await engine.askDue(at: start)
    for state in [engine.firstSnapshot, snapshot].compactMap(\.serviceLevels.first) {
      #expect(state.status == .failed)
      #expect(state.reason == "source elsewhere is not set up; burnwatch check says why")
    }
    #expect(await source.rounds.isEmpty)
  }

  @Test("Closing the engine lets go of its sources")
  func close() async throws {
    let engine = try engine([.sample()])
    #expect(await !source.isClosed)
    await engine.close()
    #expect(await source.isClosed)
  }
}
