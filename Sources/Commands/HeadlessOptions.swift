import ArgumentParser
import Dashboard
import Definitions
import Foundation
import Operations
import Reliability
import Screen

/// The options of a dashboard without a terminal.
struct HeadlessOptions: ParsableArguments {
  @Flag(name: .long, help: "Run without a terminal and print screens; see --script.")
  var headless = false

  @Option(name: .long, help: "A file of keys to press, - for standard input (with --headless).")
  var script: String?

  @Option(name: .long, help: "Columns and rows (with --headless); the default is 120x40.")
  var size: String?

  @Option(name: .long, help: "The time it is, RFC 3339 (with --headless); the default is now.")
  var now: String?

  func validate() throws {
    guard !headless else { return }
    for (name, value) in [("--script", script), ("--size", size), ("--now", now)] where value != nil
    {
      throw ValidationError("\(name) needs --headless. Add it, or leave \(name) out.")
    }
  }

  /// Plays the script and prints the screens it asks for.
  ///
  /// - Throws: `CommandFailure` when an option or the script is wrong; `ExitCode` 1 when an
  ///   expectation of the script does not hold.
  func run(
    settings: Dashboard.Settings, themeName: String, isASCIIOnly: Bool,
    makeSession: (any WallClock) -> Session, configuration: Configuration,
    runbooks: (any WallClock) -> RunbookParts, isDemo: Bool = false
  ) throws {
    let wanted = size ?? "120x40"
    guard let size = Size(parsing: wanted) else {
      throw CommandFailure("--size \"\(wanted)\" is no size; write it like 120x40.", .usage)
    }
    let script = try readScript()
    let clock = MovableClock(try start())
    let session = makeSession(clock)
    let dashboard = Dashboard(
      settings: settings,
      snapshot: session.engine.firstSnapshot, size: size, themeName: themeName,
      glyphs: isASCIIOnly ? .ascii : .unicode, now: clock.now)
    let runner = runbooks(clock).runner(
      configuration, metrics: session.engine, clock: clock, tell: { _ in })
    let run = HeadlessRun(
      dashboard: dashboard, session: session, runner: runner, clock: clock, isDemo: isDemo)
    let outcome = Blocking.wait {
      var run = run
      let outcome = await run.play(script)
      await runner.stop()
      await session.close()
      return outcome
    }
    guard let outcome else { return }
    try Console.write(outcome.output)
    Console.complain(outcome.failures)
    if !outcome.failures.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
  }

  /// When the clock begins.
  ///
  /// - Throws: `CommandFailure` when `--now` is no time.
  func start() throws(CommandFailure) -> Timestamp {
    guard let now else { return SystemClock().now }
    return try Timestamp(option: "--now", now)
  }

  private func readScript() throws(CommandFailure) -> KeyScript {
    guard let script else { return KeyScript(steps: []) }
    let file = script == "-" ? .standardInput : FileHandle(forReadingAtPath: script)
    guard let content = try? file?.readToEnd() else {
      throw CommandFailure("The script \"\(script)\" cannot be read. Check its path.", .usage)
    }
    do {
      return try KeyScript(parsing: String(decoding: content, as: UTF8.self))
    } catch {
      throw CommandFailure(
        "\(script):\(error.line): \"\(error.text)\" is no step; \(error.hint).", .usage)
    }
  }
}

extension Timestamp {
  /// Reads a time that an option names.
  init(option name: String, _ text: String) throws(CommandFailure) {
    guard let instant = Timestamp(rfc3339: text) else {
      throw CommandFailure(
        "\(name) \"\(text)\" is no time; write it like 2026-11-21T14:03:22Z.", .usage)
    }
    self = instant
  }
}
