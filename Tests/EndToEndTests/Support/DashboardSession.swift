import Screen
import TestSupport
import Testing

/// The real dashboard in a terminal of its own, on its first frame.
struct DashboardSession {
  let terminal: PseudoTerminal
  let modesBefore: LineModes

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - size: The size of the terminal.
  ///   - environment: The variables that differ from the usual ones.
  ///   - text: What the screen shows once it is up.
  /// - Throws: When the text does not come.
  init(
    _ arguments: [String], size: Size = Size(columns: 120, rows: 40),
    environment: [String: String] = [:], waitingFor text: String = "Service levels"
  ) throws {
    terminal = try PseudoTerminal(size: size)
    modesBefore = terminal.lineModes()
    try terminal.start(
      BurnwatchRun.program, arguments: arguments,
      environment: BurnwatchRun.environment(environment))
    try #require(terminal.wait(for: text), "\(terminal.screen.text)")
  }

  /// Leaves with `q` and requires an orderly end.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) {
    terminal.type("q")
    #expect(terminal.waitForExit() == .exited(0), sourceLocation: sourceLocation)
    expectClean(sourceLocation: sourceLocation)
  }

  /// Requires that nothing of the session is left in the terminal.
  func expectClean(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.screen.leftovers == [], sourceLocation: sourceLocation)
    #expect(terminal.screen.unknownSequences == [], sourceLocation: sourceLocation)
    #expect(terminal.lineModes() == modesBefore, sourceLocation: sourceLocation)
  }

  /// Requires that a key brings a text to the screen within a second.
  func expect(
    _ key: String, brings text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    terminal.type(key)
    let isShown = terminal.wait(for: text, atMost: .seconds(1))
    #expect(isShown, "\(key): \(terminal.screen.text)", sourceLocation: sourceLocation)
  }
}
