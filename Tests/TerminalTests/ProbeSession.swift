import Screen
import TestSupport
import Testing

/// The probe, running in a terminal of its own and ready for keys.
struct ProbeSession {
  let terminal: PseudoTerminal
  let modesBefore: LineModes

  init(
    environment: [String: String] = [:], size: Size = Size(columns: 80, rows: 24),
    waitsForScreen: Bool = true
  ) throws {
    terminal = try PseudoTerminal(size: size)
    modesBefore = terminal.lineModes()
    try terminal.start(
      BuiltProduct.path(of: "terminal-probe"), environment: Self.environment(environment))
    // The last cell is drawn last.
    if waitsForScreen { try #require(terminal.wait { $0.rows.last?.hasSuffix("X") == true }) }
  }

  /// The usual environment with some variables replaced; an empty value takes one away.
  static func environment(_ changes: [String: String]) -> [String: String] {
    let usual = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    return usual.merging(changes) { $1 }.filter { !$0.value.isEmpty }
  }

  /// Switches the mouse on, which is one thing more to give back.
  func useMouse(sourceLocation: SourceLocation = #_sourceLocation) {
    terminal.type("M")
    let isOn = terminal.wait { $0.privateModes.isSuperset(of: [1000, 1006]) }
    #expect(isOn, sourceLocation: sourceLocation)
  }

  /// Requires that nothing of the session is left in the terminal.
  func expectClean(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.screen.leftovers == [], sourceLocation: sourceLocation)
    #expect(terminal.lineModes() == modesBefore, sourceLocation: sourceLocation)
  }
}

extension PseudoTerminal {
  /// The output since `start`, for tests that count bytes.
  func output(since start: Int) -> [UInt8] {
    Array(output[start...])
  }

  /// Reads until nothing has come for a moment.
  func settle() {
    while readAvailable(within: .milliseconds(100)) {}
  }
}
