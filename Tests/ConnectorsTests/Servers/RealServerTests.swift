import Connectors
import Reliability
import TestSupport
import Testing

/// Against Debian's Prometheus and VictoriaMetrics with data whose truth is a formula.
///
/// Samples lie every minute and the evaluation time is one of them. Prometheus 2 looks at both ends
/// of a window, so `increase` has nothing to extrapolate and counts are exact; VictoriaMetrics
/// subtracts the sample at the window's start and is exact too.
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
    await source.close()
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

  @Test("The SLO window, coverage and history on Prometheus equal the closed form of the data")
  func slowQuestions() async throws {
    let server = try await PrometheusServer.start(openMetrics: Self.data.openMetrics)
    defer { server.stop() }
    let slo = try Fixture.slo(window: .rolling(.days(7)))
    let source = try PrometheusSource.live(Fixture.settings(server.url), slos: [slo])
    let objective = Demand(slo.id, .objective(.hours(20)))
    let coverage = Demand(slo.id, .coverage(.days(7)))
    let history = Demand(slo.id, .history(.hours(1), step: .minutes(10)))
    let results = await source.readings(
      for: [objective, coverage, history], at: Fixture.now)

    let share = try #require(results.share(objective, slo.sli))
    let bad = Self.bad(before: 0) - Self.bad(before: 72_000)
    #expect(abs(share.errorRatio - bad / 720_000) <= 1e-9)

    // Four days of data: an hour counts from its second sample on.
    guard case .coverage(let seconds) = results.answer(coverage) else {
      Issue.record("no coverage")
      return
    }
    #expect((95...97).contains(seconds / 3600))

    guard case .history(let samples) = results.answer(history) else {
      Issue.record("no history")
      return
    }
    let steps = samples.map { Int((Fixture.now - $0.at).inSeconds) }
    #expect(steps == [50, 40, 30, 20, 10, 0].map { $0 * 60 })
    for sample in samples {
      let before = Int((Fixture.now - sample.at).inSeconds)
      let truth = (Self.bad(before: before) - Self.bad(before: before + 600)) / 6000
      #expect(abs(try #require(sample.errorRatio) - truth) <= 1e-9)
    }
    let health = await source.health(at: Fixture.now)
    #expect(health.lastPoll.requests == 0)
    #expect(health.lastSlowRound.requests == 3)
    await source.close()
  }

  @Test("A latency threshold finds its bucket in either spelling, a wrong one its neighbors")
  func latency() async throws {
    let server = try await PrometheusServer.start(openMetrics: Self.data.openMetrics)
    defer { server.stop() }
    let slos = try ["0.3", "1", "0.5"].map { threshold in
      try Fixture.slo(
        "checkout", threshold,
        sli: .latency(
          LatencySLI(
            histogram: "latency_seconds",
            threshold: try #require(Fraction(decimal: threshold)),
            matchers: [LabelMatcher("service", .equal, "checkout")])))
    }
    let source = try PrometheusSource.live(Fixture.settings(server.url), slos: slos)
    let demands = Fixture.demands(slos, [.hours(1)])
    let results = await source.readings(for: demands, at: Fixture.now)
    for (demand, truth) in zip(demands, [0.1, 0.05]) {
      let share = try #require(results.share(demand, slos[0].sli))
      #expect(abs(share.errorRatio - truth) < 1e-9)
    }
    #expect(
      results.answer(demands[2])
        == .events(numerator: nil, total: 36_000, nearestBuckets: ["0.3", "1.0"]))
    await source.close()
  }

  @Test("A frozen server costs one time-out, is left alone, and recovers by itself")
  func frozenServer() async throws {
    let server = try await PrometheusServer.start(openMetrics: Self.data.openMetrics)
    defer { server.stop() }
    let slo = try Fixture.slo()
    let clock = SkippingClock()
    let source = try PrometheusSource.live(
      Fixture.settings(server.url, timeout: .milliseconds(500)), slos: [slo], clock: clock)
    let demand = Demand(slo.id, .burn(.minutes(5)))
    server.process.freeze()
    for _ in 0..<6 { _ = await source.readings(for: [demand], at: Fixture.now) }
    let broken = await source.health(at: clock.now)
    #expect(broken.state == .open)
    #expect(broken.lastError?.message == "no answer within 0.5 s")
    server.process.thaw()
    clock.advance(by: .seconds(5))
    let results = await source.readings(for: [demand], at: Fixture.now)
    #expect(results.answer(demand) != nil)
    #expect(await source.health(at: clock.now).state == .ok)
    await source.close()
  }
}
