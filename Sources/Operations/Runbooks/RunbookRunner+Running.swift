import Reliability

// How a step runs, and how it is taken back.

extension RunbookRunner {
  /// Begins a step: everything that could keep it from running is looked at before anything is
  /// written, and it is written down before it runs.
  func begin(_ index: Int, of run: RunState) async throws(ActionRefusal) {
    let step = run.runbook.steps[index]
    let command =
      step.runsProgram
      ? try await prepared(run) { preparation throws(StepRefusal) in
        try preparation.command(of: step)
      } : nil
    switch step.action {
    case .manual, .link:
      return try await settle(index, of: run, as: .done, "check off", note: "")
    case .query(let query) where command == nil && query.language != "promql":
      return try await settle(index, of: run, as: .done, "check off", note: "")
    case .command, .query, .metric, .verify: break
    }
    try await change(run, .run, "run", index, command?.text ?? step.written) { step, now in
      step.status = .running
      step.attempts += 1
      step.startedAt = now
      step.endedAt = nil
      step.detail = nil
      step.output = nil
      step.command = command?.text
    }
    runs[run.id]?.live[index] = RunState.Live()
    // Leaving may have begun while the disk was awaited.
    if isStopping { return await finish(index, of: run.id, .cancelled) }
    if let command, command.isInteractive {
      tell(.terminalWanted(command, step: index, run: run.id))
      return
    }
    start(index, of: run.id) { runner in
      if let command {
        await runner.run(command, index, of: run.id)
      } else {
        await runner.ask(step.action, index, of: run)
      }
    }
  }

  func start(
    _ index: Int, of run: RunRecord.ID, _ work: @escaping @Sendable (RunbookRunner) async -> Void
  ) {
    let key = StepKey(run: run, step: index)
    taskCount += 1
    let number = taskCount
    let task = Task {
      await work(self)
      forget(number)
    }
    tasks[key] = StepTask(number: number, task: task)
  }

  /// Forgets a task that has ended, wherever it stands; a later one for the same step stays.
  private func forget(_ number: Int) {
    for (key, running) in tasks where running.number == number { tasks[key] = nil }
  }

  /// A command that may run, or why not: the gate, the lists, the owners of the file, the values.
  func prepared(
    _ run: RunState, _ make: (StepPreparation) throws(StepRefusal) -> PreparedCommand
  ) async throws(ActionRefusal) -> PreparedCommand {
    let refusal = rules.refusal(of: run.runbook) ?? setup.distrust(run.runbook.origin.file)
    do throws(StepRefusal) {
      if let refusal { throw .forbidden(refusal) }
      return try make(StepPreparation(run.runbook, for: run.record.subject, rules.settings))
    } catch {
      let line = AuditEntry(
        at: clock.now, actor: setup.actor, event: "refused", request: run.id,
        subject: run.record.runbook, detail: error.description)
      try? await store.note(line)
      if case .forbidden(let reason) = error { throw .notAllowed(reason: reason) }
      throw .unsuitable(reason: error.description)
    }
  }

  /// Runs a command; what it writes is shown, and kept whole in a file.
  private func run(_ command: PreparedCommand, _ index: Int, of run: RunRecord.ID) async {
    let attempt = runs[run]?.record.steps[index].attempts ?? 1
    let end = await attend(command, index, of: run, output: "\(index + 1)-\(attempt)")
    await finish(index, of: run, end)
  }

  /// Runs a command to its end, and notes what it wrote.
  private func attend(
    _ command: PreparedCommand, _ index: Int, of run: RunRecord.ID, output name: String
  ) async -> ProcessEnd {
    let sink = await outputs?.open(run: run, name: name)
    let end = await processes.run(command) { bytes in
      await sink?.write(bytes)
      await self.take(bytes, index, of: run)
    }
    let output = await sink?.close()
    runs[run]?.record.steps[index].output = output
    return end
  }

  func take(_ bytes: [UInt8], _ index: Int, of run: RunRecord.ID) {
    runs[run]?.live[index, default: RunState.Live()].output.append(bytes)
    changed()
  }

  /// Takes in how a command ended.
  func finish(_ index: Int, of run: RunRecord.ID, _ end: ProcessEnd) async {
    let status: StepRecord.Status =
      switch end {
      case .exited(0): .done
      case .cancelled: isStopping ? .interrupted : .cancelled
      case .exited, .signalled, .timedOut, .notStarted: .failed
      }
    let detail = status == .interrupted ? "burnwatch was left while it ran" : end.description
    await finish(index, of: run, as: status, detail)
  }

  func finish(
    _ index: Int, of run: RunRecord.ID, as status: StepRecord.Status, _ detail: String
  ) async {
    guard var state = runs[run] else { return }
    let now = clock.now.milliseconds
    state.record.steps[index].status = status
    state.record.steps[index].endedAt = now
    state.record.steps[index].detail = detail
    state.record.changedAt = now
    runs[run] = state
    let step = state.record.steps[index]
    let length = step.duration.map { " after \($0.brief)" } ?? ""
    let output = step.output.map { ", \($0.bytes) bytes, sha256 \($0.digest)" } ?? ""
    await save(run, [entry(status.word, state.record, index, detail + length + output)])
    // The row says so no later than the sentence does.
    show()
    tell(
      .sentence(
        "Step \(index + 1) of \(state.record.runbook) is \(status.word): \(detail)\(length)."))
  }

  // MARK: - Taking back

  /// Takes back what was done, the last step first, and stops where that fails.
  func rollBack(_ run: RunState) async throws(ActionRefusal) {
    if let obstacle = run.record.rollbackObstacle { throw .unsuitable(reason: obstacle) }
    let order = run.record.rollbackOrder
    var commands: [(Int, PreparedCommand)] = []
    for index in order {
      let step = run.runbook.steps[index]
      commands.append(
        (
          index,
          try await prepared(run) { preparation throws(StepRefusal) in
            try preparation.rollback(of: step)
          }
        ))
    }
    guard let (first, command) = commands.first else { return }
    try await beginRollback(first, command, of: run)
    let ready = commands
    start(first, of: run.id) { runner in await runner.rollBack(ready, of: run) }
  }

  private func beginRollback(
    _ index: Int, _ command: PreparedCommand, of run: RunState
  ) async throws(ActionRefusal) {
    try await change(run, nil, "roll back", index, command.text) { step, now in
      step.status = .rollingBack
      step.output = nil
      step.startedAt = now
      step.endedAt = nil
      step.detail = nil
    }
    runs[run.id]?.live[index] = RunState.Live()
  }

  func rollBack(_ commands: [(Int, PreparedCommand)], of run: RunState) async {
    for (place, (index, command)) in commands.enumerated() {
      if place > 0 {
        guard !Task.isCancelled, !isStopping else { return }
        do throws(ActionRefusal) {
          try await beginRollback(index, command, of: run)
          // K on the step that is being taken back ends it.
          tasks[StepKey(run: run.id, step: index)] =
            tasks[StepKey(run: run.id, step: commands[place - 1].0)]
        } catch {
          tell(.sentence("The rollback stopped at step \(index + 1): \(error)."))
          return
        }
      }
      let name = "\(index + 1)-rollback-\(clock.now.milliseconds)"
      let end = await attend(command, index, of: run.id, output: name)
      let detail = isStopping ? "burnwatch was left while it was taken back" : end.description
      await finish(
        index, of: run.id, as: end.isSuccess ? .rolledBack : .rollbackFailed, detail)
      guard end.isSuccess else { return }
    }
  }
}
