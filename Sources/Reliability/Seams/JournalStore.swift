/// What keeps the operator's requests: a database on disk, or for tests one in memory.
///
/// Several processes may use one journal at a time.
package protocol JournalStore: Sendable {
  /// Writes a request and its audit line to disk; when it returns, a power cut loses neither.
  ///
  /// A request that is there already stays as it is, without another line.
  ///
  /// - Throws: `JournalError`; then nothing was written.
  func enqueue(_ request: ActionRequest) async throws(JournalError)

  /// The records that are not over and those that ended after an instant, oldest request first.
  func records(endedAfter instant: Timestamp) async throws(JournalError) -> [ActionRecord]

  /// Takes a record for one process, unless another holds it at that instant.
  ///
  /// Where a lease of another process has ended by itself, that process may have died in the middle of
  /// an attempt; so it counts as one.
  ///
  /// - Parameters:
  ///   - id: The record.
  ///   - owner: The process.
  ///   - now: The time; a lease that has ended by then counts no more.
  ///   - end: When the lease ends by itself.
  /// - Returns: The record as it is now; `nil` when another process holds it or it is over.
  /// - Throws: `JournalError`; then it was not taken.
  func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) async throws(JournalError) -> ActionRecord?

  /// Writes what became of a record that `owner` holds, with an audit line, and gives it back.
  ///
  /// It counts as done at the time of the line, or without one at that of the lease.
  ///
  /// - Returns: Whether it was written; not when the lease has passed to another process.
  @discardableResult
  func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) async throws(JournalError) -> Bool

  /// Writes a line of the audit trail outside of any change to a record.
  func note(_ entry: AuditEntry) async throws(JournalError)

  /// The latest lines of the audit trail, oldest first.
  func audit(limit: Int) async throws(JournalError) -> [AuditEntry]

  /// Keeps a document by name, such as the last snapshot, in place of the one before.
  func keep(_ document: [UInt8], named name: String, at now: Timestamp) async throws(JournalError)

  /// A document that was kept, with its time.
  func document(named name: String) async throws(JournalError) -> (bytes: [UInt8], at: Timestamp)?
}

extension ActionRequest.Action {
  /// The action as a word, for the audit trail.
  package var word: String {
    switch self {
    case .acknowledge: "acknowledge"
    case .unacknowledge: "unacknowledge"
    case .silence: "silence"
    case .extendSilence: "extend"
    case .expireSilence: "expire"
    }
  }
}

extension AuditEntry {
  /// The line that goes with a request when it is written down.
  package init(asking request: ActionRequest) {
    let detail =
      switch request.action {
      case .acknowledge(_, let comment): comment
      case .silence(let plan): plan.comment
      case .extendSilence(_, let until): "until \(until.rfc3339)"
      case .unacknowledge, .expireSilence: ""
      }
    self.init(
      at: request.at, actor: request.actor, event: request.action.word, request: request.id,
      subject: request.action.subject, detail: detail)
  }
}

/// Why the journal could not be used.
package enum JournalError: Error, Hashable, Sendable {
  /// The file or its folder cannot be opened or written.
  case inaccessible(path: String, reason: String)
  /// There is no space left.
  case full(path: String)
  /// The file is no journal, or a damaged one.
  case corrupt(path: String, reason: String)
  /// It was written by a newer burnwatch.
  case newer(path: String)
  /// Another process held it for too long.
  case busy(path: String)
}

extension JournalError: CustomStringConvertible {
  /// What is wrong and what to do, as a clause without its stop.
  package var description: String {
    switch self {
    case .inaccessible(let path, let reason):
      "the journal \(path) cannot be used (\(reason)); set journal: in the configuration or "
        + "correct its permissions"
    case .full(let path): "the disk of the journal \(path) is full; make room"
    case .corrupt(let path, let reason):
      "the journal \(path) is damaged (\(reason)); move it away, and a new one is made"
    case .newer(let path):
      "the journal \(path) was written by a newer burnwatch; use that one, or set journal: to "
        + "another file"
    case .busy(let path): "the journal \(path) is in use by another process; try again"
    }
  }
}
