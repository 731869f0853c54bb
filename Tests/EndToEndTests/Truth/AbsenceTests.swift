import TestSupport
import Testing

extension EndToEnd {
  /// What is absent at a real Prometheus, and what that means.
  struct AbsenceTests {
    @Test("An absent bad series is no failure, an absent good series is nothing but failure")
    func absentNumerators() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let none = TruthData.increase(#"orders_total{result="lost"}"#)
      let all = TruthData.increase("orders_total")
      let (run, report) = try Look.at(
        server.url,
        slos: [
          ConfigurationText.slo("shop", "bad", sli: TruthData.events(bad: none, total: all)),
          ConfigurationText.slo("shop", "good", sli: TruthData.events(good: none, total: all)),
        ])
      let bad = try report.slo("shop/bad")
      #expect(bad.state == "ok")
      #expect(bad.windows["30d"]?.bad == 0)
      #expect(bad.windows["30d"]?.total == 4_320_000)
      #expect(bad.budget.remaining == 1)
      #expect(bad.forecast.hoursToExhaustion == nil)
      let good = try report.slo("shop/good")
      #expect(good.windows["5m"]?.errorRatio == 1)
      #expect(good.windows["30d"]?.bad == 4_320_000)
      #expect(isClose(good.budget.remaining, -999, 1e-6))
      #expect(good.zone == "exhausted")
      #expect(good.forecast.hoursToExhaustion == 0)
      #expect(run.exitCode == 1)
    }

    @Test("Without events there is no data: every figure is unknown and the exit code is 0")
    func absentTotal() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let none = TruthData.increase(#"orders_total{result="lost"}"#)
      let (run, report) = try Look.at(
        server.url,
        slos: [
          ConfigurationText.slo("shop", "none", sli: TruthData.events(bad: none, total: none))
        ])
      let found = try report.slo("shop/none")
      #expect(found.state == "noData")
      #expect(found.reason == "no events in the window")
      for (name, window) in found.windows {
        #expect(window.total == nil && window.bad == nil, "\(name)")
        #expect(window.errorRatio == nil && window.burnRate == nil, "\(name)")
      }
      #expect(found.budget.remaining == nil && found.budget.badLeft == nil)
      #expect(found.zone == nil)
      #expect(found.coverage == 0)
      #expect(found.conditions.allSatisfy { !$0.active })
      #expect(run.exitCode == 0)
    }

    @Test("A threshold that is no bucket's bound is a mistake and names the nearest bounds")
    func wrongBucket() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let sli =
        #"{latency: {histogram: answer_seconds, threshold: 250ms, matchers: 'service="payments"'}}"#
      let (run, report) = try Look.at(
        server.url, slos: [ConfigurationText.slo("payments", "latency", sli: sli)])
      let found = try report.slo("payments/latency")
      #expect(found.state == "invalid")
      #expect(
        found.reason == #"answer_seconds has no bucket le="0.25"; the nearest are 0.1 and 0.3"#)
      #expect(found.windows["30d"]?.bad == nil)
      #expect(run.exitCode == 2)
    }

    /// The series begins 15 days ago, in the middle of the window.
    ///
    /// Prometheus therefore adds half an average step to what the samples count, which is less than
    /// 150 s at 61 events a minute. The ratio is exact.
    @Test("A service younger than its window is judged on what there is, and the coverage says so")
    func partCovered() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let sli = TruthData.events(
        bad: TruthData.increase(#"young_total{code="500"}"#),
        total: TruthData.increase("young_total"))
      let (_, report) = try Look.at(
        server.url,
        slos: [ConfigurationText.slo("young", "availability", objective: "95", sli: sli)])
      let found = try report.slo("young/availability")
      #expect(found.state == "ok")
      let coverage = try #require(found.coverage)
      #expect(abs(coverage - 15 * 86_400) <= 3600)
      let total = try #require(found.windows["30d"]?.total)
      #expect(abs(total - 15 * 1440 * 61) < 150 / 60 * 61)
      #expect(isClose(found.windows["30d"]?.errorRatio, 1.0 / 61, 1e-9))
      #expect(isClose(found.windows["3d"]?.total, 3 * 1440 * 61, 1e-9))
    }

    @Test("In the first five minutes of a calendar period the budget is full, and says why")
    func periodJustBegan() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let month = "{calendar: month, timeZone: Europe/Berlin}"
      let slo = ConfigurationText.slo("shop", "month", window: month, sli: TruthData.badEvents)
      let (_, report) = try Look.at(server.url, slos: [slo], instant: "2026-10-31T23:04:00Z")
      let found = try report.slo("shop/month")
      #expect(found.state == "ok")
      #expect(found.reason == "period just began")
      #expect(found.from == "2026-10-31T23:00:00.000Z")
      #expect(found.budget.remaining == 1 && found.budget.consumed == 0)
      #expect(isClose(found.budget.minutesLeft, 43.2, 1e-9))
      #expect(found.windows["month"]?.errorRatio == nil)
      #expect(found.zone == "healthy")
    }
  }
}
