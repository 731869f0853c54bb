import Connectors
import Reliability
import Testing

@Suite("Prometheus source")
struct PrometheusSourceTests {
  private func slos(_ count: Int) throws -> [SLO] {
    try (0..<count).map {
      try Fixture.slo("s\($0)", sli: Fixture.errors(service: $0 == 7 ? "broken" : "s\($0)"))
    }
  }

  @Test("All of a poll is evaluated at the instant that was given")
  func oneInstant() async throws {
    let server = FakePrometheus { .everyLeaf(of: $0) }
    let source = try PrometheusSource.fake(server, slos: try slos(3))
    let demands = Fixture.demands(try slos(3))
    let results = await source.readings(for: demands, at: Fixture.now)
    #expect(server.asked.map(\.form["time"]) == ["1795200000.000"])
    #expect(server.asked.map(\.path) == ["/api/v1/query"])
    #expect(results.count == demands.count)
    #expect(
      demands.allSatisfy {
        results.answer($0) == .events(numerator: 1, total: 10, nearestBuckets: [])
      })
  }

  @Test("One refused expression costs its own SLO only, and its message is the server's own")
  func bisection() async throws {
    let slos = try slos(200)
    let server = FakePrometheus { asked in
      guard asked.query.contains("broken") else { return .everyLeaf(of: asked) }
      return .badData(asked.leaves > 0 ? "at 1234:5 of the union" : "1:5: parse error: its own")
    }
    let source = try PrometheusSource.fake(server, slos: slos)
    let demands = Fixture.demands(slos)
    let results = await source.readings(for: demands, at: Fixture.now)
    for demand in demands {
      if demand.slo == slos[7].id {
        #expect(results.failure(demand) == .rejected("1:5: parse error: its own"))
      } else {
        #expect(results.answer(demand) != nil)
      }
    }
    let health = await source.health(at: Fixture.now)
    #expect(health.quarantine.map(\.slo) == [slos[7].id])
    #expect(health.quarantine.map(\.message) == ["1:5: parse error: its own"])
    #expect(health.state == .degraded)
    #expect(health.lastError == nil)
  }

  @Test("A quarantined SLO keeps its message, costs nothing, and is tried again alone")
  func quarantine() async throws {
    let slos = try slos(8)
    let clock = SkippingClock()
    let server = FakePrometheus { asked in
      asked.query.contains("broken") ? .badData("parse error") : .everyLeaf(of: asked)
    }
    let source = try PrometheusSource.fake(server, slos: slos, clock: clock)
    let demands = Fixture.demands(slos, [.minutes(5)])
    _ = await source.readings(for: demands, at: clock.now)
    let searched = server.asked.count

    clock.advance(by: .seconds(15))
    let during = await source.readings(for: demands, at: clock.now)
    #expect(server.asked.count == searched + 1)
    #expect(during.failure(demands[7]) == .rejected("parse error"))

    clock.advance(by: .seconds(15))
    _ = await source.readings(for: demands, at: clock.now)
    let retried = server.asked.dropFirst(searched + 1)
    #expect(retried.filter { $0.leaves > 0 }.map(\.leaves).sorted() == [2, 14])
  }

  @Test("A query that is too heavy is cut and nobody is quarantined")
  func heavyQueries() async throws {
    let slos = try slos(4)
    let server = FakePrometheus { asked in
      guard asked.leaves <= 2 else {
        return .json(
          """
          {"status":"error","errorType":"execution",
           "error":"query processing would load too many samples into memory in query execution"}
          """, status: 422)
      }
      return .everyLeaf(of: asked)
    }
    let source = try PrometheusSource.fake(server, slos: slos)
    let demands = Fixture.demands(slos, [.minutes(5), .hours(1)])
    let results = await source.readings(for: demands, at: Fixture.now)
    #expect(demands.allSatisfy { results.answer($0) != nil })
    #expect(await source.health(at: Fixture.now).quarantine == [])
  }

  @Test("A query that is too long is cut, and the limit is remembered")
  func longQueries() async throws {
    let slos = try slos(60)
    let server = FakePrometheus { asked in
      guard asked.query.utf8.count <= 16_384 else {
        return .json(
          """
          {"status":"error","errorType":"422","error":"too long query; got 99784 bytes"}
          """, status: 422)
      }
      return .everyLeaf(of: asked)
    }
    let source = try PrometheusSource.fake(server, slos: slos)
    let demands = Fixture.demands(slos)
    for _ in 0..<2 {
      let results = await source.readings(for: demands, at: Fixture.now)
      #expect(demands.allSatisfy { results.answer($0) != nil })
    }
    #expect(server.asked.filter { $0.query.utf8.count > 16_384 }.count == 1)
  }

  @Test("A broken connection is not searched for a guilty expression")
  func transportErrors() async throws {
    let slos = try slos(20)
    let server = FakePrometheus { _ throws(ConnectorError) in
      throw .unreachable(reason: "connection refused")
    }
    let source = try PrometheusSource.fake(server, slos: slos)
    let demands = Fixture.demands(slos, [.minutes(5)])
    let results = await source.readings(for: demands, at: Fixture.now)
    #expect(server.asked.count == 3)
    #expect(
      demands.allSatisfy {
        results.failure($0) == .unavailable("no connection: connection refused")
      })
    let health = await source.health(at: Fixture.now)
    #expect(health.lastError?.message == "no connection: connection refused")
    #expect(health.retries == 2)
  }

  @Test("An open breaker answers at once and says when the next try is")
  func openBreaker() async throws {
    let slos = try slos(1)
    let clock = SkippingClock()
    let server = FakePrometheus { _ throws(ConnectorError) in throw .timedOut(.seconds(10)) }
    let source = try PrometheusSource.fake(server, slos: slos, clock: clock)
    let demands = Fixture.demands(slos, [.minutes(5)])
    for _ in 0..<7 { _ = await source.readings(for: demands, at: clock.now) }
    #expect(server.asked.count == 5)
    let health = await source.health(at: clock.now)
    #expect(health.state == .open)
    #expect(health.nextTry == Fixture.now + .seconds(5))
    clock.advance(by: .seconds(5))
    _ = await source.readings(for: demands, at: clock.now)
    #expect(server.asked.count == 6)
  }

  @Test("Several series are refused with a hint to aggregate")
  func severalSeries() async throws {
    let slo = try Fixture.slo(sli: .errorRatio("rate(e[{{window}}])"))
    let server = FakePrometheus { _ in
      .vector([
        ([QueryChunk.label: "0", "pod": "a"], "1"), ([QueryChunk.label: "0", "pod": "b"], "1"),
      ])
    }
    let source = try PrometheusSource.fake(server, slos: [slo])
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let results = await source.readings(for: [demand], at: Fixture.now)
    #expect(
      results.failure(demand)
        == .rejected(
          "\"rate(e[5m])\" gives 2 series where one number is needed; aggregate with sum()"))
  }

  @Test("A plain number is explained instead of the message about label_replace")
  func scalars() async throws {
    let slo = try Fixture.slo(sli: .errorRatio("0.01"))
    let server = FakePrometheus { asked in
      asked.leaves > 0
        ? .badData("expected type instant vector in call to function label_replace, got scalar")
        : .json(
          "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"0.01\"]}}")
    }
    let source = try PrometheusSource.fake(server, slos: [slo])
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let results = await source.readings(for: [demand], at: Fixture.now)
    #expect(
      results.failure(demand) == .rejected("\"0.01\" is a plain number; put vector() around it"))
  }

  @Test("An absent latency bucket is answered with the nearest bounds, asked for once")
  func nearestBuckets() async throws {
    let threshold = try #require(Fraction(decimal: "0.3"))
    let sli = SLI.latency(LatencySLI(histogram: "lat", threshold: threshold, matchers: []))
    let slo = try Fixture.slo(sli: sli)
    let server = FakePrometheus { asked in
      guard asked.query.contains("by (le)") else {
        return .vector([([QueryChunk.label: "1"], "10")])
      }
      return .vector(
        ["0.1", "0.25", "0.5", "1", "+Inf"].map { ([QueryChunk.label: "0", "le": $0], "1") })
    }
    let source = try PrometheusSource.fake(server, slos: [slo])
    let demand = Demand(slo.id, .burn(.minutes(5)))
    for _ in 0..<2 {
      let results = await source.readings(for: [demand], at: Fixture.now)
      #expect(
        results.answer(demand)
          == .events(numerator: nil, total: 10, nearestBuckets: ["0.25", "0.5"]))
    }
    #expect(server.asked.filter { $0.query.contains("by (le)") }.count == 1)
    let health = await source.health(at: Fixture.now)
    #expect(health.lastPoll.requests == 1)
    #expect(health.lastSlowRound.requests == 1)
  }

  @Test("History is asked at whole steps, and steps without data are gaps")
  func history() async throws {
    let slo = try Fixture.slo()
    let server = FakePrometheus { _ in
      .json(
        """
        {"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"burnwatch":"0"},"values":[[1795194000,"5"]]},
        {"metric":{"burnwatch":"1"},
         "values":[[1795190400,"10"],[1795194000,"10"],[1795197600,"NaN"]]}]}}
        """)
    }
    let source = try PrometheusSource.fake(server, slos: [slo])
    let demand = Demand(slo.id, .history(.hours(4), step: .hours(1)))
    let instant = Fixture.now - .seconds(60)
    let results = await source.readings(for: [demand], at: instant)
    let form = server.asked.first?.form
    #expect(form?["start"] == "1795186800.000")
    #expect(form?["end"] == "1795197600.000")
    #expect(form?["step"] == "3600")
    let times = (0..<4).map { Timestamp(milliseconds: 1_795_186_800_000 + $0 * 3_600_000) }
    #expect(
      results.answer(demand)
        == .history(
          zip(times, [nil, 0, 0.5, nil]).map { HistorySample(at: $0, errorRatio: $1) }))
  }

  @Test("Warnings and partial answers stand in every reading's provenance")
  func warnings() async throws {
    let slo = try Fixture.slo()
    let server = FakePrometheus { _ in
      .json(
        """
        {"status":"success","isPartial":true,"warnings":["a store is gone"],
         "data":{"resultType":"vector","result":[]}}
        """)
    }
    let source = try PrometheusSource.fake(server, slos: [slo])
    let demand = Demand(slo.id, .burn(.minutes(5)))
    let results = await source.readings(for: [demand], at: Fixture.now)
    let provenance = try results[demand]?.get().provenance
    #expect(
      provenance?.warnings == ["the server marked the answer as partial", "a store is gone"])
    #expect(provenance?.expressions == slo.sli.parts(over: .minutes(5)).map(\.expression))
  }
}
