import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// From an alert of a real Alertmanager to a value of a real Prometheus.
  @Suite("From the alert to the fix")
  struct RunbookPathTests {
    private static let book = """
      ---
      service: shop
      ---
      # Shop has errors

      How many errors are there?

      ```promql
      shop_errors
      ```

      Roll the last release back:

      ```sh {name="roll back" danger=true timeout=20s rollback="echo 7 > ../errors"}
      echo "rolling back for $ALERT_LABEL_pod"
      echo 0 > ../errors
      ```

      """

    private static let verify = """
      apiVersion: runbook/v1
      kind: IncidentRunbook
      metadata: {name: shop-errors, service: shop}
      spec:
        title: Shop has errors
        steps:
          - name: Look
            actions:
              - {description: How many errors are there, query: shop_errors, language: promql}
          - name: Mend
            actions:
              - description: Roll the last release back
                command: |
                  echo "rolling back for $ALERT_LABEL_pod"
                  echo 0 > ../errors
                danger: true
                rollback: echo 7 > ../errors
                verify: {query: shop_errors, operator: "<", value: 1, for: 2s, within: 60s}
          - name: Tell
            actions: [Tell the channel]

      """

    @Test("r, run, the verification waits for the real value, done; and it can be taken back")
    func wholePath() async throws {
      let shop = try await RunbookShop(["shop-errors.yaml": Self.verify], errors: 5)
      defer { shop.stop() }
      try shop.fire(
        "ShopErrors", labels: ["severity": "critical", "service": "shop", "pod": "web $(id) 1"],
        annotations: ["runbook_url": "https://runbooks.example.com/shop-errors"])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "ShopErrors")
      session.expect("r", brings: "Runbook: Shop has errors")
      // Prometheus has scraped at least once.
      let hasValue = waitUntil(atMost: .seconds(30)) {
        session.terminal.type("x")
        return session.terminal.wait(for: ": 5", atMost: .seconds(1))
      }
      #expect(hasValue != nil, "\(session.terminal.screen.text)")
      session.expect("jx", brings: "Type shop and Enter")
      session.expect("shop\r", brings: "rolling back for web $(id) 1")
      session.expect("j", brings: "waits until it holds for 2 s within 1 m")
      session.expect("x", brings: "running")
      #expect(
        session.terminal.wait(for: "done: it is 0, < 1 for 2 s", atMost: .seconds(40)),
        "\(session.terminal.screen.text)")
      session.expect("j ", brings: "completed")
      session.expect("b", brings: "echo 7 > ../errors")
      session.expect("shop\r", brings: "rolled back")
      #expect(try String(contentsOfFile: shop.file("errors"), encoding: .utf8) == "7\n")
      session.leave()

      let history = try BurnwatchRun(["runbook", "history", "--config", shop.configuration])
      #expect(history.text.contains("rolled back") && history.text.contains("ShopErrors of shop"))
      let export = try BurnwatchRun(["runbook", "export", "last", "--config", shop.configuration])
      #expect(export.text.hasPrefix("# Shop has errors\n"))
      #expect(export.text.contains("echo 0 > ../errors"))
    }

    @Test("A Markdown page with the name in the address is found, shown and run")
    func markdown() async throws {
      let shop = try await RunbookShop(["shop-errors.md": Self.book], errors: 5)
      defer { shop.stop() }
      try shop.fire(
        "ShopErrors", labels: ["severity": "critical", "pod": "web-1"],
        annotations: ["runbook_url": "https://elsewhere.example.com/x/shop-errors.html#fix"])
      let run = try BurnwatchRun([
        "runbook", "run", "shop-errors", "--alert", "alertname=ShopErrors", "--yes", "--step",
        "roll back", "--format", "json", "--config", shop.configuration,
      ])
      #expect(run.exitCode == 0, "\(run.complaint)")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
      let steps = try #require((report["run"] as? [String: Any])?["steps"] as? [[String: Any]])
      let step = try #require(steps.first { $0["name"] as? String == "roll back" })
      #expect(step["status"] as? String == "done")
      let output = try #require(step["output"] as? [String: Any])
      let file = try #require(output["file"] as? String)
      #expect(
        try String(contentsOfFile: file, encoding: .utf8) == "rolling back for web-1\n")
      let list = try BurnwatchRun([
        "runbook", "list", "--alert", "alertname=ShopErrors", "--config", shop.configuration,
      ])
      #expect(list.text.contains("the alert names it"))
      let alerts = try BurnwatchRun([
        "alerts", "--format", "json", "--config", shop.configuration,
      ])
      #expect(alerts.text.contains("\"runbook\": \"shop-errors\""))
    }
  }
}
