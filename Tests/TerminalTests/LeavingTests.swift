import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// How a session is made to end, and how it must end.
struct WayOut: CustomTestStringConvertible, Sendable {
  let name: String
  var key = ""
  var signal: Int32 = 0
  let statuses: Set<ProgramEnd>

  var testDescription: String { name }

  static let orderly = [
    WayOut(name: "q", key: "q", statuses: [.exited(0)]),
    WayOut(name: "SIGTERM", signal: SIGTERM, statuses: [.exited(143)]),
    WayOut(name: "SIGINT", signal: SIGINT, statuses: [.exited(130)]),
    WayOut(name: "SIGHUP", signal: SIGHUP, statuses: [.exited(129)]),
    WayOut(name: "SIGQUIT", signal: SIGQUIT, statuses: [.exited(131)]),
    WayOut(name: "exit in the middle", key: "4", statuses: [.exited(9)]),
  ]

  static let crashes =
    [
      WayOut(name: "a bad pointer", key: "1", statuses: [.signalled(SIGSEGV)]),
      WayOut(name: "a full stack", key: "6", statuses: [.signalled(SIGSEGV), .signalled(SIGBUS)]),
      WayOut(name: "abort", key: "2", statuses: [.signalled(SIGABRT)]),
      // Swift traps with SIGILL on x86 and with SIGTRAP on arm64.
      WayOut(name: "a Swift trap", key: "3", statuses: [.signalled(SIGILL), .signalled(SIGTRAP)]),
    ]
    + [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE].map {
      WayOut(name: "signal \($0) from outside", signal: $0, statuses: [.signalled($0)])
    }
}

@Suite(.serialized)
struct LeavingTests {
  @Test("Every way out leaves the terminal as it was", arguments: WayOut.orderly + WayOut.crashes)
  func leavesTerminalClean(_ way: WayOut) throws {
    let session = try ProbeSession()
    #expect(session.terminal.screen.isAlternate)
    #expect(session.terminal.lineModes() != session.modesBefore)
    session.useMouse()
    end(session, way)
    let status = try #require(session.terminal.waitForExit())
    #expect(way.statuses.contains(status))
    session.expectClean()
  }

  @Test(
    "The alternate screen is left once, not twice", arguments: [WayOut.orderly[0], .crashes[0]])
  func leavesOnce(_ way: WayOut) throws {
    let session = try ProbeSession()
    end(session, way)
    #expect(session.terminal.waitForExit() != nil)
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    #expect(text.split(separator: "\u{1B}[?1049l", omittingEmptySubsequences: false).count == 2)
  }

  @Test("Terminals without an alternate screen are left clean too", arguments: ["vt100", "linux"])
  func leavesPlainTerminalsClean(_ type: String) throws {
    for way in [WayOut.orderly[0], WayOut.orderly[1], WayOut.crashes[0]] {
      let session = try ProbeSession(environment: ["TERM": type])
      end(session, way)
      let status = try #require(session.terminal.waitForExit())
      #expect(way.statuses.contains(status))
      session.expectClean()
    }
  }

  @Test("What was printed to standard error meanwhile comes afterwards")
  func replaysStandardError() throws {
    let session = try ProbeSession()
    session.terminal.type("eb")
    #expect(session.terminal.wait(for: "key b"))
    #expect(!session.terminal.screen.text.contains("a library prints this"))
    session.terminal.type("q")
    #expect(session.terminal.waitForExit() == .exited(0))
    #expect(session.terminal.screen.text.contains("a library prints this"))
  }

  @Test("The message of a Swift trap is seen after the crash")
  func showsTrapMessage() throws {
    let session = try ProbeSession()
    session.terminal.type("3")
    #expect(session.terminal.waitForExit() != nil)
    let text = String(decoding: session.terminal.output, as: UTF8.self)
    let afterwards = try #require(text.split(separator: "\u{1B}[?1049l").last)
    #expect(afterwards.contains("Fatal error"))
  }

  @Test(
    "A terminal that is gone ends the program, even when SIGHUP is ignored",
    arguments: [false, true])
  func endsWithTerminal(isIgnoringHangUp: Bool) throws {
    let terminal = try PseudoTerminal()
    let probe = BuiltProduct.path(of: "terminal-probe")
    let command = isIgnoringHangUp ? "trap '' HUP; exec \(probe)" : "exec \(probe)"
    try terminal.start(
      "/bin/sh", arguments: ["-c", command], environment: ProbeSession.environment([:]))
    try #require(terminal.wait(for: "ready"))
    terminal.hangUp()
    #expect(terminal.waitForExit() == .exited(129))
  }

  @Test("A terminal that takes no output cannot keep the program")
  func endsThoughNobodyReads() throws {
    let session = try ProbeSession()
    session.terminal.type("5")
    #expect(session.terminal.waitForExit(atMost: .milliseconds(300), isReading: false) == nil)
    session.terminal.signal(SIGTERM)
    #expect(session.terminal.waitForExit(isReading: false) == .signalled(SIGTERM))
    #expect(session.terminal.lineModes() == session.modesBefore)
  }

  private func end(_ session: ProbeSession, _ way: WayOut) {
    if way.signal == 0 {
      session.terminal.type(way.key)
    } else {
      session.terminal.signal(way.signal)
    }
  }
}
