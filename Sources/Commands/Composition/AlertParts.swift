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
  let journal: any WholeJournal
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
    _ configuration: Configuration, journal: any WholeJournal, isReadOnly: Bool,
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
    _ configuration: Configuration, start: Timestamp, clock: any WallClock,
    journal: any WholeJournal, repairs: DemoRepairs = DemoRepairs(), isReadOnly: Bool,
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
        let alerts = DemoAlerts(
          name: settings.name, start: start, clock: clock, repairs: repairs)
        subscriptions.append(
          AlertEngine.Subscription(
            source: alerts, kind: .alertmanager, refresh: settings.refresh))
        backends.append(alerts)
      case .pagerduty: break
      }
    }
    return AlertParts(
      subscriptions: subscriptions, backends: backends, journal: journal,
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

  /// The journal of a configuration.
  static func journal(
    _ configuration: Configuration, _ surroundings: Surroundings
  ) -> LateJournal {
    LateJournal(path: configuration.journal ?? surroundings.journalPath, clock: SystemClock())
  }
}
