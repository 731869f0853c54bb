import TestSupport
import Testing

extension EndToEnd {
  /// The same SLOs on a real VictoriaMetrics.
  struct VictoriaMetricsTests {
    /// On samples the two agree: VictoriaMetrics takes the last sample before the window as its
    /// beginning, Prometheus 2 the one that lies on it, and here they are the same.
    @Test("On samples VictoriaMetrics gives the same figures in every window")
    func figuresEqualClosedForm() async throws {
      let server = try await TruthData.backfill().startVictoriaMetrics()
      defer { server.stop() }
      let cases = TruthCase.all
      let (run, report) = try Look.at(server.url, slos: cases.map(\.text))
      for each in cases { each.expectation.verify(try report.slo(each.expectation.id)) }
      #expect(run.exitCode == 1)
      #expect(report.sources.first?.state == "ok")
    }

    /// Between samples the two differ, because VictoriaMetrics extrapolates nothing.
    ///
    /// 30 s after the last sample every window holds exactly the events of the one that ended on it.
    /// Against the truth that is off by at most 60 s at the highest rate, as Prometheus's extrapolation is.
    @Test(
      "Between samples VictoriaMetrics counts whole steps, within a minute's events of Prometheus")
    func countsWholeSteps() async throws {
      let server = try await TruthData.backfill().startVictoriaMetrics()
      defer { server.stop() }
      let slo = ConfigurationText.slo("checkout", "availability", sli: TruthData.badEvents)
      let (_, report) = try Look.at(server.url, slos: [slo], instant: "2026-11-21T14:00:30Z")
      let found = try report.slo("checkout/availability")
      for (name, window) in [("5m", 300), ("30m", 1800), ("1h", 3600), ("1d", 86_400)] {
        let bad = TruthData.failed.events(inLast: window)
        let total = bad + TruthData.good.events(inLast: window)
        #expect(isClose(found.windows[name]?.bad, Double(bad), 1e-9), "\(name)")
        #expect(isClose(found.windows[name]?.total, Double(total), 1e-9), "\(name)")
      }
    }
  }
}
