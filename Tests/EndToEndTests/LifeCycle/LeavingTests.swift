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
      session.useMouse()
      session.terminal.signal(signal)
      #expect(session.terminal.waitForExit() == .exited(128 + signal))
      session.expectClean()
    }

    @Test(
      "Fatal signals end the program as ever, and leave a clean terminal",
      arguments: [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE])
    func crashes(_ signal: Int32) throws {
      let session = try DashboardSession(["demo"])
      session.useMouse()
      session.terminal.signal(signal)
      #expect(session.terminal.waitForExit() == .signalled(signal))
      session.expectClean()
    }

    @Test("A terminal that stops reading costs no processor time, and goes on where it stopped")
    func waitsForReader() throws {
      let session = try DashboardSession(["demo"])
      let terminal = session.terminal
      // Far more repaints than the terminal holds.
      terminal.type(String(repeating: "\u{C}", count: 20))
      #expect(terminal.waitForExit(atMost: .seconds(1), isReading: false) == nil)
      if let before = ProcessFigures(of: terminal.process) {
        #expect(terminal.waitForExit(atMost: .seconds(1), isReading: false) == nil)
        let after = try #require(ProcessFigures(of: terminal.process))
        #expect(after.processorTime - before.processorTime < 0.1)
      }
      terminal.type("?")
      #expect(terminal.wait(for: "MOVING"))
      session.expect("\u{1B}", brings: "Service levels")
      session.quit()
    }

    @Test("A terminal that stops reading cannot keep the program")
    func leavesWithoutReader() throws {
      let session = try DashboardSession(["demo"])
      session.terminal.type(String(repeating: "\u{C}", count: 20))
      #expect(session.terminal.waitForExit(atMost: .seconds(1), isReading: false) == nil)
      session.terminal.signal(SIGTERM)
      #expect(
        [.exited(143), .signalled(SIGTERM)].contains(session.terminal.waitForExit(isReading: false))
      )
      #expect(session.terminal.lineModes() == session.modesBefore)
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
      terminal.type("M")
      try #require(terminal.wait { $0.privateModes.isSuperset(of: [1000, 1006]) })
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
      #expect(terminal.screen.privateModes.isSuperset(of: [1000, 1006, 2004]))
      terminal.type("q")
      #expect(terminal.waitForExit() == .exited(0))
      #expect(terminal.screen.text.contains("left 0"))
      #expect(terminal.screen.leftovers == [])
    }
  }
}
