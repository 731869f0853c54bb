import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// The JSON of `status`: others rely on its members, so none may go missing.
  struct DocumentTests {
    @Test("Every documented member is there, and unknown figures are null and never 0")
    func members() throws {
      // Nobody listens on a port that was free a moment ago.
      let url = "http://127.0.0.1:\(try LoopbackHTTP.freePort())"
      let month = "{calendar: month, timeZone: Europe/Berlin}"
      let (run, report) = try Look.at(
        url,
        slos: [
          ConfigurationText.slo("shop", "rolling", window: "4w", sli: TruthData.badEvents),
          ConfigurationText.slo("shop", "month", window: month, sli: TruthData.badEvents),
        ], wait: 5)
      #expect(run.exitCode == 2)
      #expect(report.services == ["shop"])

      let root = try Self.object(try JSONSerialization.jsonObject(with: Data(run.output)))
      #expect(
        Set(root.keys) == ["schema", "at", "services", "slos", "alerts", "onCall", "sources"])
      #expect(root["alerts"] is NSNull)
      #expect(root["onCall"] is NSNull)
      let slos = try #require(root["slos"] as? [Any]).map(Self.object)
      let rolling = try #require(slos.first)
      #expect(Set(rolling.keys) == Self.members)
      #expect(rolling["window"] as? String == "28d")
      #expect(rolling["state"] as? String == "failed")
      #expect(rolling["reason"] as? String == "no connection: connection refused")
      let windows = try Self.object(rolling["windows"])
      #expect(Set(windows.keys) == ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "28d"])
      for window in windows.values {
        let figures = try Self.object(window)
        #expect(Set(figures.keys) == ["total", "bad", "errorRatio", "burnRate", "via", "at"])
        #expect(figures.values.allSatisfy { $0 is NSNull })
      }
      let budget = try Self.object(rolling["budget"])
      #expect(Set(budget.keys) == Self.budget)
      #expect(budget.values.allSatisfy { $0 is NSNull })
      #expect(Set(try Self.object(rolling["forecast"]).keys) == ["hoursToExhaustion", "basis"])

      let calendar = try #require(slos.last)
      #expect(Set(calendar.keys) == Self.members.union(["timeZone", "from", "to"]))
      #expect(calendar["from"] as? String == "2026-10-31T23:00:00.000Z")
      #expect(calendar["to"] as? String == "2026-11-30T23:00:00.000Z")
      let sources = try #require(root["sources"] as? [Any]).map(Self.object)
      #expect(sources.map { Set($0.keys) } == [Self.source])
      #expect(sources.first?["lastSuccess"] is NSNull)
    }

    @Test("A source that hangs costs no more than --wait, and then nothing can be told")
    func waits() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      shop.freeze()
      let start = ContinuousClock.now
      let run = try BurnwatchRun([
        "status", "--config", try shop.configuration(timeout: "30s"), "--wait", "1", "--format",
        "json",
      ])
      #expect(ContinuousClock.now - start < .seconds(4))
      #expect(run.exitCode == 2)
      let report = try StatusDocument(run)
      #expect(report.slos.map(\.state) == ["waiting", "waiting"])
      #expect(report.slos.map(\.reason) == ["waiting for prom", "waiting for prom"])
    }

    private static let members: Set = [
      "id", "service", "name", "sli", "objective", "window", "state", "reason", "observedAt",
      "coverage", "windows", "budget", "forecast", "conditions", "zone", "lowTraffic", "source",
    ]
    private static let budget: Set = [
      "remaining", "consumed", "allowedBad", "badLeft", "minutes", "minutesLeft",
    ]
    private static let source: Set = [
      "name", "type", "state", "lastSuccess", "lastError", "requestsLastPoll", "bytesLastPoll",
    ]

    private static func object(_ value: Any?) throws -> [String: Any] {
      try #require(value as? [String: Any])
    }
  }
}
