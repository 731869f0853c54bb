import ArgumentParser
import Definitions
import Operations
import Reliability

/// One look at the sources, for commands that print and end: as of when, and how long to wait.
struct OneLook: ParsableArguments {
  @Option(name: .long, help: "Evaluate as of this time, RFC 3339; the default is now.")
  var at: String?

  @Option(name: .long, help: "How many seconds to wait for sources.")
  var wait = 10.0

  mutating func validate() throws {
    guard (0...3600).contains(wait) else {
      throw ValidationError("--wait \(wait) is out of range; choose 0 to 3600 seconds.")
    }
  }

  /// The time that is looked at.
  ///
  /// - Throws: `CommandFailure` when `--at` is no time.
  func instant() throws(CommandFailure) -> Timestamp {
    guard let at else { return SystemClock().now }
    return try Timestamp(option: "--at", at)
  }

  /// Asks everything once; what has not come when the wait is over stays waiting.
  ///
  /// A look at a given time is at that time: sources are not asked as far behind it as they say.
  func report(
    on configuration: Configuration, at instant: Timestamp, environment: [String: String]
  ) -> StatusReport {
    let session = Session(
      configuration, clock: MovableClock(instant), honorsOffsets: at == nil,
      sources: { LiveSources.prometheus($0, $1, environment: environment) }, publish: { _ in })
    let engine = session.engine
    let limit = Duration.milliseconds(Int64(wait * 1000))
    let complete = Blocking.wait(atMost: limit) { await engine.askDue(at: instant) }
    let found = complete ?? Blocking.wait { await engine.snapshot } ?? engine.firstSnapshot
    _ = Blocking.wait { await engine.close() }
    let report = StatusReport(snapshot: found)
    Console.complain(report.silentSources.map { "\($0) has not answered within \(wait) s." })
    return report
  }
}
