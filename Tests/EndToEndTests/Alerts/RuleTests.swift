import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// A real Prometheus whose rules fire, told to a real Alertmanager with external labels.
  @Suite("Rules of a real Prometheus")
  struct RuleTests {
    private static let rules = """
      groups:
        - name: shop
          interval: 1s
          rules:
            - {alert: QueueBacklog, expr: vector(42) > 10, labels: {severity: critical, service: orders},
               annotations: {summary: "{{ $value }} orders wait", runbook_url: "https://runbooks.example.com/backlog.md"}}
            - {alert: AboutToFire, expr: vector(1) > 0, for: 1h, labels: {severity: warning, service: orders}}
            - {alert: Broken, expr: "label_replace(vector(1), \\"x y\\", \\"a\\", \\"\\", \\"\\")", labels: {severity: critical}}

      """

    @Test("One row an alert: pending from Prometheus, firing by both, with its rule's past")
    func joined() async throws {
      let manager = try await AlertmanagerServer.start()
      defer { manager.stop() }
      let prometheus = try await PrometheusServer.start(
        rules: Self.rules, alertmanager: manager.port, externalLabels: ["cluster": "eu"])
      defer { prometheus.stop() }
      let place = try Workplace()
      try place.write(
        """
        apiVersion: burnwatch/v1
        kind: Config
        identity: {name: ines}
        journal: \(place.file("journal.sqlite"))
        sources:
          - {name: prom, type: prometheus, url: "\(prometheus.url)", refresh: 1s}
          - {name: am, type: alertmanager, url: "\(manager.url)", refresh: 1s}
        oncall:
          - {name: shop, layers: [{name: primary, participants: [ines], start: 2026-01-02}]}

        """, to: "config.yaml")
      let session = try DashboardSession(["dashboard", "--config", place.file("config.yaml")])
      session.terminal.type("4")
      #expect(
        session.terminal.wait(for: "1 firing, 1 pending", atMost: .seconds(30)),
        "\(session.terminal.screen.text)")
      #expect(session.terminal.wait(for: "42 orders wait"))
      let isTold = waitUntil(atMost: .seconds(30)) {
        LoopbackHTTP.get("/api/v2/alerts", port: manager.port).count > 10
      }
      #expect(isTold != nil)
      // Two polls, after which the row is Alertmanager's.
      #expect(session.terminal.wait(for: "1 firing, 1 pending"))
      usleep(2_500_000)
      session.terminal.type("g\r")
      #expect(
        session.terminal.wait(for: "am, prom", atMost: .seconds(15)),
        "\(session.terminal.screen.text)")
      let shown = session.terminal.wait(atMost: .seconds(10)) { screen in
        screen.text.contains("vector(42) > 10") && screen.text.contains("last 7 days")
      }
      #expect(shown, "\(session.terminal.screen.text)")
      #expect(session.terminal.screen.text.contains("now 42"))
      #expect(session.terminal.screen.text.contains("backlog"))
      session.expect("\u{1B}", brings: "STATE")
      session.expect("a", brings: "ack ines")
      let silence = try #require(try manager.activeSilences().first)
      #expect(silence.matchers.contains(.init(name: "cluster", value: "eu")))
      session.leave()
      // Prometheus has named the page first, and Alertmanager then: it has called once.
      let load = try BurnwatchRun([
        "oncall", "load", "--format", "json", "--config", place.file("config.yaml"),
      ])
      #expect(load.text.contains("\"pages\": 1,"), "\(load.text)")
    }
  }
}
