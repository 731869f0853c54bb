import Connectors
import Reliability
import Testing

@Suite("Recording rules")
struct RuleBindingTests {
  private func series(
    _ name: String, _ labels: [String: String], _ value: Double = 0.001
  ) -> PrometheusAnswer.Series {
    PrometheusAnswer.Series(
      labels: labels.merging(["__name__": name]) { $1 },
      samples: [PrometheusAnswer.Sample(at: Fixture.now, value: value)])
  }

  private func sloth(_ window: String, _ value: Double = 0.001) -> PrometheusAnswer.Series {
    series(
      "slo:sli_error:ratio_rate\(window)",
      [
        "sloth_id": "checkout-availability", "sloth_service": "checkout",
        "sloth_slo": "availability", "sloth_window": window,
      ], value)
  }

  private func auto(_ service: String = "checkout", _ name: String = "availability") throws -> SLO {
    try Fixture.slo(service, name, sli: Fixture.errors(service: service), route: SLO.Route())
  }

  @Test("Sloth's names bind by service and name, and its weeks are days")
  func slothNames() throws {
    let slo = try auto()
    let binding = RuleBinding(slos: [slo], series: [sloth("5m"), sloth("4w"), sloth("1w")])
    for window in [Window.minutes(5), .days(28), .days(7)] {
      #expect(binding.rule(for: slo.id, over: window) != nil)
    }
    #expect(binding.rule(for: slo.id, over: .hours(1)) == nil)
    #expect(binding.cautions == [])
  }

  @Test("burnwatch's own rules bind by id and bring the number of events")
  func ownRules() throws {
    let slo = try auto()
    let labels = ["burnwatch_id": slo.id, "service": "checkout", "slo": "availability"]
    let found = [
      series("burnwatch:sli_error:ratio_rate5m", labels, 0.02),
      series("burnwatch:events:total_increase5m", labels, 300),
      series("burnwatch:objective:ratio", labels, 0.999),
    ]
    let binding = RuleBinding(slos: [slo], series: found)
    let rule = try #require(binding.rule(for: slo.id, over: .minutes(5)))
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let results = RuleBinding.results(
      for: [demand: rule], in: PrometheusAnswer(result: .vector(found)), at: Fixture.now)
    #expect(results.answer(demand) == .errorRatio(0.02, total: 300))
    #expect(try results[demand]?.get().provenance.route == .rules)
  }

  @Test("Pyrra's burnrate is an error ratio and binds only to an SLO that counts its metric")
  func pyrraRules() throws {
    let slo = try auto()
    let fitting = series("http_requests:burnrate5m", ["slo": "availability"])
    let foreign = series("grpc_calls:burnrate1h", ["slo": "availability"])
    let binding = RuleBinding(slos: [slo], series: [fitting, foreign])
    #expect(binding.rule(for: slo.id, over: .minutes(5)) != nil)
    #expect(binding.rule(for: slo.id, over: .hours(1)) == nil)
  }

  @Test("A rule that fits two SLOs serves neither")
  func ambiguousNames() throws {
    let slos = try [auto("a"), auto("b")]
    let binding = RuleBinding(
      slos: slos, series: [series("http_requests:burnrate5m", ["slo": "availability"])])
    #expect(slos.allSatisfy { binding.rule(for: $0.id, over: .minutes(5)) == nil })
    #expect(
      binding.cautions == [
        "the rule http_requests:burnrate5m{slo=\"availability\"} fits 2 SLOs and is not used; "
          + "tell them apart with rules:"
      ])
  }

  @Test("Two series for one window are not used")
  func twoSeries() throws {
    let slo = try auto()
    var replica = sloth("5m")
    replica = series(
      "slo:sli_error:ratio_rate5m", replica.labels.merging(["replica": "b"]) { $1 })
    let binding = RuleBinding(slos: [slo], series: [sloth("5m"), replica, sloth("1h")])
    #expect(binding.rule(for: slo.id, over: .minutes(5)) == nil)
    #expect(binding.rule(for: slo.id, over: .hours(1)) != nil)
    #expect(
      binding.cautions == [
        "2 series hold checkout/availability over 5m, so its rules are not used there"
      ])
  }

  @Test(
    "A stated objective must be the SLO's, but for floating-point noise",
    arguments: [(0.9990000000000001, true), (0.999, true), (0.9991, false), (Double.nan, false)])
  func statedObjective(value: Double, isUsed: Bool) throws {
    let slo = try auto()
    let objective = series(
      "slo:objective:ratio", ["sloth_id": "checkout-availability"], value)
    let binding = RuleBinding(slos: [slo], series: [sloth("5m"), objective])
    #expect((binding.rule(for: slo.id, over: .minutes(5)) != nil) == isUsed)
    #expect(binding.cautions.isEmpty == isUsed)
  }

  @Test("A window label that contradicts the name disqualifies the series")
  func contradictingWindow() throws {
    let slo = try auto()
    let odd = series(
      "slo:sli_error:ratio_rate5m",
      ["sloth_id": "checkout-availability", "sloth_window": "1h"])
    #expect(RuleBinding(slos: [slo], series: [odd]).rule(for: slo.id, over: .minutes(5)) == nil)
  }

  @Test("All windows of all SLOs come in one narrow query")
  func oneQuery() throws {
    let slos = try [auto("a.b"), auto("c")]
    let found = slos.flatMap { slo in
      ["5m", "1h"].map { window in
        series(
          "slo:sli_error:ratio_rate\(window)", ["sloth_id": "\(slo.service)-\(slo.name)"])
      }
    }
    let binding = RuleBinding(slos: slos, series: found)
    let rules = slos.flatMap { slo in
      [Window.minutes(5), .hours(1)].compactMap { binding.rule(for: slo.id, over: $0) }
    }
    #expect(
      RuleBinding.query(for: rules, byteLimit: 1000)
        == "{__name__=~\"slo:sli_error:ratio_rate1h|slo:sli_error:ratio_rate5m\","
        + "sloth_id=~\"a\\\\.b-availability|c-availability\"}")
    #expect(
      RuleBinding.query(for: rules, byteLimit: 100)
        == "{__name__=~\"slo:sli_error:ratio_rate1h|slo:sli_error:ratio_rate5m\"}")
  }
}

