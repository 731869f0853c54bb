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
  /// The bytes of the longest name and service, so that columns are no wider.
  private(set) var longestName = 0
  private(set) var longestService = 0

  init(_ alerts: [Alert] = []) {
    for alert in alerts { count(alert) }
  }

  /// How many want somebody.
  var firing: Int { pages + tickets + infos }
  var total: Int { firing + pending + acknowledged + silenced + inhibited + resolved }

  private mutating func count(_ alert: Alert) {
    longestName = max(longestName, alert.name.utf8.count)
    longestService = max(longestService, alert.facts.service?.utf8.count ?? 0)
    switch alert.state {
    case .acknowledged: acknowledged += 1
    case .silenced: silenced += 1
    case .inhibited: inhibited += 1
    case .pending: pending += 1
    case .resolved: resolved += 1
    case .firing:
      switch alert.severity {
      case .page:
        pages += 1
        latestPage = max(latestPage ?? alert.facts.firstSeenAt, alert.facts.firstSeenAt)
      case .ticket: tickets += 1
      case .info: infos += 1
      }
    }
  }

  /// The counts as clauses, without those that are zero: `2 firing, 1 ack, 1 silenced`.
  var clauses: String {
    let parts = [
      (firing, "firing"), (pending, "pending"), (acknowledged, "ack"), (silenced, "silenced"),
      (inhibited, "inhibited"), (resolved, "just ended"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
