import Reliability

/// What sources say of alerts, as far as it decides on acknowledgements; pure.
///
/// Each report is arranged once, because every standing acknowledgement looks into it again and again.
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
  private var indexes: [String: Index] = [:]
  /// The alerts of burnwatch's own that may be on or not, because figures are missing.
  private var unsure: Set<String> = []

  /// Takes in a source's report or failure.
  mutating func record(
    _ result: Result<AlertReport, ReadingFailure>, from source: String, at now: Timestamp
  ) {
    words[source, default: Word()].take(result, at: now)
    if case .success(let report) = result { indexes[source] = Index(report) }
  }

  /// Takes in burnwatch's own alerts.
  ///
  /// - Parameters:
  ///   - alerts: Those that are on.
  ///   - unsure: The fingerprints of those that cannot be told.
  ///   - now: The time.
  mutating func record(local alerts: [ReportedAlert], unsure: Set<String>, at now: Timestamp) {
    self.unsure = unsure
    record(.success(AlertReport(alerts: alerts)), from: LocalAlerts.cluster, at: now)
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
    if indexes[alert.cluster]?.active.contains(alert.fingerprint) == true { return .active }
    if alert.cluster == LocalAlerts.cluster, unsure.contains(alert.fingerprint) { return .unknown }
    return report.isAuthoritative ? .absent : .unknown
  }

  /// The silences that a request has made, the first to begin first; `nil` while not known.
  func silences(of request: ActionRequest.ID, at source: String) -> [Silence]? {
    guard freshReport(of: source) != nil, let index = indexes[source] else { return nil }
    return index.silences[request] ?? []
  }

  /// The PagerDuty incident of an id, while it is open.
  func incident(_ id: String, at source: String) -> ReportedAlert.Incident? {
    indexes[source]?.incidents[id]
  }

  /// Whether the Prometheus servers that evaluate the alert's rule say that it goes on.
  ///
  /// A pending alert goes on as well: a restarted server has it wait anew before it fires.
  ///
  /// - Returns: `nil` where none of the servers has such a rule, and where one that has it is silent
  ///   or has not evaluated it, while no other says that the alert goes on.
  func isActiveInPrometheus(_ labels: LabelSet) -> Bool? {
    var isKnown = false
    var isUnsure = false
    for (source, index) in indexes {
      guard let rule = index.rules[labels.alertName], let word = words[source] else { continue }
      isKnown = true
      let isCertain = word.failure == nil && word.report?.isAuthoritative == true
      if word.failure == nil, rule.alerts.contains(where: { $0.isPart(of: labels) }) { return true }
      if !isCertain || rule.isBroken { isUnsure = true }
    }
    return isKnown && !isUnsure ? false : nil
  }
}

extension AlertWorld {
  /// A report, arranged for looking things up.
  private struct Index: Sendable {
    /// What is known of the rules of one name.
    struct Rule: Sendable {
      var isBroken = false
      var alerts: [LabelSet] = []
    }

    let active: Set<String>
    let incidents: [String: ReportedAlert.Incident]
    let silences: [ActionRequest.ID: [Silence]]
    let rules: [String: Rule]

    init(_ report: AlertReport) {
      active = Set(report.alerts.map(\.fingerprint))
      incidents = Dictionary(
        report.alerts.compactMap(\.incident).map { ($0.id, $0) },
        uniquingKeysWith: { first, _ in first })
      let marked = report.silences.compactMap { silence in
        silence.requestID.map { (id: $0, silence: silence) }
      }
      silences = Dictionary(grouping: marked, by: \.id).mapValues { group in
        group.map(\.silence).sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
      }
      rules = Index.rules(of: report)
    }

    private static func rules(of report: AlertReport) -> [String: Rule] {
      var rules: [String: Rule] = [:]
      for rule in report.rules ?? [] {
        let isBroken = rules[rule.name]?.isBroken ?? false
        rules[rule.name] = Rule(isBroken: isBroken || rule.failure != nil)
      }
      guard !rules.isEmpty else { return rules }
      for alert in report.alerts {
        rules[alert.labels.alertName]?.alerts.append(alert.labels)
      }
      return rules
    }
  }
}

extension LabelSet {
  /// Whether all of these labels stand in another set as well.
  fileprivate func isPart(of other: LabelSet) -> Bool {
    labels.allSatisfy { other[$0.name] == $0.value }
  }
}
