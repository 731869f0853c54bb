package import Reliability

/// An incident as PagerDuty tells it, as far as burnwatch uses it.
///
/// Names and shapes of the members: PagerDuty's REST API v2, `GET /incidents`.
package struct PagerDutyIncident: Hashable, Sendable {
  /// Where an incident is in its life; it never goes back from `resolved`.
  package enum Status: String, Hashable, Sendable {
    /// In PagerDuty's own words.
    case triggered, acknowledged, resolved
  }

  /// PagerDuty's id, such as `Q1ABCDEFGHIJKL`.
  package let id: String
  /// The number that people say.
  package let number: Int
  /// The first line of the title, without blanks around it; never empty.
  package let title: String
  /// Where it is in its life.
  package let status: Status
  /// Whether it pages; an urgency that is missing or unknown counts as high.
  package let isHighUrgency: Bool
  /// When it was made.
  package let createdAt: Timestamp
  /// Who acknowledged it, in the order of the times; empty again once an acknowledgement has timed out.
  package let acknowledgements: [ReportedAlert.Incident.Acknowledged]
  /// When the acknowledgement ends by itself: the pending action `unacknowledge`.
  package let acknowledgedUntil: Timestamp?
  /// Who has to do with it now; empty once it has resolved.
  package let assignees: [String]
  /// When PagerDuty passes it to the next level: the pending action `escalate`.
  package let escalatesAt: Timestamp?
  /// The name of its service; may be empty.
  package let service: String
  /// The name of its priority, such as `P1`; empty without one.
  package let priority: String
  /// Its page; untrusted text.
  package let url: String
  /// How many alerts it holds, resolved ones among them.
  package let alertCount: Int

  /// Makes an incident.
  package init(
    id: String, number: Int, title: String, status: Status, isHighUrgency: Bool,
    createdAt: Timestamp, acknowledgements: [ReportedAlert.Incident.Acknowledged] = [],
    acknowledgedUntil: Timestamp? = nil, assignees: [String] = [], escalatesAt: Timestamp? = nil,
    service: String = "", priority: String = "", url: String = "", alertCount: Int = 0
  ) {
    self.id = id
    self.number = number
    self.title = title
    self.status = status
    self.isHighUrgency = isHighUrgency
    self.createdAt = createdAt
    self.acknowledgements = acknowledgements
    self.acknowledgedUntil = acknowledgedUntil
    self.assignees = assignees
    self.escalatesAt = escalatesAt
    self.service = service
    self.priority = priority
    self.url = url
    self.alertCount = alertCount
  }

  /// Whether somebody has to do with it still.
  package var isOpen: Bool { status != .resolved }

  /// The incident as an alert.
  ///
  /// - Parameters:
  ///   - cluster: The name of the source.
  ///   - alertLabels: The labels of the alerts within, as far as they are known.
  /// - Returns: An alert whose labels say what PagerDuty says; its severity follows the urgency.
  package func alert(cluster: String, alertLabels: [LabelSet] = []) -> ReportedAlert {
    ReportedAlert(
      cluster: cluster, fingerprint: "pd:\(id)",
      labels: LabelSet([
        "alertname": title, "service": service, "urgency": isHighUrgency ? "high" : "low",
        "severity": isHighUrgency ? "page" : "ticket", "priority": priority,
      ]),
      annotations: LabelSet(["summary": title]), startsAt: createdAt,
      incident: ReportedAlert.Incident(
        id: id, number: number, isHighUrgency: isHighUrgency, acknowledgements: acknowledgements,
        acknowledgedUntil: acknowledgedUntil, assignees: assignees, escalatesAt: escalatesAt,
        alertLabels: alertLabels, url: url))
  }
}
