import Connectors
import Definitions
import DemoWorld
import Foundation
import Journal
import Operations
import Reliability

/// What watching and handling alerts needs, brought together from the configuration.
struct AlertParts {
  let subscriptions: [AlertEngine.Subscription]
  let backends: [any ActionBackend]
  let journal: any JournalStore
  let setup: Outbox.Setup

  /// Connects the configured sources of alerts to the network.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - journal: Where requests are kept.
  ///   - isReadOnly: Whether `--read-only` was given.
  ///   - surroundings: The environment, for secrets, proxies and names.
  ///   - clock: The clock of pauses.
  /// - Returns: The parts; nothing is asked yet.
  static func live(
    _ configuration: Configuration, journal: any JournalStore, isReadOnly: Bool,
    surroundings: Surroundings, clock: any WallClock = SystemClock()
  ) -> AlertParts {
    var subscriptions: [AlertEngine.Subscription] = []
    var backends: [any ActionBackend] = []
    for settings in configuration.sources {
      let source = LiveSources.alerts(settings, environment: surroundings.environment)
      subscriptions.append(
        AlertEngine.Subscription(
          source: source, kind: settings.kind, refresh: settings.refresh))
      if let backend = source as? any ActionBackend { backends.append(backend) }
    }
    return AlertParts(
      subscriptions: subscriptions, backends: backends, journal: journal,
      setup: setup(configuration, isReadOnly: isReadOnly, surroundings: surroundings))
  }

  /// The simulated shop's alerts; what is acknowledged lasts as long as the demo.
  static func demo(
    _ configuration: Configuration, start: Timestamp, clock: any WallClock, isReadOnly: Bool,
    surroundings: Surroundings
  ) -> AlertParts {
    var subscriptions: [AlertEngine.Subscription] = []
    var backends: [any ActionBackend] = []
    for settings in configuration.sources {
      switch settings.kind {
      case .prometheus:
        subscriptions.append(
          AlertEngine.Subscription(
            source: DemoRules(name: settings.name, start: start), kind: .prometheus,
            refresh: settings.refresh))
      case .alertmanager:
        let alerts = DemoAlerts(name: settings.name, start: start, clock: clock)
        subscriptions.append(
          AlertEngine.Subscription(
            source: alerts, kind: .alertmanager, refresh: settings.refresh))
        backends.append(alerts)
      case .pagerduty: break
      }
    }
    return AlertParts(
      subscriptions: subscriptions, backends: backends, journal: MemoryJournal(),
      setup: setup(configuration, isReadOnly: isReadOnly, surroundings: surroundings))
  }

  /// Who acts, and what they may do.
  static func setup(
    _ configuration: Configuration, isReadOnly: Bool, surroundings: Surroundings
  ) -> Outbox.Setup {
    Outbox.Setup(
      gate: ActionGate(isReadOnly: isReadOnly, rules: configuration.permissions),
      actor: configuration.alerts.author,
      owner: "\(surroundings.hostName)-\(ProcessInfo.processInfo.processIdentifier)-\(newID())",
      duration: configuration.alerts.acknowledgementDuration, makeID: { newID() })
  }

  /// A random UUID in lower case: unique across all journals.
  private static func newID() -> String { UUID().uuidString.lowercased() }

  /// The journal of a configuration; one that cannot be used says why whenever it is asked to.
  static func journal(
    _ configuration: Configuration, _ surroundings: Surroundings
  ) -> any JournalStore {
    guard let path = configuration.journal ?? surroundings.journalPath else {
      return UnusableJournal(
        .inaccessible(path: "~/.local/state/burnwatch", reason: "HOME is not set"))
    }
    do throws(JournalError) {
      return try SQLiteJournal(path: path, now: SystemClock().now)
    } catch {
      return UnusableJournal(error)
    }
  }
}

/// A journal that could not be opened: watching goes on, and whatever would be written is refused.
struct UnusableJournal: JournalStore {
  private let error: JournalError

  init(_ error: JournalError) {
    self.error = error
  }

  func enqueue(_ request: ActionRequest) async throws(JournalError) { throw error }

  func records(endedAfter instant: Timestamp) async throws(JournalError) -> [ActionRecord] {
    throw error
  }

  func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) async throws(JournalError) -> ActionRecord? { throw error }

  func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) async throws(JournalError) -> Bool { throw error }

  func note(_ entry: AuditEntry) async throws(JournalError) { throw error }

  func audit(limit: Int) async throws(JournalError) -> [AuditEntry] { throw error }

  func keep(
    _ document: [UInt8], named name: String, at now: Timestamp
  ) async throws(JournalError) { throw error }

  func document(
    named name: String
  ) async throws(JournalError) -> (bytes: [UInt8], at: Timestamp)? { throw error }
}
