import ArgumentParser
import Definitions
import Operations
import Reliability

/// One look at the sources, for commands that print and end: as of when, and how long to wait.
struct OneLook: ParsableArguments {
  @Option(name: .long, help: "Evaluate as of this time, RFC 3339; the default is now.")
  var at: String?

  @OptionGroup var waiting: SourceWait

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
    on configuration: Configuration, at instant: Timestamp, surroundings: Surroundings
  ) -> StatusReport {
    let session = Session.live(
      configuration, isReadOnly: true, surroundings: surroundings, clock: MovableClock(instant),
      honorsOffsets: at == nil)
    _ = Blocking.wait(atMost: waiting.limit) {
      async let teams = session.onCall.askAll()
      _ = await session.askDue(at: instant)
      _ = await teams
    }
    let found = Blocking.wait {
      (await session.engine.snapshot, await session.alerts.snapshot)
    }
    let teams = Blocking.wait {
      await session.onCall.teams(
        in: (instant - OnCallEngine.past)..<(instant + OnCallEngine.future))
    }
    _ = Blocking.wait { await session.close() }
    let report = StatusReport(
      snapshot: found?.0 ?? session.engine.firstSnapshot,
      // What fired at another time is not known.
      alerts: at == nil && session.alerts.hasSources ? found?.1 : nil,
      runbooks: configuration.runbooks, onCall: session.onCall.isConfigured ? teams : nil)
    Console.complain(
      report.silentSources.map { "\($0) has not answered within \(waiting.seconds) s." })
    return report
  }
}
