internal import Foundation

/// The parameters of a request to the stand-in for PagerDuty, checked.
struct PagerDutyQuery {
  /// What is wrong with a request.
  struct Wrong: Error {
    let reason: String
  }

  /// The parameters that `GET /incidents` has.
  static let ofIncidents: Set<String> = [
    "limit", "offset", "total", "date_range", "incident_key", "service_ids[]", "team_ids[]",
    "user_ids[]", "urgencies[]", "time_zone", "statuses[]", "sort_by", "include[]", "since",
    "until",
  ]
  /// The parameters that `GET /incidents/{id}/alerts` has.
  static let ofAlerts: Set<String> = [
    "limit", "offset", "total", "alert_key", "statuses[]", "sort_by", "include[]",
  ]

  /// The parameters that `GET /oncalls` has.
  static let ofDuties: Set<String> = [
    "limit", "offset", "total", "time_zone", "include[]", "user_ids[]", "escalation_policy_ids[]",
    "schedule_ids[]", "since", "until", "earliest",
  ]
  /// The parameters that `GET /schedules/{id}` has.
  static let ofSchedule: Set<String> = [
    "time_zone", "since", "until", "overflow", "include_next_oncall_for_user",
  ]

  private let items: [(name: String, value: String)]
  /// How many places the page has: 25 unless more are asked for, up to 100.
  let limit: Int
  /// The first place of the page.
  let offset: Int

  init(_ target: String, allowing names: Set<String>) throws(Wrong) {
    // By hand, because Foundation takes brackets as they are or encoded, but not both in one query.
    items = target.drop { $0 != "?" }.dropFirst().split(separator: "&").map { pair in
      let halves = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? "" }
      return (halves.first ?? "", halves.count == 2 ? halves[1] : "")
    }
    for item in items where !names.contains(item.name) {
      throw Wrong(reason: "Unknown parameter \(item.name)")
    }
    limit = try PagerDutyQuery.number("limit", 1...100, in: items) ?? 25
    offset = try PagerDutyQuery.number("offset", 0...Int.max / 2, in: items) ?? 0
    try PagerDutyQuery.check(items, "statuses[]", ["triggered", "acknowledged", "resolved"])
    try PagerDutyQuery.check(items, "date_range", ["all"])
    try PagerDutyQuery.check(items, "urgencies[]", ["high", "low"])
    try checkOrder()
  }

  subscript(name: String) -> String? { items.first { $0.name == name }?.value }

  var statuses: Set<String> { Set(items.filter { $0.name == "statuses[]" }.map(\.value)) }

  /// At most two fields, each with a direction.
  private func checkOrder() throws(Wrong) {
    guard let order = self["sort_by"] else { return }
    let parts = order.split(separator: ",").map { $0.split(separator: ":").map(String.init) }
    let fields = ["incident_number", "created_at", "resolved_at", "urgency"]
    let isKnown = parts.allSatisfy { part in
      part.count == 2 && fields.contains(part[0]) && ["asc", "desc"].contains(part[1])
    }
    guard (1...2).contains(parts.count), isKnown else { throw Wrong(reason: "Invalid sort_by") }
  }

  private static func number(
    _ name: String, _ range: ClosedRange<Int>, in items: [(name: String, value: String)]
  ) throws(Wrong) -> Int? {
    guard let text = items.first(where: { $0.name == name })?.value else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Wrong(reason: "Invalid \(name)")
    }
    return number
  }

  private static func check(
    _ items: [(name: String, value: String)], _ name: String, _ known: Set<String>
  ) throws(Wrong) {
    for item in items where item.name == name && !known.contains(item.value) {
      throw Wrong(reason: "Invalid \(name)")
    }
  }
}

/// One of the changes that `PUT /incidents` asks for.
struct PagerDutyChange {
  let id: String
  let status: String?
  /// What is wrong with it; `nil` when it can be made.
  let wrong: String?

  private static let members: Set<String> = [
    "id", "type", "status", "resolution", "title", "priority", "escalation_level", "assignments",
    "incident_type", "escalation_policy", "urgency", "conference_bridge",
  ]

  init(_ json: [String: Any], in account: PagerDutyAccount) {
    id = json["id"] as? String ?? ""
    status = json["status"] as? String
    wrong = PagerDutyChange.wrong(json, account[id])
  }

  private static func wrong(
    _ json: [String: Any], _ incident: PagerDutyAccount.Incident?
  ) -> String? {
    if let unknown = json.keys.first(where: { !members.contains($0) }) {
      return "Unknown member \(unknown)"
    }
    guard let type = json["type"] as? String, ["incident", "incident_reference"].contains(type)
    else { return "Invalid type" }
    guard let incident else { return "Incident Not Found" }
    switch json["status"] as? String {
    case "acknowledged", "resolved", nil: break
    default: return "Invalid status"
    }
    return incident.status == .resolved ? "Incident Already Resolved" : nil
  }
}
