import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// Ten thousand alerts at a real Alertmanager.
  @Suite("Ten thousand alerts")
  struct AlertScaleTests {
    @Test(
      "List, filter, groups, marks and acknowledgement answer while they are told again and again")
    func tenThousand() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      for batch in 0..<10 {
        try shop.members[0].post(
          (0..<1000).map { index in
            let number = batch * 1000 + index
            return (
              [
                "alertname": "Slow\(number % 40)", "instance": "host-\(number)",
                "service": "service-\(number % 97)",
                "severity": number == 7777 ? "page" : "warning",
              ], ["summary": "host-\(number) answers slowly"]
            )
          })
      }
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      #expect(session.terminal.wait(for: "10000 firing", atMost: .seconds(30)))
      session.expect("4", brings: "PAGE")
      session.expect("G", brings: "TICKET")
      session.expect("g", brings: "host-7777")
      session.expect("/host-4321\r", brings: "1 shown")
      session.expect("a", brings: "ack ines")
      session.terminal.type("\u{1B}")
      #expect(session.terminal.wait { !$0.text.contains("1 shown") })
      session.expect("#", brings: "by service")
      #expect(try shop.members[0].activeSilences().count == 1)
      session.leave()
    }
  }
}
