import Connectors
import Reliability
import TestSupport
import Testing

@Suite("Server certificates")
struct ServerCertificateTests {
  private static let now = Fixture.now
  private let certificate = ServerCertificate(
    names: ["prom.example", "*.shop.example"], notBefore: now - .seconds(10),
    notAfter: now + .seconds(10))

  @Test(
    "Names cover hosts as in a browser, a star one label only",
    arguments: [
      ("prom.example", true), ("PROM.example", true), ("eu.shop.example", true),
      ("shop.example", false), ("a.eu.shop.example", false), ("other.example", false),
    ])
  func names(host: String, isCovered: Bool) {
    let fault = certificate.fault(for: host, at: Self.now)
    #expect(fault == (isCovered ? nil : .otherNames(certificate.names)))
  }

  @Test("Its time is looked at first, and an address is left to the handshake")
  func faults() {
    let (early, late) = (Self.now - .seconds(11), Self.now + .seconds(11))
    #expect(certificate.fault(for: "other", at: late) == .expired(certificate.notAfter))
    #expect(certificate.fault(for: "other", at: early) == .notYetValid(certificate.notBefore))
    #expect(certificate.fault(for: "127.0.0.1", at: Self.now) == nil)
  }

  @Test("A server's certificate is read though nobody trusts it")
  func shown() async throws {
    let files = try await TestCertificates.make(serverName: "other.example")
    defer { files.remove() }
    let server = try await FaultServer.start(identity: files.identity(), { _ in .empty })
    defer { server.stop() }
    let settings = Fixture.settings("https://localhost:\(server.port)")
    let shown = try #require(await ServerCertificate.shown(by: settings))
    #expect(shown.names == ["other.example"])
    #expect(shown.notAfter - shown.notBefore == .seconds(2 * 86_400))
    #expect(server.arrived.isEmpty)
  }

  @Test("A server without TLS, or none at all, shows no certificate")
  func nothingShown() async throws {
    let server = try await FaultServer.start { _ in .empty }
    let plain = Fixture.settings("https://localhost:\(server.port)", timeout: .seconds(2))
    #expect(await ServerCertificate.shown(by: plain) == nil)
    server.stop()
    let port = try LoopbackHTTP.freePort()
    let gone = Fixture.settings("https://localhost:\(port)", timeout: .seconds(2))
    #expect(await ServerCertificate.shown(by: gone) == nil)
    #expect(await ServerCertificate.shown(by: Fixture.settings("http://localhost:1")) == nil)
  }
}
