import Foundation
import Operations
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// A process that is killed between the key and the confirmation, and the next one.
  @Suite("Acknowledging through kill -9")
  struct CrashTests {
    private let fingerprint = LabelSet(
      ["alertname": "DiskFull", "severity": "critical"]
    ).fingerprint

    /// Requires that a dashboard on the same journal shows the acknowledgement, and one silence exists.
    private func expectRecovery(_ shop: AlertShop) throws {
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "DiskFull")
      // The lease of the dead process must end first.
      let isTold = session.terminal.wait(atMost: .seconds(25)) {
        $0.text.contains("ack ines") && !$0.text.contains("sending")
      }
      #expect(isTold, "\(session.terminal.screen.text)")
      // Long enough for a poll that would find a twin, and for a second delivery.
      _ = session.terminal.wait(atMost: .milliseconds(2500)) { _ in false }
      #expect(session.terminal.screen.text.contains("ack ines"))
      session.leave()
      #expect(try shop.members[0].silences().count == 1)
      #expect(try shop.members[0].activeSilences().count == 1)
    }

    @Test(
      "Killed after any step, it goes on where it was", arguments: Outbox.Step.allCases)
    func afterStep(_ step: Outbox.Step) async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let terminal = try PseudoTerminal(size: Size(columns: 80, rows: 24))
      try terminal.start(
        BuiltProduct.path(of: "outbox-probe"),
        arguments: [shop.journal, shop.members[0].url, fingerprint, "DiskFull", step.rawValue],
        environment: BurnwatchRun.environment())
      #expect(terminal.waitForExit() == .signalled(SIGKILL), "\(terminal.screen.text)")
      try expectRecovery(shop)
    }

    @Test("Killed while the server has the request and the answer is under way")
    func whileAnswering() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let upstream = shop.members[0].port
      let proxy = try await FaultServer.start { request in
        request.method == "POST"
          ? .later(.seconds(20), .relay(port: upstream)) : .relay(port: upstream)
      }
      defer { proxy.stop() }
      try shop.watch([proxy.url])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "DiskFull")
      session.terminal.type("a")
      #expect(waitUntil { proxy.arrived.contains { $0.method == "POST" } } != nil)
      // What the proxy has not relayed yet, it relays now, and the answer goes nowhere.
      session.terminal.signal(SIGKILL)
      let lost = proxy.arrived.first { $0.method == "POST" }
      let body = try #require(lost).body
      let status = LoopbackHTTP.status(
        of: "POST", "/api/v2/silences", port: upstream, body: Array(body.utf8),
        type: "application/json")
      #expect(status == 200)
      try shop.watch([shop.members[0].url])
      try expectRecovery(shop)
    }
  }
}
