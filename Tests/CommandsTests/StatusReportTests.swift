import Foundation
import Operations
import Reliability
import TestSupport
import Testing

@testable import Commands

/// The report of `status`: its JSON, its text, and its exit code.
@Suite struct StatusReportTests {
  private static let now = Timestamp(milliseconds: 1_795_269_802_000)

  /// A level that spent `consumed` of its budget and burns at `burn`.
  private static func level(
    _ name: String, burn: Double = 0.5, consumed: Double = 0.65,
    window: ObjectiveWindow = .rolling(.days(30)), failure: ReadingFailure? = nil,
    hasData: Bool = true
  ) throws -> ServiceLevelState {
    let slo = try SLO.sample(service: "checkout", name: name, window: window)
    var known = KnownReadings()
    func record(_ question: Demand.Question, _ ratio: Double, of total: Double) {
      let reading = Reading.sample(
        hasData ? total * ratio : nil, of: hasData ? total : nil, at: now)
      known.record(
        failure.map { .failure($0) } ?? .success(reading), for: question, of: slo.sli)
    }
    for window in slo.burnWindows { record(.burn(window), burn * 0.001, of: 100_000) }
    record(.objective(.days(30)), consumed * 0.001, of: 12_000_000)
    return Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: now)
  }

  private static func report(_ levels: ServiceLevelState...) -> StatusReport {
    StatusReport(
      snapshot: Snapshot(
        at: now, serviceLevels: levels,
        sources: [SourceHealth(name: "shop", type: "prometheus", address: "http://x")]))
  }

  private func object(_ report: StatusReport) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(report.json.text.utf8))
    return try #require(object as? [String: Any])
  }

  @Test("The worked example of the budget reads as documented")
  func workedExample() throws {
    let slos = try #require(
      object(Self.report(Self.level("availability")))["slos"] as? [[String: Any]])
    let slo = try #require(slos.first)
    #expect(slo["id"] as? String == "checkout/availability")
    #expect(slo["window"] as? String == "30d")
    #expect(slo["objective"] as? Double == 0.999)
    #expect(slo["zone"] as? String == "warning")
    let budget = try #require(slo["budget"] as? [String: Double])
    let expected = [
      "consumed": 0.65, "remaining": 0.35, "allowedBad": 12_000, "badLeft": 4_200, "minutes": 43.2,
      "minutesLeft": 15.12,
    ]
    for (name, value) in expected {
      #expect(abs((budget[name] ?? .nan) - value) < 1e-9 * value, "\(name)")
    }
    let windows = try #require(slo["windows"] as? [String: [String: Any]])
    #expect(Set(windows.keys) == ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"])
    #expect(windows["5m"]?["burnRate"] as? Double == 0.5)
    #expect(windows["30d"]?["via"] as? String == "query")
  }

  @Test("Every documented member is there in its order, at the top and for each SLO")
  func members() throws {
    guard case .object(let top) = Self.report(try Self.level("a")).json else {
      Issue.record("the report is no object")
      return
    }
    #expect(
      top.map(\.name) == ["schema", "at", "services", "slos", "alerts", "onCall", "sources"])
    guard case .array(let slos)? = top.first(where: { $0.name == "slos" })?.value,
      case .object(let slo)? = slos.first
    else {
      Issue.record("there is no SLO")
      return
    }
    #expect(
      slo.map(\.name) == [
        "id", "service", "name", "sli", "objective", "window", "state", "reason", "observedAt",
        "coverage", "windows", "budget", "forecast", "conditions", "zone", "lowTraffic", "source",
      ])
  }

  @Test("A calendar window carries its zone and the period's ends")
  func calendar() throws {
    let level = try Self.level(
      "a", window: .calendarSample(.month, timeZone: "Europe/Berlin"))
    let slos = try #require(object(Self.report(level))["slos"] as? [[String: Any]])
    #expect(slos.first?["window"] as? String == "month")
    #expect(slos.first?["timeZone"] as? String == "Europe/Berlin")
    #expect(slos.first?["from"] as? String == "2026-10-31T23:00:00.000Z")
    #expect(slos.first?["to"] as? String == "2026-11-30T23:00:00.000Z")
  }

  @Test("What is unknown is null and never zero")
  func unknown() throws {
    let level = try Self.level("a", hasData: false)
    let slos = try #require(object(Self.report(level))["slos"] as? [[String: Any]])
    let slo = try #require(slos.first)
    #expect(slo["state"] as? String == "noData")
    #expect(slo["zone"] is NSNull)
    let budget = try #require(slo["budget"] as? [String: Any])
    #expect(budget.values.allSatisfy { $0 is NSNull })
    let forecast = try #require(slo["forecast"] as? [String: Any])
    #expect(forecast["hoursToExhaustion"] is NSNull)
    #expect(try object(Self.report(level))["alerts"] is NSNull)
  }

  @Test("Nothing burning is 0, an active condition 1, a failed SLO 2 and beats it, no data is 0")
  func exitCodes() throws {
    let calm = try Self.level("calm")
    let burning = try Self.level("burning", burn: 20)
    let failed = try Self.level("failed", failure: .rejected("parse error"))
    let silent = try Self.level("silent", hasData: false)
    #expect(Self.report(calm, silent).status == .fine)
    #expect(Self.report(calm, burning).status == .findings)
    #expect(Self.report(burning, failed).status == .cannotTell)
    #expect(Self.report().status == .fine)
  }

  @Test("The text is a flush table, worst first, followed by what is wrong")
  func text() throws {
    let lines = Self.report(
      try Self.level("calm"), try Self.level("burning", burn: 20),
      try Self.level("failed", failure: .rejected("1:8: parse error\u{1B}[31m"))
    ).text
    #expect(
      lines == [
        "STATE    SERVICE   SLO      TARGET  SLI     LEFT  BURN 1H  RUNS OUT",
        "PAGE     checkout  burning  99.9 %  99.935  35 %  20.0x    in 12 h",
        "failed   checkout  failed   99.9 %  ?       ?     ?        ?",
        "warning  checkout  calm     99.9 %  99.935  35 %  0.5x     -",
        "checkout/failed: 1:8: parse error\u{1B}[31m",
      ])
  }

  @Test("Markdown escapes what means something in Markdown")
  func markdown() throws {
    let lines = Self.report(try Self.level("a|b*")).markdown
    #expect(lines.first == "# Service levels at \(Self.now.dateAndTime) UTC")
    #expect(lines.contains { $0.contains("a\\|b\\*") })
  }
}
