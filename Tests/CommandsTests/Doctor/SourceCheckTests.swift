import Connectors
import Reliability
import TestSupport
import Testing

@testable import Commands

/// What is said of a source.
@Suite struct SourceCheckTests {
  private static let now = Timestamp(milliseconds: 1_795_269_802_000)
  private static let contact = PrometheusProbe.Contact(
    latency: .milliseconds(12), skew: skew(0))

  private static func skew(_ milliseconds: Int64) -> ClockSkew {
    ClockSkew(
      serverTime: now + .milliseconds(milliseconds), precision: .zero, sent: now, received: now)
  }

  private static func findings(
    _ facts: SourceFacts, url: String = "http://prom:9090", slos: [SLO] = [],
    auth: SourceSettings.Auth? = nil, tls: SourceSettings.TLS = SourceSettings.TLS(),
    proxy: ProxySettings? = nil
  ) -> [Finding] {
    SourceCheck(
      settings: SourceSettings(
        name: "prom", kind: .prometheus, urls: [url], auth: auth, tls: tls),
      slos: slos, facts: facts, proxy: proxy, wait: .seconds(10), now: now
    ).findings
  }

  private static func verdict(_ check: String, _ findings: [Finding]) -> Verdict? {
    findings.first { $0.check == check }?.verdict
  }

  private static func answer(
    _ error: ConnectorError, auth: SourceSettings.Auth? = nil
  ) -> Verdict? {
    verdict("answer", findings(SourceFacts(contact: .failure(error)), auth: auth))
  }

