import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// `burnwatch doctor` on real servers, files and terminals.
  struct DoctorTests {
    /// A finding of the JSON output.
    private struct Finding: Decodable, Equatable {
      let subject: String
      let check: String
      let status: String
      let found: String
      let advice: String?
    }

    /// What one run said.
    private struct Checkup {
      let run: BurnwatchRun
      let findings: [Finding]

      func finding(_ subject: String, _ check: String) throws -> Finding {
        let found = findings.first { $0.subject == subject && $0.check == check }
        return try #require(found, "\(subject) \(check): \(run.text)")
      }
    }

    private static func checkup(
      _ place: Workplace, wait: Int = 30, environment: [String: String] = [:]
    ) throws -> Checkup {
      let run = try BurnwatchRun(
        [
          "doctor", "--config", place.file("config.yaml"), "--format", "json", "--wait", "\(wait)",
        ], environment: environment)
      let findings = try JSONDecoder().decode([Finding].self, from: Data(run.output))
      return Checkup(run: run, findings: findings)
    }

    private static func place(_ url: String, _ slos: String..., settings: String = "timeout: 5s")
      throws -> Workplace
    {
      try Workplace([
        "config.yaml": ConfigurationText.text(url: url, slos: slos.joined(), settings: settings)
      ])
    }

    /// Requests and latencies around the present, at which the program asks.
    private static func startShop(
      _ length: Window = .days(31), retention: String = "20y"
    ) async throws -> PrometheusServer {
      let names = [("requests_total", #"code="200""#), ("requests_total", #"code="500""#)]
      let buckets = ["0.1", "0.3", "+Inf"].map { ("seconds_bucket", "le=\"\($0)\"") }
      let counters = (names + buckets + [("seconds_count", #"job="shop""#)]).map {
        Backfill.Counter($0.0, $0.1, [.init(from: length, 60)])
      }
      let end = (Machine.now + .seconds(300)).rounded(downTo: .seconds(60))
      return try await Backfill(end: end, counters: counters).startPrometheus(retention: retention)
    }

    private static let good = ConfigurationText.slo(
      "shop", "availability",
      sli: TruthData.events(
        bad: TruthData.increase(#"requests_total{code="500"}"#),
        total: TruthData.increase("requests_total")))

    @Test("On a healthy source everything is ok or skipped, and the exit code is 0")
    func healthy() async throws {
      let server = try await Self.startShop()
      defer { server.stop() }
      let checkup = try Self.checkup(try Self.place(server.url, Self.good))
      #expect(checkup.run.exitCode == 0)
      let odd = checkup.findings.filter { !["ok", "skipped"].contains($0.status) }
      #expect(odd.isEmpty, "\(odd)")
      #expect(
        try checkup.finding("source prom", "address").found == "\(server.url), asked directly.")
      #expect(try checkup.finding("source prom", "server").found.hasPrefix("Prometheus 2."))
      #expect(try checkup.finding("source prom", "retention").found.contains("20y"))
      #expect(try checkup.finding("source prom", "clock").status == "ok")
      let events = try checkup.finding("slo shop/availability", "expressions").found
      #expect(events == "7200 events, 3600 bad in 1h.", "closed form of the backfill")
      #expect(try checkup.finding("slo shop/availability", "coverage").status == "ok")
    }

    @Test("A wrong threshold, a missing metric and several series are errors with their reasons")
    func wrongExpressions() async throws {
      let server = try await Self.startShop(.days(1))
      defer { server.stop() }
      let none = TruthData.increase("nothing_total")
      let several = "increase(requests_total[{{window}}])"
      let checkup = try Self.checkup(
        try Self.place(
          server.url,
          ConfigurationText.slo(
            "shop", "latency", window: "1d",
            sli: #"{latency: {histogram: seconds, threshold: 250ms, matchers: 'job=~".*"'}}"#),
          ConfigurationText.slo(
            "shop", "absent", window: "1d", sli: TruthData.events(bad: none, total: none)),
          ConfigurationText.slo(
            "shop", "several", window: "1d", sli: TruthData.events(bad: several, total: several))))
      #expect(checkup.run.exitCode == 1)
      let latency = try checkup.finding("slo shop/latency", "expressions")
      #expect(latency.status == "error")
      #expect(latency.found.contains(#"no bucket le="0.25"; the nearest are 0.1 and 0.3"#))
      let absent = try checkup.finding("slo shop/absent", "expressions")
      #expect(absent.status == "error")
      #expect(absent.found.contains("Is the metric there?"))
      #expect(absent.advice?.contains("nothing_total") == true)
      let several2 = try checkup.finding("slo shop/several", "expressions")
      #expect(several2.found.contains("gives 2 series where one number is needed"))
    }

    @Test("A retention shorter than the window is a warning, and so is what it leaves uncovered")
    func shortRetention() async throws {
      let server = try await Self.startShop(.hours(245), retention: "15d")
      defer { server.stop() }
      let checkup = try Self.checkup(try Self.place(server.url, Self.good))
      #expect(checkup.run.exitCode == 0)
      let retention = try checkup.finding("source prom", "retention")
      #expect(retention.status == "warning")
      #expect(
        retention.found
          == "Keeps data for 15d, and the window of shop/availability is 30d: "
          + "its figures cover only a part.")
      let coverage = try checkup.finding("slo shop/availability", "coverage")
      #expect(coverage.status == "warning")
      #expect(coverage.found.contains("10 d"), "\(coverage.found)")
    }

    @Test("A server that is down is 2, its SLOs are skipped, and the text says what to do")
    func serverDown() throws {
      let port = try LoopbackHTTP.freePort()
      let place = try Self.place("http://127.0.0.1:\(port)", Self.good)
      let checkup = try Self.checkup(place)
      #expect(checkup.run.exitCode == 2)
      let answer = try checkup.finding("source prom", "answer")
      #expect(answer.status == "error")
      #expect(answer.found == "No connection: connection refused.")
      #expect(try checkup.finding("slo shop/availability", "expressions").status == "skipped")
      let text = try BurnwatchRun(["doctor", "--config", place.file("config.yaml")]).text
      #expect(text.contains("source prom\n  ok       address"))
      #expect(text.contains("  error    answer       No connection: connection refused.\n"))
      #expect(text.contains("\n                          Is the server running?"))
    }

    @Test("A server that hangs is given up after --wait")
    func serverHangs() async throws {
      let server = try await Self.startShop(.hours(1))
      defer { server.stop() }
      server.process.freeze()
      let checkup = try Self.checkup(
        try Self.place(server.url, Self.good, settings: "timeout: 60s"), wait: 1)
      server.process.thaw()
      #expect(checkup.run.exitCode == 2)
      #expect(try checkup.finding("source prom", "answer").found == "No answer within 1 s.")
    }

    @Test("A server whose clock is off by a minute is an error that says which way")
    func clockSkew() async throws {
      let time = (Machine.now + .seconds(60)).seconds
      let body =
        #"{"status":"success","data":{"resultType":"scalar","result":[\#(time),"\#(time)"]}}"#
      let server = try await FaultServer.start { _ in .json(body) }
      defer { server.stop() }
      let place = try Workplace([
        "config.yaml":
          "kind: Config\nsources:\n  - {name: prom, type: prometheus, url: \"\(server.url)\"}\n"
      ])
      let checkup = try Self.checkup(place)
      #expect(checkup.run.exitCode == 1)
      let clock = try checkup.finding("source prom", "clock")
      #expect(clock.status == "error")
      #expect(clock.found.contains("ahead of this machine's"), "\(clock.found)")
    }

    @Test("Who is not let in reads so, and no secret is printed")
    func notLetIn() async throws {
      let server = try await FaultServer.start { _ in
        .answer(status: 401, type: "text/plain", "token s3cret-token expired")
      }
      defer { server.stop() }
      let place = try Self.place(
        server.url, Self.good, settings: "auth: {bearer: {env: PROM_TOKEN}}")
      let checkup = try Self.checkup(place, environment: ["PROM_TOKEN": "s3cret-token"])
      #expect(checkup.run.exitCode == 1)
      #expect(try checkup.finding("source prom", "answer").found.contains("HTTP 401"))
      #expect(!checkup.run.text.contains("s3cret"))
    }

    @Test("Without a configuration the rest is checked all the same, and the exit code is 78")
    func noConfiguration() throws {
      let run = try BurnwatchRun(["doctor", "--format", "json"])
      #expect(run.exitCode == 78)
      let findings = try JSONDecoder().decode([Finding].self, from: Data(run.output))
      #expect(findings.contains { $0.subject == "terminal" && $0.check == "type" })
      #expect(findings.contains { $0.subject == "time" })
      #expect(findings.last?.found.hasPrefix("There is no configuration file at") == true)
    }

    @Test("Permissions of files and secrets are looked at on the disk")
    func permissions() throws {
      let place = try Self.place(
        "http://127.0.0.1:1", Self.good, settings: "auth: {bearer: {file: token}}")
      try place.write("s3cret-token", to: "token")
      try place.setPermissions(0o644, of: "token")
      try place.setPermissions(0o666, of: "config.yaml")
      let checkup = try Self.checkup(place)
      #expect(try checkup.finding("permissions", "files").found.contains("has mode 0666"))
      #expect(try checkup.finding("permissions", "secrets").found.contains("has mode 0644"))
      #expect(!checkup.run.text.contains("s3cret"))
    }

    @Test("In a terminal its type, colors and size are looked at")
    func terminal() throws {
      let terminal = try PseudoTerminal(size: Size(columns: 100, rows: 30))
      try terminal.start(
        BurnwatchRun.program, arguments: ["doctor"],
        environment: BurnwatchRun.environment(["TERM": "vt100"]))
      #expect(terminal.waitForExit() == .exited(78))
      let text = terminal.screen.text
      #expect(text.contains("Terminfo knows the terminal type \"vt100\"."), "\(text)")
      #expect(text.contains("The terminal type has no colors"))
      #expect(text.contains("100 columns and 30 rows."))
    }
  }
}

extension Workplace {
  /// Sets a file's mode.
  fileprivate func setPermissions(_ permissions: Int, of name: String) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: permissions], ofItemAtPath: file(name))
  }
}
