import Reliability
import Synchronization
import TestSupport

@testable import Operations

/// An outbox with everything around it, on a clock that only the test moves.
struct Office {
  let start: Timestamp
  let clock: ManualClock
  let journal = InMemoryJournal()
  let backend: FakeBackend
  let pager: FakeBackend
  let sentences = Sentences()

  init() throws {
    start = try .sample("2026-11-27T12:00:00Z")
    clock = ManualClock(at: start)
    backend = FakeBackend(clock: clock)
    pager = FakeBackend(name: "pd", clock: clock)
  }

  /// A process on the journal.
  ///
  /// - Parameters:
  ///   - owner: Its name.
  ///   - gate: What it may do.
  ///   - life: What ends it at some step, as if it were killed.
  /// - Returns: Its outbox.
  func outbox(
    _ owner: String = "p-1", gate: ActionGate = ActionGate(), life: Life = Life()
  ) -> Outbox {
    let ids = Mutex(0)
    return Outbox(
      Outbox.Setup(
        gate: gate, actor: "ada", owner: owner, duration: .seconds(900),
        makeID: {
          ids.withLock {
            $0 += 1
            return "\(owner)-\($0)"
          }
        }, observe: life.observe),
      journal: MortalJournal(journal: journal, life: life),
      backends: [backend, pager].map { MortalBackend(backend: $0, life: life) }, clock: clock,
      tell: sentences.take)
  }

  /// Lets an outbox know what Alertmanager says, and do what is due then.
  func look(
    _ outbox: Outbox, at alerts: [Int] = [1], isAuthoritative: Bool = true
  ) async {
    let report = await backend.report(alerts.map(alert), isAuthoritative: isAuthoritative)
    await outbox.note(.success(report), from: "am")
    await outbox.workOff()
  }

  /// Lets an outbox know that Alertmanager is silent, and do what is due then.
  func lookInVain(_ outbox: Outbox) async {
    await outbox.note(.failure(.unavailable("no way to am")), from: "am")
    await outbox.workOff()
  }

  /// The alert of a number, as Alertmanager tells it.
  func alert(_ number: Int) -> ReportedAlert {
    ReportedAlert(
      cluster: "am", fingerprint: "f-\(number)", labels: labels(number), startsAt: start)
  }

  func labels(_ number: Int) -> LabelSet {
    LabelSet(["alertname": "Disk\(number)", "region": "eu"])
  }

  /// The acknowledgement of the alert of a number.
  func acknowledgement(_ number: Int = 1, comment: String = "") -> ActionRequest.Action {
    .acknowledge(target(number), comment: comment)
  }

  func target(_ number: Int = 1) -> AlertTarget {
    let matchers = labels(number).labels.map { LabelMatcher($0.name, .equal, $0.value) }
    return AlertTarget(
      alert: alert(number).id, name: "Disk\(number)", startsAt: start,
      backend: .alertmanager(source: "am", matchers: matchers))
  }

  /// The alert behind a PagerDuty incident.
  var incident: AlertTarget {
    AlertTarget(
      alert: alert(1).id, name: "Disk1", startsAt: start,
      backend: .pagerDuty(source: "pd", incident: "Q1"))
  }

  /// An alert of burnwatch's own.
  var own: AlertTarget {
    AlertTarget(
      alert: Alert.ID(cluster: "local", fingerprint: "local:a/b/0"), name: "ErrorBudgetBurn",
      startsAt: start, backend: .local)
  }

  /// The events of the audit trail about a request, oldest first.
  func events(of request: ActionRequest.ID) async throws -> [String] {
    try await journal.audit(limit: 999).filter { $0.request == request }.map(\.event)
  }
}

/// What an outbox tells the operator.
final class Sentences: Sendable {
  private let state = Mutex<[String]>([])

  /// All sentences, oldest first.
  var all: [String] { state.withLock(\.self) }

  @Sendable func take(_ news: Outbox.News) {
    guard let sentence = news.sentence else { return }
    state.withLock { $0.append(sentence) }
  }
}

/// Whether a process lives; it may be set to die at a step, in the middle of everything.
final class Life: Sendable {
  private let state: Mutex<(end: Outbox.Step?, isOver: Bool, isReadOnly: Bool)>

  init(until end: Outbox.Step? = nil) {
    state = Mutex((end, false, false))
  }

  var isOver: Bool { state.withLock(\.isOver) }

  /// Whether it can only read its journal.
  var isReadOnly: Bool { state.withLock(\.isReadOnly) }

  func makeReadOnly() { state.withLock { $0.isReadOnly = true } }

  /// Has it die at a step.
  func end(at step: Outbox.Step) { state.withLock { $0.end = step } }

  @Sendable func observe(_ step: Outbox.Step) {
    state.withLock { if $0.end == step { $0.isOver = true } }
  }
}

/// A backend that hears nothing from a dead process.
private struct MortalBackend: ActionBackend {
  let backend: FakeBackend
  let life: Life

  var name: String { backend.name }

  func perform(_ step: DeliveryStep, for record: ActionRecord) async -> DeliveryOutcome {
    guard !life.isOver else { return .later(reason: "dead", after: nil) }
    return await backend.perform(step, for: record)
  }
}

/// A journal in which a dead process writes nothing.
private struct MortalJournal: JournalStore {
  let journal: InMemoryJournal
  let life: Life

  private func mustLive() throws(JournalError) {
    guard !life.isOver else { throw .busy(path: "dead") }
  }

  private func mustWrite() throws(JournalError) {
    try mustLive()
    if life.isReadOnly { throw .full(path: "j.db") }
  }

  func enqueue(_ request: ActionRequest) async throws(JournalError) {
    try mustWrite()
    try await journal.enqueue(request)
  }

  func records(endedAfter instant: Timestamp) async throws(JournalError) -> [ActionRecord] {
    try mustLive()
    return try await journal.records(endedAfter: instant)
  }

  func lease(
    _ id: ActionRequest.ID, by owner: String, at now: Timestamp, until end: Timestamp
  ) async throws(JournalError) -> ActionRecord? {
    try mustWrite()
    return try await journal.lease(id, by: owner, at: now, until: end)
  }

  func finish(
    _ record: ActionRecord, by owner: String, _ entry: AuditEntry?
  ) async throws(JournalError) -> Bool {
    try mustWrite()
    return try await journal.finish(record, by: owner, entry)
  }

  func note(_ entry: AuditEntry) async throws(JournalError) {
    try mustWrite()
    try await journal.note(entry)
  }

  func audit(limit: Int) async throws(JournalError) -> [AuditEntry] {
    try await journal.audit(limit: limit)
  }

  func keep(_ document: [UInt8], named name: String, at now: Timestamp) async throws(JournalError) {
    try await journal.keep(document, named: name, at: now)
  }

  func document(
    named name: String
  ) async throws(JournalError) -> (bytes: [UInt8], at: Timestamp)? {
    try await journal.document(named: name)
  }
}
