import Connectors
import Reliability
import TestSupport
import Testing

/// Lists of several pages, which move while they are read.
@Suite("PagerDuty: pages")
struct PagerDutyPagingTests {
  private typealias Rig = PagerDutyRig

  private func offsets(_ requests: [FaultServer.Request]) -> [String] {
    requests.compactMap { $0.target.split(separator: "&").first { $0.hasPrefix("offset=") } }
      .map { String($0.dropFirst("offset=".count)) }
  }

  @Test("250 incidents come in three pages")
  func pages() async throws {
    try await Rig.use(incidents: Rig.incidents(250)) { rig in
      let report = try await rig.report()
      #expect(Set(report.alerts.map(\.fingerprint)).count == 250)
      #expect(report.alerts.count == 250)
      #expect(report.isAuthoritative)
      #expect(offsets(rig.standIn.requests) == ["0", "100", "200"])
    }
  }

  @Test("An incident that moves to the next page while pages are read counts once")
  func movesDown() async throws {
    try await Rig.use(incidents: Rig.incidents(150)) { rig in
      rig.standIn.after("GET /incidents") { account in
        for number in 1...3 {
          account.add(Rig.incident("QNEW\(number)", number: 900 + number, secondsAgo: 1))
        }
      }
      let report = try await rig.report()
      #expect(report.alerts.count == 150)
      #expect(Set(report.alerts.map(\.fingerprint)).count == 150)
      #expect(try await rig.report().alerts.count == 153)
    }
  }

  @Test("An incident that slips between two pages does not look resolved")
  func slips() async throws {
    try await Rig.use(incidents: Rig.incidents(150)) { rig in
      _ = try await rig.report()
      // The newest comes first; without it, the first of the second page moves to the first one.
      rig.standIn.after("GET /incidents") { $0.resolve("QINC150") }
      let report = try await rig.report()
      let ids = Set(report.alerts.map(\.fingerprint))
      #expect(ids.contains("pd:QINC50"))
      #expect(report.isAuthoritative)
      #expect(rig.standIn.reads.contains("GET /incidents/QINC50"))
      let last = try await rig.report()
      #expect(last.alerts.count == 149 && last.isAuthoritative)
      #expect(!last.alerts.map(\.fingerprint).contains("pd:QINC150"))
    }
  }

  @Test("Where many are missing at once, none counts as ended before it was asked about")
  func manyMissing() async throws {
    try await Rig.use(incidents: Rig.incidents(130)) { rig in
      _ = try await rig.report()
      rig.standIn.change { account in (1...15).forEach { account.resolve("QINC\($0)") } }
      let first = try await rig.report()
      #expect(first.alerts.count == 115 && !first.isAuthoritative)
      let second = try await rig.report()
      #expect(second.alerts.count == 115 && second.isAuthoritative)
    }
  }

  /// A server with one incident on every page, new ones or always the same.
  private func endless(isRepeating: Bool) async throws -> FaultServer {
    try await FaultServer.start { request in
      if request.target.contains("/alerts") { return .json(#"{"alerts":[]}"#) }
      let offset = isRepeating ? "0" : request.target.filter(\.isNumber)
      return .json(
        """
        {"incidents":[{"id":"Q\(offset)","status":"triggered","title":"t",
          "created_at":"2026-11-21T01:00:00Z"}],"limit":100,"more":true}
        """)
    }
  }

  @Test("A list without end is read up to the API's own bound")
  func bound() async throws {
    let server = try await endless(isRepeating: false)
    defer { server.stop() }
    let source = try Rig.live(server.url, clock: SkippingClock())
    let report = try await source.report(at: Rig.now).get()
    await source.close()
    #expect(offsets(server.arrived).count == 100)
    #expect(offsets(server.arrived).last == "9900")
    #expect(!report.isAuthoritative)
    #expect(
      report.remarks.first
        == "PagerDuty lists no more than 10000 incidents, so older ones are missing; "
        + "narrow the list with query")
  }

  @Test("A list that repeats itself is left")
  func repetition() async throws {
    let server = try await endless(isRepeating: true)
    defer { server.stop() }
    let source = try Rig.live(server.url, clock: SkippingClock())
    let report = try await source.report(at: Rig.now).get()
    await source.close()
    #expect(offsets(server.arrived).count == 2)
    #expect(report.alerts.count == 1 && !report.isAuthoritative)
  }

  @Test("An empty page ends the list, even when it says that there is more")
  func emptyPage() async throws {
    let server = try await FaultServer.start { _ in .json(#"{"incidents":[],"more":true}"#) }
    defer { server.stop() }
    let source = try Rig.live(server.url, clock: SkippingClock())
    #expect(try await source.report(at: Rig.now).get() == AlertReport(alerts: []))
    await source.close()
    #expect(server.arrived.count == 1)
  }
}
