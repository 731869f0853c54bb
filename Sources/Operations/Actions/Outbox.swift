package import Reliability

/// What leaves for the outside: takes requests through the gate, writes them down, and sees each one
/// through to its end.
///
/// `submit` is the one way in, for keys and the command line alike. `OutboxRules` decides what is due,
/// an `ActionBackend` does it, and every step is in the journal before the next is taken; so a process
/// that is killed at any point goes on where it was.
package actor Outbox {
  /// Where a request is, told to whoever wants to watch.
  package enum Step: String, CaseIterable, Sendable {
    /// On disk, not tried; about to be sent; carried out, not written down; written down.
    case written, leased, delivered, recorded
  }

  /// What the outbox tells the operator.
  package struct News: Sendable {
    /// The requests that are not over.
    package let records: [ActionRecord]
    /// What happened to one of them, as a sentence; `nil` when it speaks for itself.
    package let sentence: String?
  }

  /// How the outbox is set up.
  package struct Setup: Sendable {
    /// What may be done.
    package let gate: ActionGate
    /// Who acts.
    package let actor: String
    /// A name of this process that no other has, for leases.
    package let owner: String
    /// How long an acknowledgement stands before it is prolonged.
    package let duration: Duration
    /// Makes ids that no other journal has.
    package let makeID: @Sendable () -> ActionRequest.ID
    /// Called after each step, on any thread.
    package let observe: @Sendable (Step) -> Void

    /// Makes a set-up.
    package init(
      gate: ActionGate, actor: String, owner: String, duration: Duration,
      makeID: @escaping @Sendable () -> ActionRequest.ID,
      observe: @escaping @Sendable (Step) -> Void = { _ in }
    ) {
      self.gate = gate
      self.actor = actor
      self.owner = owner
      self.duration = duration
      self.makeID = makeID
      self.observe = observe
    }
  }

  /// How long a process may hold a record before another may take it over, as after `kill -9`; one that
  /// lives and works renews what it holds.
  static let leaseLength = Duration.seconds(10)
  static let leaseRenewal = Duration.seconds(3)
  /// How often the journal is read anew, for what other processes have written.
  private static let pulse = Duration.seconds(1)

  let setup: Setup
  let journal: any JournalStore
  let backends: [String: any ActionBackend]
  let clock: any WallClock
  let rules: OutboxRules
  private let tell: @Sendable (News) -> Void
  private let bells: [String: AsyncStream<Void>.Continuation]
  private let calls: [String: AsyncStream<Void>]
  var world = AlertWorld()
  var memories: [ActionRequest.ID: OutboxRules.Memory] = [:]
  /// The open records, oldest first.
  package internal(set) var records: [ActionRecord] = [] {
    didSet { rivals = Outbox.rivals(in: records) }
  }
  private var rivals: [ActionRequest.ID: OutboxRules.Rival] = [:]
  /// What is wrong with the journal; `nil` when it could be used last.
  package var trouble: JournalError? { unwritable ?? unreadable }
  private var unreadable: JournalError?
  /// Why what is due cannot be written down; a journal that can be read only says nothing of it.
  private var unwritable: JournalError?
  private var busyLanes: Set<String> = []

  /// Requests that no source carries out.
  private static let localLane = ""

  /// Makes an outbox; nothing is sent before `run` or `deliver`.
  ///
  /// - Parameters:
  ///   - setup: Who acts, and what they may do.
  ///   - journal: Where requests are kept.
  ///   - backends: Who carries them out.
  ///   - clock: The clock of ages and leases.
  ///   - tell: Receives what became of requests, on any thread.
  package init(
    _ setup: Setup, journal: any JournalStore, backends: [any ActionBackend],
    clock: any WallClock, tell: @escaping @Sendable (News) -> Void
  ) {
    self.setup = setup
    self.journal = journal
    self.backends = Dictionary(
      backends.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.clock = clock
    self.tell = tell
    rules = OutboxRules(duration: setup.duration)
    var bells: [String: AsyncStream<Void>.Continuation] = [:]
    var calls: [String: AsyncStream<Void>] = [:]
    for lane in backends.map(\.name) + [Outbox.localLane] {
      let (stream, continuation) = AsyncStream.makeStream(
        of: Void.self, bufferingPolicy: .bufferingNewest(1))
      calls[lane] = stream
      bells[lane] = continuation
    }
    self.bells = bells
    self.calls = calls
  }

  /// Takes a request on: through the gate, and onto the disk.
  ///
  /// Asking twice for the same acknowledgement is one request; one that had failed is tried again.
  ///
  /// - Returns: The record, which may be an older one for the same thing.
  /// - Throws: `ActionRefusal`; then nothing was written and nothing will be sent.
  @discardableResult
  package func submit(
    _ action: ActionRequest.Action
  ) async throws(ActionRefusal) -> ActionRecord {
    if let reason = setup.gate.refusal(of: action.permission) { throw .notAllowed(reason: reason) }
    if let reason = action.unsuitability { throw .unsuitable(reason: reason) }
    await reload()
    // What is being taken back is on its way out, and asking again means it anew.
    let present = records.first { record in
      rivals[record.id] != .undo && record.request.action.isSame(as: action)
    }
    if let present {
      return present.state == .failed ? await retry(present.id) ?? present : present
    }
    let request = ActionRequest(
      id: setup.makeID(), at: clock.now, actor: setup.actor, action: action)
    do throws(JournalError) {
      try await journal.enqueue(request)
      unreadable = nil
    } catch {
      // Until the next look at it; nothing waits to be written.
      unreadable = error
      throw .journal(error)
    }
    setup.observe(.written)
    let record = ActionRecord(request)
    memories[record.id, default: OutboxRules.Memory()].isUntold = true
    // Another process may have written the same wish down since the first look.
    await reload()
    if !records.contains(where: { $0.id == record.id }) { records.append(record) }
    announce(nil)
    ring(record)
    return record
  }

  /// Has a failed request tried again.
  @discardableResult
  package func retry(_ id: ActionRequest.ID) async -> ActionRecord? {
    guard let record = records.first(where: { $0.id == id }), record.state == .failed else {
      return nil
    }
    memories[id]?.failedAt = nil
    await write(record, event: "retry") {
      $0.state = .queued
      $0.nextAttempt = clock.now
      $0.reason = nil
    }
    let fresh = records.first { $0.id == id }
    if let fresh { ring(fresh) }
    return fresh
  }

  /// Sends, prolongs and takes back until the task is cancelled.
  package func run() async {
    await reload()
    announce(nil)
    await withTaskGroup(of: Void.self) { group in
      for (lane, stream) in calls {
        group.addTask {
          for await _ in stream { await self.work(lane) }
        }
      }
      group.addTask {
        while (try? await self.clock.sleep(until: self.clock.now + Outbox.pulse)) != nil {
          await self.reload()
          await self.ringAll()
        }
      }
    }
  }

  /// Does everything that is due now, and returns when it is done.
  package func workOff() async {
    await reload()
    await withTaskGroup(of: Void.self) { group in
      for lane in calls.keys { group.addTask { await self.work(lane) } }
    }
  }

  /// Reads the journal, and sends nothing.
  package func readJournal() async { await reload() }

  /// What the journal says of requests, those that are over since an hour among them.
  package func journalRecords(of ids: [ActionRequest.ID]) async -> [ActionRecord] {
    let all = try? await journal.records(endedAfter: clock.now - .seconds(3600))
    return (all ?? records).filter { ids.contains($0.id) }
  }

  /// Takes in what a source of alerts says.
  package func note(
    _ result: Result<AlertReport, ReadingFailure>, from source: String
  ) {
    world.record(result, from: source, at: clock.now)
    rememberAll()
    ringAll()
  }

  /// Takes in burnwatch's own alerts.
  ///
  /// - Parameters:
  ///   - alerts: Those that are on.
  ///   - unsure: The fingerprints of those that cannot be told, because figures are missing.
  package func note(local alerts: [ReportedAlert], unsure: Set<String>) {
    // Nobody is called: it comes with every snapshot, and the next pulse is near.
    world.record(local: alerts, unsure: unsure, at: clock.now)
    rememberAll()
  }

  /// Tells an acknowledgement the labels of its alert, so that its end can be seen elsewhere.
  package func note(labels: LabelSet, of request: ActionRequest.ID) {
    memories[request, default: OutboxRules.Memory()].labels = labels
  }

  // MARK: - Lanes

  /// Works off one source's requests in their order; those that must wait do not hold up others.
  private func work(_ lane: String) async {
    guard busyLanes.insert(lane).inserted else { return }
    defer { busyLanes.remove(lane) }
    var seen: Set<ActionRequest.ID> = []
    while !Task.isCancelled, let record = nextRecord(in: lane, without: seen) {
      seen.insert(record.id)
      await carryOut(record)
    }
  }

  private func nextRecord(
    in lane: String, without seen: Set<ActionRequest.ID>
  ) -> ActionRecord? {
    records.first { record in
      guard !seen.contains(record.id), self.lane(of: record) == lane else { return false }
      if case .wait = decision(on: record) { return false }
      return true
    }
  }

  /// What is due for a record: nothing while the gate is shut, whoever wrote the request.
  func decision(on record: ActionRecord) -> OutboxRules.Decision {
    guard setup.gate.refusal(of: record.request.action.permission) == nil else {
      return .wait(until: nil)
    }
    return rules.decision(
      on: record, memories[record.id] ?? OutboxRules.Memory(),
      besides: rivals[record.id] ?? .none, in: world, at: clock.now)
  }

  private func lane(of record: ActionRecord) -> String {
    guard let source = record.request.action.source, backends[source] != nil else {
      return Outbox.localLane
    }
    return source
  }

  func ring(_ record: ActionRecord) { bells[lane(of: record)]?.yield() }

  private func ringAll() {
    for record in records { ring(record) }
  }

  // MARK: - What is known

  /// Reads the open records anew, because other processes write too.
  func reload() async {
    do throws(JournalError) {
      let fresh = try await journal.records(endedAfter: clock.now)
        .filter { $0.state != .ended }
      unreadable = nil
      if fresh.isEmpty { unwritable = nil }
      guard fresh != records else { return }
      noteTold(fresh)
      records = fresh
      announce(nil)
    } catch {
      if unreadable != error {
        unreadable = error
        announce(nil)
      }
    }
  }

  /// What another process has told a backend is not missed in reports from before that.
  private func noteTold(_ fresh: [ActionRecord]) {
    let known = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for record in fresh where [.sent, .confirmed].contains(record.state) {
      let old = known[record.id].flatMap { [.sent, .confirmed].contains($0.state) ? $0 : nil }
      guard old == nil || old?.silenceID != record.silenceID else { continue }
      memories[record.id, default: OutboxRules.Memory()].toldAt = clock.now
    }
  }

  /// Acknowledgements that are being taken back, and those that repeat an earlier one.
  private static func rivals(
    in records: [ActionRecord]
  ) -> [ActionRequest.ID: OutboxRules.Rival] {
    var rivals: [ActionRequest.ID: OutboxRules.Rival] = [:]
    for record in records where record.state == .queued {
      if case .unacknowledge(let id, _) = record.request.action { rivals[id] = .undo }
    }
    var acknowledged: Set<Alert.ID> = []
    for record in records where rivals[record.id] == nil && record.state != .failed {
      guard case .acknowledge(let target, _) = record.request.action else { continue }
      if !acknowledged.insert(target.alert).inserted { rivals[record.id] = .twin }
    }
    return rivals
  }

  private func rememberAll() {
    for record in records {
      guard case .acknowledge(let target, _) = record.request.action else { continue }
      remember(target, of: record.id)
    }
  }

  private func remember(_ target: AlertTarget, of id: ActionRequest.ID) {
    var memory = memories[id] ?? OutboxRules.Memory()
    switch world.presence(of: target.alert) {
    case .active:
      memory.absentSince = nil
      if let labels = memory.labels, world.isActiveInPrometheus(labels) == true {
        memory.wasActiveInPrometheus = true
      }
    case .absent: memory.absentSince = memory.absentSince ?? clock.now
    case .unknown: memory.absentSince = nil
    }
    memories[id] = memory
  }

  /// Notes that something could not be written, and says so the first time.
  func failed(_ error: JournalError) {
    guard unwritable != error else { return }
    unwritable = error
    announce("\(error).".capitalizedStart)
  }

  /// Notes that something was written.
  func succeeded() { unwritable = nil }

  func announce(_ sentence: String?) {
    tell(News(records: records, sentence: sentence))
  }

  func forget(_ id: ActionRequest.ID) {
    memories[id] = nil
  }
}

extension String {
  /// The text with its first letter as a capital, as sentences begin.
  var capitalizedStart: String { prefix(1).uppercased() + dropFirst() }
}
