package import Reliability

/// Runs the steps of runbooks: through the gate, onto the disk, and only then for real.
///
/// `perform` is the one way in, for keys and the command line alike. A run is a value (`RunRecord`)
/// whose rules say what may be done; every change of it is in the journal before the next is made, so
/// a process that is killed leaves a record of what ran.
package actor RunbookRunner {
  /// Who runs steps, and with what.
  package struct Setup: Sendable {
    /// Who acts.
    package let actor: String
    /// A name of this process that no other has, for leases.
    package let owner: String
    /// Whether the process of such a name lives; `nil` where nobody can tell.
    package let isAlive: @Sendable (String) -> Bool?
    /// Why commands of this file may not run now, as a clause: somebody else could write it.
    package let distrust: @Sendable (_ file: String) -> String?
    /// Makes ids that no other journal has.
    package let makeID: @Sendable () -> RunRecord.ID

    /// Makes a set-up.
    package init(
      actor: String, owner: String, isAlive: @escaping @Sendable (String) -> Bool?,
      distrust: @escaping @Sendable (String) -> String?,
      makeID: @escaping @Sendable () -> RunRecord.ID
    ) {
      self.actor = actor
      self.owner = owner
      self.isAlive = isAlive
      self.distrust = distrust
      self.makeID = makeID
    }
  }

  /// What the configuration says, which may change while steps run.
  package struct Rules: Sendable {
    /// The runbooks.
    package let library: RunbookLibrary
    /// What may be done.
    package let gate: ActionGate
    /// Which runbooks may run commands.
    package let permissions: RunbookPermissions
    /// How commands run.
    package let settings: RunSettings

    /// Makes rules.
    package init(
      library: RunbookLibrary, gate: ActionGate, permissions: RunbookPermissions,
      settings: RunSettings
    ) {
      self.library = library
      self.gate = gate
      self.permissions = permissions
      self.settings = settings
    }

    /// Why a runbook may run no program, as a clause; `nil` when it may.
    package func refusal(of runbook: Runbook) -> String? {
      gate.refusal(of: .runbooks) ?? permissions.refusal(of: runbook.id)
        ?? runbook.commandRefusal
    }
  }

  /// What the runner tells, on any thread.
  package enum News: Sendable {
    /// Something is different.
    case snapshot(RunSnapshot)
    /// Something ended, as a sentence.
    case sentence(String)
    /// A command is to run on the terminal itself.
    case terminalWanted(PreparedCommand, step: Int, run: RunRecord.ID)
  }

  /// A step of a run.
  struct StepKey: Hashable, Sendable {
    let run: RunRecord.ID
    let step: Int
  }

  /// Something that runs for a step, told from what ran for it before.
  struct StepTask {
    let number: Int
    let task: Task<Void, Never>
  }

  static let leaseLength = Duration.seconds(10)
  private static let pulse = Duration.seconds(1)
  /// How often what flows is shown.
  private static let showInterval = Duration.milliseconds(100)
  private static let historyLength = 500
  /// The journal is read anew with every so many pulses.
  private static let pulsesPerReading = 3

  let setup: Setup
  let store: any RunStore
  let processes: any ProcessRunner
  let outputs: (any OutputStore)?
  let metrics: any MetricAsker
  let clock: any WallClock
  let tell: @Sendable (News) -> Void
  var rules: Rules
  var states: [ServiceLevelState] = []
  var runs: [RunRecord.ID: RunState] = [:]
  var tasks: [StepKey: StepTask] = [:]
  /// The runs whose last change is not on disk yet, with the lines that go with it.
  var unsaved: [RunRecord.ID: [AuditEntry]] = [:]
  /// Whether burnwatch is being left, so that what ends now was interrupted.
  var isStopping = false
  private var history: [RunRecord] = []
  private var unreadable: JournalError?
  private var unwritable: JournalError?
  private var pulses = 0
  var taskCount = 0
  /// Whether the journal is being written, and who waits for that: one write at a time, so that none
  /// takes the place of a later one.
  private var isWriting = false
  private var writers: [CheckedContinuation<Void, Never>] = []
  private let (changes, changeBell) = AsyncStream.makeStream(
    of: Void.self, bufferingPolicy: .bufferingNewest(1))

  /// Makes a runner; nothing is read or run yet.
  package init(
    _ setup: Setup, rules: Rules, store: any RunStore, processes: any ProcessRunner,
    outputs: (any OutputStore)?, metrics: any MetricAsker, clock: any WallClock,
    tell: @escaping @Sendable (News) -> Void
  ) {
    self.setup = setup
    self.rules = rules
    self.store = store
    self.processes = processes
    self.outputs = outputs
    self.metrics = metrics
    self.clock = clock
    self.tell = tell
  }

  /// Everything that is known now.
  package var snapshot: RunSnapshot {
    var snapshot = RunSnapshot()
    snapshot.runs = runs.values.sorted {
      ($0.record.startedAt, $0.id) > ($1.record.startedAt, $1.id)
    }
    let own = snapshot.runs.map(\.record)
    let others = history.filter { runs[$0.id] == nil }
    snapshot.history = (own + others).sorted { ($0.startedAt, $0.id) > ($1.startedAt, $1.id) }
    snapshot.journalTrouble = (unwritable ?? unreadable).map { "\($0)" }
    return snapshot
  }

  /// Watches the journal, keeps leases, and shows what flows, until the task is cancelled.
  package func run() async {
    await readHistory()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.showChanges() }
      group.addTask {
        while (try? await self.clock.sleep(until: self.clock.now + RunbookRunner.pulse)) != nil {
          await self.renew()
        }
      }
    }
  }

  /// Takes in another configuration; runs that have begun go on with the runbook they began with.
  package func use(_ rules: Rules) { self.rules = rules }

  /// Takes in how the SLOs stand.
  package func note(_ states: [ServiceLevelState]) { self.states = states }

  /// Ends all that runs and writes down that it was interrupted.
  package func stop() async {
    isStopping = true
    while let running = tasks.values.first {
      for task in tasks.values { task.task.cancel() }
      await running.task.value
    }
    await saveUnsaved()
  }

  /// Waits until nothing of a run runs any more.
  ///
  /// - Returns: The run; `nil` when this process does not work on it.
  package func settled(_ run: RunRecord.ID) async -> RunState? {
    while let running = tasks.first(where: { $0.key.run == run })?.value {
      await running.task.value
    }
    return runs[run]
  }

  // MARK: - What is shown

  /// Shows soon what has changed.
  func changed() { changeBell.yield() }

  /// Shows everything as it is now.
  func show() {
    for (id, run) in runs {
      for step in run.live.keys { runs[id]?.live[step]?.writeLines() }
    }
    tell(.snapshot(snapshot))
  }

  private func showChanges() async {
    for await _ in changes {
      show()
      guard (try? await Task.sleep(for: RunbookRunner.showInterval)) != nil else { return }
    }
  }

  // MARK: - The journal

  /// Does something while nothing else is written.
  func writing<Value>(_ body: () async -> Value) async -> Value {
    if isWriting {
      // Whoever is done hands it over.
      await withCheckedContinuation { writers.append($0) }
    }
    isWriting = true
    let value = await body()
    if writers.isEmpty { isWriting = false } else { writers.removeFirst().resume() }
    return value
  }

  /// Writes a run as it is now; what cannot be written is tried again with the next pulse.
  func save(_ run: RunRecord.ID, _ entries: [AuditEntry]) async {
    unsaved[run, default: []] += entries
    await saveUnsaved()
  }

  func saveUnsaved() async {
    await writing {
      for id in Array(unsaved.keys) {
        guard let record = runs[id]?.record, let entries = unsaved.removeValue(forKey: id) else {
          continue
        }
        switch await write(record, entries) {
        case .success(true): break
        case .success(false):
          // Another process has the run by now; what happened here is on record all the same.
          for entry in entries { try? await store.note(entry) }
        case .failure: unsaved[id] = entries + (unsaved[id] ?? [])
        }
      }
    }
    changed()
  }

  /// Writes a run in place of the one that is known; it is held while a step of it runs.
  func write(
    _ record: RunRecord, insteadOf gone: String? = nil, _ entries: [AuditEntry]
  ) async -> Result<Bool, JournalError> {
    let now = clock.now
    let hold = RunHold(
      owner: setup.owner,
      until: record.outcome == .running ? now + RunbookRunner.leaseLength : nil, insteadOf: gone)
    var next = record
    next.revision += 1
    do throws(JournalError) {
      let isKept = try await store.keep(next, by: hold, at: now, entries)
      if isKept { runs[record.id]?.record.revision = next.revision }
      unwritable = nil
      return .success(isKept)
    } catch {
      unwritable = error
      return .failure(error)
    }
  }

  /// Reads what other processes have written, and finds runs whose process is gone.
  package func readHistory() async {
    let held: [HeldRun]
    do throws(JournalError) {
      held = try await store.runs(limit: RunbookRunner.historyLength)
      unreadable = nil
    } catch {
      let isNews = unreadable != error
      unreadable = error
      if isNews { changed() }
      return
    }
    var fresh: [RunRecord] = []
    for run in held {
      let record = isOrphan(run) ? await interrupted(run) : run.record
      fresh.append(record)
      // What another process has done with a run since is not done again here.
      if let own = runs[record.id]?.record, own.revision < record.revision,
        own.outcome != .running, unsaved[record.id] == nil
      {
        runs[record.id]?.record = record
      }
    }
    guard fresh != history else { return }
    history = fresh
    changed()
  }

  /// Whether nobody works on a run that says that something of it runs.
  private func isOrphan(_ run: HeldRun) -> Bool {
    guard run.record.outcome == .running, run.owner != setup.owner else { return false }
    guard let owner = run.owner, let end = run.heldUntil else { return true }
    // A process that was stopped, or slept with its machine, may be late and lives.
    return setup.isAlive(owner).map { !$0 } ?? (end <= clock.now)
  }

  /// Writes down that a process has died in the middle of a step; nothing is run again by itself.
  private func interrupted(_ run: HeldRun) async -> RunRecord {
    var record = run.record
    let steps = record.interrupt(because: "burnwatch ended while it ran", at: clock.now)
    let entries = steps.map { entry("interrupted", record, $0, record.steps[$0].detail ?? "") }
    let gone = run.owner.flatMap { setup.isAlive($0) == false ? $0 : nil }
    let interrupted = record
    let isKept = await writing { await write(interrupted, insteadOf: gone, entries) }
    guard case .success(true) = isKept else { return run.record }
    record.revision += 1
    return record
  }

  private func renew() async {
    for run in runs.values where run.record.outcome == .running {
      unsaved[run.id, default: []] += []
    }
    if !unsaved.isEmpty { await saveUnsaved() }
    pulses += 1
    if pulses % RunbookRunner.pulsesPerReading == 0 { await readHistory() }
  }

  /// A line of the audit trail about a step of a run, or about the run as a whole.
  func entry(
    _ event: String, _ record: RunRecord, _ step: Int?, _ detail: String = ""
  ) -> AuditEntry {
    let name = step.map { " step \($0 + 1), \(record.steps[$0].name)" } ?? ""
    return AuditEntry(
      at: clock.now, actor: setup.actor, event: event, request: record.id,
      subject: "\(record.runbook)\(name)", detail: detail)
  }
}
