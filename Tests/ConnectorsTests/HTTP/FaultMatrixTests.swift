import Connectors
import Reliability
import TestSupport
import Testing

/// Every fault that a server can have, against the real HTTP client.
///
/// What the screen makes of them, and those of names, certificates and networks, are in the end-to-end
/// tests.
@Suite("Faults")
struct FaultMatrixTests {
  /// A server's answer, whose clock agrees with ours.
  private static func well(at now: Timestamp) -> FaultServer.Reply {
    .answer(
      FaultServer.Answer(
        status: 200, fields: [("Date", HTTPClock.text(now))],
        body: Array(#"{"status":"success","data":{"resultType":"vector","result":[]}}"#.utf8)))
  }

  private static let faults = Fault.allCases.filter { fault in
    if case .answers = fault.cause(upstream: 0, elsewhere: "") { true } else { false }
  }

  private static let limits = SourceSettings.Limits(
    requestsPerSecond: 10_000, responseBytes: Fault.responseBytes)

  @Test("It is told in one sentence, and over when the server is well", arguments: faults)
  func told(_ fault: Fault) async throws {
    let clock = SkippingClock()
    let upstream = try await FaultServer.start { _ in Self.well(at: clock.now) }
    defer { upstream.stop() }
    let elsewhere = try await FaultServer.start { _ in .empty }
    defer { elsewhere.stop() }
    let server = try await FaultServer.start { _ in .silence }
    defer { server.stop() }
    try await server.inflict(fault.cause(upstream: upstream.port, elsewhere: elsewhere.url))
    let slo = try Fixture.slo()
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let outcome = fault.outcome(elsewhere: elsewhere.url)
    // Only where the time-out is the point: other tests keep the machine busy meanwhile.
    let isAboutTime = outcome == .trouble("no answer within 1 s")
    let source = try PrometheusSource.live(
      Fixture.settings(
        server.url, auth: .bearer(.literal("t0ken")), timeout: .seconds(isAboutTime ? 1 : 20),
        limits: Self.limits),
      slos: [slo], clock: clock)

    let failure = await source.readings(for: [demand], at: Fixture.now).failure(demand)
    let health = await source.health(at: Fixture.now)
    switch outcome {
    case .trouble(let sentence):
      #expect(failure?.message == sentence)
      #expect(health.lastError?.message == sentence)
      #expect(health.state != .ok)
    case .caution(let sentence):
      #expect(failure == nil)
      #expect(health.cautions == [sentence])
    case .none:
      #expect(failure == nil)
      #expect(health.state == .ok && health.cautions == [])
    }
    #expect(elsewhere.arrived.isEmpty, "credentials do not travel along")

    // As long as the server that is asked too much wants to be left alone.
    clock.advance(by: .seconds(2))
    try await server.recover(upstream: upstream.port)
    // A busy machine may need more than the second that some of the faults are about.
    var last: ReadingFailure?
    for _ in 0..<5 {
      last = await source.readings(for: [demand], at: Fixture.now).failure(demand)
      if last == nil { break }
    }
    #expect(last == nil)
    let recovered = await source.health(at: Fixture.now)
    #expect(recovered.state == .ok && recovered.cautions == [])
    await source.close()
  }
}
