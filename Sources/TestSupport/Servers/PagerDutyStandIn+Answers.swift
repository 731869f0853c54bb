internal import Foundation
internal import Reliability
internal import Synchronization

// The calls and their rules: PagerDuty's REST API v2, `/incidents` and what lies below.

extension PagerDutyStandIn {
  typealias Answer = FaultServer.Answer

  private static let version = "application/vnd.pagerduty+json;version=2"
  static let lastPlace = 10_000
  private static let mostChanges = 250
  private static let mostNotes = 2000

  func answer(to request: Request) -> Answer {
    state.withLock { state in
      var answer = self.answer(to: request, &state)
      if let index = state.plans.firstIndex(where: { request.matches($0.target) }) {
        state.plans.remove(at: index).change(&state.account)
      }
      answer.fields += [
        ("ratelimit-limit", "\(state.allowance.limit)"),
        ("ratelimit-remaining", "\(max(state.allowance.remaining, 0))"),
        ("ratelimit-reset", "\(state.allowance.reset)"),
      ]
      return answer
    }
  }

  private func answer(to request: Request, _ state: inout State) -> Answer {
    guard request.header("Authorization") == "Token token=\(state.token)" else {
      return Self.error(401, 2006, "Unauthorized")
    }
    guard state.allowance.remaining > 0 else { return Self.error(429, 2020, "Rate Limit Exceeded") }
    state.allowance.remaining -= 1
    guard request.header("Accept") == Self.version else {
      return Self.invalid("Accept header must be \(Self.version)")
    }
    guard request.header("Content-Type") == "application/json" else {
      return Self.invalid("Content-Type header must be application/json")
    }
    let path = request.path.split(separator: "/").map(String.init)
    switch (request.method, path.count, path.first, path.last) {
    case ("GET", 1, "incidents", _): return list(request, state.account)
    case ("GET", 2, "incidents", let id?): return incident(id, request, state.account)
    case ("GET", 3, "incidents", "alerts"): return alerts(path[1], request, state.account)
    case ("GET", 3, "incidents", "notes"): return notes(path[1], request, state.account)
    case ("GET", 1, "oncalls", _): return duties(request, state.account)
    case ("GET", 2, "schedules", let id?): return schedule(id, request, state.account)
    case ("PUT", 1, "incidents", _):
      return written(request, &state) { update($0, &$1, by: $2) }
    case ("POST", 3, "incidents", "notes"):
      return written(request, &state) { addNote(to: path[1], $0, &$1, by: $2) }
    default: return Self.notFound
    }
  }

  static func error(
    _ status: Int, _ code: Int, _ message: String, _ errors: [String]? = nil
  ) -> Answer {
    var error: [String: Any] = ["message": message, "code": code]
    error["errors"] = errors
    return json(["error": error], status: status)
  }

  static func invalid(_ errors: String...) -> Answer {
    error(400, 2001, "Invalid Input Provided", errors)
  }

  static var notFound: Answer { error(404, 2100, "Not Found") }

  static func json(_ object: [String: Any], status: Int = 200) -> Answer {
    let body = try? JSONSerialization.data(withJSONObject: object)
    return Answer(
      status: status, fields: [("Content-Type", "application/json")], body: Array(body ?? Data()))
  }

  // MARK: - Reading

  private func list(_ request: Request, _ account: PagerDutyAccount) -> Answer {
    let query: PagerDutyQuery
    do throws(PagerDutyQuery.Wrong) {
      query = try PagerDutyQuery(request.target, allowing: PagerDutyQuery.ofIncidents)
    } catch {
      return Self.invalid(error.reason)
    }
    guard query.offset + query.limit <= Self.lastPlace else {
      return Self.invalid("Offset plus limit must not exceed \(Self.lastPlace)")
    }
    let month = now() - .seconds(30 * 86_400)
    let all = account.incidents.values
      .filter { query["date_range"] == "all" || $0.createdAt >= month }
      .filter { query.statuses.isEmpty || query.statuses.contains($0.status.rawValue) }
      .sorted { ($0.createdAt, $0.number) > ($1.createdAt, $1.number) }
    let page = all.dropFirst(query.offset).prefix(query.limit)
    return Self.json([
      "incidents": page.map(\.json), "limit": query.limit, "offset": query.offset,
      "more": all.count > query.offset + query.limit, "total": NSNull(),
    ])
  }

