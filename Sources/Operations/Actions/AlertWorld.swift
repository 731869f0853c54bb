import Reliability

/// What sources say of alerts, as far as it decides on acknowledgements; pure.
struct AlertWorld: Sendable {
  /// The latest word of one source.
  struct Word: Sendable {
    var report: AlertReport?
    var reportedAt: Timestamp?
    /// Why the latest look failed; `nil` after a success.
    var failure: String?
    /// Since when it is silent.
    var failedSince: Timestamp?
  }

  /// What a source's latest report says of an alert.
  enum Presence: Hashable {
    case active, absent, unknown
  }

  private(set) var words: [String: Word] = [:]
  private var active: [String: Set<String>] = [:]

  /// Takes in a source's report or failure.
  mutating func record(
    _ result: Result<AlertReport, ReadingFailure>, from source: String, at now: Timestamp
  ) {
    words[source, default: Word()].take(result, at: now)
    if case .success(let report) = result {
      active[source] = Set(report.alerts.map(\.fingerprint))
    }
  }

  /// When a source last reported, unless it has failed since.
  func freshReport(of source: String) -> Timestamp? {
    guard let word = words[source], word.failure == nil else { return nil }
    return word.reportedAt
  }

  /// Whether an alert is active by the source that names it; absence counts only where it is certain.
  func presence(of alert: Alert.ID) -> Presence {
    guard freshReport(of: alert.cluster) != nil, let report = words[alert.cluster]?.report else {
      return .unknown
    }
    if active[alert.cluster]?.contains(alert.fingerprint) == true { return .active }
    return report.isAuthoritative ? .absent : .unknown
  }

  /// The silences that a request has made, the first to begin first; `nil` while not known.
  func silences(of request: ActionRequest.ID, at source: String) -> [Silence]? {
    guard freshReport(of: source) != nil, let report = words[source]?.report else { return nil }
    return report.silences.filter { $0.requestID == request }
      .sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
  }

  /// The PagerDuty incident of an id, while it is open.
  func incident(_ id: String, at source: String) -> ReportedAlert.Incident? {
    words[source]?.report?.alerts.lazy.compactMap(\.incident).first { $0.id == id }
  }

  /// Whether a Prometheus server that evaluates the alert's rule says that it is active; `nil` where
  /// none of the servers has such a rule.
  func isActiveInPrometheus(_ labels: LabelSet) -> Bool? {
    var answer: Bool?
    for word in words.values where word.failure == nil {
      guard let report = word.report, let rules = report.rules,
        rules.contains(where: { $0.name == labels.alertName && $0.failure == nil })
      else { continue }
      let isActive = report.alerts.contains { alert in
        alert.labels.alertName == labels.alertName && !alert.isPending
          && alert.labels.labels.allSatisfy { labels[$0.name] == $0.value }
      }
      if isActive { return true }
      answer = false
    }
    return answer
  }
}
