import Journal
import Operations
import Reliability

/// The journal on disk, opened when it is first needed: the first frame does not wait for a disk.
///
/// One that cannot be opened is tried again with the next call, so that a mended permission or a
/// removed file needs no restart; until then every call says why.
actor LateJournal: JournalStore, RunStore, FiringStore {
  private let path: String?
  private let clock: any WallClock
  private var journal: SQLiteJournal?

  /// Makes a journal; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - path: The file; `nil` when there is no place for one.
  ///   - clock: The clock of retention.
  init(path: String?, clock: any WallClock) {
    self.path = path
    self.clock = clock
  }

  func enqueue(_ request: ActionRequest) async throws(JournalError) {
    try await use { journal throws(JournalError) in try await journal.enqueue(request) }
  }

  func records(endedAfter instant: Timestamp) async throws(JournalError) -> [ActionRecord] {
    try await use { journal throws(JournalError) in
      try await journal.records(endedAfter: instant)
    }
  }

  func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) async throws(JournalError) -> ActionRecord? {
    try await use { journal throws(JournalError) in
      try await journal.lease(id, by: owner, at: now, until: end)
    }
  }

  @discardableResult
  func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) async throws(JournalError) -> Bool {
    try await use { journal throws(JournalError) in
      try await journal.finish(record, by: owner, entry)
    }
  }

  func note(_ entry: AuditEntry) async throws(JournalError) {
    try await use { journal throws(JournalError) in try await journal.note(entry) }
  }

  func audit(limit: Int) async throws(JournalError) -> [AuditEntry] {
    try await use { journal throws(JournalError) in try await journal.audit(limit: limit) }
  }

  func keep(
    _ document: [UInt8], named name: String, at now: Timestamp
  ) async throws(JournalError) {
    try await use { journal throws(JournalError) in
      try await journal.keep(document, named: name, at: now)
    }
  }

  func document(
    named name: String
  ) async throws(JournalError) -> (bytes: [UInt8], at: Timestamp)? {
    try await use { journal throws(JournalError) in try await journal.document(named: name) }
  }

  func keep(
    _ run: RunRecord, by hold: RunHold, at now: Timestamp, _ entries: [AuditEntry]
  ) async throws(JournalError) -> Bool {
    try await use { journal throws(JournalError) in
      try await journal.keep(run, by: hold, at: now, entries)
    }
  }

  func runs(limit: Int) async throws(JournalError) -> [HeldRun] {
    try await use { journal throws(JournalError) in try await journal.runs(limit: limit) }
  }

  func keep(_ firings: [Firing], dropping dropped: [Firing.ID]) async throws(JournalError) {
    try await use { journal throws(JournalError) in
      try await journal.keep(firings, dropping: dropped)
    }
  }

  func firings(in range: Range<Timestamp>) async throws(JournalError) -> [Firing] {
    try await use { journal throws(JournalError) in try await journal.firings(in: range) }
  }

  private func use<Value: Sendable>(
    _ body: @Sendable (SQLiteJournal) async throws(JournalError) -> Value
  ) async throws(JournalError) -> Value {
    let open = try opened()
    do throws(JournalError) {
      return try await body(open)
    } catch {
      // A file that was removed or replaced must be opened anew.
      if case .inaccessible = error { journal = nil }
      throw error
    }
  }

  private func opened() throws(JournalError) -> SQLiteJournal {
    if let journal { return journal }
    guard let path else {
      throw .inaccessible(path: "~/.local/state/burnwatch", reason: "HOME is not set")
    }
    let fresh = try SQLiteJournal(path: path, now: clock.now)
    journal = fresh
    return fresh
  }
}
