import Foundation
import Reliability
import TestSupport
import Testing

extension EndToEnd {
  /// From a page of a real Alertmanager to the load and the hand-off note.
  @Suite("From the page to the hand-off")
  struct OnCallPathTests {
    private static let onCall = """
      oncall:
        people:
          ines: {name: Ines Duarte, timeZone: Europe/Berlin}
          tom: {name: Tom Okafor}
        rotations:
          - name: shop
            layers:
              - {name: primary, participants: [ines], start: 2026-01-02, every: 1w}
              - {name: secondary, participants: [tom], start: 2026-01-02, every: 1w}
        escalation:
          - {team: shop, levels: [{to: primary}, {after: 3s, to: secondary}, {after: 9h, to: boss}]}
      """
    private static let labels = ["severity": "critical", "service": "checkout", "team": "shop"]

    @Test(
      "A page escalates while nobody has it, counts as a page of who was on, and is in the note")
    func wholePath() async throws {
      let shop = try await AlertShop(settings: Self.onCall)
      defer { shop.stop() }
      let state = try Workplace()
      let session = try DashboardSession(
        ["dashboard", "--config", shop.configuration],
        environment: ["XDG_STATE_HOME": state.path])
      #expect(session.terminal.wait(for: "Ines Duarte"), "\(session.terminal.screen.text)")
      try shop.fire(
        "CheckoutDown", labels: Self.labels,
        annotations: ["summary": "nobody | can \u{1B}[31mpay"])
      // Alertmanager lets the page inhibit it, so it calls nobody, and is open all the same.
      try shop.fire("DiskWillFill", labels: ["severity": "warning", "team": "shop"])
      try shop.fire("SearchSlow", labels: ["severity": "critical", "team": "search"])
      session.expect("4", brings: "CheckoutDown")
      #expect(
        session.terminal.wait(for: "escalated", atMost: .seconds(15)),
        "\(session.terminal.screen.text)")
      session.expect("1", brings: "Escalated  Tom Okafor")
      let alerts = try BurnwatchRun([
        "alerts", "alertname=CheckoutDown", "--format", "json", "--config", shop.configuration,
      ])
      #expect(alerts.text.contains("\"level\": 2,") && alerts.text.contains("\"to\": \"boss\""))
      let list = try BurnwatchRun(["alerts", "--config", shop.configuration])
      #expect(list.text.contains("escalated"))
      session.expect("4/CheckoutDown\r", brings: "1 shown")
      session.terminal.type("A")
      #expect(session.terminal.wait(for: "note:"))
      session.terminal.type("the card provider is down\r")
      #expect(
        session.terminal.wait(for: "ack ines", atMost: .seconds(20)),
        "\(session.terminal.screen.text)")
      #expect(session.terminal.wait { !$0.text.contains("escalated") })
      session.expect("7", brings: "On call: shop")
      #expect(
        session.terminal.wait(atMost: .seconds(20)) { screen in
          screen.rows.contains { $0.contains("Ines Duarte (you)") && $0.contains(" 1 ") }
        }, "\(session.terminal.screen.text)")
      session.expect("H", brings: "add to the hand-off note:")
      session.terminal.type("watch the provider\r")
      #expect(
        session.terminal.wait(for: "Hand-off note: shop-", atMost: .seconds(20)),
        "\(session.terminal.screen.text)")
      session.leave()

      let folder = "\(state.path)/burnwatch/handoffs"
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files.count == 1 && files.first?.hasPrefix("shop-") == true)
      let file = "\(folder)/\(try #require(files.first))"
      let note = try String(contentsOfFile: file, encoding: .utf8)
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      try check(note, words: "watch the provider")
      let command = try BurnwatchRun([
        "oncall", "handoff", "--note", "by command", "--config", shop.configuration,
      ])
      // Alertmanager was started just now, and may not know all: the note says so, and so does this.
      #expect([0, 2].contains(command.exitCode), "\(command.complaint)")
      try check(command.text, words: "by command")

      let load = try BurnwatchRun(["oncall", "load", "--config", shop.configuration])
      #expect(load.exitCode == 0 && load.text.contains("shop  Ines Duarte  1 "), "\(load.text)")
    }

    /// What every note of this story has.
    private func check(_ note: String, words: String) throws {
      let lines = note.split(separator: "\n").map(String.init)
      #expect(note.hasPrefix("# Hand-off: shop, primary\n"))
      #expect(
        lines.contains { $0 == "On call: Ines Duarte." }, "\(note)"
      )
      #expect(lines.contains("> \(words)"))
      #expect(lines.contains("1 alert, 1 page among them."))
      #expect(
        lines.contains {
          $0.hasSuffix("| page | CheckoutDown | checkout | \($0.acknowledgedBy) |")
            && $0.contains("goes on") && $0.contains("ines after ")
        }, "\(note)")
      #expect(
        lines.contains {
          $0.hasPrefix("| PAGE | CheckoutDown | checkout | ack ines")
            && $0.hasSuffix("| nobody \\| can \u{FFFD}\\[31mpay |")
        }, "\(note)")
      #expect(lines.contains { $0.hasPrefix("| TICKET | DiskWillFill") })
      #expect(!note.contains("SearchSlow") && !note.contains("\u{1B}"))
      #expect(
        lines.contains { $0.contains("the card provider is down") && $0.hasPrefix("- ") })
    }

    @Test("PagerDuty's escalation policy says who is on call, in the dashboard and the commands")
    func pagerDuty() async throws {
      let token = "pd-s3cret-t0ken-never-shown"
      let standIn = try await PagerDutyStandIn.start(token: token, key: .readOnly) { Machine.now }
      defer { standIn.stop() }
      standIn.change { account in
        account.duties = [
          .init(
            policy: "PABC123", level: 1, person: "Ana Lopes", schedule: "Days",
            start: Machine.now - .seconds(9000), end: Machine.now + .seconds(90_000)),
          .init(
            policy: "PABC123", level: 1, person: "Bo Larsen", schedule: "Days",
            start: Machine.now + .seconds(90_000), end: Machine.now + .seconds(900_000)),
          .init(policy: "PABC123", level: 2, person: "Cy Young"),
        ]
      }
      let place = try Workplace()
      try place.write(
        """
        apiVersion: burnwatch/v1
        kind: Config
        journal: \(place.file("journal.sqlite"))
        sources:
          - {name: pd, type: pagerduty, token: {env: PD_TOKEN}, from: ines@example.com, url: "\(standIn.url)", timeout: 2s}
        oncall: {calendars: [{team: payments, pagerduty: {policy: PABC123}}]}

        """, to: "config.yaml")
      let arguments = ["--config", place.file("config.yaml")]
      let environment = ["PD_TOKEN": token]
      let session = try DashboardSession(["dashboard"] + arguments, environment: environment)
      #expect(session.terminal.wait(for: "Ana Lopes"), "\(session.terminal.screen.text)")
      session.expect("7", brings: "On call: payments")
      for text in ["Bo Larsen", "secondary", "Cy Young"] {
        #expect(session.terminal.wait(for: text), "\(session.terminal.screen.text)")
      }
      #expect(!session.terminal.screen.text.contains(token))
      session.leave()
      let who = try BurnwatchRun(["oncall", "who"] + arguments, environment: environment)
      #expect(who.exitCode == 0 && who.text.contains("then Bo Larsen"), "\(who.complaint)")
      standIn.stop()
      let later = try BurnwatchRun(["oncall", "who"] + arguments, environment: environment)
      #expect(later.text.contains("Ana Lopes") && later.complaint.contains("payments is silent"))
      #expect(!later.complaint.contains(token))
    }
  }
}

extension String {
  /// The last cell of a row of a table.
  fileprivate var acknowledgedBy: String {
    let cells = components(separatedBy: " | ")
    return String(cells.last?.dropLast(2) ?? "")
  }
}
