import Screen
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Stopping needs a shell with job control: a lone session leader is never stopped by SIGTSTP.
@Suite(.serialized)
struct SuspensionTests {
  private func shell(running script: String) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal()
    let probe = BuiltProduct.path(of: "terminal-probe")
    try terminal.start(
      "/bin/sh", arguments: ["-c", "set -m; \(script.replacing("PROBE", with: probe))"],
      environment: ProbeSession.environment([:]))
    try #require(terminal.wait(for: "ready"))
    return terminal
  }

  @Test("ctrl-z gives the terminal to the shell, and fg brings everything back")
  func suspendsAndResumes() throws {
    let terminal = try shell(running: "PROBE; echo stopped; read line; fg; echo left $?")
    let modes = terminal.lineModes()
    terminal.type("Me\u{1A}")
    #expect(terminal.wait(for: "stopped"))
    #expect(terminal.screen.leftovers == [])
    #expect(terminal.screen.text.contains("a library prints this"))

    terminal.resize(to: Size(columns: 100, rows: 30))
    terminal.type("\n")
    #expect(terminal.wait(for: "resumed"))
    #expect(terminal.screen.text.contains("resized 100x30"))
    #expect(terminal.screen.isAlternate)
    #expect(terminal.screen.privateModes.isSuperset(of: [1000, 1006, 2004]))
    #expect(terminal.lineModes() == modes)

    terminal.type("q")
    #expect(terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.text.contains("left 0"))
    #expect(terminal.screen.leftovers == [])
  }

  @Test("SIGTSTP from outside does what ctrl-z does")
  func suspendsOnSignal() throws {
    let terminal = try shell(running: "PROBE; echo stopped; read line; fg; exit $?")
    terminal.type("s")
    #expect(terminal.wait(for: "stopped"))
    terminal.type("\n")
    #expect(terminal.wait(for: "resumed"))
    terminal.type("q")
    #expect(terminal.waitForExit() == .exited(0))
  }

  // Shells send SIGTERM, then SIGCONT to a stopped job.
  @Test("A stopped program that is killed ends at once, without touching the terminal")
  func endsWhileStopped() throws {
    let terminal = try shell(
      running:
        """
        PROBE; echo stopped; read line; kill %1; kill -CONT %1; \
        until wait %1; [ $? = 143 ]; do :; done; echo gone
        """
    )
    terminal.type("\u{1A}")
    #expect(terminal.wait(for: "stopped"))
    let start = terminal.output.count
    terminal.type("\n")
    #expect(terminal.wait(for: "gone"))
    #expect(!terminal.output(since: start).contains(0x1B))
  }
}
