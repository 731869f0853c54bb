import Foundation
import GRDB
package import Reliability

/// The journal on disk: an SQLite database that several processes use at a time.
///
/// One connection does everything in its own queue, so that a slow disk holds up no thread of Swift's.
package final class SQLiteJournal: JournalStore, RunStore, FiringStore {
  /// How long a request that is over is kept.
  package static let requestRetention: Duration = .seconds(90 * 86_400)
  /// How long a line of the audit trail is kept.
  package static let auditRetention: Duration = .seconds(400 * 86_400)

  private let file: JournalFile
  private let connection: DatabaseQueue

  /// Opens a journal, makes what is missing of it, and drops what has been kept for long enough.
  ///
  /// - Parameters:
  ///   - path: The file; its folder is made as well, and only their owner may read either.
  ///   - now: The time, from which retention counts back.
  /// - Throws: `JournalError`.
  package convenience init(path: String, now: Timestamp) throws(JournalError) {
    try self.init(path: path, now: now, running: "")
  }

  /// Opens a journal and runs statements on its connection, by which tests bring faults about.
  init(path: String, now: Timestamp, running statements: String) throws(JournalError) {
    file = try JournalFile(making: path)
    do {
      connection = try DatabaseQueue(path: file.path, configuration: Schema.configuration)
      try connection.inDatabase(Schema.setUp)
      try Schema.migrate(connection)
      try connection.inDatabase { database in
        try database.inTransaction(.immediate) {
          try Schema.forget(
            requestsBefore: now - Self.requestRetention, linesBefore: now - Self.auditRetention,
            in: database)
          return .commit
        }
        try database.execute(sql: statements)
      }
    } catch {
      throw JournalError(error, path: path)
    }
  }

  // MARK: - Requests

  /// Writes a request and its audit line to disk; when it returns, a power cut loses neither.
  package func enqueue(_ request: ActionRequest) async throws(JournalError) {
    try await transaction(.immediate) { database in
      guard try !OutboxRow.exists(database, key: request.id) else { return }
      try OutboxRow(request).insert(database)
      try AuditRow(AuditEntry(asking: request)).insert(database)
    }
  }

  /// The records that are not over and those that ended after an instant, oldest request first.
  package func records(
    endedAfter instant: Timestamp
  ) async throws(JournalError) -> [ActionRecord] {
    try await transaction(.deferred) { database in
      try OutboxRow.fetchAll(
        database,
        sql: """
          SELECT * FROM outbox WHERE ended_at IS NULL OR ended_at > ? ORDER BY created_at, id
          """,
        arguments: [instant.milliseconds]
      ).map { try $0.record() }
    }
  }

  /// Takes a record for one process, unless another holds it at that instant.
  package func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) async throws(JournalError) -> ActionRecord? {
    try await transaction(.immediate) { database in
      guard var row = try OutboxRow.fetchOne(database, key: id), row.isFree(for: owner, at: now)
      else { return nil }
      row.lease(to: owner, at: now, until: end)
      try row.update(database)
      return try row.record()
    }
  }

  /// Writes what became of a record that `owner` holds, with an audit line, and gives it back.
  @discardableResult
  package func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) async throws(JournalError) -> Bool {
    try await transaction(.immediate) { database in
      guard var row = try OutboxRow.fetchOne(database, key: record.id),
        row.leaseOwner == owner.storable
      else { return false }
      row.finish(as: record, at: entry?.at)
      try row.update(database)
      try entry.map(AuditRow.init)?.insert(database)
      return true
    }
  }

  // MARK: - Runs

  /// Writes a run with lines of the audit trail, unless another process holds it.
  package func keep(
    _ run: RunRecord, by hold: RunHold, at now: Timestamp, _ entries: [AuditEntry]
  ) async throws(JournalError) -> Bool {
    try await transaction(.immediate) { database in
      let present = try RunRow.fetchOne(database, key: run.id)
      let heldUntil = present?.heldUntil.map(Timestamp.init(milliseconds:))
      guard hold.admits(present?.owner, until: heldUntil, at: now),
        run.revision == (present?.revision ?? run.revision - 1) + 1
      else { return false }
      try RunRow(run, hold).insert(database, onConflict: .replace)
      for entry in entries { try AuditRow(entry).insert(database) }
      return true
    }
  }

  /// The latest runs, the last one first; one that cannot be read is left out.
  package func runs(limit: Int) async throws(JournalError) -> [HeldRun] {
    try await transaction(.deferred) { database in
      try RunRow.fetchAll(
        database, sql: "SELECT * FROM run ORDER BY started_at DESC, id DESC LIMIT ?",
        arguments: [max(limit, 0)]
      ).compactMap(\.run)
    }
  }

  // MARK: - What fired

  /// Writes firings over those of the same alert and beginning, and takes others away.
  package func keep(
    _ firings: [Firing], dropping dropped: [Firing.ID]
  ) async throws(JournalError) {
    try await transaction(.immediate) { database in
      for id in dropped { try FiringRow.deleteOne(database, key: FiringRow.key(of: id)) }
      for firing in firings {
        let known = try FiringRow.fetchOne(database, key: FiringRow.key(of: firing.id))?.firing
        try FiringRow(known.map(firing.onTop) ?? firing).insert(database, onConflict: .replace)
      }
    }
  }

  /// The firings that overlap a range, oldest first; one that cannot be read is left out.
  package func firings(in range: Range<Timestamp>) async throws(JournalError) -> [Firing] {
    let (first, end) = (range.lowerBound.milliseconds, range.upperBound.milliseconds)
    return try await transaction(.deferred) { database in
      // Each part has an index of its own: the table holds more than a year.
      try FiringRow.fetchAll(
        database,
        sql: """
          SELECT * FROM firing WHERE starts_at >= ? AND starts_at < ?
          UNION ALL SELECT * FROM firing WHERE ends_at IS NULL AND starts_at < min(?, ?)
          UNION ALL SELECT * FROM firing WHERE ends_at > ? AND starts_at < min(?, ?)
          ORDER BY starts_at, cluster, fingerprint
          """,
        arguments: [first, end, first, end, first, first, end]
      ).compactMap(\.firing)
    }
  }

  // MARK: - Audit trail and documents

  /// Writes a line of the audit trail outside of any change to a record.
  package func note(_ entry: AuditEntry) async throws(JournalError) {
    try await transaction(.immediate) { try AuditRow(entry).insert($0) }
  }

  /// The latest lines of the audit trail, oldest first.
  package func audit(limit: Int) async throws(JournalError) -> [AuditEntry] {
    try await transaction(.deferred) { database in
      // SQLite takes a negative limit for none.
      try AuditRow.fetchAll(
        database, sql: "SELECT * FROM audit ORDER BY id DESC LIMIT ?", arguments: [max(limit, 0)]
      ).reversed().map(\.entry)
    }
  }

  /// Keeps a document by name in place of the one before.
  package func keep(
    _ document: [UInt8], named name: String, at now: Timestamp
  ) async throws(JournalError) {
    try await transaction(.immediate) { database in
      let row = DocumentRow(name: name, bytes: Data(document), at: now.milliseconds)
      try row.insert(database, onConflict: .replace)
    }
  }

  /// A document that was kept, with its time.
  package func document(
    named name: String
  ) async throws(JournalError) -> (bytes: [UInt8], at: Timestamp)? {
    try await transaction(.deferred) { database in
      try DocumentRow.fetchOne(database, key: name).map { row in
        (bytes: Array(row.bytes), at: Timestamp(milliseconds: row.at))
      }
    }
  }

  // MARK: - Transactions

  /// Does something in one transaction; what was begun is done, even when the task is cancelled.
  ///
  /// GRDB's own asynchronous access gives up with the task, and leaves it open whether it was done.
  private func transaction<Value: Sendable>(
    _ kind: Database.TransactionKind,
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    let file = file
    let result = await withCheckedContinuation { continuation in
      connection.asyncWriteWithoutTransaction { database in
        continuation.resume(returning: Result { try file.transaction(kind, in: database, body) })
      }
    }
    do {
      return try result.get()
    } catch {
      throw JournalError(error, path: file.path)
    }
  }
}

extension JournalFile {
  /// Runs a transaction, unless the file has gone from under the connection.
  fileprivate func transaction<Value>(
    _ kind: Database.TransactionKind, in database: Database, _ body: (Database) throws -> Value
  ) throws -> Value {
    try checkPlace()
    try database.beginTransaction(kind)
    do {
      let value = try body(database)
      try database.commit()
      return value
    } catch {
      // SQLite has often rolled back already; the first error says what happened.
      try? database.rollback()
      throw error
    }
  }
}
