import Reliability
import TestSupport
import Testing

extension EndToEnd {
  /// Figures against the closed-form truth of data in a real Prometheus.
  struct TruthTests {
    @Test("Every figure of every kind of SLO equals the closed form of the data")
    func figuresEqualClosedForm() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let cases = TruthCase.all
      let (run, report) = try Look.at(server.url, slos: cases.map(\.text))
      #expect(report.schema == 1)
      #expect(report.at == "2026-11-21T14:00:00.000Z")
      #expect(report.slos.map(\.id) == cases.map(\.expectation.id))
      for each in cases { each.expectation.verify(try report.slo(each.expectation.id)) }
      #expect(run.exitCode == 1, "a page is active")
    }

    @Test("Some figures, written out: the closed form itself has not gone wrong")
    func figuresWrittenOut() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let slo = ConfigurationText.slo("checkout", "availability", sli: TruthData.badEvents)
      let (_, report) = try Look.at(server.url, slos: [slo])
      let found = try report.slo("checkout/availability")
      // 5 x 40 of 5 x 1030; 55 x 20 more of 55 x 1010 more; a day at 20 a minute, ten days ago.
      #expect(found.windows["5m"]?.bad == 200)
      #expect(found.windows["5m"]?.total == 5150)
      #expect(found.windows["1h"]?.bad == 1300)
      #expect(found.windows["1h"]?.total == 60_700)
      #expect(found.windows["6h"]?.bad == 3100)
      #expect(found.windows["3d"]?.bad == 7060)
      #expect(found.windows["30d"]?.bad == 35_860)
      #expect(found.windows["30d"]?.total == 42_803_860)
      #expect(found.coverage == 2_592_000)
      #expect(
        found.conditions == [
          .init("page", 14.4, long: "1h", short: "5m", active: true),
          .init("page", 6, long: "6h", short: "30m", active: true),
          .init("ticket", 3, long: "1d", short: "2h", active: false),
          .init("ticket", 1, long: "3d", short: "6h", active: true),
        ])
      #expect(found.zone == "critical")
    }

    /// Between samples Prometheus extrapolates what it saw to the ends of the window.
    ///
    /// 30 s after the last sample a window of `w` holds samples over `w - 60 s`, with 30 s left at
    /// both ends, which is less than 1.1 steps; so the count is that of the samples times
    /// `w / (w - 60 s)`. The samples of numerator and denominator have the same times, so the ratio is
    /// exactly that of the samples. The count differs from the true one by what one step at each end
    /// can hide: at most 60 s at the highest rate.
    @Test("Between samples counts are extrapolated within one step and ratios not at all")
    func extrapolationIsBounded() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let slo = ConfigurationText.slo("checkout", "availability", sli: TruthData.badEvents)
      let (_, report) = try Look.at(server.url, slos: [slo], instant: "2026-11-21T14:00:30Z")
      let found = try report.slo("checkout/availability")
      for (name, window) in [("5m", 300), ("30m", 1800), ("1h", 3600), ("1d", 86_400)] {
        let figures = try #require(found.windows[name])
        let bad = Double(TruthData.failed.events(inLast: window - 60))
        let total = bad + Double(TruthData.good.events(inLast: window - 60))
        let stretch = Double(window) / Double(window - 60)
        #expect(isClose(figures.total, total * stretch, 1e-9), "\(name)")
        #expect(isClose(figures.bad, bad * stretch, 1e-9), "\(name)")
        #expect(isClose(figures.errorRatio, bad / total, 1e-9), "\(name)")
        let seen = try #require(figures.total)
        #expect(abs(seen - total) <= 1030, "\(name)")
      }
    }
  }
}
