/// What a runbook is run for: an alert with what it said at that time, or a service alone.
package struct RunSubject: Hashable, Sendable, Codable {
  /// The alert; `nil` when the runbook was opened without one.
  package let alert: AlertReference?
  /// The service it is about.
  package let service: String?

  /// An alert as it was when the run began.
  package struct AlertReference: Hashable, Sendable, Codable {
    /// The cluster that told of it.
    package let cluster: String
    /// Its fingerprint there.
    package let fingerprint: String
    /// When it began, in Unix milliseconds.
    package let startsAt: Int64
    /// Its labels.
    package let labels: [String: String]
    /// Its annotations.
    package let annotations: [String: String]
  }

  /// Makes the subject of a run without an alert.
  package init(service: String? = nil) {
    alert = nil
    self.service = service
  }

  /// Makes the subject of a run for an alert.
  package init(_ alert: Alert) {
    self.alert = AlertReference(
      cluster: alert.id.cluster, fingerprint: alert.id.fingerprint,
      startsAt: alert.startsAt.milliseconds, labels: alert.labels.dictionary,
      annotations: alert.annotations.dictionary)
    service = alert.service
  }

  /// The labels of the alert; none without one.
  package var labels: LabelSet { LabelSet(alert?.labels ?? [:]) }

  /// The annotations of the alert; none without one.
  package var annotations: LabelSet { LabelSet(alert?.annotations ?? [:]) }

  /// The identity of the alert in the list of alerts.
  package var alertID: Alert.ID? {
    alert.map { Alert.ID(cluster: $0.cluster, fingerprint: $0.fingerprint) }
  }

  /// Whether two subjects are the same thing: the same firing of an alert, or the same service.
  package func isSame(as other: RunSubject) -> Bool {
    guard let alert, let theirs = other.alert else {
      return alert == nil && other.alert == nil && service == other.service
    }
    return alert.cluster == theirs.cluster && alert.fingerprint == theirs.fingerprint
      && alert.startsAt == theirs.startsAt
  }

  /// The alert's name and service, or the service, as a heading has it; empty for neither.
  package var title: String {
    let name = labels.alertName
    guard !name.isEmpty else { return service ?? "" }
    return service.map { "\(name) of \($0)" } ?? name
  }
}
