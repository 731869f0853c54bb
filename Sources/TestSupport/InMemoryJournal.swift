internal import Journal
package import Reliability

/// A journal in memory that fails when told to.
package actor InMemoryJournal: JournalStore, RunStore, FiringStore {
  private let journal = MemoryJournal()
  private var fault: (error: JournalError, calls: Int)?

  /// Makes an empty journal.
  package init() {}

  /// Lets the next calls throw and do nothing.
  ///
  /// - Parameters:
  ///   - calls: How many; 0 puts it in order again.
  ///   - error: What they throw.
  package func failNext(_ calls: Int = 1, with error: JournalError) {
    fault = (error, calls)
  }

  /// Writes a request and its audit line, unless it is there already.
  package func enqueue(_ request: ActionRequest) async throws(JournalError) {
    try failIfTold()
    try await journal.enqueue(request)
  }

  /// The records that are not over and those that ended after an instant, oldest request first.
  package func records(
    endedAfter instant: Timestamp
  ) async throws(JournalError) -> [ActionRecord] {
    try failIfTold()
    return try await journal.records(endedAfter: instant)
  }

  /// Takes a record, unless another owner holds it at that instant or it is over.
  package func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) async throws(JournalError) -> ActionRecord? {
    try failIfTold()
    return try await journal.lease(id, by: owner, at: now, until: end)
  }

  /// Writes what became of a record that `owner` holds, with an audit line, and gives it back.
  @discardableResult
  package func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) async throws(JournalError) -> Bool {
    try failIfTold()
    return try await journal.finish(record, by: owner, entry)
  }

  /// Writes a line of the audit trail.
  package func note(_ entry: AuditEntry) async throws(JournalError) {
    try failIfTold()
    try await journal.note(entry)
  }

  /// The latest lines of the audit trail, oldest first.
  package func audit(limit: Int) async throws(JournalError) -> [AuditEntry] {
    try failIfTold()
    return try await journal.audit(limit: limit)
  }

  /// Keeps a document by name in place of the one before.
  package func keep(
    _ document: [UInt8], named name: String, at now: Timestamp
  ) async throws(JournalError) {
    try failIfTold()
    try await journal.keep(document, named: name, at: now)
  }

  /// A document that was kept, with its time.
  package func document(
    named name: String
  ) async throws(JournalError) -> (bytes: [UInt8], at: Timestamp)? {
    try failIfTold()
    return try await journal.document(named: name)
  }

  /// Writes a run with lines of the audit trail, unless another process holds it.
  package func keep(
    _ run: RunRecord, by hold: RunHold, at now: Timestamp, _ entries: [AuditEntry]
  ) async throws(JournalError) -> Bool {
    try failIfTold()
    return try await journal.keep(run, by: hold, at: now, entries)
  }

  /// The latest runs, the last one first.
  package func runs(limit: Int) async throws(JournalError) -> [HeldRun] {
    try failIfTold()
    return try await journal.runs(limit: limit)
  }

  /// Writes firings over those of the same alert and beginning, and takes others away.
  package func keep(
    _ firings: [Firing], dropping dropped: [Firing.ID]
  ) async throws(JournalError) {
    try failIfTold()
    try await journal.keep(firings, dropping: dropped)
  }

  /// The firings that overlap a range, oldest first.
  package func firings(in range: Range<Timestamp>) async throws(JournalError) -> [Firing] {
    try failIfTold()
    return try await journal.firings(in: range)
  }

  private func failIfTold() throws(JournalError) {
    guard let (error, calls) = fault, calls > 0 else { return }
    fault = (error, calls - 1)
    throw error
  }
}
