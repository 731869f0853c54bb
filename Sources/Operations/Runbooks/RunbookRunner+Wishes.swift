package import Reliability

// How a wish becomes a step that runs, and a step that has run becomes a record.

extension RunbookRunner {
  /// Does what the operator wants, or begins it.
  ///
  /// - Returns: The run; `nil` for a wish that needs none.
  /// - Throws: `ActionRefusal`; then nothing was written and nothing runs.
  @discardableResult
  package func perform(_ wish: RunWish) async throws(ActionRefusal) -> RunRecord.ID? {
    switch wish {
    case .view(let runbook, let subject):
      let entry = AuditEntry(
        at: clock.now, actor: setup.actor, event: "view runbook", request: nil,
        subject: runbook, detail: subject.title)
      // Reading is no action: it is not kept from anybody because the disk is full.
      try? await store.note(entry)
      return nil
    case .step(let wish, let step, let target):
      let run = try await state(of: target)
      try await perform(wish, on: step, of: run)
      return run.id
    case .rollBack(let id):
      let run = try await state(of: .run(id))
      try await rollBack(run)
      return id
    }
  }

  /// The run that is meant: one in memory, one of the journal, or a new one.
  func state(of target: RunTarget) async throws(ActionRefusal) -> RunState {
    switch target {
    case .run(let id):
      if let known = runs[id] { return known }
      guard let record = snapshot.history.first(where: { $0.id == id }) else {
        throw .unsuitable(reason: "there is no run \(id)")
      }
      guard let runbook = rules.library.runbook(named: record.runbook) else {
        throw .unsuitable(reason: "there is no runbook \"\(record.runbook)\" any more")
      }
      guard runbook.edition == record.edition else {
        throw .unsuitable(
          reason: "\(record.runbook) has changed since this run; N begins a new one")
      }
      return RunState(runbook: runbook, record: record)
    case .new(let id, let subject, let edition):
      guard let runbook = rules.library.runbook(named: id) else {
        throw .unsuitable(reason: "there is no runbook \"\(id)\"")
      }
      guard runbook.edition == edition else {
        throw .unsuitable(reason: "\(id) has just changed; look at it once more")
      }
      return RunState(
        runbook: runbook,
        record: RunRecord(
          id: setup.makeID(), of: runbook, for: subject, actor: setup.actor,
          host: rules.settings.host, at: clock.now))
    }
  }

  private func perform(
    _ wish: StepWish, on index: Int, of run: RunState
  ) async throws(ActionRefusal) {
    if let obstacle = run.record.obstacle(to: wish, on: index) {
      throw .unsuitable(reason: obstacle)
    }
    if isStopping { throw .unsuitable(reason: "burnwatch is being left") }
    switch wish {
    case .run: try await begin(index, of: run)
    case .check(let note):
      try await settle(index, of: run, as: .done, "check off", note: note)
    case .skip(let reason):
      try await settle(index, of: run, as: .skipped, "skip", note: reason)
    case .cancel: tasks[StepKey(run: run.id, step: index)]?.task.cancel()
    case .ended(let end): await finish(index, of: run.id, end)
    }
  }

  /// Something that needs no time: it is written down, and that is all.
  func settle(
    _ index: Int, of run: RunState, as status: StepRecord.Status, _ event: String, note: String
  ) async throws(ActionRefusal) {
    let wish: StepWish = status == .skipped ? .skip(reason: note) : .check(note: note)
    try await change(run, wish, event, index, note) { step, now in
      step.status = status
      step.note = note.isEmpty ? nil : note
      step.detail = nil
      if status == .done { step.attempts += 1 }
      step.startedAt = step.startedAt ?? now
      step.endedAt = now
    }
  }

  /// Changes a step in memory and on disk; one that cannot be written stays as it was.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - wish: What must still be possible when it is this change's turn; `nil` for rollbacks.
  ///   - event: The word for the audit trail.
  ///   - index: The step.
  ///   - detail: What there is to add to the word.
  ///   - body: The change.
  /// - Throws: `ActionRefusal` when the step may not change, or the journal does not take it.
  func change(
    _ run: RunState, _ wish: StepWish?, _ event: String, _ index: Int, _ detail: String,
    _ body: (inout StepRecord, Int64) -> Void
  ) async throws(ActionRefusal) {
    let refusal = await writing { () async -> ActionRefusal? in
      let known = runs[run.id]
      var changed = known ?? run
      if let wish, let obstacle = changed.record.obstacle(to: wish, on: index) {
        return .unsuitable(reason: obstacle)
      }
      let before = changed.record.steps[index]
      body(&changed.record.steps[index], clock.now.milliseconds)
      changed.record.changedAt = clock.now.milliseconds
      // Nobody else may begin the same step while the disk is awaited.
      runs[run.id] = changed
      let result = await write(changed.record, [entry(event, changed.record, index, detail)])
      guard case .success(true) = result else {
        if known == nil { runs[run.id] = nil } else { runs[run.id]?.record.steps[index] = before }
        if case .failure(let error) = result { return .journal(error) }
        return .unsuitable(
          reason: "another burnwatch has worked on this run; look at it once more")
      }
      return nil
    }
    if let refusal {
      if case .unsuitable = refusal { await readHistory() }
      throw refusal
    }
    changed()
  }
}
