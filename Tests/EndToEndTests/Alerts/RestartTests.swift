import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// What a new process knows of the one before it.
  @Suite("Starting again")
  struct RestartTests {
    @Test("The first screen shows what was known, says of when it is, and claims no quiet")
    func lastKnown() async throws {
      let shop = try await AlertShop()
      try shop.fire(
        "DiskFull", labels: ["severity": "critical", "service": "db"],
        annotations: ["summary": "the disk is full"])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "DiskFull")
      session.leave()
      shop.stop()
      let again = try DashboardSession(
        ["dashboard", "--config", shop.configuration], waitingFor: "DiskFull")
      #expect(
        again.terminal.wait { screen in
          screen.text.contains("shown is what was known at") || screen.text.contains("is silent")
        }, "\(again.terminal.screen.text)")
      #expect(!again.terminal.screen.text.contains("Quiet"))
      again.leave()
    }

    @Test("Leaving says until when acknowledgements stand, and the next process goes on with them")
    func farewell() async throws {
      let shop = try await AlertShop(settings: "acknowledge: {duration: 1m}")
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "DiskFull")
      session.terminal.type("a")
      #expect(session.terminal.wait(for: "ack ines"))
      session.leave()
      #expect(
        session.terminal.screen.text.contains("DiskFull: acknowledged until"),
        "\(session.terminal.screen.text)")
      let before = try #require(try shop.members[0].activeSilences().first)
      let again = try DashboardSession(["dashboard", "--config", shop.configuration])
      // In the last third of its minute it is prolonged, by the same silence.
      let isLonger = try waitUntil(atMost: .seconds(70)) {
        let silences = try shop.members[0].activeSilences()
        return silences.count == 1 && silences[0].id == before.id
          && silences[0].endsAt > before.endsAt
      }
      #expect(isLonger != nil)
      #expect(again.terminal.wait(for: "ack 1"))
      again.leave()
    }

    @Test("An acknowledgement that has lapsed meanwhile is told and never revived")
    func lapsed() async throws {
      let shop = try await AlertShop(settings: "acknowledge: {duration: 1m}")
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let ack = try BurnwatchRun(
        ["ack", "alertname=DiskFull", "--config", shop.configuration])
      #expect(ack.exitCode == 0)
      let isOver = try waitUntil(atMost: .seconds(80)) {
        try shop.members[0].activeSilences().isEmpty
      }
      #expect(isOver != nil)
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      #expect(session.terminal.wait(for: "lapsed"), "\(session.terminal.screen.text)")
      usleep(2_000_000)
      #expect(try shop.members[0].activeSilences().isEmpty)
      #expect(session.terminal.screen.text.contains("PAGE 1"))
      session.leave()
    }
  }
}
