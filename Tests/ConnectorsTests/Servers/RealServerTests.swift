import Connectors
import Reliability
import TestSupport
import Testing

/// Against Debian's Prometheus and VictoriaMetrics with data whose truth is a formula.
///
/// Samples lie every minute and the evaluation time is one of them. Prometheus 2 looks at both ends of
/// a window, so `increase` has nothing to extrapolate and counts are exact; VictoriaMetrics subtracts
/// the sample at the window's start and is exact too.
@Suite("Real servers")
struct RealServerTests {
  /// One request per second and service; a fifth fails during the last twenty minutes, one in a
  /// thousand before.
  private static let data = CounterData(
    end: Fixture.now, step: 60, length: 4 * 86_400,
    series: [
      .init(name: "http_requests_total", labels: "service=\"checkout\",code=\"200\"") {
        good(before: $0)
      },
      .init(name: "http_requests_total", labels: "service=\"checkout\",code=\"500\"") {
        bad(before: $0)
      },
      .init(name: "latency_seconds_bucket", labels: "service=\"checkout\",le=\"0.3\"") {
        0.9 * requests(before: $0)
      },
      .init(name: "latency_seconds_bucket", labels: "service=\"checkout\",le=\"1.0\"") {
        0.95 * requests(before: $0)
      },
      .init(name: "latency_seconds_bucket", labels: "service=\"checkout\",le=\"+Inf\"") {
        requests(before: $0)
      },
      .init(name: "latency_seconds_count", labels: "service=\"checkout\"") { requests(before: $0) },
    ])

  private static func requests(before: Int) -> Double { Double(4 * 86_400 - before) * 10 }
  private static func good(before: Int) -> Double { requests(before: before) - bad(before: before) }
  private static func bad(before: Int) -> Double {
    let inIncident = Double(max(1200 - before, 0)) * 2
    let calm = Double(4 * 86_400 - max(before, 1200)) * 0.01
    return inIncident + calm
  }

  private func checkBurnWindows(_ url: String) async throws {
    let slo = try Fixture.slo()
    let source = try PrometheusSource.live(Fixture.settings(url), slos: [slo])
    let demands = Fixture.demands([slo])
    let results = await source.readings(for: demands, at: Fixture.now)
    for window in Window.burnWindows {
      let share = try #require(results.share(Demand(slo.id, .burn(window)), slo.sli))
      let bad = Self.bad(before: 0) - Self.bad(before: window.seconds)
      let total = Double(window.seconds) * 10
      #expect(abs((share.bad ?? 0) - bad) <= 1e-6 * bad, "bad over \(window)")
      #expect(abs((share.total ?? 0) - total) <= 1e-6 * total, "total over \(window)")
      #expect(abs(share.errorRatio - bad / total) <= 1e-9, "ratio over \(window)")
    }
    await source.shutdown()
  }

  @Test("Every burn window on Prometheus equals the closed form of the data")
  func prometheusBurnWindows() async throws {
    let server = try await PrometheusServer.start(openMetrics: Self.data.openMetrics)
    defer { server.stop() }
    try await checkBurnWindows(server.url)
  }

  @Test("Every burn window on VictoriaMetrics equals the closed form of the data")
  func victoriaMetricsBurnWindows() async throws {
    let server = try await VictoriaMetricsServer.start(openMetrics: Self.data.openMetrics)
    defer { server.stop() }
    try await checkBurnWindows(server.url)
  }
}
