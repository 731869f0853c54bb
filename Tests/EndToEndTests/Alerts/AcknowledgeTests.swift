import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// The real program at a real Alertmanager: from the key to the silence, and back.
  @Suite("Acknowledging at a real Alertmanager")
  struct AcknowledgeTests {
    private func session(_ shop: AlertShop, _ more: [String] = []) throws -> DashboardSession {
      try DashboardSession(["dashboard", "--config", shop.configuration] + more)
    }

    @Test("A key makes one silence with author, comment and exact matchers, and u expires it")
    func keyToSilence() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      let hostile = #"a.*b (c) "d" \e 'f' ünï 🔥 ; rm -rf /"#
      try shop.fire(
        "DiskFull", labels: ["severity": "critical", "path": hostile, "pod": "db-7f9c-x1"],
        annotations: ["summary": "the disk is full"])
      let session = try session(shop)
      session.expect("4", brings: "DiskFull")
      session.terminal.type("A")
      #expect(session.terminal.wait(for: "note:"))
      session.terminal.type("on it\r")
      #expect(session.terminal.wait(for: "ack ines"), "\(session.terminal.screen.text)")
      let silences = try shop.members[0].activeSilences()
      #expect(silences.count == 1)
      let silence = try #require(silences.first)
      #expect(silence.createdBy == "ines")
      #expect(silence.comment.hasPrefix("ACK! on it [burnwatch "))
      #expect(
        Set(silence.matchers)
          == [
            .init(name: "alertname", value: "DiskFull"),
            .init(name: "path", value: hostile),
            .init(name: "severity", value: "critical"),
          ])
      session.terminal.type("u")
      #expect(try waitUntil { try shop.members[0].activeSilences().isEmpty } != nil)
      #expect(session.terminal.wait(for: "1 firing"), "\(session.terminal.screen.text)")
      session.leave()
    }

    @Test("The silence is there within 300 ms of the key")
    func isFast() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("One", "Two", "Three", "Four", "Five", labels: ["severity": "warning"])
      let session = try session(shop)
      session.expect("4", brings: "Two")
      session.expect("g", brings: "Five")
      var lengths: [Duration] = []
      for count in 1...5 {
        session.terminal.type("a")
        // The list moves acknowledged alerts down, so the first row is always the next one.
        let length = try waitUntil { try shop.members[0].activeSilences().count == count }
        lengths.append(try #require(length))
        #expect(session.terminal.wait(for: "\(count) ack"))
        session.terminal.type("g")
      }
      // A median, because this machine is shared; make bench measures it on a release build.
      #expect(lengths.sorted()[2] < .milliseconds(300), "\(lengths)")
      session.leave()
    }

    @Test("Pressed again and again it stays one silence")
    func isIdempotent() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let session = try session(shop)
      session.expect("4", brings: "DiskFull")
      session.terminal.type("aaaa")
      #expect(session.terminal.wait(for: "ack ines"))
      usleep(1_500_000)
      #expect(try shop.members[0].activeSilences().count == 1)
      session.leave()
    }

    @Test("Acknowledgements by others show with their name")
    func others() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let now = Date()
      let body: [String: Any] = [
        "matchers": [["name": "alertname", "value": "DiskFull", "isRegex": false]],
        "startsAt": now.formatted(.iso8601),
        "endsAt": now.addingTimeInterval(900).formatted(.iso8601), "createdBy": "karma",
        "comment": "ACK! This alert was acknowledged using karma",
      ]
      let data = try JSONSerialization.data(withJSONObject: body)
      let status = LoopbackHTTP.status(
        of: "POST", "/api/v2/silences", port: shop.members[0].port, body: [UInt8](data),
        type: "application/json")
      #expect(status == 200)
      let session = try session(shop)
      session.expect("4", brings: "ack karma")
      session.expect("u", brings: "karma has acknowledged it")
      session.leave()
    }

    @Test("Read-only sends nothing but reads, whatever is pressed and called")
    func readOnly() async throws {
      let shop = try await AlertShop()
      defer { shop.stop() }
      try shop.fire("DiskFull", labels: ["severity": "critical"])
      let upstream = shop.members[0].port
      let proxy = try await FaultServer.start { _ in .relay(port: upstream) }
      try shop.watch([proxy.url])
      let session = try session(shop, ["--read-only"])
      session.expect("4", brings: "DiskFull")
      session.expect("a", brings: "--read-only")
      session.terminal.type("uAsy")
      usleep(1_500_000)
      session.leave()
      for command in [
        ["ack", "alertname=DiskFull", "--yes"], ["unack", "alertname=DiskFull"],
        ["silence", "add", #"alertname="DiskFull""#, "--comment", "x", "--yes"],
      ] {
        let run = try BurnwatchRun(command + ["--config", shop.configuration, "--read-only"])
        #expect([1, 77].contains(run.exitCode), "\(command): \(run.complaint)")
      }
      _ = try BurnwatchRun(["alerts", "--config", shop.configuration])
      _ = try BurnwatchRun(["status", "--config", shop.configuration])
      #expect(proxy.arrived.count > 4)
      #expect(Set(proxy.arrived.map(\.method)) == ["GET"])
      #expect(try shop.members[0].silences().isEmpty)
    }
  }
}
