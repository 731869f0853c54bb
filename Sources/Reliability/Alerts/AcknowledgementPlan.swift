/// What acknowledging some alerts would do: where each is told, and what else would be muted by it.
package struct AcknowledgementPlan: Hashable, Sendable {
  /// What to submit, one action an alert.
  package let actions: [ActionRequest.Action]
  /// Alerts that were not chosen and would be muted as well.
  package let alsoMuted: [Alert]
  /// Why some of the chosen alerts are left out, as sentences.
  package let remarks: [String]

  /// Plans the acknowledgement of alerts.
  ///
  /// - Parameters:
  ///   - chosen: The alerts the operator means.
  ///   - all: Every alert that is known.
  ///   - comment: What the operator wrote; may be empty.
  ///   - settings: Which labels do not count.
  ///   - clusters: The names of the sources that are Alertmanagers.
  package init(
    _ chosen: [Alert], among all: [Alert], comment: String, settings: AlertSettings,
    clusters: Set<String>
  ) {
    var actions: [ActionRequest.Action] = []
    var remarks: [String] = []
    var muted = MutedLabels()
    for alert in chosen {
      if let reason = AcknowledgementPlan.obstacle(alert) {
        remarks.append(reason)
        continue
      }
      let backend = AcknowledgementPlan.backend(of: alert, settings, clusters)
      if case .alertmanager(let source, let matchers) = backend {
        muted.insert(matchers, at: source)
      }
      let target = AlertTarget(
        alert: alert.id, name: alert.name, startsAt: alert.startsAt, backend: backend)
      actions.append(.acknowledge(target, comment: comment))
    }
    self.actions = actions
    self.remarks = remarks
    let ids = Set(chosen.map(\.id))
    alsoMuted = all.filter { alert in
      alert.isUnattended && !ids.contains(alert.id) && muted.contains(alert)
    }
  }

  /// Why an alert cannot be acknowledged.
  private static func obstacle(_ alert: Alert) -> String? {
    if alert.state == .resolved { return "\(alert.name) has ended." }
    guard let own = alert.acknowledgement, own.delivery != .failed else { return nil }
    return "\(alert.name) is acknowledged by \(own.by) already."
  }

  private static func backend(
    of alert: Alert, _ settings: AlertSettings, _ clusters: Set<String>
  ) -> AlertTarget.Backend {
    // PagerDuty first: a silence would also keep the incident from being resolved there.
    if let incident = alert.incident, let source = incident.source {
      return .pagerDuty(source: source, incident: incident.id)
    }
    guard clusters.contains(alert.id.cluster) else { return .local }
    return .alertmanager(
      source: alert.id.cluster, matchers: settings.acknowledgementMatchers(for: alert.labels))
  }
}

/// Labels with values that are muted, so arranged that thousands of alerts are looked up at once.
private struct MutedLabels {
  private struct Place: Hashable {
    let cluster: String
    let names: [String]
  }

  private var values: [Place: Set<[String]>] = [:]

  mutating func insert(_ matchers: [LabelMatcher], at cluster: String) {
    let place = Place(cluster: cluster, names: matchers.map(\.name))
    values[place, default: []].insert(matchers.map(\.value))
  }

  func contains(_ alert: Alert) -> Bool {
    values.contains { place, muted in
      place.cluster == alert.id.cluster && muted.contains(place.names.map { alert.labels[$0] })
    }
  }
}
