import Screen
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension EndToEnd {
  /// Every way out of the dashboard leaves the terminal as it was.
  struct LeavingTests {
    @Test("Keys leave with 0 and a clean terminal", arguments: ["q", "Q", "\u{3}"])
    func leavesByKey(_ key: String) throws {
      let session = try DashboardSession(["demo"])
      #expect(session.terminal.screen.isAlternate)
      #expect(session.terminal.lineModes() != session.modesBefore)
      session.terminal.type(key)
      #expect(session.terminal.waitForExit() == .exited(0))
      session.expectClean()
    }

    @Test(
      "Signals leave with 128 and their number and a clean terminal",
      arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func leavesBySignal(_ signal: Int32) throws {
      let session = try DashboardSession(["demo"])
      session.terminal.signal(signal)
      #expect(session.terminal.waitForExit() == .exited(128 + signal))
      session.expectClean()
    }

    @Test("A terminal that is gone ends the program")
    func leavesWithTerminal() throws {
      let session = try DashboardSession(["demo"])
      session.terminal.hangUp()
      #expect(session.terminal.waitForExit() == .exited(129))
    }

    @Test("ctrl-z gives the terminal to the shell, and fg brings the dashboard back")
    func suspends() throws {
      // Stopping needs a shell with job control.
      let terminal = try PseudoTerminal(size: Size(columns: 100, rows: 30))
      let script = "set -m; \"$PROGRAM\" demo; echo stopped; read line; fg; echo left $?"
      try terminal.start(
        "/bin/sh", arguments: ["-c", script],
        environment: BurnwatchRun.environment(["PROGRAM": BurnwatchRun.program]))
      try #require(terminal.wait(for: "Service levels"))
      terminal.type("\u{1A}")
      try #require(terminal.wait(for: "stopped"))
      #expect(terminal.screen.leftovers == [])

      terminal.resize(to: Size(columns: 120, rows: 40))
      terminal.type("\n")
      #expect(
        terminal.wait { screen in
          screen.isAlternate && screen.rows[0].hasSuffix("UTC")
            && screen.rows[39].contains("q quit")
        }, "\(terminal.screen.text)")
      terminal.type("q")
      #expect(terminal.waitForExit() == .exited(0))
      #expect(terminal.screen.text.contains("left 0"))
      #expect(terminal.screen.leftovers == [])
    }
  }
}
