/// Everything known of alerts and silences, as of one instant; immutable.
package struct AlertSnapshot: Hashable, Sendable {
  /// The time it was put together.
  package let at: Timestamp
  /// The alerts, most urgent first.
  package let alerts: [Alert]
  /// The positions of alerts by service, worked out here because whoever shows them must not wait.
  package let placesByService: [String: [Int]]
  /// The silences of all clusters: active, pending, expired, each the first to end first.
  package let silences: [Silence]
  /// How many alerts a silence mutes now, by silence.
  package let mutedCounts: [SilenceKey: Int]
  /// How the sources of alerts are doing, in the order of the configuration.
  package let sources: [SourceHealth]
  /// What keeps it from being all there is: sources that are silent, as clauses.
  package let gaps: [String]
  /// The names of the sources that were not heard, so that nothing can be said of what they know.
  package let silentSources: [String]
  /// Whether the alert that must always fire does.
  package let watchdog: Watchdog
  /// When something fired last; `nil` while nothing has been seen to.
  package let lastFired: Timestamp?
  /// The requests that are not over, oldest first.
  package let actions: [ActionRecord]
  /// What is wrong with the journal; `nil` when it can be written.
  package let journalTrouble: String?

  /// A silence within its cluster.
  package struct SilenceKey: Hashable, Sendable {
    /// The cluster.
    package let cluster: String
    /// The silence's id there.
    package let id: Silence.ID

    /// Makes a key.
    package init(cluster: String, id: Silence.ID) {
      self.cluster = cluster
      self.id = id
    }
  }

  /// The dead man's switch: an alert that fires as long as alerting works.
  package enum Watchdog: Hashable, Sendable {
    /// None is configured; not heard of it yet; it fires; it is missing since an instant.
    case unconfigured
    case awaited(String)
    case firing(String)
    case missing(String, since: Timestamp)
  }

  /// Makes a snapshot.
  package init(
    at: Timestamp, alerts: [Alert], silences: [Silence] = [],
    mutedCounts: [SilenceKey: Int] = [:], sources: [SourceHealth] = [], gaps: [String] = [],
    silentSources: [String] = [], watchdog: Watchdog = .unconfigured, lastFired: Timestamp? = nil,
    actions: [ActionRecord] = [], journalTrouble: String? = nil
  ) {
    self.at = at
    self.alerts = alerts
    placesByService = Dictionary(grouping: alerts.indices) { alerts[$0].service ?? "" }
    self.silences = silences
    self.mutedCounts = mutedCounts
    self.sources = sources
    self.gaps = gaps
    self.silentSources = silentSources
    self.watchdog = watchdog
    self.lastFired = lastFired
    self.actions = actions
    self.journalTrouble = journalTrouble
  }

  /// Whether the alert that must always fire does not.
  package var isWatchdogMissing: Bool {
    if case .missing = watchdog { true } else { false }
  }

  /// What must be known before anything is called quiet, as clauses.
  package var warnings: [String] {
    var warnings: [String] = []
    if case .missing(let name, _) = watchdog {
      warnings.append("the watchdog \(name) does not fire: alerting may be broken")
    }
    return warnings + gaps + [journalTrouble].compactMap(\.self)
  }

  /// Whether everything but the time is equal.
  package func saysTheSame(as other: AlertSnapshot) -> Bool {
    alerts == other.alerts && silences == other.silences && mutedCounts == other.mutedCounts
      && sources == other.sources && gaps == other.gaps
      && silentSources == other.silentSources && watchdog == other.watchdog
      && lastFired == other.lastFired && actions == other.actions
      && journalTrouble == other.journalTrouble
  }
}

extension Silence {
  /// The silence within its cluster.
  package var key: AlertSnapshot.SilenceKey {
    AlertSnapshot.SilenceKey(cluster: cluster, id: id)
  }
}
