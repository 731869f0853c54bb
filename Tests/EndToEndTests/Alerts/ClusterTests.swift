import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// Three Alertmanagers of one cluster, of which members die and come back.
  @Suite("A cluster of Alertmanagers")
  struct ClusterTests {
    private func expectOneSilence(_ members: [AlertmanagerServer]) throws {
      let isOne = try waitUntil(atMost: .seconds(20)) {
        try members.allSatisfy { try $0.activeSilences().count == 1 }
      }
      let counts = try members.map { try $0.activeSilences().count }
      #expect(isOne != nil, "\(counts)")
    }

    @Test("One row an alert, and one silence for the whole cluster")
    func whole() async throws {
      let shop = try await AlertShop(members: 3)
      defer { shop.stop() }
      try shop.fire("DiskFull", "CpuHot", labels: ["severity": "critical"])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "2 firing")
      session.terminal.type("a")
      #expect(session.terminal.wait(for: "1 firing, 1 ack"), "\(session.terminal.screen.text)")
      try expectOneSilence(shop.members)
      session.leave()
    }

    @Test(
      "A member that dies before, during or after the acknowledgement loses nothing",
      arguments: ["before", "during", "after"])
    func dying(_ moment: String) async throws {
      let shop = try await AlertShop(members: 3)
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "DiskFull")
      let first = shop.members[0]
      if moment == "before" { first.stop() }
      if moment == "during" { first.freeze() }
      session.terminal.type("a")
      if moment == "during" {
        usleep(200_000)
        first.thaw()
        first.stop()
      }
      #expect(
        session.terminal.wait(for: "ack ines", atMost: .seconds(15)),
        "\(session.terminal.screen.text)")
      if moment == "after" { first.stop() }
      #expect(session.terminal.wait(for: "is silent"), "\(session.terminal.screen.text)")
      #expect(session.terminal.screen.text.contains("DiskFull"))
      try expectOneSilence(Array(shop.members.dropFirst()))
      let again = try await AlertmanagerServer.start(
        port: first.port, clusterPort: first.clusterPort,
        peers: shop.members.dropFirst().map(\.clusterPort))
      defer { again.stop() }
      try again.post([(["alertname": "DiskFull", "severity": "critical"], [:])])
      try expectOneSilence(Array(shop.members.dropFirst()) + [again])
      #expect(session.terminal.screen.text.contains("ack ines"), "\(session.terminal.screen.text)")
      session.leave()
    }
  }
}
