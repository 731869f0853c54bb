import Reliability

/// burnwatch's own burn-rate alerts, for SLOs that no rule upstream watches; pure.
struct LocalAlerts: Sendable {
  /// Who names them.
  static let cluster = Alert.ID.localCluster

  /// When each began, as long as it goes on.
  private var starts: [String: Timestamp]

  /// Makes local alerts.
  ///
  /// - Parameter memory: The alerts that are known already, whose beginnings are kept.
  init(inheriting memory: [Alert.ID: Alert] = [:]) {
    let own = memory.values.filter { $0.id.cluster == LocalAlerts.cluster && $0.state != .resolved }
    starts = Dictionary(
      own.map { ($0.id.fingerprint, $0.startsAt) }, uniquingKeysWith: { first, _ in first })
  }

  /// The alerts of the active conditions: for each SLO one of each severity, its first active row.
  ///
  /// What burned goes on while a window of it is not known: no data is no all-clear.
  ///
  /// - Parameters:
  ///   - states: The SLOs as they stand.
  ///   - watched: The SLOs that have alerting rules upstream.
  ///   - now: The time.
  /// - Returns: The alerts, in the order of the states.
  mutating func alerts(
    of states: [ServiceLevelState], besides watched: Set<SLO.ID>, at now: Timestamp
  ) -> [ReportedAlert] {
    var alerts: [ReportedAlert] = []
    var living: [String: Timestamp] = [:]
    for state in states where !watched.contains(state.id) {
      guard state.activeSeverity != nil || !starts.isEmpty else { continue }
      var told: Set<Severity> = []
      for (row, condition) in state.conditions.enumerated() {
        let fingerprint = LocalAlerts.fingerprint(state.id, row)
        guard condition.isActive || (!condition.isKnown && starts[fingerprint] != nil),
          told.insert(condition.condition.severity).inserted
        else { continue }
        let start = starts[fingerprint] ?? now
        living[fingerprint] = start
        alerts.append(LocalAlerts.alert(state, condition.condition, fingerprint, start))
      }
    }
    starts = living
    return alerts
  }

  /// The fingerprints of alerts that may be on or not, because a window of theirs is not known.
  static func unsure(in states: [ServiceLevelState]) -> Set<String> {
    Set(
      states.flatMap { state in
        state.conditions.indices.filter { !state.conditions[$0].isKnown }
          .map { fingerprint(state.id, $0) }
      })
  }

  private static func fingerprint(_ slo: SLO.ID, _ row: Int) -> String { "local:\(slo)/\(row)" }

  private static func alert(
    _ state: ServiceLevelState, _ condition: BurnCondition, _ fingerprint: String,
    _ start: Timestamp
  ) -> ReportedAlert {
    let (long, short) = (condition.long.description, condition.short.description)
    let labels = [
      "alertname": "ErrorBudgetBurn", "burnwatch_id": state.id, "service": state.slo.service,
      "slo": state.slo.name, "severity": condition.severity.rawValue, "long_window": long,
    ].merging(state.slo.details.owner.map { ["team": $0] } ?? [:]) { first, _ in first }
    let summary =
      "\(state.slo.name) burns faster than \(condition.factor.doubleValue.shortText)x over \(long) "
      + "and \(short)"
    var annotations = ["summary": summary]
    if let runbook = state.slo.details.runbook { annotations["runbook"] = runbook }
    return ReportedAlert(
      cluster: cluster, fingerprint: fingerprint, labels: LabelSet(labels),
      annotations: LabelSet(annotations), startsAt: start)
  }
}

extension Double {
  /// Without a fraction that is zero: `6x`, `14.4x`.
  fileprivate var shortText: String {
    self == rounded() && magnitude < 1e9 ? String(Int(self)) : String(self)
  }
}
