import Reliability
import TestSupport
import Testing

extension EndToEnd {
  /// Two hundred SLOs on one Prometheus.
  struct ScaleTests {
    private static func backfill(rules: [Backfill.Constant] = []) throws -> Backfill {
      Backfill(
        end: try .sample(TruthData.instant), counters: Fleet.counters(), constants: rules)
    }

    @Test("Asked raw, 200 SLOs take at most 10 requests in a poll")
    func raw() async throws {
      let server = try await Self.backfill().startPrometheus()
      defer { server.stop() }
      let (_, report) = try Look.at(server.url, slos: Fleet.slos())
      let source = try #require(report.sources.first)
      Machine.report("requests in a poll of \(Fleet.count) SLOs, raw: \(source.requestsLastPoll)")
      #expect(1...10 ~= source.requestsLastPoll)
      #expect(source.bytesLastPoll > 0)
      #expect(report.slos.count == Fleet.count)
      for (index, slo) in report.slos.enumerated() {
        #expect(slo.state == "ok")
        #expect(isClose(slo.windows["6h"]?.errorRatio, Fleet.errorRatio(index), 1e-9))
      }
    }

    @Test("Where recording rules exist, whoever wrote them, one request serves all burn windows")
    func rules() async throws {
      let server = try await Self.backfill(rules: Fleet.rules()).startPrometheus()
      defer { server.stop() }
      let (_, report) = try Look.at(server.url, slos: Fleet.slos())
      let source = try #require(report.sources.first)
      Machine.report("requests in a poll of \(Fleet.count) SLOs, rules: \(source.requestsLastPoll)")
      #expect(source.requestsLastPoll == 1)
      for (index, slo) in report.slos.enumerated() {
        let burns = slo.windows.filter { $0.key != "30d" }
        #expect(burns.count == 7)
        #expect(burns.values.allSatisfy { $0.via == "rules" }, "\(slo.id)")
        let half = Fleet.errorRatio(index) / 2
        #expect(burns.values.allSatisfy { isClose($0.errorRatio, half, 1e-9) }, "\(slo.id)")
        #expect(slo.windows["30d"]?.via == "query", "\(slo.id)")
        #expect(isClose(slo.windows["30d"]?.errorRatio, Fleet.errorRatio(index), 1e-9))
      }
    }

    @Test("The Sources view counts the requests of a poll")
    func sourcesView() async throws {
      let server = try await Self.backfill(rules: Fleet.rules()).startPrometheus()
      defer { server.stop() }
      let place = try Workplace([
        "config.yaml": ConfigurationText.text(url: server.url, slos: Fleet.slos().joined())
      ])
      let run = try BurnwatchRun(
        [
          "--config", place.file("config.yaml"), "--headless", "--now", TruthData.instant,
          "--script", "-",
        ], input: "key 2\nscreen\n")
      let rows = run.text.split(separator: "\n").map { $0.split(separator: " ") }
      let headings = try #require(rows.first { $0.contains("REQ/POLL") })
      let row = try #require(rows.first { $0.contains("prom") && $0.contains("prometheus") })
      // "1" stands between the percentiles and the bytes, which have units of their own.
      #expect(headings.contains("SOURCE"))
      let text = row.joined(separator: " ")
      #expect(text.contains(#/ (ms|s) 1 [0-9.]+ (B|KB|MB) /#), "\(text)")
    }

    @Test("One SLO with a broken expression carries Prometheus's message, the others have values")
    func broken() async throws {
      let server = try await Self.backfill().startPrometheus()
      defer { server.stop() }
      let broken = 117
      let (run, report) = try Look.at(server.url, slos: Fleet.slos(broken: broken))
      let found = report.slos[broken]
      #expect(found.state == "failed")
      #expect(found.reason?.contains("unknown function with name \"frobnicate\"") == true)
      #expect(found.windows.values.allSatisfy { $0.errorRatio == nil })
      for (index, slo) in report.slos.enumerated() where index != broken {
        #expect(slo.state == "ok", "\(slo.id): \(slo.reason ?? "")")
        #expect(isClose(slo.windows["30d"]?.errorRatio, Fleet.errorRatio(index), 1e-9))
        #expect(isClose(slo.windows["5m"]?.errorRatio, Fleet.errorRatio(index), 1e-9))
      }
      #expect(run.exitCode == 2)
      #expect(report.sources.first?.state == "degraded")
    }
  }
}
