internal import Foundation
internal import Reliability

/// What PagerDuty's REST API answers, read into our own types.
///
/// Members that may be `null`, that only some incidents have, or that nothing here depends on are
/// optional, whatever the API description says. An incident that cannot be read does not take the
/// others with it.
enum PagerDutyAnswer {
  private static let api = "PagerDuty"

  /// One page of a list of incidents.
  struct Page: Sendable {
    let incidents: [PagerDutyIncident]
    /// How many incidents of the page could not be read.
    let unreadableCount: Int
    /// How many places the server says the page has.
    let limit: Int?
    /// Whether the server says that there are more pages.
    let hasMore: Bool

    /// Whether the server sent nothing in this page.
    var isEmpty: Bool { incidents.isEmpty && unreadableCount == 0 }
  }

  /// Reads `GET /incidents` and the answer to `PUT /incidents`.
  ///
  /// - Throws: `ConnectorError.unreadable` when there is no list.
  static func page(_ answer: HTTPAnswer) throws(ConnectorError) -> Page {
    let wire: WirePage = try answer.decoded(as: api)
    let incidents = wire.incidents.compactMap { $0.value?.incident }
    return Page(
      incidents: incidents, unreadableCount: wire.incidents.count - incidents.count,
      limit: wire.limit, hasMore: wire.more ?? false)
  }

  /// Reads `GET /incidents/{id}`.
  ///
  /// - Throws: `ConnectorError.unreadable`.
  static func incident(_ answer: HTTPAnswer) throws(ConnectorError) -> PagerDutyIncident {
    let wire: WireSingle = try answer.decoded(as: api)
    guard let incident = wire.incident.incident else {
      throw unreadable("its incident has no time or a status that is not known")
    }
    return incident
  }

  /// Reads the texts of `GET /incidents/{id}/notes`.
  ///
  /// - Throws: `ConnectorError.unreadable`.
  static func notes(_ answer: HTTPAnswer) throws(ConnectorError) -> [String] {
    let wire: WireNotes = try answer.decoded(as: api)
    return wire.notes.compactMap(\.content)
  }

  /// Reads the labels of `GET /incidents/{id}/alerts`; alerts without any give none.
  ///
  /// - Throws: `ConnectorError.unreadable`.
  static func alertLabels(_ answer: HTTPAnswer) throws(ConnectorError) -> [LabelSet] {
    let wire: WireAlerts = try answer.decoded(as: api)
    var seen: Set<LabelSet> = []
    return wire.alerts.compactMap { $0.value?.body }
      .map { LabelSet($0.labels) }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  static func unreadable(_ reason: String) -> ConnectorError {
    .unreadable(reason: reason, api: api)
  }
}

// MARK: - JSON

private struct WirePage: Decodable {
  let incidents: [Lossy<WireIncident>]
  let limit: Int?
  let more: Bool?
}

private struct WireSingle: Decodable {
  let incident: WireIncident
}

private struct WireNotes: Decodable {
  struct Note: Decodable {
    let content: String?
  }

  let notes: [Note]
}

private struct WireAlerts: Decodable {
  struct Alert: Decodable {
    let body: AlertDetails?
  }

  let alerts: [Lossy<Alert>]
}

private struct WireIncident: Decodable {
  /// A service, a person, a priority: an object or a reference to one, both with a name.
  struct Named: Decodable {
    let id: String?
    let summary: String?
  }
  struct Acknowledgement: Decodable {
    let at: String?
    let acknowledger: Named?
  }
  struct Assignment: Decodable {
    let assignee: Named?
  }
  struct PendingAction: Decodable {
    let type: String?
    let at: String?
  }
  struct Counts: Decodable {
    let all: Int?
  }

  let id: String
  let summary: String?
  let number: Int?
  let title: String?
  let status: String
  let urgency: String?
  let createdAt: String
  let url: String?
  let service: Named?
  let priority: Named?
  let acknowledgements: [Acknowledgement]?
  let assignments: [Assignment]?
  let pendingActions: [PendingAction]?
  let alertCounts: Counts?

  private enum CodingKeys: String, CodingKey {
    case id, summary, title, status, urgency, service, priority, acknowledgements, assignments
    case number = "incident_number"
    case createdAt = "created_at"
    case url = "html_url"
    case pendingActions = "pending_actions"
    case alertCounts = "alert_counts"
  }

  var incident: PagerDutyIncident? {
    guard !id.isEmpty, let status = PagerDutyIncident.Status(rawValue: status),
      let createdAt = Timestamp(rfc3339: self.createdAt)
    else { return nil }
    let number = number ?? 0
    let firstLine = [title, summary].lazy.compactMap { $0?.firstLine }.first { !$0.isEmpty }
    return PagerDutyIncident(
      id: id, number: number, title: firstLine ?? "incident \(number == 0 ? id : "\(number)")",
      status: status, isHighUrgency: urgency != "low", createdAt: createdAt,
      acknowledgements: acknowledged(orAt: createdAt),
      acknowledgedUntil: first(pending: "unacknowledge"),
      assignees: (assignments ?? []).compactMap { $0.assignee?.summary?.firstLine },
      escalatesAt: first(pending: "escalate"), service: service?.summary ?? "",
      priority: priority?.summary ?? "", url: url ?? "",
      alertCount: alertCounts?.all ?? 0)
  }

  /// Who acknowledged: a person, but a service or an integration as well.
  private func acknowledged(
    orAt createdAt: Timestamp
  ) -> [ReportedAlert.Incident.Acknowledged] {
    (acknowledgements ?? []).map { entry in
      let name = entry.acknowledger?.summary?.firstLine ?? ""
      return ReportedAlert.Incident.Acknowledged(
        by: name.isEmpty ? entry.acknowledger?.id ?? "somebody" : name,
        at: entry.at.flatMap { Timestamp(rfc3339: $0) } ?? createdAt)
    }
    .sorted { $0.at < $1.at }
  }

  /// When the first pending action of a type is due.
  private func first(pending type: String) -> Timestamp? {
    (pendingActions ?? []).filter { $0.type == type }
      .compactMap { $0.at.flatMap { Timestamp(rfc3339: $0) } }.min()
  }
}

extension String {
  /// The first line that says anything, without the blanks around it.
  fileprivate var firstLine: String {
    let lines = split(whereSeparator: \.isNewline).lazy.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return lines.first { !$0.isEmpty } ?? ""
  }
}
