import Foundation
import GRDB
import Reliability

/// A row of the outbox: a record with its lease and its times.
struct OutboxRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "outbox"

  let id: String
  let createdAt: Int64
  let actor: String
  let kind: String
  let payload: String
  private(set) var state: String
  private(set) var attempts: Int
  private(set) var nextAttempt: Int64
  private(set) var reason: String?
  private(set) var silenceID: String?
  private(set) var until: Int64?
  private(set) var leaseOwner: String?
  private(set) var leaseUntil: Int64?
  private(set) var updatedAt: Int64
  private(set) var endedAt: Int64?

  enum CodingKeys: String, CodingKey {
    case id, actor, kind, payload, state, attempts, reason, until
    case createdAt = "created_at"
    case nextAttempt = "next_attempt"
    case silenceID = "silence_id"
    case leaseOwner = "lease_owner"
    case leaseUntil = "lease_until"
    case updatedAt = "updated_at"
    case endedAt = "ended_at"
  }

  /// Makes the row of a request nobody has tried.
  init(_ request: ActionRequest) throws {
    let record = ActionRecord(request)
    id = request.id
    createdAt = request.at.milliseconds
    actor = request.actor.storable
    kind = request.action.word
    payload = try StoredAction(request.action).json()
    state = record.state.rawValue
    attempts = record.attempts
    nextAttempt = record.nextAttempt.milliseconds
    updatedAt = request.at.milliseconds
  }

  /// The record.
  ///
  /// - Throws: `ContentFault.unreadable` when the row was not written by burnwatch.
  func record() throws(ContentFault) -> ActionRecord {
    guard let state = ActionRecord.State(rawValue: state),
      let action = try? StoredAction(json: payload).action()
    else { throw .unreadable(request: id) }
    let request = ActionRequest(
      id: id, at: Timestamp(milliseconds: createdAt), actor: actor, action: action)
    return ActionRecord(
      request: request, state: state, attempts: attempts,
      nextAttempt: Timestamp(milliseconds: nextAttempt), reason: reason, silenceID: silenceID,
      until: until.map(Timestamp.init(milliseconds:)))
  }

  /// Whether a process may take the record: it is not over, and no other holds it.
  func isFree(for owner: String, at now: Timestamp) -> Bool {
    guard endedAt == nil else { return false }
    guard let leaseOwner, let leaseUntil else { return true }
    return leaseOwner == owner.storable || leaseUntil <= now.milliseconds
  }

  /// Gives the record to a process; what the one before has left open counts as an attempt.
  mutating func lease(to owner: String, at now: Timestamp, until end: Timestamp) {
    if let leaseOwner, leaseOwner != owner.storable { attempts += 1 }
    leaseOwner = owner.storable
    leaseUntil = end.milliseconds
    updatedAt = now.milliseconds
  }

  /// Takes over what became of the record, and ends its lease.
  mutating func finish(as record: ActionRecord, at instant: Timestamp?) {
    state = record.state.rawValue
    attempts = record.attempts
    nextAttempt = record.nextAttempt.milliseconds
    reason = record.reason?.storable
    silenceID = record.silenceID?.storable
    until = record.until?.milliseconds
    leaseOwner = nil
    leaseUntil = nil
    updatedAt = instant?.milliseconds ?? updatedAt
    endedAt = record.state == .ended ? updatedAt : nil
  }
}

/// A line of the audit trail; the column `id`, which orders them, is SQLite's.
struct AuditRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "audit"

  let at: Int64
  let actor: String
  let event: String
  let request: String?
  let subject: String
  let detail: String

  /// Makes the row of a line.
  init(_ entry: AuditEntry) {
    at = entry.at.milliseconds
    actor = entry.actor.storable
    event = entry.event.storable
    request = entry.request?.storable
    subject = entry.subject.storable
    detail = entry.detail.storable
  }

  /// The line.
  var entry: AuditEntry {
    AuditEntry(
      at: Timestamp(milliseconds: at), actor: actor, event: event, request: request,
      subject: subject, detail: detail)
  }
}

/// A document that is kept by name.
struct DocumentRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "document"

  let name: String
  let bytes: Data
  let at: Int64
}

extension String {
  /// The text for a column: SQLite reads texts as C strings, so a NUL would cut off the rest.
  var storable: String {
    utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self
  }
}
