internal import Foundation
package import Reliability

/// What a PagerDuty account holds, as far as incidents go.
package struct PagerDutyAccount: Sendable {
  /// An incident with its notes and alerts.
  package struct Incident: Sendable {
    /// Where it is in its life; the raw values are PagerDuty's words.
    package enum Status: String, Hashable, Sendable {
      /// It goes from left to right, and back to triggered when an acknowledgement times out.
      case triggered, acknowledged, resolved
    }

    /// Somebody who acknowledged.
    package struct Acknowledgement: Hashable, Sendable {
      /// The name.
      package let by: String
      /// The time.
      package let at: Timestamp
    }

    /// The id.
    package let id: String
    /// The number that people say.
    package var number: Int
    /// The title.
    package var title: String
    /// When it was made.
    package var createdAt: Timestamp
    /// Where it is in its life.
    package var status = Status.triggered
    /// `high` or `low`.
    package var urgency = "high"
    /// The name of its service.
    package var service = "Checkout"
    /// The name of its priority.
    package var priority: String?
    /// Who acknowledged it.
    package var acknowledgements: [Acknowledgement] = []
    /// When the acknowledgement ends by itself.
    package var acknowledgedUntil: Timestamp?
    /// Who has to do with it.
    package var assignees: [String] = []
    /// When it goes to the next level, as long as nobody acknowledges.
    package var escalatesAt: Timestamp?
    /// The texts of its notes.
    package var notes: [String] = []
    /// The bodies of its alerts, JSON objects.
    package var alertBodies: [String] = []

    /// Makes a triggered incident of high urgency.
    package init(id: String, number: Int, title: String, createdAt: Timestamp) {
      self.id = id
      self.number = number
      self.title = title
      self.createdAt = createdAt
    }
  }

  /// The users' names by their mail addresses.
  package var users = ["ines@example.com": "Ines"]
  /// How long an acknowledgement stands; `nil` leaves it until the incident resolves.
  package var acknowledgementLength: Duration? = .seconds(1800)
  /// Who is on call by escalation policies.
  package var duties: [Duty] = []
  /// The schedules by id.
  package var schedules: [String: Schedule] = [:]
  /// The incidents by id.
  package private(set) var incidents: [String: Incident] = [:]

  /// An incident.
  package subscript(id: String) -> Incident? { incidents[id] }

  /// Adds an incident, or puts another in the place of one with its id.
  package mutating func add(_ incident: Incident) {
    incidents[incident.id] = incident
  }

  /// Somebody acknowledges an incident that is open; each acknowledger is named once.
  package mutating func acknowledge(_ id: String, by name: String, at now: Timestamp) {
    guard var incident = incidents[id], incident.status != .resolved else { return }
    incident.acknowledgements.removeAll { $0.by == name }
    incident.acknowledgements.append(Incident.Acknowledgement(by: name, at: now))
    incident.acknowledgedUntil = acknowledgementLength.map { now + $0 }
    incident.status = .acknowledged
    incidents[id] = incident
  }

  /// The acknowledgement of an incident times out, and somebody is paged anew.
  package mutating func timeOut(_ id: String) {
    guard var incident = incidents[id], incident.status == .acknowledged else { return }
    incident.status = .triggered
    incident.acknowledgements = []
    incident.acknowledgedUntil = nil
    incidents[id] = incident
  }

  /// An incident resolves.
  package mutating func resolve(_ id: String) {
    guard var incident = incidents[id] else { return }
    incident.status = .resolved
    incident.acknowledgements = []
    incident.acknowledgedUntil = nil
    incidents[id] = incident
  }

  mutating func addNote(_ text: String, to id: String) {
    incidents[id]?.notes.append(text)
  }
}

extension PagerDutyAccount.Incident {
  /// The incident as the API tells it.
  var json: [String: Any] {
    var json: [String: Any] = [
      "id": id, "type": "incident", "summary": "[#\(number)] \(title)", "incident_number": number,
      "title": title, "status": status.rawValue, "urgency": urgency,
      "created_at": createdAt.rfc3339, "updated_at": createdAt.rfc3339,
      "self": "https://api.pagerduty.com/incidents/\(id)",
      "html_url": "https://acme.pagerduty.com/incidents/\(id)",
      "service": reference("PSVC001", "service_reference", service),
      "assignments": assignees.map { name -> [String: Any] in
        [
          "at": createdAt.rfc3339, "assignee": reference("PUSR002", "user_reference", name),
        ]
      },
      "teams": [Any](), "is_mergeable": true,
      "alert_counts": [
        "all": alertBodies.count, "triggered": alertBodies.count, "resolved": 0,
      ],
      "last_status_change_at": (acknowledgements.last?.at ?? createdAt).rfc3339,
    ]
    json["incident_key"] = NSNull()
    json["resolved_at"] = NSNull()
    json["priority"] =
      priority.map { reference("PPRI001", "priority", $0) as Any } ?? NSNull()
    json["acknowledgements"] = acknowledgements.map { entry -> [String: Any] in
      [
        "at": entry.at.rfc3339,
        "acknowledger": reference("PUSR001", "user_reference", entry.by),
      ]
    }
    let pending = [
      acknowledgedUntil.map { ["type": "unacknowledge", "at": $0.rfc3339] },
      status == .triggered
        ? escalatesAt.map { ["type": "escalate", "at": $0.rfc3339] } : nil,
    ]
    json["pending_actions"] = pending.compactMap(\.self)
    return json
  }

  /// The alerts as the API tells them.
  var alertsJSON: [[String: Any]] {
    alertBodies.enumerated().map { index, body in
      let object = try? JSONSerialization.jsonObject(with: Data(body.utf8))
      return [
        "id": "\(id)A\(index)", "type": "alert", "summary": title, "status": "triggered",
        "alert_key": "\(id)-\(index)", "created_at": createdAt.rfc3339,
        "severity": "critical", "suppressed": false, "body": object ?? NSNull(),
      ]
    }
  }

  private func reference(_ id: String, _ type: String, _ name: String) -> [String: Any] {
    ["id": id, "type": type, "summary": name, "self": NSNull(), "html_url": NSNull()]
  }
}
