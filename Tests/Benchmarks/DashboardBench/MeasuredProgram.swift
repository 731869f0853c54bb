import Screen
import TestSupport

/// A full-screen program, and how one sees that it has drawn everything.
struct MeasuredProgram {
  let path: String
  let arguments: [String]
  var environment = BurnwatchRun.environment()
  /// Whether the screen shows a whole frame.
  let isWhole: (TerminalModel) -> Bool

  static func burnwatch(_ arguments: [String]) -> MeasuredProgram {
    MeasuredProgram(path: BurnwatchRun.program, arguments: arguments) { screen in
      screen.rows.last?.contains("q quit") == true
    }
  }

  /// The times from the start of the process, and what was sent.
  struct StartUp {
    let firstByte: Duration
    let wholeFrame: Duration
    /// Up to the first whole frame.
    let frameBytes: Int
    /// Until nothing more came, so with all figures that the sources gave at once.
    let settledBytes: Int
  }

  /// Starts the program and looks at its first frame.
  func startUp(size: Size) throws -> (StartUp, MeasuredTerminal) {
    let terminal = try MeasuredTerminal(size: size)
    let begin = ContinuousClock.now
    try terminal.start(self)
    let pieces = terminal.read(untilQuietFor: .milliseconds(400), atMost: .seconds(10))
    var bytes = 0
    for piece in pieces {
      terminal.show(piece)
      bytes += piece.bytes.count
      if isWhole(terminal.screen) {
        let startUp = StartUp(
          firstByte: pieces[0].at - begin, wholeFrame: piece.at - begin, frameBytes: bytes,
          settledBytes: pieces.reduce(0) { $0 + $1.bytes.count })
        for later in pieces where later.at > piece.at { terminal.show(later) }
        return (startUp, terminal)
      }
    }
    throw MeasurementFailure("\(path) showed no whole frame:\n\(terminal.screen.text)")
  }

  /// Starts the program and waits until a screen shows what it should.
  func started(size: Size, until isReady: (TerminalModel) -> Bool) throws -> MeasuredTerminal {
    let terminal = try MeasuredTerminal(size: size)
    try terminal.start(self)
    guard terminal.wait(until: isReady) else {
      throw MeasurementFailure("\(path) is not ready:\n\(terminal.screen.text)")
    }
    return terminal
  }
}

/// Why nothing could be measured.
struct MeasurementFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
