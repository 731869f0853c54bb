import Foundation
import Reliability
import TestSupport
import Testing

extension EndToEnd {
  /// The commands about alerts at a real Alertmanager.
  @Suite("Alerts on the command line")
  struct AlertCommandTests {
    private func run(_ shop: AlertShop, _ arguments: String...) throws -> BurnwatchRun {
      try BurnwatchRun(arguments + ["--config", shop.configuration])
    }

    @Test("alerts, ack, unack and silence do what the keys do, with exit codes")
    func wholeLife() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire(
        "DiskFull", labels: ["severity": "critical", "service": "db"],
        annotations: ["summary": "full"])
      try shop.fire("CpuHot", labels: ["severity": "warning", "service": "web"])

      let list = try run(shop, "alerts")
      #expect(list.exitCode == 1)
      #expect(list.text.contains("PAGE") && list.text.contains("DiskFull"))
      #expect(try run(shop, "alerts", "service=web").exitCode == 0)
      #expect(try run(shop, "alerts", "severity=").exitCode == 64)

      let ack = try run(shop, "ack", "alertname=DiskFull", "--comment", "on it")
      #expect(ack.exitCode == 0, "\(ack.complaint)")
      #expect(try shop.members[0].activeSilences().map(\.createdBy) == ["ines"])
      #expect(try run(shop, "ack", "alertname=DiskFull").exitCode == 1)
      #expect(try shop.members[0].activeSilences().count == 1)

      let json = try run(shop, "alerts", "alertname=DiskFull", "--format", "json")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
      let alert = try #require((report["alerts"] as? [[String: Any]])?.first)
      #expect(alert["state"] as? String == "acknowledged")
      let acknowledgement = try #require(alert["acknowledgement"] as? [String: Any])
      #expect(acknowledgement["by"] as? String == "ines")
      #expect(acknowledgement["comment"] as? String == "on it")

      #expect(try run(shop, "unack", "alertname=DiskFull").exitCode == 0)
      #expect(try shop.members[0].activeSilences().isEmpty)

      let several = try run(shop, "ack", "state:firing")
      #expect(several.exitCode == 77)
      #expect(several.complaint.contains("acknowledges 2"))

      let silence = try run(
        shop, "silence", "add", #"service="web""#, "--for", "1h", "--comment", "it's me; $(id)")
      #expect(silence.exitCode == 0, "\(silence.complaint)")
      let made = try #require(try shop.members[0].activeSilences().first)
      #expect(made.comment.hasPrefix("it's me; $(id)"))
      #expect(try run(shop, "silence", "list").text.contains(made.id))
      #expect(try run(shop, "silence", "expire", made.id).exitCode == 0)
      #expect(try shop.members[0].activeSilences().isEmpty)
      #expect(try run(shop, "silence", "expire", made.id).exitCode == 1)
      let all = try run(shop, "silence", "add", #"service=~".*""#, "--comment", "x", "--yes")
      #expect(all.exitCode == 64, "\(all.complaint)")
    }

    @Test("What is written with --no-wait is delivered by the next burnwatch")
    func later() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      #expect(try run(shop, "ack", "alertname=DiskFull", "--no-wait").exitCode == 0)
      #expect(try shop.members[0].silences().isEmpty)
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      #expect(session.terminal.wait(for: "ack 1"), "\(session.terminal.screen.text)")
      #expect(try shop.members[0].activeSilences().count == 1)
      session.leave()
    }

    @Test("Hostile text of alerts is inert in every output")
    func hostile() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      let text =
        "\u{1B}]0;owned\u{07}\u{1B}[2J | <b>x</b> `id` $(id) %s %n '; DROP TABLE outbox; -- "
        + "\u{202E}"
      try shop.fire(
        "Evil", labels: ["severity": "critical", "path": text], annotations: ["summary": text])
      for format in ["text", "markdown", "json"] {
        let list = try run(shop, "alerts", "--format", format)
        #expect(!list.output.contains(0x1B), "\(format)")
        #expect(!list.output.contains(0x07), "\(format)")
        #expect(format == "json" || !list.text.unicodeScalars.contains("\u{202E}"), "\(format)")
      }
      #expect(try run(shop, "alerts", "--format", "markdown").text.contains("\\<b\\>x"))
      let ack = try run(shop, "ack", "alertname=Evil", "--comment", text)
      #expect(ack.exitCode == 0)
      #expect(!ack.output.contains(0x1B) && !ack.errors.contains(0x1B))
      #expect(try shop.members[0].activeSilences().count == 1)
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "Evil")
      session.terminal.type("\r")
      #expect(session.terminal.wait(for: "labels"))
      session.terminal.type("5y")
      usleep(300_000)
      #expect(session.terminal.screen.title?.contains("owned") != true)
      session.leave()
    }

    @Test("A journal that cannot be used is said, refuses requests, and does not stop watching")
    func brokenJournal() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      try Data("no database at all, but text of some length".utf8)
        .write(to: URL(fileURLWithPath: shop.journal))
      let ack = try run(shop, "ack", "alertname=DiskFull")
      #expect(ack.exitCode == 74)
      #expect(ack.complaint.contains("journal"))
      #expect(try shop.members[0].silences().isEmpty)
      #expect(try run(shop, "alerts").text.contains("DiskFull"))
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "DiskFull")
      session.expect("a", brings: "is damaged")
      session.leave()
    }
  }
}
