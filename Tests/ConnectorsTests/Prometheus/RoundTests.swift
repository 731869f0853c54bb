import Connectors
import Reliability
import TestSupport
import Testing

@Suite("Rounds")
struct RoundTests {
  private let minutes = Demand.Question.burn(.minutes(5))
  private let month = Demand.Question.objective(.days(30))

  @Test("One failed request makes a poll a failed one, whatever was answered after it")
  func failedRequestInPoll() async throws {
    let slos = try (0..<4).map { try Fixture.slo("s\($0)", sli: Fixture.errors(service: "s\($0)")) }
    let clock = SkippingClock()
    let server = FakePrometheus { asked throws(ConnectorError) in
      if asked.query.contains("\"s0\""), clock.now == Fixture.now { throw .timedOut(.seconds(10)) }
      return .everyLeaf(of: asked)
    }
    let limits = SourceSettings.Limits(
      requestsPerSecond: 10_000, concurrentRequests: 1, queryBytes: 1)
    let source = try PrometheusSource.fake(
      server, slos: slos, settings: Fixture.settings(limits: limits), clock: clock)
    let demands = Fixture.demands(slos, [.minutes(5)])
    _ = await source.readings(for: demands, at: clock.now)
    #expect(server.asked.count == 4)
    #expect(await source.health(at: clock.now).state == .degraded)
    #expect(await source.health(at: clock.now).nextTry != nil)

    clock.advance(by: .seconds(15))
    _ = await source.readings(for: demands, at: clock.now)
    #expect(await source.health(at: clock.now).state == .ok)
  }

  @Test("A poll that succeeds does not make up for a slow round that failed")
  func pollAfterFailedSlowRound() async throws {
    let slo = try Fixture.slo()
    let clock = SkippingClock()
    let server = FakePrometheus { asked throws(ConnectorError) in
      if asked.query.contains("[30d]"), clock.now == Fixture.now { throw .timedOut(.seconds(10)) }
      return .everyLeaf(of: asked)
    }
    let source = try PrometheusSource.fake(server, slos: [slo], clock: clock)
    _ = await source.readings(for: [Demand(slo.id, month)], at: clock.now)
    _ = await source.readings(for: [Demand(slo.id, minutes)], at: clock.now)
    #expect(await source.health(at: clock.now).state == .degraded)
    clock.advance(by: .seconds(15))
    _ = await source.readings(for: [Demand(slo.id, month)], at: clock.now)
    #expect(await source.health(at: clock.now).state == .ok)
  }

  @Test("What a poll looks up is added to the last slow round and leaves the poll's own figure")
  func lookUpsInPoll() async throws {
    let slo = try Fixture.slo(route: SLO.Route())
    let clock = SkippingClock()
    let source = try PrometheusSource.fake(
      FakePrometheus { .everyLeaf(of: $0) }, slos: [slo], clock: clock)
    let slow = [Demand(slo.id, month), Demand(slo.id, .coverage(.days(30)))]
    _ = await source.readings(for: slow, at: clock.now)
    #expect(await source.health(at: clock.now).lastSlowRound.requests == 3)
    clock.advance(by: .seconds(300))
    _ = await source.readings(for: [Demand(slo.id, minutes)], at: clock.now)
    let health = await source.health(at: clock.now)
    #expect(health.lastPoll.requests == 1)
    #expect(health.lastSlowRound.requests == 4)
  }

  @Test("Poll and slow round that begin together look for rules once")
  func sharedDiscovery() async throws {
    let slo = try Fixture.slo(route: SLO.Route())
    let server = FakePrometheus(yields: 1000) { .everyLeaf(of: $0) }
    let source = try PrometheusSource.fake(server, slos: [slo])
    async let poll = source.readings(for: [Demand(slo.id, minutes)], at: Fixture.now)
    async let slow = source.readings(for: [Demand(slo.id, month)], at: Fixture.now)
    #expect(await poll.answer(Demand(slo.id, minutes)) != nil)
    #expect(await slow.answer(Demand(slo.id, month)) != nil)
    #expect(server.asked.filter { $0.leaves == 0 }.count == 1)
  }

  @Test("A round that is cancelled does not wait for the look for rules", .timeLimit(.minutes(1)))
  func cancelledDiscovery() async throws {
    let slo = try Fixture.slo(route: SLO.Route())
    let (arrivals, arrived) = AsyncStream<Void>.makeStream()
    let source = try PrometheusSource(
      settings: Fixture.settings(), slos: [slo], transport: SilentTransport(arrived: arrived),
      secrets: SecretResolver(environment: [:]), clock: SkippingClock(), random: { 0.5 })
    let demand = Demand(slo.id, minutes)
    let round = Task { await source.readings(for: [demand], at: Fixture.now) }
    for await _ in arrivals { break }
    round.cancel()
    #expect(await round.value.failure(demand) == .unavailable("the question was cancelled"))
  }
}

/// Never answers.
private struct SilentTransport: HTTPTransport {
  let arrived: AsyncStream<Void>.Continuation

  func exchange(_ request: HTTPRequest) async throws(ConnectorError) -> HTTPAnswer {
    let (silence, open) = AsyncStream<Void>.makeStream()
    arrived.yield()
    for await _ in silence {}
    open.finish()
    throw .cancelled
  }

  func close() async {}
}
