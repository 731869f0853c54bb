import Screen
import TestSupport

/// A terminal that notes when a program's output came.
///
/// Looking at the output waits until afterwards, so that it takes no time from what is measured.
final class MeasuredTerminal {
  /// Output that was read at once.
  struct Piece {
    let at: ContinuousClock.Instant
    let bytes: [UInt8]
  }

  /// What one action brought to the screen.
  struct Response {
    /// Until its last byte.
    let latency: Duration
    let bytes: Int
  }

  /// What a program takes while nobody does anything.
  struct Idling {
    let bytesPerSecond: Double
    /// Of one core, 0...1.
    let processorShare: Double
  }

  private let terminal: PseudoTerminal

  init(size: Size) throws {
    terminal = try PseudoTerminal(size: size)
  }

  var screen: TerminalModel { terminal.screen }
  var figures: ProcessFigures? { ProcessFigures(of: terminal.process) }

  func start(_ program: MeasuredProgram) throws {
    try terminal.start(
      program.path, arguments: program.arguments, environment: program.environment)
  }

  func wait(atMost limit: Duration = .seconds(30), until isDone: (TerminalModel) -> Bool) -> Bool {
    terminal.wait(atMost: limit, until: isDone)
  }

  func show(_ piece: Piece) { terminal.show(piece.bytes) }

  func type(_ keys: String) { terminal.type(keys) }

  /// Reads until nothing has come for a while.
  func read(untilQuietFor pause: Duration, atMost limit: Duration) -> [Piece] {
    let deadline = ContinuousClock.now + limit
    var pieces: [Piece] = []
    var wait = limit
    while ContinuousClock.now < deadline, let bytes = terminal.readBytes(within: wait) {
      pieces.append(Piece(at: .now, bytes: bytes))
      wait = pause
    }
    return pieces
  }

  /// Presses a key that changes the screen.
  ///
  /// - Throws: `MeasurementFailure` when nothing comes within a second.
  func press(_ key: String) throws -> Response {
    try respond("the key \(key.debugDescription)") { terminal.type(key) }
  }

  /// Gives the window another size; throws as `press`.
  func resize(to size: Size) throws -> Response {
    try respond("the size \(size)") { terminal.resize(to: size) }
  }

  /// People leave more than a frame's time between two keys.
  private static let pause = 45...75

  private func respond(_ name: String, to action: () -> Void) throws -> Response {
    _ = idle(for: .milliseconds(Int.random(in: Self.pause)))
    let begin = ContinuousClock.now
    action()
    let pieces = read(untilQuietFor: .milliseconds(8), atMost: .seconds(1))
    for piece in pieces { show(piece) }
    guard let last = pieces.last else {
      throw MeasurementFailure("\(name) brought nothing within a second:\n\(screen.text)")
    }
    return Response(
      latency: last.at - begin, bytes: pieces.reduce(0) { $0 + $1.bytes.count })
  }

  /// Reads whatever comes for a while.
  func idle(for length: Duration) -> Idling {
    let before = figures
    let deadline = ContinuousClock.now + length
    var bytes = 0
    while case let rest = deadline - .now, rest > .zero {
      guard let piece = terminal.readBytes(within: rest) else { continue }
      terminal.show(piece)
      bytes += piece.count
    }
    let seconds = length / .seconds(1)
    let time = (figures?.processorTime ?? .nan) - (before?.processorTime ?? .nan)
    return Idling(bytesPerSecond: Double(bytes) / seconds, processorShare: time / seconds)
  }

  /// Presses the last key and waits until the process is gone.
  func quit(with key: String) throws -> Duration {
    let begin = ContinuousClock.now
    terminal.type(key)
    // What it still writes fits into the terminal; reading it would be counted.
    guard terminal.waitForExit(isReading: false) != nil else {
      throw MeasurementFailure("it did not end")
    }
    return .now - begin
  }
}
