/// One run of a runbook, as the journal keeps it: who ran what for which alert, and what became of it.
package struct RunRecord: Identifiable, Hashable, Sendable, Codable {
  /// Lower-case letters, digits and hyphens; unique across journals.
  package typealias ID = String

  /// The identity.
  package let id: ID
  /// The name of the runbook.
  package let runbook: Runbook.ID
  /// Its title at that time.
  package let title: String
  /// Its text at that time as a number: a runbook with another was changed since.
  package let edition: UInt64
  /// What it was run for.
  package let subject: RunSubject
  /// Who ran it.
  package let actor: String
  /// The machine on which its commands ran.
  package let host: String
  /// When it began, in Unix milliseconds.
  package let startedAt: Int64
  /// When it was last changed, in Unix milliseconds.
  package var changedAt: Int64
  /// How often it was written: a process writes a run only in place of the one that it knows.
  package var revision = 0
  /// What has become of its steps, in the order of the runbook.
  package var steps: [StepRecord]

  /// Makes the record of a run in which nothing has happened.
  package init(
    id: ID, of runbook: Runbook, for subject: RunSubject, actor: String, host: String,
    at now: Timestamp
  ) {
    self.id = id
    self.runbook = runbook.id
    title = runbook.title
    edition = runbook.edition
    self.subject = subject
    self.actor = actor
    self.host = host
    startedAt = now.milliseconds
    changedAt = now.milliseconds
    steps = runbook.steps.map { StepRecord($0, for: subject) }
  }
}

extension RunRecord {
  /// How a run stands as a whole.
  package enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// A step runs.
    case running
    /// Steps are left to do.
    case open
    /// All that is required is done or was left out on purpose.
    case completed
    /// A required step ended badly.
    case failed
    /// burnwatch ended in the middle of a step.
    case interrupted
    /// What was done was taken back.
    case rolledBack = "rolled back"
  }

  /// How the run stands.
  package var outcome: Outcome {
    if steps.contains(where: \.isRunning) { return .running }
    if steps.contains(where: { $0.status == .interrupted }) { return .interrupted }
    if steps.contains(where: { $0.status == .rollbackFailed }) { return .failed }
    if steps.contains(where: { $0.status == .rolledBack }) { return .rolledBack }
    let needed = steps.filter { $0.isRequired && $0.status != .notApplicable }
    if needed.contains(where: \.hasFailed) { return .failed }
    if needed.isEmpty { return steps.allSatisfy(\.isSettled) ? .completed : .open }
    return needed.allSatisfy(\.isSettled) ? .completed : .open
  }

  /// Whether nothing of it runs and nothing required is left.
  package var isOver: Bool {
    switch outcome {
    case .completed, .rolledBack: true
    case .running, .open, .failed, .interrupted: false
    }
  }

  /// The time from its begin to its last change.
  package var duration: Duration { .milliseconds(changedAt - startedAt) }

  /// The first step that is not settled, where a run goes on; `nil` when there is none.
  package var nextStep: Int? {
    steps.firstIndex { !$0.isSettled && $0.status != .rolledBack }
  }

  /// A required step that ended badly and keeps those behind it from being run.
  package func blocker(before index: Int) -> Int? {
    steps.indices.first { $0 < index && steps[$0].isRequired && steps[$0].hasFailed }
  }

  /// The steps that can be taken back, the last one done first.
  package var rollbackOrder: [Int] {
    let candidates = steps.indices.filter { index in
      let step = steps[index]
      return step.hasRollback && [.done, .rollbackFailed].contains(step.status)
    }
    return candidates.sorted { (steps[$0].endedAt ?? 0, $0) > (steps[$1].endedAt ?? 0, $1) }
  }

  /// Marks what was running as interrupted: its process is gone, or nobody knows of it.
  ///
  /// - Returns: The steps that were running.
  package mutating func interrupt(because reason: String, at now: Timestamp) -> [Int] {
    let running = steps.indices.filter { steps[$0].isRunning }
    for index in running {
      // What was being taken back can be taken back again.
      let wasRollback = steps[index].status == .rollingBack
      steps[index].status = wasRollback ? .rollbackFailed : .interrupted
      steps[index].endedAt = now.milliseconds
      steps[index].detail = wasRollback ? "its rollback was interrupted: \(reason)" : reason
    }
    if !running.isEmpty { changedAt = now.milliseconds }
    return running
  }
}

extension RunbookStep {
  /// What the step does, as written; empty for one that somebody does by hand.
  package var written: String {
    switch action {
    case .manual: ""
    case .command(let command): command.text.source
    case .query(let query): query.text.source
    case .link(let link): link.source
    case .metric(let condition): condition.text
    case .verify(let verification): "\(verification.query.source) \(verification.bound)"
    }
  }
}
