package import Reliability

/// A journal that ends with the process and keeps the rules of the one on disk: the demo's.
package actor MemoryJournal: JournalStore, RunStore, FiringStore {
  private struct Row {
    var record: ActionRecord
    var updatedAt: Timestamp
    var owner: String?
    var leaseEnd: Timestamp?
    var endedAt: Timestamp?
  }

  private var rows: [ActionRequest.ID: Row] = [:]
  private var trail: [AuditEntry] = []
  private var documents: [String: (bytes: [UInt8], at: Timestamp)] = [:]

  private var heldRuns: [RunRecord.ID: HeldRun] = [:]
  private var fired: [Firing.ID: Firing] = [:]

  /// Makes a journal that is empty but for what has fired.
  package init(firings: [Firing] = []) {
    fired = Dictionary(firings.map { ($0.id, $0) }) { $1 }
  }

  // MARK: - The seam

  /// Writes a request and its audit line, unless it is there already.
  package func enqueue(_ request: ActionRequest) throws(JournalError) {
    guard rows[request.id] == nil else { return }
    rows[request.id] = Row(record: ActionRecord(request), updatedAt: request.at)
    trail.append(AuditEntry(asking: request))
  }

  /// The records that are not over and those that ended after an instant, oldest request first.
  package func records(
    endedAfter instant: Timestamp
  ) throws(JournalError) -> [ActionRecord] {
    rows.values.filter { row in row.endedAt.map { $0 > instant } ?? true }
      .map(\.record)
      .sorted { ($0.request.at, $0.id) < ($1.request.at, $1.id) }
  }

  /// Takes a record, unless another owner holds it at that instant or it is over.
  package func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) throws(JournalError) -> ActionRecord? {
    guard let row = rows[id], row.endedAt == nil else { return nil }
    if let holder = row.owner, let leaseEnd = row.leaseEnd, holder != owner, leaseEnd > now {
      return nil
    }
    if let holder = row.owner, holder != owner { rows[id]?.record.attempts += 1 }
    rows[id]?.owner = owner
    rows[id]?.leaseEnd = end
    rows[id]?.updatedAt = now
    return rows[id]?.record
  }

  /// Writes what became of a record that `owner` holds, with an audit line, and gives it back.
  @discardableResult
  package func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) throws(JournalError) -> Bool {
    guard let row = rows[record.id], row.owner == owner else { return false }
    let instant = entry?.at ?? row.updatedAt
    // What was asked for stays as it is, whatever the record says.
    let kept = ActionRecord(
      request: row.record.request, state: record.state, attempts: record.attempts,
      nextAttempt: record.nextAttempt, reason: record.reason, silenceID: record.silenceID,
      until: record.until)
    rows[record.id] = Row(
      record: kept, updatedAt: instant, endedAt: record.state == .ended ? instant : nil)
    if let entry { trail.append(entry) }
    return true
  }

  /// Writes a line of the audit trail.
  package func note(_ entry: AuditEntry) throws(JournalError) {
    trail.append(entry)
  }

  /// The latest lines of the audit trail, oldest first.
  package func audit(limit: Int) throws(JournalError) -> [AuditEntry] {
    trail.suffix(max(limit, 0))
  }

  /// Keeps a document by name in place of the one before.
  package func keep(
    _ document: [UInt8], named name: String, at now: Timestamp
  ) throws(JournalError) {
    documents[name] = (document, now)
  }

  /// A document that was kept, with its time.
  package func document(
    named name: String
  ) throws(JournalError) -> (bytes: [UInt8], at: Timestamp)? {
    documents[name]
  }

  /// Writes a run with lines of the audit trail, unless another process holds it.
  package func keep(
    _ run: RunRecord, by hold: RunHold, at now: Timestamp, _ entries: [AuditEntry]
  ) throws(JournalError) -> Bool {
    let present = heldRuns[run.id]
    guard hold.admits(present?.owner, until: present?.heldUntil, at: now),
      run.revision == (present?.record.revision ?? run.revision - 1) + 1
    else { return false }
    heldRuns[run.id] = HeldRun(
      record: run, owner: hold.until == nil ? nil : hold.owner, heldUntil: hold.until)
    trail += entries
    return true
  }

  /// The latest runs, the last one first.
  package func runs(limit: Int) throws(JournalError) -> [HeldRun] {
    let sorted = heldRuns.values.sorted {
      ($0.record.startedAt, $0.record.id) > ($1.record.startedAt, $1.record.id)
    }
    return Array(sorted.prefix(max(limit, 0)))
  }

  /// Writes firings over those of the same alert and beginning, and takes others away.
  package func keep(_ firings: [Firing], dropping dropped: [Firing.ID]) throws(JournalError) {
    for id in dropped { fired[id] = nil }
    for firing in firings {
      fired[firing.id] = fired[firing.id].map(firing.onTop) ?? firing
    }
  }

  /// The firings that overlap a range, oldest first.
  package func firings(in range: Range<Timestamp>) throws(JournalError) -> [Firing] {
    fired.values.filter { $0.touches(range) }
      .sorted { ($0.id.startsAt, $0.id.alert) < ($1.id.startsAt, $1.id.alert) }
  }
}
