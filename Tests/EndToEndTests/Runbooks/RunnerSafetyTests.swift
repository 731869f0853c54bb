import Foundation
import Reliability
import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// Commands that do not end, flood, and are cut off; labels that want to be commands.
  @Suite("The runner under attack")
  struct RunnerSafetyTests {
    /// A number of seconds that no other test sleeps for.
    private let mark = "\(Int.random(in: 100_000...999_999))"

    private func book(_ commands: String...) -> [String: String] {
      let steps = commands.enumerated().map { index, command in
        let lines = command.split(separator: "\n").map { "      \($0)\n" }.joined()
        return
          "  - step: \(index + 1)\n    action: act \(index + 1)\n    required: false\n    command: |\n\(lines)"
      }
      return ["book.yaml": "name: book\nservice: shop\nalerts: [Attack]\nsteps:\n\(steps.joined())"]
    }

    private var stubborn: String {
      "trap '' TERM HUP INT\n(trap '' TERM HUP; sleep \(mark)) &\necho be''gun\nsleep \(mark)"
    }

    private func open(_ shop: RunbookShop) throws -> DashboardSession {
      try shop.fire("Attack", labels: ["severity": "critical", "service": "shop"])
      let session = try DashboardSession(["dashboard", "--config", shop.configuration])
      session.expect("4", brings: "Attack")
      session.expect("r", brings: "Runbook: book")
      return session
    }

    @Test("K ends a command that ignores TERM, with all it has started")
    func cancelling() async throws {
      let shop = try await RunbookShop(book(stubborn))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "begun")
      #expect(RunbookShop.isRunning(mark))
      session.terminal.type("K")
      #expect(session.terminal.wait(for: "cancelled", atMost: .seconds(10)))
      #expect(waitUntil { !RunbookShop.isRunning(mark) } != nil)
      session.leave()
    }

    @Test("Leaving asks, and then nothing is left running; the record says interrupted")
    func leaving() async throws {
      let shop = try await RunbookShop(book(stubborn))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "begun")
      session.expect("Q", brings: "Leaving ends what runs now")
      session.terminal.type("n")
      #expect(session.terminal.wait { !$0.text.contains("Leaving ends") })
      session.expect("Q", brings: "Leaving ends what runs now")
      session.terminal.type("y")
      #expect(session.terminal.waitForExit() == .exited(0))
      session.expectClean()
      #expect(waitUntil { !RunbookShop.isRunning(mark) } != nil)
      let history = try BurnwatchRun([
        "runbook", "history", "--format", "json", "--config", shop.configuration,
      ])
      #expect(history.text.contains("\"status\": \"interrupted\""))
      #expect(history.text.contains("burnwatch was left while it ran"))
    }

    @Test("kill -9 ends the command too; the next start says interrupted and repeats nothing")
    func killed() async throws {
      let shop = try await RunbookShop(book("echo once >> ../times\n\(stubborn)"))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "begun")
      session.terminal.signal(SIGKILL)
      #expect(session.terminal.waitForExit() == .signalled(SIGKILL))
      #expect(waitUntil(atMost: .seconds(10)) { !RunbookShop.isRunning(mark) } != nil)
      let next = try open(shop)
      #expect(
        next.terminal.wait(for: "burnwatch ended while it ran", atMost: .seconds(15)),
        "\(next.terminal.screen.text)")
      #expect(next.terminal.screen.text.contains("interrupted"))
      usleep(2_500_000)
      #expect(try String(contentsOfFile: shop.file("times"), encoding: .utf8) == "once\n")
      next.leave()
    }

    @Test("A signal that ends burnwatch ends its commands")
    func terminated() async throws {
      let shop = try await RunbookShop(book(stubborn))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "begun")
      session.terminal.signal(SIGTERM)
      #expect(session.terminal.waitForExit(atMost: .seconds(15)) == .exited(143))
      #expect(waitUntil { !RunbookShop.isRunning(mark) } != nil)
      session.expectClean()
    }

    @Test("While 200 MB flood in, keys answer and memory stays bounded; all of it is in a file")
    func flood() async throws {
      let shop = try await RunbookShop(
        book("head -c 200000000 /dev/zero | tr '\\0' 'a'\necho\necho the''end"))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "running")
      session.expect("1", brings: "Service levels")
      session.expect("?", brings: "MOVING")
      session.expect("6", brings: "RUNBOOK")
      let figures = try #require(ProcessFigures(of: session.terminal.process))
      #expect(figures.peakMemory < 160, "\(figures.peakMemory) MiB")
      session.expect("4gr", brings: "Runbook: book")
      #expect(
        session.terminal.wait(for: "theend", atMost: .seconds(90)),
        "\(session.terminal.screen.text)")
      #expect(session.terminal.wait(for: "200000008 bytes", atMost: .seconds(10)))
      let last = try #require(ProcessFigures(of: session.terminal.process))
      #expect(last.peakMemory < 160, "\(last.peakMemory) MiB")
      session.leave()
    }

    @Test("Binary output and escape codes leave the screen alone")
    func binary() async throws {
      let shop = try await RunbookShop(
        book(
          "printf '\\033[2J\\033[31mred\\033[0m\\033]0;owned\\007\\n'\nhead -c 30000 /dev/urandom\n"
            + "printf '\\n\\033[?1049lshown\\n'"))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "shown")
      #expect(session.terminal.wait(for: "done: exit code 0"))
      #expect(session.terminal.screen.text.contains("Runbook: book"))
      #expect(!(session.terminal.screen.title ?? "").contains("owned"))
      session.leave()
    }

    @Test("A command that reads its input gets none, and one that wants a terminal has none")
    func input() async throws {
      let shop = try await RunbookShop(
        book("cat; echo read''ing nothing; sh -c 'echo x > /dev/tty' || echo no''terminal"))
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "noterminal")
      #expect(session.terminal.screen.text.contains("reading nothing"))
      session.leave()
    }

    @Test("Read-only runs nothing, on the screen and on the command line")
    func readOnly() async throws {
      let shop = try await RunbookShop(book("echo ran > ../ran"))
      defer { shop.stop() }
      try shop.fire("Attack", labels: ["severity": "critical", "service": "shop"])
      let session = try DashboardSession(
        ["dashboard", "--read-only", "--config", shop.configuration])
      session.expect("4", brings: "Attack")
      session.expect("r", brings: "burnwatch runs with --read-only")
      session.terminal.type("xy")
      usleep(500_000)
      session.leave()
      let run = try BurnwatchRun([
        "runbook", "run", "book", "--yes", "--read-only", "--config", shop.configuration,
      ])
      #expect(run.exitCode == 77)
      #expect(!FileManager.default.fileExists(atPath: shop.file("ran")))
    }

    @Test("A file that others can write since it was read runs nothing any more")
    func writable() async throws {
      let shop = try await RunbookShop(book("echo ran > ../ran"))
      defer { shop.stop() }
      let session = try open(shop)
      chmod(shop.file("books"), 0o777)
      session.expect("xy", brings: "others can put another in its place")
      #expect(!FileManager.default.fileExists(atPath: shop.file("ran")))
      session.leave()
    }

    @Test("A step on the terminal has it to itself, and the screen comes back whole")
    func interactive() async throws {
      var books = book("printf 'na''me? '; read name; echo \"hello $name on $TERM\"; exit 3")
      books["book.yaml"] = books["book.yaml"]?.replacing(
        "    required: false\n", with: "    required: false\n    interactive: true\n")
      let shop = try await RunbookShop(books)
      defer { shop.stop() }
      let session = try open(shop)
      session.expect("xy", brings: "name?")
      session.expect("ada\n", brings: "hello ada on xterm-256color")
      session.expect("", brings: "exit code 3. Enter goes back.")
      session.expect("\n", brings: "failed: exit code 3")
      #expect(session.terminal.screen.text.contains("Runbook: book"))
      session.expect("1", brings: "Service levels")
      session.leave()
    }

    @Test("Hostile labels of a real Alertmanager run nothing but what is written")
    func hostileLabels() async throws {
      let shop = try await RunbookShop([
        "book.yaml": """
        name: book
        service: shop
        alerts: [Attack]
        steps:
          - {step: 1, action: filled, command: "echo pod {{ labels.pod }}", required: false}
          - {step: 2, action: passed, command: "printf '%s' \\"$ALERT_LABEL_pod\\" > ../passed", required: false}
        """
      ])
      defer { shop.stop() }
      for value in [
        "$(touch \(shop.file("mark")))", "`touch \(shop.file("mark"))`", "-rf", "a;b\n c",
      ] {
        try shop.fire("Attack", labels: ["severity": "critical", "service": "shop", "pod": value])
        let filter = LabelSet([
          "alertname": "Attack", "severity": "critical", "service": "shop", "pod": value,
        ])
        let run = try BurnwatchRun([
          "runbook", "run", "book", "--yes", "--alert", filter.fingerprint, "--config",
          shop.configuration,
        ])
        #expect(run.complaint.contains("The label \"pod\""), "\(run.complaint)")
        let rest = try BurnwatchRun([
          "runbook", "run", "book", "--yes", "--step", "2", "--alert", filter.fingerprint,
          "--config", shop.configuration,
        ])
        #expect(rest.exitCode == 0, "\(rest.complaint)")
        #expect(try String(contentsOfFile: shop.file("passed"), encoding: .utf8) == value)
        #expect(!FileManager.default.fileExists(atPath: shop.file("mark")))
      }
    }
  }
}