  @Test("A healthy source is a line of ok for each look")
  func healthy() throws {
    let facts = SourceFacts(
      contact: .success(Self.contact),
      profile: ServerProfile(
        kind: .prometheus, version: "2.42.0", retention: Retention(prometheus: "90d")))
    let found = Self.findings(facts, slos: [try .sample()])
    #expect(
      found.map(\.verdict) == [
        .ok("http://prom:9090, asked directly."), .ok("Answers a query in 12 ms."),
        .ok("Prometheus 2.42.0."), .ok("Keeps data for 90d; the longest window is 30d."),
        .ok("Its clock agrees with this machine's within 2 s."),
      ])
    #expect(!facts.isCutOff)
  }

  @Test("What keeps a source from answering is said, and whether it was reached at all")
  func failures() {
    let refused = Self.answer(.unreachable(reason: "connection refused"))
    #expect(refused?.status == .error)
    #expect(refused?.found == "No connection: connection refused.")
    #expect(refused?.advice?.hasPrefix("Is the server running?") == true)
    #expect(Self.answer(.timedOut(.seconds(10)))?.found == "No answer within 10 s.")
    let silent = Self.verdict("answer", Self.findings(SourceFacts()))
    #expect(silent?.advice == "Is the server up? Raise --wait if it is only slow.")
    let cutOff: [ConnectorError] = [
      .unreachable(reason: "x"), .timedOut(.seconds(1)), .untrusted(reason: "x"),
    ]
    for error in cutOff { #expect(SourceFacts(contact: .failure(error)).isCutOff) }
    let reached: [ConnectorError] = [
      .status(401, text: "", retryAfter: nil), .unreadable(reason: "x"),
      .secret(.unsetVariable("T")),
    ]
    for error in reached { #expect(!SourceFacts(contact: .failure(error)).isCutOff) }
    #expect(SourceFacts().isCutOff)
  }

  @Test("Who is not let in learns whether auth is missing or refused")
  func authentication() {
    let error = ConnectorError.status(401, text: "no org id", retryAfter: nil)
    #expect(
      Self.answer(error)?.found
        == "Not let in: HTTP 401 \"no org id\"; check the source's auth.")
    #expect(Self.answer(error)?.advice?.hasPrefix("The source has no auth.") == true)
    let with = Self.answer(error, auth: .bearer(.environment("T")))
    #expect(with?.advice?.hasPrefix("Has the token expired?") == true)
    #expect(
      Self.answer(.secret(.unsetVariable("T")))?.found
        == "The environment variable T is not set; set it or change the source's auth.")
  }

  @Test("A slow answer is a warning")
  func slow() {
    let contact = PrometheusProbe.Contact(latency: .milliseconds(1400), skew: nil)
    let found = Self.findings(SourceFacts(contact: .success(contact)))
    #expect(Self.verdict("answer", found)?.found == "The smallest query took 1.4 s.")
    #expect(Self.verdict("answer", found)?.status == .warning)
    #expect(Self.verdict("clock", found)?.status == .skipped)
  }

  @Test(
    "Clocks may differ by 2 s; above 30 s is an error",
    arguments: [
      (2000, .ok), (-2000, .ok), (2001, .warning), (-30_000, .warning), (30_001, .error),
      (-31_000, .error),
    ] as [(Int64, Finding.Status)])
  func clock(milliseconds: Int64, status: Finding.Status) {
    let contact = PrometheusProbe.Contact(latency: .zero, skew: Self.skew(milliseconds))
    let found = Self.findings(SourceFacts(contact: .success(contact)))
    #expect(Self.verdict("clock", found)?.status == status)
  }

  @Test("The side on which a clock is wrong decides what it does to figures")
  func clockSides() {
    func found(_ milliseconds: Int64) -> String? {
      let contact = PrometheusProbe.Contact(latency: .zero, skew: Self.skew(milliseconds))
      return Self.verdict("clock", Self.findings(SourceFacts(contact: .success(contact))))?.found
    }
    #expect(
      found(42_000)
        == "Its clock is 42 s ahead of this machine's, so figures are older than they look.")
    #expect(
      found(-600_000)
        == "Its clock is 10 min behind this machine's, so the newest part of every window is empty."
    )
  }

  @Test("A retention below the longest window names it and its SLOs")
  func retention() throws {
    func verdict(_ text: String, slos: [SLO]) -> Verdict? {
      let profile = ServerProfile(kind: .prometheus, retention: Retention(prometheus: text))
      let facts = SourceFacts(contact: .success(Self.contact), profile: profile)
      return Self.verdict("retention", Self.findings(facts, slos: slos))
    }
    let slos = try [SLO.sample(), .sample(name: "week", window: .rolling(.days(7)))]
    let short = verdict("15d", slos: slos)
    #expect(short?.status == .warning)
    #expect(
      short?.found
        == "Keeps data for 15d, and the window of checkout/availability is 30d: "
        + "its figures cover only a part.")
    #expect(short?.advice?.contains("--storage.tsdb.retention.time=30d") == true)
    #expect(verdict("30d", slos: slos)?.status == .ok)
    #expect(verdict("7d", slos: [slos[1]])?.status == .ok)
    let month = try SLO.sample(window: .calendarSample(.month))
    #expect(verdict("30d", slos: [month])?.status == .warning, "a month can have 31 days")
    #expect(
      verdict("50GB", slos: slos)
        == .ok("Keeps data up to a size of 50GB, which says nothing of time."))
    #expect(verdict("", slos: slos)?.status == .skipped)
    #expect(verdict("15d", slos: []) == .ok("Keeps data for 15d."))
  }

  @Test("Certificate checks that are off are a warning, a proxy is named without its password")
  func address() throws {
    let tls = SourceSettings.TLS(skipsVerification: true)
    let off = Self.verdict("address", Self.findings(SourceFacts(), url: "https://prom", tls: tls))
    #expect(off?.status == .warning)
    #expect(off?.found.contains("certificates are not checked") == true)
    let proxy = try ProxySettings.proxy(
      for: try SourceAddress("http://prom"),
      environment: ["HTTP_PROXY": "http://me:s3cret@proxy:3128"])
    let found = Self.verdict(
      "address", Self.findings(SourceFacts(), url: "http://prom", proxy: proxy))
    #expect(found == .ok("http://prom, asked through the proxy proxy:3128."))
  }

  @Test("A fault of the certificate is said once, and an unknown authority by the answer")
  func distrust() {
    func answer(_ name: String) -> Verdict? {
      let certificate = ServerCertificate(
        names: [name], notBefore: .epoch, notAfter: Self.now + .seconds(90 * 86_400))
      let facts = SourceFacts(
        contact: .failure(.untrusted(reason: "unknown CA")), certificate: certificate)
      return Self.verdict("answer", Self.findings(facts, url: "https://prom.example"))
    }
    #expect(answer("other")?.found == "No trusted connection, so nothing was asked.")
    #expect(answer("prom.example")?.found == "No trusted connection: unknown CA.")
  }

  @Test("A certificate that is over, for others, or nearly over is said plainly")
  func certificates() {
    func verdict(_ names: [String], from: Int64 = -100, to days: Int64) -> Verdict? {
      let certificate = ServerCertificate(
        names: names, notBefore: Self.now + .seconds(from * 86_400),
        notAfter: Self.now + .seconds(days * 86_400))
      let facts = SourceFacts(
        contact: .failure(.untrusted(reason: "x")), certificate: certificate)
      return Self.verdict("certificate", Self.findings(facts, url: "https://prom.example"))
    }
    #expect(
      verdict(["prom.example"], to: -1)?.found
        == "The certificate expired on 2026-11-20 14:03:22 UTC.")
    #expect(
      verdict(["prom.example"], from: 1, to: 9)?.found
        == "The certificate is valid only from 2026-11-22 14:03:22 UTC on.")
    #expect(
      verdict(["a", "b", "c", "d"], to: 90)?.found
        == "The certificate is for a, b, c and 1 more, not for prom.example.")
    let soon = verdict(["prom.example"], to: 3)
    #expect(soon?.status == .warning)
    #expect(
      soon?.found == "The certificate expires in 3 days, on 2026-11-24 14:03:22 UTC.")
    #expect(verdict(["prom.example"], to: 90)?.status == .ok)
  }
}
