import TestSupport
import Testing

extension EndToEnd {
  /// The same figures on the screen.
  struct ServiceViewTests {
    @Test("The Service view shows the figures of every window and condition, rounded")
    func showsFigures() async throws {
      let server = try await TruthData.backfill().startPrometheus()
      defer { server.stop() }
      let slo = ConfigurationText.slo("checkout", "availability", sli: TruthData.badEvents)
      let place = try Workplace(["config.yaml": ConfigurationText.text(url: server.url, slos: slo)])
      let run = try BurnwatchRun(
        [
          "--config", place.file("config.yaml"), "--headless", "--now", TruthData.instant,
          "--script", "-",
        ], input: "key Enter\nscreen\n")
      #expect(run.exitCode == 0)
      let rows = run.text.split(separator: "\n").map { row in
        row.split(separator: " ").filter { $0 != "│" }.joined(separator: " ")
      }
      #expect(Self.rows.filter { !rows.contains($0) } == [])
    }

    /// Worked by hand from the rates in `TruthData`.
    private static let rows = [
      "5m 5150 200 3.88 % 38.8x query 0s",
      "30m 30400 700 2.30 % 23.0x query 0s",
      "1h 60700 1300 2.14 % 21.4x query 0s",
      "2h 120460 1660 1.38 % 13.8x query 0s",
      "6h 359500 3100 0.8623 % 8.6x query 0s",
      "1d 1.4M 4180 0.2924 % 2.9x query 0s",
      "3d 4.3M 7060 0.1648 % 1.6x query 0s",
      "30d 42.8M 35860 0.0838 % 0.8x query 0s",
      "page 1h and 5m 14.40x 2.0 % burning: page",
      "page 6h and 30m 6.00x 5.0 % burning: page",
      "ticket 1d and 2h 3.00x 10.0 % calm",
      "ticket 3d and 6h 1.00x 10.0 % burning: ticket",
      "Budget left 16 % 7.01 of 43.20 min",
      "Bad events 6944 of 42804 left",
    ]
  }
}
