import Reliability
import TestSupport

@testable import Operations

/// Puts lists of alerts together for tests.
struct AssemblyDesk {
  let start: Timestamp
  var assembly: AlertAssembly

  init(settings: AlertSettings = AlertSettings(), slos: [SLO] = []) throws {
    start = try .sample("2026-11-27T12:00:00Z")
    assembly = AlertAssembly(settings: settings, slos: slos)
  }

  /// The list of what sources say.
  mutating func list(
    _ reports: [AlertAssembly.Report], local: [ReportedAlert] = [], records: [ActionRecord] = [],
    silent: Set<String> = [], after delay: Duration = .zero
  ) -> [Alert] {
    assembly.alerts(
      from: reports, local: local, records: records, silent: silent, at: start + delay)
  }

  /// What an Alertmanager says.
  func alertmanager(
    _ alerts: [ReportedAlert], silences: [Silence] = [], name: String = "am"
  ) -> AlertAssembly.Report {
    AlertAssembly.Report(
      source: name, kind: .alertmanager,
      report: AlertReport(alerts: alerts, silences: silences))
  }

  /// What a Prometheus server says.
  func prometheus(
    _ alerts: [ReportedAlert], name: String = "prom"
  ) -> AlertAssembly.Report {
    AlertAssembly.Report(
      source: name, kind: .prometheus, report: AlertReport(alerts: alerts, rules: []))
  }

  /// What PagerDuty says.
  func pagerDuty(_ incidents: [ReportedAlert.Incident]) -> AlertAssembly.Report {
    let alerts = incidents.map { incident in
      ReportedAlert(
        cluster: "pd", fingerprint: "pd:\(incident.id)",
        labels: LabelSet(["alertname": "Incident \(incident.number)"]), startsAt: start,
        incident: incident)
    }
    return AlertAssembly.Report(
      source: "pd", kind: .pagerduty, report: AlertReport(alerts: alerts))
  }

  /// An alert; a name alone has the labels `alertname` and what is added.
  func alert(
    _ name: String, _ labels: [String: String] = [:], by cluster: String = "am",
    pending: Bool = false, since: Duration = .zero, silencedBy: [Silence.ID] = [],
    inhibitedBy: [String] = [], annotations: [String: String] = [:]
  ) -> ReportedAlert {
    let all = LabelSet(labels.merging(["alertname": name]) { first, _ in first })
    return ReportedAlert(
      cluster: cluster, fingerprint: all.fingerprint, labels: all,
      annotations: LabelSet(annotations), isPending: pending, startsAt: start - since,
      silencedBy: silencedBy, inhibitedBy: inhibitedBy)
  }

  /// An active silence of an hour.
  func silence(_ id: Silence.ID, by author: String = "bob", comment: String) -> Silence {
    Silence(
      id: id, cluster: "am", matchers: [], startsAt: start, endsAt: start + .seconds(3600),
      updatedAt: start, createdBy: author, comment: comment, state: .active)
  }

  /// An incident of PagerDuty.
  func incident(
    acknowledgedBy who: String? = nil, labels: [LabelSet] = []
  ) -> ReportedAlert.Incident {
    ReportedAlert.Incident(
      id: "Q1", number: 7, isHighUrgency: true,
      acknowledgements: who.map { [.init(by: $0, at: start)] } ?? [],
      acknowledgedUntil: who == nil ? nil : start + .seconds(1800), alertLabels: labels)
  }

  /// The record of one's own acknowledgement.
  func record(
    _ id: ActionRequest.ID = "r-1", of alert: ReportedAlert, state: ActionRecord.State,
    reason: String? = nil
  ) -> ActionRecord {
    let target = AlertTarget(
      alert: alert.id, name: alert.labels.alertName, startsAt: alert.startsAt, backend: .local)
    return ActionRecord(
      request: ActionRequest(
        id: id, at: start, actor: "ada", action: .acknowledge(target, comment: "on it")),
      state: state, attempts: 1, nextAttempt: start, reason: reason, silenceID: nil,
      until: start + .seconds(900))
  }
}
