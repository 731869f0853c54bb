/// What has become of one step of a run, as the journal keeps it.
package struct StepRecord: Hashable, Sendable, Codable {
  /// Where a step stands.
  ///
  /// The raw values are in the journal.
  package enum Status: String, CaseIterable, Hashable, Sendable, Codable {
    /// Nobody has touched it.
    case pending
    /// It runs now.
    case running
    /// It ended well, or was checked off.
    case done
    /// It ended badly.
    case failed
    /// The operator left it out, with a reason.
    case skipped
    /// Its `when` does not hold for this alert.
    case notApplicable
    /// It was not run, because that would not have been safe or allowed.
    case refused
    /// The operator ended it.
    case cancelled
    /// burnwatch ended while it ran.
    case interrupted
    /// What takes it back runs now.
    case rollingBack
    /// It was taken back.
    case rolledBack
    /// What takes it back ended badly.
    case rollbackFailed
  }

  /// What kind of step it is.
  ///
  /// The raw values are in the journal.
  package enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
    case manual, command, query, link, metric, verify
  }

  /// What a command wrote.
  package struct Output: Hashable, Sendable, Codable {
    /// How many bytes it wrote.
    package let bytes: Int
    /// The SHA-256 of all of it, in hexadecimal digits.
    package let digest: String
    /// The file with all of it; `nil` when it could not be kept.
    package let file: String?

    /// Makes a summary.
    package init(bytes: Int, digest: String, file: String?) {
      self.bytes = bytes
      self.digest = digest
      self.file = file
    }
  }

  /// The name of the step.
  package let name: String
  /// What kind of step it is.
  package let kind: Kind
  /// Whether the run stops when it fails.
  package let isRequired: Bool
  /// Whether there is something that takes it back.
  package let hasRollback: Bool
  /// Where it stands.
  package var status: Status
  /// How often it was begun.
  package var attempts = 0
  /// When it was last begun, in Unix milliseconds.
  package var startedAt: Int64?
  /// When it last ended, in Unix milliseconds.
  package var endedAt: Int64?
  /// The text that ran last.
  package var command: String?
  /// How it ended, as a clause: an exit code, a value, a reason.
  package var detail: String?
  /// What the operator noted.
  package var note: String?
  /// What the command wrote.
  package var output: Output?

  /// Makes the record of a step nobody has touched.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - subject: What it is run for, which decides whether it applies.
  package init(_ step: RunbookStep, for subject: RunSubject) {
    name = step.name
    kind = Kind(step.action)
    isRequired = step.isRequired
    hasRollback = step.options.rollback != nil
    status = step.applies(to: subject) ? .pending : .notApplicable
    if status == .notApplicable {
      detail = "the alert does not match \(LabelMatcher.text(of: step.options.condition))"
    }
  }

  /// How long it ran last; `nil` while it has not ended.
  package var duration: Duration? {
    guard let startedAt, let endedAt else { return nil }
    return .milliseconds(endedAt - startedAt)
  }

  /// Whether something of it runs now.
  package var isRunning: Bool { status == .running || status == .rollingBack }

  /// Whether the run may go past it: it went well, or somebody decided to leave it out.
  package var isSettled: Bool {
    switch status {
    case .done, .skipped, .notApplicable: true
    case .pending, .running, .failed, .refused, .cancelled, .interrupted, .rollingBack,
      .rolledBack, .rollbackFailed:
      false
    }
  }

  /// Whether it ended in a way that stops a run which needs it.
  package var hasFailed: Bool {
    switch status {
    case .failed, .refused, .cancelled, .interrupted, .rollbackFailed: true
    case .pending, .running, .done, .skipped, .notApplicable, .rollingBack, .rolledBack: false
    }
  }
}

extension StepRecord.Kind {
  /// The kind of an action.
  package init(_ action: RunbookStep.Action) {
    self =
      switch action {
      case .manual: .manual
      case .command: .command
      case .query: .query
      case .link: .link
      case .metric: .metric
      case .verify: .verify
      }
  }
}

extension RunbookStep {
  /// Whether the step is for this subject: its `when` holds, or it has none.
  package func applies(to subject: RunSubject) -> Bool {
    guard !options.condition.isEmpty else { return true }
    guard let matchers = try? AlertMatcher.compiled(options.condition) else { return false }
    return matchers.matches(subject.labels)
  }
}

extension StepRecord.Status {
  /// The status as a word or two.
  package var word: String {
    switch self {
    case .pending: "open"
    case .running: "running"
    case .done: "done"
    case .failed: "failed"
    case .skipped: "skipped"
    case .notApplicable: "does not apply"
    case .refused: "refused"
    case .cancelled: "cancelled"
    case .interrupted: "interrupted"
    case .rollingBack: "rolling back"
    case .rolledBack: "rolled back"
    case .rollbackFailed: "rollback failed"
    }
  }
}
