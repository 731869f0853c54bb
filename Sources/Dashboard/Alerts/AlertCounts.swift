import Reliability

/// What the head and the pane's title say of all alerts, counted once a snapshot.
struct AlertCounts: Hashable, Sendable {
  private(set) var pages = 0
  private(set) var tickets = 0
  private(set) var infos = 0
  private(set) var pending = 0
  private(set) var acknowledged = 0
  private(set) var silenced = 0
  private(set) var inhibited = 0
  private(set) var resolved = 0
  /// When the youngest page that nobody has was first seen.
  private(set) var latestPage: Timestamp?
  /// The bytes of the longest name, service and state, so that columns are no wider.
  private(set) var longestName = 0
  private(set) var longestService = 0
  private(set) var longestState = 0

  init(_ alerts: [Alert] = []) {
    for alert in alerts { count(alert) }
  }

  /// How many want somebody.
  var firing: Int { pages + tickets + infos }
  var total: Int { firing + pending + acknowledged + silenced + inhibited + resolved }

  private mutating func count(_ alert: Alert) {
    longestName = max(longestName, alert.name.utf8.count)
    longestService = max(longestService, alert.service?.utf8.count ?? 0)
    switch alert.state {
    case .acknowledged:
      acknowledged += 1
      let author = alert.acknowledgement?.by.utf8.count ?? 0
      longestState = max(longestState, "ack , sent".count + author)
    case .silenced: silenced += 1
    case .inhibited: inhibited += 1
    case .pending: pending += 1
    case .resolved: resolved += 1
    case .firing:
      switch alert.severity {
      case .page:
        pages += 1
        latestPage = max(latestPage ?? alert.firstSeenAt, alert.firstSeenAt)
      case .ticket: tickets += 1
      case .info: infos += 1
      }
    }
  }

  /// The counts as clauses, the most important first, without those that are zero: `2 firing`,
  /// `1 ack`, `1 silenced`.
  var clauses: [String] {
    Words.counts([
      (firing, "firing"), (pending, "pending"), (acknowledged, "ack"), (silenced, "silenced"),
      (inhibited, "inhibited"), (resolved, "just ended"),
    ])
  }
}

extension AlertTally {
  /// The counts of a group in the same words as those of all alerts.
  var clauses: [String] {
    Words.counts([
      (self[.firing], "firing"), (self[.pending], "pending"), (self[.acknowledged], "ack"),
      (self[.silenced], "silenced"), (self[.inhibited], "inhibited"),
      (self[.resolved], "just ended"),
    ])
  }
}

extension Words {
  /// What is counted, with its word, without what there is none of.
  fileprivate static func counts(_ parts: [(count: Int, word: String)]) -> [String] {
    parts.filter { $0.count > 0 }.map { "\($0.count) \($0.word)" }
  }
}
