import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// Text from outside moves nothing and reaches no terminal raw.
  struct HostileTextTests {
    /// How a source says something.
    enum Reply: CaseIterable {
      case refusal, warning, failure

      func start() async throws -> FaultServer {
        let text = HostileText.everything
        let reply: FaultServer.Reply
        switch self {
        case .refusal:
          let body: [String: Any] = ["status": "error", "errorType": "bad_data", "error": text]
          reply = .json(try Reply.json(body), status: 400)
        case .warning:
          // Every part of every question gets the same number: half of all events are bad.
          let series = (0..<1000).map { index -> [String: Any] in
            ["metric": ["burnwatch": "\(index)", "job": text], "value": [1_795_269_600, "0.5"]]
          }
          let data: [String: Any] = ["resultType": "vector", "result": series]
          reply = .json(
            try Reply.json(["status": "success", "data": data, "warnings": [text]]))
        case .failure:
          reply = .answer(status: 502, type: "text/html", text)
        }
        return try await FaultServer.start { _ in reply }
      }

      private static func json(_ body: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
      }
    }

    @Test("status prints no byte of it raw, in any format", arguments: Reply.allCases)
    func status(_ reply: Reply) async throws {
      let server = try await reply.start()
      defer { server.stop() }
      let place = try Self.workplace(server.url)
      for format in ["text", "markdown", "json"] {
        let run = try BurnwatchRun([
          "status", "--config", place.file("config.yaml"), "--at", TruthData.instant, "--wait", "2",
          "--format", format,
        ])
        #expect(HostileText.forbidden(in: run.output) == [], "\(format)")
        #expect(HostileText.forbidden(in: run.errors) == [], "\(format)")
        #expect(run.text.contains("owned"), "what it says is still there")
        // A name cannot begin a row of its own.
        #expect(!run.text.split(separator: "\n").contains { $0.hasPrefix("INFO fake row") })
        #expect(run.exitCode == (reply == .warning ? 1 : 2))
      }
    }

    @Test("What a real Prometheus says of hostile label values is as harmless")
    func labelValues() async throws {
      let labels = ["\u{1B}[2J\u{9B}31m", "\u{202E}\u{2066}owned"]
      let counters = labels.map { value in
        Backfill.Counter("pods", "pod=\"\(value)\"", [.init(from: .hours(1), 1)])
      }
      let server = try await Backfill(end: try .sample(TruthData.instant), counters: counters)
        .startPrometheus()
      defer { server.stop() }
      // Two series match where one may: the message names their labels.
      let sli = "{errorRatio: 'rate(pods[{{window}}]) / on() rate(pods[{{window}}])'}"
      let (run, report) = try Look.at(
        server.url, slos: [ConfigurationText.slo("shop", "pods", sli: sli)])
      #expect(report.slos.first?.state == "failed")
      #expect(report.slos.first?.reason?.contains("pod=") == true)
      #expect(HostileText.forbidden(in: run.output) == [])
    }

    @Test("check prints no byte of it raw, in any format", arguments: ["text", "json"])
    func check(_ format: String) throws {
      let lines = HostileText.all.map { text in
        "\(HostileText.yaml(text.input)): \(HostileText.yaml(text.input))\n"
      }
      let more = "theme: \(HostileText.yaml(HostileText.everything))\n"
      let place = try Workplace([
        "keys.yaml": "apiVersion: burnwatch/v1\nkind: Config\n" + lines.joined() + more,
        "raw.yaml": "kind: \"" + HostileText.all[0].input + "\"\n",
        "bidi.yaml": "apiVersion: burnwatch/v1\nkind: SLO\nservice: \"a\u{202E}b\"\nnmae: x\n",
        "name\u{1B}[2J\u{202E}.yaml": "kind: [\n",
      ])
      let run = try BurnwatchRun(["check", place.path, "--format", format])
      #expect(run.exitCode == 1)
      #expect(HostileText.forbidden(in: run.output) == [])
      #expect(HostileText.forbidden(in: run.errors) == [])
      #expect(run.text.contains("owned"))
    }

    @Test("The dashboard paints it inside its cells and nowhere else", arguments: Reply.allCases)
    func dashboard(_ reply: Reply) async throws {
      let server = try await reply.start()
      defer { server.stop() }
      let place = try Self.workplace(server.url)
      let session = try DashboardSession(
        ["--config", place.file("config.yaml")], size: Size(columns: 120, rows: 60),
        waitingFor: reply == .warning ? "PAGE" : "owned")
      session.terminal.type("G")
      expectWholeFrames(session, title: "Service levels")
      session.expect("g\r", brings: "BAD SHARE")
      expectWholeFrames(session, title: "Service ")
      session.expect("2", brings: "REQ/POLL")
      expectWholeFrames(session, title: "Sources")
      session.expect("1/owned", brings: "filter owned")
      session.expect("\u{1B}", brings: "\(HostileText.all.count) SLOs")
      session.quit()
      expectNothingObeyed(session)
    }

    // MARK: - What must hold

    /// Every row between head and key bar is framed and as wide as the screen.
    private func expectWholeFrames(_ session: DashboardSession, title: String) {
      let isWhole = session.terminal.wait(atMost: .seconds(5)) { screen in
        let rows = screen.rows.dropFirst().dropLast()
        return screen.rows[1].contains(title)
          && rows.allSatisfy { row in
            DisplayWidth.of(row) == 120 && (row.last.map { "│┐┘".contains($0) } ?? false)
          }
      }
      #expect(isWhole, "\(session.terminal.screen.text)")
    }

    private func expectNothingObeyed(_ session: DashboardSession) {
      let screen = session.terminal.screen
      #expect(screen.unknownSequences == [])
      #expect(screen.bellCount == 0)
      let output = session.terminal.output
      // The only title is the program's own, with counts and nothing from outside.
      let commands = String(decoding: output, as: UTF8.self).split(
        separator: "\u{1B}]", omittingEmptySubsequences: false
      ).dropFirst()
      #expect(
        commands.allSatisfy { $0.prefixMatch(of: /2;burnwatch(: [A-Za-z0-9 ,]+)?\u{7}/) != nil })
      // What curses itself writes: escape sequences, line ends, backspaces, shifts of charset; and the
      // ends of our own titles.
      let forbidden = HostileText.forbidden(in: output).filter {
        !"\u{1B}\r\u{8}\t\u{E}\u{F}\u{7}".unicodeScalars.contains($0)
      }
      #expect(forbidden == [])
    }

    /// A configuration in which whatever can be named has a hostile name.
    private static func workplace(_ url: String) throws -> Workplace {
      let slos = HostileText.all.enumerated().map { index, text in
        """
          - service: \(HostileText.yaml("s\(index) \(text.input)"))
            name: \(HostileText.yaml("n \(text.input)"))
            description: \(HostileText.yaml(text.input))
            owner: \(HostileText.yaml(text.input))
            runbook: \(HostileText.yaml(text.input))
            links: [{name: \(HostileText.yaml(text.input)), url: \(HostileText.yaml(text.input))}]
            objective: 99.9
            window: 30d
            sli: {errorRatio: 'avg_over_time(x[{{window}}])'}

        """
      }
      return try Workplace([
        "config.yaml": """
        apiVersion: burnwatch/v1
        kind: Config
        identity: {name: \(HostileText.yaml(HostileText.everything))}
        ui: {bell: false}
        sources:
          - {name: \(HostileText.yaml("prom " + HostileText.everything)), type: prometheus, url: "\(url)"}
        slos:
        \(slos.joined())
        """
      ])
    }
  }
}
