/// What keeps the runs of runbooks: the journal.
///
/// A run belongs to the process that works on it, by a lease as in the outbox; so two processes never
/// work on one run, and one whose process is gone is found.
package protocol RunStore: Sendable {
  /// Writes a run with lines of the audit trail; when it returns, a power cut loses neither.
  ///
  /// - Parameters:
  ///   - run: The run as it is now.
  ///   - hold: The process that writes it, and whether it goes on to work on it.
  ///   - now: The time; the hold of another process that has ended by then counts no more.
  ///   - entries: What has happened.
  /// - Returns: Whether it was written; not when another process holds the run, or has written it
  ///   since: its revision must be the one after that of the journal.
  /// - Throws: `JournalError`; then nothing was written.
  func keep(
    _ run: RunRecord, by hold: RunHold, at now: Timestamp, _ entries: [AuditEntry]
  ) async throws(JournalError) -> Bool

  /// The latest runs, the last one first.
  func runs(limit: Int) async throws(JournalError) -> [HeldRun]

  /// Writes a line of the audit trail.
  func note(_ entry: AuditEntry) async throws(JournalError)
}

/// Who writes a run, and whether it stays theirs.
package struct RunHold: Hashable, Sendable {
  /// The process that writes.
  package let owner: String
  /// When its hold ends by itself; `nil` gives the run back.
  package let until: Timestamp?
  /// A process that is known to be gone, whose hold counts no more.
  package let gone: String?

  /// Makes a hold.
  package init(owner: String, until: Timestamp?, insteadOf gone: String? = nil) {
    self.owner = owner
    self.until = until
    self.gone = gone
  }

  /// Whether a run that some process holds until some time may be written.
  package func admits(_ holder: String?, until end: Timestamp?, at now: Timestamp) -> Bool {
    guard let holder, let end else { return true }
    return holder == owner || holder == gone || end <= now
  }
}

/// A run with the process that works on it.
package struct HeldRun: Hashable, Sendable {
  /// The run.
  package let record: RunRecord
  /// The process that works on it; `nil` when none does.
  package let owner: String?
  /// When its hold ends by itself.
  package let heldUntil: Timestamp?

  /// Makes a held run.
  package init(record: RunRecord, owner: String?, heldUntil: Timestamp?) {
    self.record = record
    self.owner = owner
    self.heldUntil = heldUntil
  }
}
