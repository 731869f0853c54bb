import Definitions
import Reliability
import Testing

@Suite("SLO definitions")
struct ServiceLevelTests {
  /// Loads an SLO `checkout/availability` with some keys on top of, or instead of, the usual ones.
  private func load(
    objective: String = "99.9", window: String = "30d", sli: String = "{availability: {}}",
    _ more: String = "", root: String = ""
  ) -> (slo: SLO?, diagnostics: [Diagnostic]) {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      sources: [{name: prom, type: prometheus, url: "http://127.0.0.1:9090"}]
      \(root)
      ---
      apiVersion: burnwatch/v1
      kind: SLO
      service: checkout
      name: availability
      objective: \(objective)
      window: \(window)
      sli: \(sli)
      \(more)
      """
    ])
    return (loaded.configuration?.slos.first, loaded.diagnostics)
  }

  @Test("A minimal SLO takes its id, category, source and matchers from what is there")
  func minimal() {
    let (slo, diagnostics) = load()
    #expect(diagnostics == [])
    #expect(slo?.id == "checkout/availability")
    #expect(slo?.category == .availability)
    #expect(slo?.source == "prom")
    #expect(slo?.objective.target == Fraction(999, over: 1000))
    #expect(slo?.window == .rolling(.days(30)))
    #expect(slo?.alerting == SLO.Alerting())
    #expect(slo?.route == SLO.Route())
    #expect(
      slo?.sli
        == .availability(
          AvailabilitySLI(
            counter: "http_requests_total", matchers: [LabelMatcher("service", .equal, "checkout")],
            bad: [LabelMatcher("code", .matches, "5..")], excluded: [])))
  }

  @Test(
    "A bare number above 1 is a percentage, at most 1 a ratio, and decimals are exact",
    arguments: [
      ("0.999", Fraction(999, over: 1000)), ("99.9", Fraction(999, over: 1000)),
      ("\"99.9%\"", Fraction(999, over: 1000)), ("99.9 %", Fraction(999, over: 1000)),
      ("\"0.999\"", Fraction(999, over: 1000)), ("1.5", Fraction(15, over: 1000)),
      ("0.5%", Fraction(5, over: 1000)), ("99.99999", Fraction(9_999_999, over: 10_000_000)),
      ("0.99990", Fraction(9999, over: 10_000)), ("95", Fraction(95, over: 100)),
    ])
  func objectives(text: String, target: Fraction) {
    #expect(load(objective: text).slo?.objective.target == target)
  }

  @Test(
    "Windows are lengths or calendar periods",
    arguments: [
      ("30d", .rolling(.days(30))), ("4w", .rolling(.days(28))),
      ("\"30 days rolling\"", .rolling(.days(30))), ("1h30m", .rolling(.minutes(90))),
      ("{calendar: month}", CalendarPeriod(.month, timeZone: "UTC").map(ObjectiveWindow.calendar)),
      (
        "{calendar: quarter, timeZone: Europe/Berlin}",
        CalendarPeriod(.quarter, timeZone: "Europe/Berlin").map(ObjectiveWindow.calendar)
      ),
    ] as [(String, ObjectiveWindow?)])
  func windows(text: String, window: ObjectiveWindow?) {
    #expect(load(window: text).slo?.window == window)
  }

  @Test(
    "Latency targets are lengths, or seconds, with or without a sign before them",
    arguments: [
      ("300ms", Fraction(3, over: 10)), ("0.3", Fraction(3, over: 10)),
      ("\"< 300ms\"", Fraction(3, over: 10)), ("\"<=0.3\"", Fraction(3, over: 10)),
      ("5s", Fraction(5)), ("0.0005", Fraction(5, over: 10_000)),
    ])
  func latencies(text: String, seconds: Fraction) {
    let slo = load(sli: "{latency: {threshold: \(text)}}").slo
    let expected = LatencySLI(
      histogram: "http_request_duration_seconds", threshold: seconds,
      matchers: [LabelMatcher("service", .equal, "checkout")])
    #expect(slo?.sli == .latency(expected))
    #expect(slo?.category == .latency)
  }

  @Test(
    "Matchers that are left out name the service; an empty text or list names nothing",
    arguments: [
      ("", [LabelMatcher("service", .equal, "checkout")]), (", matchers: ''", []),
      (", matchers: []", []),
    ])
  func emptyMatchers(_ key: String, _ matchers: [LabelMatcher]) throws {
    let slo = try #require(load(sli: "{latency: {threshold: 300ms\(key)}}").slo)
    guard case .latency(let latency) = slo.sli else {
      Issue.record("the indicator is no latency")
      return
    }
    #expect(latency.matchers == matchers)
  }

  @Test("What an indicator does not name comes from the conventions")
  func conventions() {
    let slo = load(
      root: """
        conventions: {counter: calls_total, statusLabel: status, exclude: ['status="404"'],
          serviceLabel: app}
        """
    ).slo
    #expect(
      slo?.sli
        == .availability(
          AvailabilitySLI(
            counter: "calls_total", matchers: [LabelMatcher("app", .equal, "checkout")],
            bad: [LabelMatcher("status", .matches, "5..")],
            excluded: [LabelMatcher("status", .equal, "404")])))
  }

  @Test("What an indicator names wins over the conventions")
  func ownMatchers() {
    let sli = """
      {availability: {counter: calls_total, matchers: 'app="pay",env="eu"', badMatcher: 'result!="ok"',
        exclude: ['code="404"', 'code="429"']}}
      """
    #expect(
      load(sli: sli).slo?.sli
        == .availability(
          AvailabilitySLI(
            counter: "calls_total",
            matchers: [LabelMatcher("app", .equal, "pay"), LabelMatcher("env", .equal, "eu")],
            bad: [LabelMatcher("result", .notEqual, "ok")],
            excluded: [LabelMatcher("code", .equal, "404"), LabelMatcher("code", .equal, "429")])))
  }

  @Test("The window's placeholder has one spelling after reading")
  func expressions() {
    let sli = "{events: {good: 'good[{{ window }}]', total: 'a[{{window}}] + b[{{  window}}]'}}"
    #expect(
      load(sli: sli).slo?.sli
        == .events(numerator: .good("good[{{window}}]"), total: "a[{{window}}] + b[{{window}}]"))
    #expect(
      load(sli: "{errorRatio: 'e[{{window}}]'}").slo?.sli == .errorRatio("e[{{window}}]"))
    #expect(load(sli: "{ratio: 'g[{{window}}]'}").slo?.sli == .goodRatio("g[{{window}}]"))
  }

  @Test("Own conditions and route are taken as written")
  func conditionsAndRoute() {
    let (slo, diagnostics) = load(
      """
      alerting:
        page: false
        minBadEvents: 5
        conditions: [{severity: ticket, factor: 2.5, long: 2h, short: 10m}]
      via: rules
      rules: {sloth_id: checkout-availability, pyrra: checkout-errors}
      """)
    #expect(diagnostics == [])
    let condition = BurnCondition(
      severity: .ticket, factor: Fraction(5, over: 2), long: .hours(2), short: .minutes(10))
    #expect(
      slo?.alerting
        == SLO.Alerting(pages: false, tickets: true, minBadEvents: 5, conditions: [condition]))
    #expect(
      slo?.route
        == SLO.Route(
          preference: .rules, slothID: "checkout-availability", pyrraName: "checkout-errors"))
  }

  @Test("Id, category and details are taken as written")
  func details() {
    let (slo, diagnostics) = load(
      """
      id: checkout-slo
      category: correctness
      description: Orders that go through
      owner: team-shop
      labels: {tier: 1}
      policy: default
      sla: 99.5
      budgeting: occurrences
      runbook: checkout-errors
      links: [{name: dashboard, url: "https://grafana.example.com/d/1"}]
      dependsOn: [payments/availability]
      """)
    #expect(diagnostics == [])
    #expect(slo?.id == "checkout-slo")
    #expect(slo?.category == .correctness)
    #expect(
      slo?.details
        == SLO.Details(
          description: "Orders that go through", owner: "team-shop", labels: ["tier": "1"],
          runbook: "checkout-errors",
          links: [SLO.Link(name: "dashboard", url: "https://grafana.example.com/d/1")],
          dependencies: ["payments/availability"]))
  }

  @Test("An SLO with any error is left out, the others stay")
  func brokenSLOIsLeftOut() {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      sources: [{name: prom, type: prometheus, url: "http://127.0.0.1:9090"}]
      slos:
        - {service: a, name: n, objective: 100, window: 30d, sli: {availability: {}}}
        - {service: b, name: n, objective: 99, window: 30d, sli: {availability: {}}}
        - {service: c, name: n, objective: 99, window: 30d, sli: {availability: {}}, via: nowhere}
        - {service: d, name: n, objective: 99, window: 30d, sli: {availability: {}}, colour: red}
      """
    ])
    #expect(loaded.configuration?.slos.map(\.service) == ["b", "d"])
  }

  @Test("Of two SLOs with one id the first stays")
  func firstOfDuplicatesStays() {
    let loaded = Loader.load([
      "config.yaml": """
      apiVersion: burnwatch/v1
      kind: Config
      sources: [{name: prom, type: prometheus, url: "http://127.0.0.1:9090"}]
      slos:
        - {service: a, name: n, objective: 99, window: 30d, sli: {availability: {}}}
        - {service: a, name: n, objective: 95, window: 30d, sli: {availability: {}}}
      """
    ])
    #expect(loaded.configuration?.slos.map(\.objective.target) == [Fraction(99, over: 100)])
  }
}
