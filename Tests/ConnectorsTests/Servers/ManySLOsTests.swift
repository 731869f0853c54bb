import Connectors
import Reliability
import TestSupport
import Testing

/// Two hundred SLOs on one real server; service number k fails k times in a thousand.
///
/// Good and bad counters of one service have samples at the same times, so whatever `increase`
/// extrapolates where a window is longer than the data, it does to both: ratios are exact.
@Suite("Two hundred SLOs on a real server")
struct ManySLOsTests {
  private static let count = 200

  private static func service(_ number: Int) -> String { "service-\(number)" }

  private static func data(withRules: Bool) -> CounterData {
    var series: [CounterData.Series] = []
    for number in 0..<count {
      let bad = Double(number) / 1000
      for (code, share) in [("500", bad), ("200", 1 - bad)] {
        let labels = "service=\"\(service(number))\",code=\"\(code)\""
        series.append(
          CounterData.Series(name: "http_requests_total", labels: labels) {
            Double(6 * 3600 - $0) * share
          })
      }
    }
    return CounterData(
      end: Fixture.now, step: 300, length: 6 * 3600, series: series,
      gauges: withRules ? (0..<count).flatMap(rules) : [])
  }

  /// A third of the rules are burnwatch's, a third Sloth's, a third Pyrra's; their ratios are 0.5
  /// above the data's, so that a test sees where a figure came from.
  private static func rules(_ number: Int) -> [(series: String, value: Double)] {
    let service = service(number)
    return Window.burnWindows.flatMap { window -> [(series: String, value: Double)] in
      let ratio = 0.5 + Double(number) / 1000
      switch number % 3 {
      case 0:
        let labels = "{burnwatch_id=\"\(service)/availability\"}"
        return [
          ("burnwatch:sli_error:ratio_rate\(window)\(labels)", ratio),
          ("burnwatch:events:total_increase\(window)\(labels)", 1000),
        ]
      case 1:
        return [
          ("slo:sli_error:ratio_rate\(window){sloth_id=\"\(service)-availability\"}", ratio)
        ]
      default: return [("http_requests:burnrate\(window){slo=\"\(service)\"}", ratio)]
      }
    }
  }

  private static func slos(_ preference: SLO.Route.Preference) throws -> [SLO] {
    try (0..<count).map {
      try Fixture.slo(
        service($0), sli: Fixture.errors(service: service($0)),
        route: SLO.Route(preference: preference, pyrraName: service($0)))
    }
  }

  private func expectRatios(
    _ results: [Demand: Result<Reading, ReadingFailure>], _ slos: [SLO], above: Double = 0
  ) throws {
    for (number, slo) in slos.enumerated() {
      for window in Window.burnWindows {
        let share = try #require(results.share(Demand(slo.id, .burn(window)), slo.sli))
        #expect(abs(share.errorRatio - above - Double(number) / 1000) < 1e-9)
      }
    }
  }

  @Test("Raw, all burn windows take at most ten requests per poll")
  func raw() async throws {
    let server = try await PrometheusServer.start(
      openMetrics: Self.data(withRules: false).openMetrics)
    defer { server.stop() }
    let slos = try Self.slos(.auto)
    let source = try PrometheusSource.live(Fixture.settings(server.url), slos: slos)
    let results = await source.readings(for: Fixture.demands(slos), at: Fixture.now)
    try expectRatios(results, slos)
    let health = await source.health(at: Fixture.now)
    #expect(health.lastPoll.requests <= 10)
    #expect(health.lastPoll.requests > 0)
    #expect(health.state == .ok)
    await source.close()
  }

  @Test("With Sloth's, Pyrra's and burnwatch's rules, all burn windows take one request")
  func fromRules() async throws {
    let server = try await PrometheusServer.start(
      openMetrics: Self.data(withRules: true).openMetrics)
    defer { server.stop() }
    let slos = try Self.slos(.auto)
    let source = try PrometheusSource.live(Fixture.settings(server.url), slos: slos)
    let results = await source.readings(for: Fixture.demands(slos), at: Fixture.now)
    try expectRatios(results, slos, above: 0.5)
    let demand = Demand(slos[3].id, .burn(.hours(1)))
    #expect(results.answer(demand) == .errorRatio(0.503, total: 1000))
    let health = await source.health(at: Fixture.now)
    #expect(health.lastPoll.requests == 1)
    #expect(health.lastSlowRound.requests == 1)
    // The clock of the tests stands still, far from the server's.
    #expect(health.cautions.filter { !$0.hasPrefix("its clock") } == [])
    await source.close()
  }

  @Test("One broken expression of two hundred carries Prometheus's message; 199 have values")
  func oneBroken() async throws {
    let server = try await PrometheusServer.start(
      openMetrics: Self.data(withRules: false).openMetrics)
    defer { server.stop() }
    var slos = try Self.slos(.query)
    let broken = try Fixture.slo("broken", sli: .errorRatio("sum(rate(errors[{{window}}])) by"))
    slos[77] = broken
    let source = try PrometheusSource.live(Fixture.settings(server.url), slos: slos)
    let demands = Fixture.demands(slos)
    let results = await source.readings(for: demands, at: Fixture.now)
    let message =
      "invalid parameter \"query\": 1:25: parse error: unexpected end of input in grouping opts, "
      + "expected \"(\""
    for demand in demands where demand.slo == broken.id {
      #expect(results.failure(demand) == .rejected(message))
    }
    #expect(demands.filter { results.answer($0) != nil }.count == 199 * 7)
    #expect(await source.health(at: Fixture.now).quarantine.map(\.slo) == [broken.id])

    _ = await source.readings(for: demands, at: Fixture.now)
    #expect(await source.health(at: Fixture.now).lastPoll.requests <= 10)
    await source.close()
  }

  @Test("VictoriaMetrics gives the same ratios in queries below its limit")
  func victoriaMetrics() async throws {
    let server = try await VictoriaMetricsServer.start(
      openMetrics: Self.data(withRules: false).openMetrics)
    defer { server.stop() }
    let slos = try Self.slos(.auto)
    let source = try PrometheusSource.live(Fixture.settings(server.url), slos: slos)
    let results = await source.readings(for: Fixture.demands(slos), at: Fixture.now)
    try expectRatios(results, slos)
    #expect(await source.health(at: Fixture.now).lastPoll.requests <= 30)
    await source.close()
  }
}
