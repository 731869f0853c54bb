import Foundation
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// Files that change or cannot be written while somebody looks.
  struct FileTests {
    @Test(
      "A file with a mistake leaves everything as it is and says why; mended, it is taken by itself"
    )
    func reloads() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let path = try shop.configuration()
      let good = try String(contentsOfFile: path, encoding: .utf8)
      let session = try DashboardSession(["--config", path], waitingFor: "99.0")
      let start = session.terminal.output.count

      try ServerProcess.write(good.replacing("objective: 98", with: "objektive: 98"), to: path)
      #expect(session.terminal.wait(for: "The last good configuration stays in use. 3 shows why."))
      #expect(session.terminal.screen.text.contains("99.0"))
      session.expect("3", brings: "objektive")
      session.expect("1", brings: "Service levels")

      try ServerProcess.write(good.replacing("objective: 98", with: "objective: 97"), to: path)
      #expect(session.terminal.wait(for: "The configuration was read again and is in use."))
      #expect(session.terminal.wait { $0.text.contains("97 %") && $0.text.contains("99.0") })
      // Neither cleared nor painted anew on the way.
      let sent = String(decoding: session.terminal.output[start...], as: UTF8.self)
      #expect(!sent.contains("\u{1B}[2J") && !sent.contains("\u{1B}[H\u{1B}[J"))
      session.quit()
    }

    @Test("What did not change keeps its figures while the configuration is replaced")
    func keepsFigures() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let path = try shop.configuration(timeout: "20s")
      let good = try String(contentsOfFile: path, encoding: .utf8)
      let session = try DashboardSession(["--config", path], waitingFor: "99.0")
      // From now on no answer comes: what is shown is what was known.
      shop.freeze()
      try ServerProcess.write(good.replacing("name: tester", with: "name: another"), to: path)
      #expect(session.terminal.wait(for: "The configuration was read again and is in use."))
      #expect(session.terminal.wait { $0.rows[0].contains("another") })
      #expect(session.terminal.screen.text.contains("99.0"))
      #expect(!session.terminal.screen.text.contains("waiting for prom"))
      session.quit()
    }

    @Test("What a source says of a secret is in the log without the secret")
    func log() async throws {
      let server = try await FaultServer.start { request in
        .answer(status: 401, type: "text/plain", "no \(request.header("Authorization") ?? "")")
      }
      defer { server.stop() }
      let place = try Workplace([
        "config.yaml": ConfigurationText.text(
          url: server.url, slos: ConfigurationText.slo("shop", "any", sli: TruthData.badEvents),
          settings: "refresh: 1s, auth: {bearer: {env: PROM_TOKEN}}")
      ])
      let session = try DashboardSession(
        ["--config", place.file("config.yaml"), "--log", place.file("b.log")],
        environment: ["PROM_TOKEN": "hush-hush"])
      session.expect("2", brings: "not let in")
      session.expect("1", brings: "Service levels")
      session.quit()
      let log = try String(contentsOfFile: place.file("b.log"), encoding: .utf8)
      #expect(log.contains("not let in: HTTP 401"), "\(log)")
      #expect(!log.contains("hush"))
      #expect(!String(decoding: session.terminal.output, as: UTF8.self).contains("hush"))
    }

    #if os(Linux)
    @Test("A log on a full disk is given up, and nothing else")
    func fullDisk() async throws {
      let shop = try await LiveShop()
      defer { shop.stop() }
      let session = try DashboardSession(
        ["--config", try shop.configuration(), "--log", "/dev/full"], waitingFor: "99.0")
      let process = session.terminal.process
      #expect(session.terminal.wait { _ in !Self.files(of: process).contains("/dev/full") })
      session.expectKeysAnswer()
      session.quit()
    }

    /// What a process has open.
    private static func files(of process: Int32) -> [String] {
      let folder = "/proc/\(process)/fd"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
      }
    }
    #endif
  }
}
