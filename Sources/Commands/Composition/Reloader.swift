import Dashboard
import Definitions
import Operations
import Reliability

/// Reads the configuration again when a file changes or the operator asks, and puts it to use.
///
/// A configuration with errors is not used: the last good one stays, and the errors are shown.
actor Reloader {
  /// What one reading of all files gave.
  struct Reading: Sendable {
    /// The configuration, unless nothing of it can be used.
    let configured: Configured?
    let themes: ThemeCatalog
    /// Every finding, as lines of text; empty when all is well.
    let problems: [String]
    /// Whether one of the findings is an error.
    let hasErrors: Bool
    /// The files to watch.
    let files: [String]
  }

  /// What the program loop is told.
  enum News: Sendable {
    /// The configuration in use changed, or its warnings did.
    case adopted(Reading)
    /// The files have errors; what was in use stays.
    case refused(problems: [String])
  }

  /// The time between two looks at the files.
  private static let interval = Duration.seconds(2)

  private let read: @Sendable () -> Reading
  private let adopt: @Sendable (Configured) async -> Void
  private let tell: @Sendable (News) -> Void
  private var files: [String]
  private var stamps: FileStamps
  private var current: Configuration?
  private var problems: [String]

  /// Makes a reloader.
  ///
  /// - Parameters:
  ///   - first: The reading that is in use.
  ///   - read: Reads all files.
  ///   - adopt: Puts a configuration to use.
  ///   - tell: Receives what came of it, on any thread.
  init(
    first: Reading, read: @escaping @Sendable () -> Reading,
    adopt: @escaping @Sendable (Configured) async -> Void,
    tell: @escaping @Sendable (News) -> Void
  ) {
    self.read = read
    self.adopt = adopt
    self.tell = tell
    files = first.files
    stamps = FileStamps(of: first.files)
    current = first.configured?.configuration
    problems = first.problems
  }

  /// Watches the files until the task is cancelled.
  func run(_ clock: any WallClock) async {
    while (try? await clock.sleep(until: clock.now + Reloader.interval)) != nil {
      if FileStamps(of: files) != stamps { await reload() }
    }
  }

  /// Reads all files now.
  func reload() async {
    let reading = read()
    files = reading.files
    stamps = FileStamps(of: files)
    guard let configured = reading.configured, !reading.hasErrors else {
      if reading.problems != problems { tell(.refused(problems: reading.problems)) }
      problems = reading.problems
      return
    }
    let isNew = configured.configuration != current
    if isNew { await adopt(configured) }
    if isNew || reading.problems != problems { tell(.adopted(reading)) }
    current = configured.configuration
    problems = reading.problems
  }
}