  private func incident(_ id: String, _ request: Request, _ account: PagerDutyAccount) -> Answer {
    guard let incident = account[id] else { return Self.notFound }
    guard request.target == request.path else { return Self.invalid("Unknown parameter") }
    return Self.json(["incident": incident.json])
  }

  private func alerts(_ id: String, _ request: Request, _ account: PagerDutyAccount) -> Answer {
    guard let incident = account[id] else { return Self.notFound }
    do throws(PagerDutyQuery.Wrong) {
      let query = try PagerDutyQuery(request.target, allowing: PagerDutyQuery.ofAlerts)
      let all = incident.alertsJSON
      return Self.json([
        "alerts": Array(all.dropFirst(query.offset).prefix(query.limit)), "limit": query.limit,
        "offset": query.offset, "more": all.count > query.offset + query.limit, "total": NSNull(),
      ])
    } catch {
      return Self.invalid(error.reason)
    }
  }

  private func notes(_ id: String, _ request: Request, _ account: PagerDutyAccount) -> Answer {
    guard let incident = account[id] else { return Self.notFound }
    guard request.target == request.path else { return Self.invalid("Unknown parameter") }
    return Self.json(["notes": incident.notes.enumerated().map(note)])
  }

  private func note(_ index: Int, _ text: String) -> [String: Any] {
    ["id": "PNOTE\(index)", "content": text, "created_at": now().rfc3339]
  }

  // MARK: - Writing

  /// Finds out who writes, and whether they may.
  private func written(
    _ request: Request, _ state: inout State,
    _ write: (Request, inout PagerDutyAccount, String) -> Answer
  ) -> Answer {
    let name: String
    switch state.key {
    case .readOnly: return Self.error(403, 2010, "Access Denied")
    case .user(let user): name = user
    case .account:
      guard let from = request.header("From") else {
        return Self.invalid("From header is required")
      }
      guard let user = state.account.users[from] else {
        return Self.invalid("Requester User Not Found")
      }
      name = user
    }
    return write(request, &state.account, name)
  }

  private func update(
    _ request: Request, _ account: inout PagerDutyAccount, by name: String
  ) -> Answer {
    guard let body = request.object, Set(body.keys) == ["incidents"],
      let changes = body["incidents"] as? [[String: Any]], !changes.isEmpty
    else { return Self.invalid("The body must be an object with a list of incidents") }
    guard changes.count <= Self.mostChanges else { return Self.error(413, 2001, "Too Many") }
    let wrong = changes.compactMap { PagerDutyChange($0, in: account).wrong }
    guard wrong.isEmpty else { return Self.error(400, 2001, "Invalid Input Provided", wrong) }
    var changed: [[String: Any]] = []
    for change in changes.map({ PagerDutyChange($0, in: account) }) {
      switch change.status {
      case "acknowledged": account.acknowledge(change.id, by: name, at: now())
      case "resolved": account.resolve(change.id)
      default: break
      }
      if let incident = account[change.id] { changed.append(incident.json) }
    }
    return Self.json(["incidents": changed])
  }

  /// Adds a note; the API answers 200 to it, and not 201.
  private func addNote(
    to id: String, _ request: Request, _ account: inout PagerDutyAccount, by name: String
  ) -> Answer {
    guard let incident = account[id] else { return Self.notFound }
    guard let body = request.object, Set(body.keys) == ["note"],
      let content = body["note"] as? [String: String], Set(content.keys) == ["content"],
      let text = content["content"], !text.isEmpty
    else { return Self.invalid("The body must be an object with a note and its content") }
    guard incident.notes.count < Self.mostNotes else { return Self.invalid("Too many notes") }
    account.addNote(text, to: id)
    return Self.json(["note": note(incident.notes.count, text)])
  }
}

extension FaultServer.Request {
  fileprivate var object: [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any]
  }
}
