import Connectors
import Reliability
import Testing

@Suite("Query planner")
struct QueryPlannerTests {
  @Test("Good and bad events are asked as they are, a good ratio from the other side")
  func partsOfIndicators() {
    let good = SLI.events(numerator: .good("good[{{window}}]"), total: "all[{{window}}]")
    #expect(
      good.parts(over: .minutes(5)) == [
        QueryPart(.numerator, "good[5m]"), QueryPart(.total, "all[5m]"),
      ])
    #expect(
      SLI.goodRatio("up # all").parts(over: .hours(1)) == [QueryPart(.ratio, "1 - (\nup # all\n)")])
    #expect(SLI.errorRatio("e[{{window}}]").parts(over: .days(3)) == [QueryPart(.ratio, "e[3d]")])
  }

  @Test(
    "A latency threshold is asked for in every spelling of its bucket",
    arguments: [
      ("0.3", "le=\"0.3\""), ("1", "le=~\"1|1\\\\.0\""), ("0.00005", "le=~\"0\\\\.00005|5e-05\""),
      ("0.000125", "le=\"0.000125\""), ("10", "le=~\"10|10\\\\.0\""),
    ])
  func latencyBuckets(threshold: String, matcher: String) throws {
    let sli = SLI.latency(
      LatencySLI(
        histogram: "latency_seconds", threshold: try #require(Fraction(decimal: threshold)),
        matchers: [LabelMatcher("service", .equal, "shop")]))
    #expect(
      sli.parts(over: .minutes(5)) == [
        QueryPart(
          .numerator,
          "sum(increase(latency_seconds_bucket{service=\"shop\",\(matcher)}[5m]))"),
        QueryPart(.total, "sum(increase(latency_seconds_count{service=\"shop\"}[5m]))"),
      ])
  }

  @Test("Excluded events count neither as bad nor in the total")
  func availability() {
    let sli = SLI.availability(
      AvailabilitySLI(
        counter: "http.requests", matchers: [LabelMatcher("service", .equal, "shop")],
        bad: [LabelMatcher("code", .matches, "5..|429")],
        excluded: [LabelMatcher("code", .matches, "40[04]")]))
    let name = "__name__=\"http.requests\",service=\"shop\""
    #expect(
      sli.parts(over: .hours(2)).map(\.expression) == [
        "sum(increase({\(name),code=~\"5..|429\",code!~\"40[04]\"}[2h]))",
        "sum(increase({\(name),code!~\"40[04]\"}[2h]))",
      ])
  }

  @Test("A union names each part on lines of its own and stays balanced")
  func unionText() throws {
    let slo = try Fixture.slo(sli: .errorRatio("e[{{window}}] # mine"))
    let plan = QueryPlanner(slos: [slo]).plan(
      Fixture.demands([slo], [.minutes(5), .hours(1), .days(1)]), byteLimit: 10_000)
    #expect(
      plan.chunks.map(\.text) == [
        """
        (label_replace(
        e[5m] # mine
        ,"burnwatch","0","","") or (label_replace(
        e[1h] # mine
        ,"burnwatch","1","","") or label_replace(
        e[1d] # mine
        ,"burnwatch","2","","")))
        """
      ])
  }

  @Test(
    "No chunk is longer than the limit, and nothing is lost", arguments: [2000, 15_000, 131_072])
  func chunksStayWithinBytes(limit: Int) throws {
    let slos = try (0..<50).map {
      try Fixture.slo("s\($0)", sli: Fixture.errors(service: "s\($0)"))
    }
    let demands = Fixture.demands(slos)
    let chunks = QueryPlanner(slos: slos).plan(demands, byteLimit: limit).chunks
    #expect(chunks.allSatisfy { $0.text.utf8.count <= limit })
    #expect(chunks.flatMap(\.units).map(\.demand) == demands)
  }

  @Test("Two hundred SLOs over seven windows need at most ten requests")
  func requestsForTwoHundred() throws {
    let slos = try (0..<200).map {
      try Fixture.slo("service-\($0)", sli: Fixture.errors(service: "service-\($0)"))
    }
    let plan = QueryPlanner(slos: slos).plan(Fixture.demands(slos), byteLimit: 128 << 10)
    #expect(plan.chunks.count <= 10)
  }

  @Test("An expression that could break out is refused and never part of a query")
  func injectionIsContained() throws {
    let evil = try Fixture.slo("evil", sli: .errorRatio("a) or (b"))
    let good = try Fixture.slo("good")
    let plan = QueryPlanner(slos: [evil, good]).plan(
      Fixture.demands([evil, good], [.minutes(5)]), byteLimit: 10_000)
    #expect(
      plan.failures[Demand(evil.id, .burn(.minutes(5)))]
        == .rejected("the expression \"a) or (b\" is not asked: a \")\" closes nothing"))
    #expect(plan.chunks.flatMap(\.slos) == [good.id])
  }

  @Test("An SLO under suspicion is asked by itself")
  func suspectsGoAlone() throws {
    let slos = try ["a", "b", "c"].map { try Fixture.slo($0) }
    let plan = QueryPlanner(slos: slos).plan(
      Fixture.demands(slos, [.minutes(5), .hours(1)]), suspects: [slos[1].id], byteLimit: 10_000)
    #expect(Set(plan.chunks.map(\.slos)) == [[slos[0].id, slos[2].id], [slos[1].id]])
  }

  @Test("Slow questions never share a request with burn windows")
  func clocksAreApart() throws {
    let slo = try Fixture.slo()
    let demands = [
      Demand(slo.id, .burn(.hours(1))), Demand(slo.id, .objective(.days(30))),
      Demand(slo.id, .coverage(.days(30))), Demand(slo.id, .history(.hours(24), step: .hours(1))),
    ]
    let chunks = QueryPlanner(slos: [slo]).plan(demands, byteLimit: 100_000).chunks
    #expect(chunks.map(\.units.count) == [1, 1, 1, 1])
    #expect(chunks.map(\.isSlow) == [false, true, true, true])
  }

  @Test(
    "Coverage counts hours, and five-minute steps up to a day",
    arguments: [(Window.days(30), "[30d:1h]", "[1h]"), (.hours(24), "[1d:5m]", "[5m]")])
  func coverage(lookback: Window, steps: String, inner: String) throws {
    let parts = Demand("x", .coverage(lookback)).parts(
      of: .events(numerator: .bad("b[{{window}}]"), total: "t[{{window}}]"))
    #expect(parts.map(\.expression) == ["count_over_time((\nt\(inner)\n)\(steps))"])
  }
}