@Suite("Routes")
struct RouteTests {
  private static let ratio = "slo:sli_error:ratio_rate"

  /// A server with Sloth's rules over some windows for the checkout service.
  private func server(_ windows: [String]) -> FakePrometheus {
    FakePrometheus { asked in
      guard asked.leaves == 0 else { return .everyLeaf(of: asked) }
      return .vector(
        windows.map {
          (["__name__": "\(Self.ratio)\($0)", "sloth_id": "checkout-availability"], "0.5")
        })
    }
  }

  private func results(
    _ route: SLO.Route.Preference, _ questions: [Demand.Question], _ server: FakePrometheus
  ) async throws -> [Demand.Question: Result<Reading, ReadingFailure>] {
    let slo = try Fixture.slo(route: SLO.Route(preference: route))
    let source = try PrometheusSource.fake(server, slos: [slo])
    let results = await source.readings(
      for: questions.map { Demand(slo.id, $0) }, at: Fixture.now)
    return Dictionary(uniqueKeysWithValues: results.map { ($0.key.question, $0.value) })
  }

  @Test("Rules serve the windows they hold, raw queries the others")
  func auto() async throws {
    let server = server(["5m", "30d"])
    let results = try await results(
      .auto, [.burn(.minutes(5)), .burn(.hours(1)), .objective(.days(30))], server)
    #expect(try results[.burn(.minutes(5))]?.get().provenance.route == .rules)
    #expect(try results[.burn(.hours(1))]?.get().provenance.route == .query)
    #expect(try results[.objective(.days(30))]?.get().provenance.route == .query)
    #expect(server.asked.count == 4)
  }

  @Test("Via rules, a burn window without a rule says so and the SLO window takes its own rule")
  func rulesOnly() async throws {
    let results = try await results(
      .rules, [.burn(.hours(1)), .objective(.days(30)), .objective(.days(7))], server(["30d"]))
    #expect(
      results[.burn(.hours(1))]
        == .failure(
          .rejected(
            "no recording rule on prom holds checkout/availability over 1h; "
              + "add one or set via: auto")))
    #expect(try results[.objective(.days(30))]?.get().provenance.route == .rules)
    #expect(try results[.objective(.days(7))]?.get().provenance.route == .query)
  }

  @Test("Via query, rules are not even looked for")
  func queryOnly() async throws {
    let server = server(["5m"])
    let results = try await results(.query, [.burn(.minutes(5))], server)
    #expect(try results[.burn(.minutes(5))]?.get().provenance.route == .query)
    #expect(server.asked.count == 1)
  }

  @Test("Rules are looked for every five minutes")
  func discoveryPace() async throws {
    let server = server(["5m"])
    let slo = try Fixture.slo(route: SLO.Route())
    let clock = SkippingClock()
    let source = try PrometheusSource.fake(server, slos: [slo], clock: clock)
    let demand = Demand(slo.id, .burn(.minutes(5)))
    for _ in 0..<3 {
      _ = await source.readings(for: [demand], at: clock.now)
      clock.advance(by: .seconds(150))
    }
    #expect(server.asked.filter { $0.query.contains("objective") }.count == 2)
    let health = await source.health(at: clock.now)
    #expect(health.lastPoll.requests == 1)
  }
}
