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

  /// Leaves with `q`, at the top, and requires an orderly end.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) {
    end(with: "q", sourceLocation: sourceLocation)
  }

  /// Leaves with `Q`, wherever it is, and requires an orderly end.
  func leave(sourceLocation: SourceLocation = #_sourceLocation) {
    end(with: "Q", sourceLocation: sourceLocation)
  }

  private func end(with key: String, sourceLocation: SourceLocation) {
    terminal.type(key)
    let end = terminal.waitForExit()
    #expect(end == .exited(0), "\(terminal.screen.text)", sourceLocation: sourceLocation)
    expectClean(sourceLocation: sourceLocation)
  }

  /// Requires that nothing of the session is left in the terminal.
  func expectClean(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.screen.leftovers == [], sourceLocation: sourceLocation)
    #expect(terminal.screen.unknownSequences == [], sourceLocation: sourceLocation)
    #expect(terminal.lineModes() == modesBefore, sourceLocation: sourceLocation)
  }

  /// Requires that a key brings a text to the screen; benchmarks say how soon, on a machine of their own.
  func expect(
    _ key: String, brings text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    terminal.type(key)
    let isShown = terminal.wait(for: text, atMost: .seconds(5))
    #expect(isShown, "\(key): \(terminal.screen.text)", sourceLocation: sourceLocation)
  }

  /// Requires that every key answers within a second.
  ///
  /// The session is on the Overview or the Sources view before, and on the Overview afterwards; there
  /// are two service levels, one of them named latency.
  func expectKeysAnswer() {
    expect("?", brings: "MOVING")
    expect("\u{1B}", brings: "STATE")
    expect("1", brings: "Service levels")
    expectSelectionMoves()
    expect("/latency\r", brings: "filter latency")
    expect("\u{1B}", brings: "2 SLOs")
    expect("e", brings: "This is for the silences; 5 goes there.")
    expect("2", brings: "REQ/POLL")
    expect("1", brings: "Service levels")
  }

  /// Requires that g and G move the arrow to the first and the second row.
  private func expectSelectionMoves() {
    for (key, row) in [("g", 3), ("G", 4)] {
      terminal.type(key)
      #expect(terminal.wait(atMost: .seconds(1)) { $0.rows[row].contains("▶") }, "\(key)")
    }
  }
}
