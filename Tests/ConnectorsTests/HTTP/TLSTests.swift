import Connectors
import Reliability
import TestSupport
import Testing

@Suite("TLS")
struct TLSTests {
  private struct Outcome {
    let failure: String?
    let health: SourceHealth
  }

  private func ask(_ url: String, _ tls: SourceSettings.TLS) async throws -> Outcome {
    let slo = try Fixture.slo()
    let source = try PrometheusSource.live(Fixture.settings(url, tls: tls), slos: [slo])
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let results = await source.readings(for: [demand], at: Fixture.now)
    let health = await source.health(at: Fixture.now)
    await source.close()
    return Outcome(failure: results.failure(demand)?.message, health: health)
  }

  @Test("A server of an own CA is trusted with its file, and with nothing else")
  func ownAuthority() async throws {
    let files = try await TestCertificates.make(serverName: "localhost")
    defer { files.remove() }
    let server = try await FaultServer.start(identity: files.identity(), { _ in .empty })
    defer { server.stop() }
    let url = "https://localhost:\(server.port)"
    #expect(try await ask(url, .init(caFile: files.caFile)).failure == nil)
    #expect(
      try await ask(url, .init()).failure
        == "no trusted connection: the server's certificate is not trusted; "
        + "check its dates, or set tls.caFile to the CA that signed it")
  }

  @Test("A certificate for another name needs tls.serverName")
  func serverName() async throws {
    let files = try await TestCertificates.make(serverName: "prom.internal")
    defer { files.remove() }
    let server = try await FaultServer.start(identity: files.identity(), { _ in .empty })
    defer { server.stop() }
    let url = "https://127.0.0.1:\(server.port)"
    #expect(
      try await ask(url, .init(caFile: files.caFile)).failure
        == "no trusted connection: the server's certificate is not for this host; "
        + "set tls.serverName to a name in it")
    let named = SourceSettings.TLS(caFile: files.caFile, serverName: "prom.internal")
    #expect(try await ask(url, named).failure == nil)
    #expect(server.arrived.last?.header("Host") == "127.0.0.1:\(server.port)")
  }

  @Test("A server that wants a client certificate gets the configured one")
  func clientCertificate() async throws {
    let files = try await TestCertificates.make(serverName: "localhost")
    defer { files.remove() }
    let server = try await FaultServer.start(
      identity: files.identity(wantsClient: true), { _ in .empty })
    defer { server.stop() }
    let url = "https://localhost:\(server.port)"
    let own = SourceSettings.TLS(
      caFile: files.caFile, certificateFile: files.clientFile, keyFile: files.clientKeyFile)
    #expect(try await ask(url, own).failure == nil)
    #expect(
      try await ask(url, .init(caFile: files.caFile)).failure
        == "no trusted connection: the server wants a client certificate; "
        + "set tls.certFile and tls.keyFile")
  }

  @Test("Verification that is switched off lets anyone in, and the health says so")
  func skippedVerification() async throws {
    let files = try await TestCertificates.make(serverName: "other")
    defer { files.remove() }
    let server = try await FaultServer.start(identity: files.identity(), { _ in .empty })
    defer { server.stop() }
    let outcome = try await ask(
      "https://localhost:\(server.port)", .init(skipsVerification: true))
    #expect(outcome.failure == nil)
    #expect(
      outcome.health.cautions == [
        "certificates are not checked (tls.insecureSkipVerify), "
          + "so anyone on the way can change figures"
      ])
  }

  @Test("A server without TLS on a https url is named as such")
  func plainServer() async throws {
    let server = try await FaultServer.start { _ in .empty }
    defer { server.stop() }
    #expect(
      try await ask("https://localhost:\(server.port)", .init()).failure
        == "no trusted connection: the server does not speak TLS on this port")
  }

  @Test("A certificate file that holds none is named")
  func badFile() {
    let settings = Fixture.settings("https://h", tls: .init(caFile: "/nowhere/ca.pem"))
    let reason = "the certificate file \"/nowhere/ca.pem\" holds no readable PEM"
    #expect(throws: ConnectorError.untrusted(reason: reason)) {
      _ = try ClientTransport(settings: settings, environment: [:])
    }
  }
}
