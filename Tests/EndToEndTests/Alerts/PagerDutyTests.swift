import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// The real program at a stand-in for PagerDuty that is strict to its published description.
  @Suite("PagerDuty's incidents in the dashboard")
  struct PagerDutyTests {
    private static let token = "pd-s3cret-t0ken-never-shown"

    private func place(_ url: String, _ more: String = "") throws -> Workplace {
      let place = try Workplace()
      try place.write(
        """
        apiVersion: burnwatch/v1
        kind: Config
        identity: {name: ines}
        journal: \(place.file("journal.sqlite"))
        sources:
          - {name: pd, type: pagerduty, token: {env: PD_TOKEN}, from: ines@example.com, url: "\(url)", refresh: 1s, timeout: 2s}
        \(more)

        """, to: "config.yaml")
      return place
    }

    private func standIn() async throws -> PagerDutyStandIn {
      let standIn = try await PagerDutyStandIn.start { Machine.now }
      standIn.setToken(Self.token)
      standIn.change { account in
        account.add(
          PagerDutyAccount.Incident(
            id: "Q1ABCDEFGHIJKL", number: 1234, title: "checkout is down",
            createdAt: Machine.now - .seconds(300)))
      }
      return standIn
    }

    @Test(
      "An acknowledgement survives whatever PagerDuty answers first, and is made once",
      arguments: ["nothing", "429", "500", "502 page", "malformed", "lost answer"])
    func acknowledges(_ trouble: String) async throws {
      let standIn = try await standIn()
      defer { standIn.stop() }
      let place = try place(standIn.url)
      let session = try DashboardSession(
        ["dashboard", "--config", place.file("config.yaml")], environment: ["PD_TOKEN": Self.token])
      session.expect("4", brings: "checkout is down")
      switch trouble {
      case "429":
        standIn.plan(PagerDutyFault(.rateLimit(reset: 3, isJSON: true), with: "PUT /incidents"))
      case "500":
        standIn.plan(
          PagerDutyFault(.status(500, code: 2000, message: "Internal"), with: "PUT /incidents"))
      case "502 page": standIn.plan(PagerDutyFault(.badGateway, with: "PUT /incidents"))
      case "malformed": standIn.plan(PagerDutyFault(.malformedBody, with: "PUT /incidents"))
      case "lost answer": standIn.plan(PagerDutyFault(.lostAnswer, with: "PUT /incidents"))
      default: break
      }
      session.terminal.type("A")
      #expect(session.terminal.wait(for: "note:"))
      session.terminal.type("looking into it\r")
      #expect(
        session.terminal.wait(for: "ack ines", atMost: .seconds(60)),
        "\(session.terminal.screen.text)")
      let incident = try #require(standIn.account.incidents["Q1ABCDEFGHIJKL"])
      #expect(incident.acknowledgements.count == 1)
      #expect(incident.notes.count == 1)
      #expect(incident.notes.first?.contains("looking into it") == true)
      #expect(!session.terminal.screen.text.contains(Self.token))
      session.leave()
      let journal = try Data(contentsOf: URL(fileURLWithPath: place.file("journal.sqlite")))
      #expect(journal.range(of: Data(Self.token.utf8)) == nil)
    }

    @Test("A key that is refused is said, and nothing is called quiet")
    func refused() async throws {
      let standIn = try await standIn()
      defer { standIn.stop() }
      let place = try place(standIn.url)
      let session = try DashboardSession(
        ["dashboard", "--config", place.file("config.yaml")],
        environment: ["PD_TOKEN": "another-token"])
      session.expect("4", brings: "pd is silent")
      #expect(!session.terminal.screen.text.contains("Quiet"))
      #expect(!session.terminal.screen.text.contains("another-token"))
      session.leave()
    }
  }
}
