/// A run as it is now: its record, and what its steps show that the journal does not keep.
package struct RunState: Identifiable, Hashable, Sendable {
  /// What a step shows while and after it runs.
  package struct Live: Hashable, Sendable {
    /// What its command has written.
    package var output = StepOutput()
    private var writtenLines: [String] = []
    private var writtenCount = 0

    /// The lines of what its command has written.
    package var lines: [String] {
      writtenCount == output.byteCount ? writtenLines : output.lines
    }

    /// Works the lines out, so that whoever draws them need not.
    package mutating func writeLines() {
      guard writtenCount != output.byteCount else { return }
      writtenLines = output.lines
      writtenCount = output.byteCount
    }

    /// What the source said.
    package var answer: MetricAnswer?
    /// The condition that is waited for.
    package var watch: VerificationWatch?

    /// Nothing to show.
    package init() {}
  }

  /// The runbook as it was when the run began.
  package let runbook: Runbook
  /// The run.
  package var record: RunRecord
  /// What its steps show, by their index.
  package var live: [Int: Live] = [:]

  /// The identity of the run.
  package var id: RunRecord.ID { record.id }

  /// Makes a state.
  package init(runbook: Runbook, record: RunRecord) {
    self.runbook = runbook
    self.record = record
  }
}

/// All runs that this process knows, and those of the journal.
package struct RunSnapshot: Hashable, Sendable {
  /// The runs that were worked on in this process, the last one first.
  package var runs: [RunState] = []
  /// The latest runs of the journal, the last one first; those of this process among them.
  package var history: [RunRecord] = []
  /// Why the journal cannot be used, as a clause.
  package var journalTrouble: String?

  /// Nothing is known yet.
  package init() {}

  /// What the runs tell of each runbook.
  package var histories: [Runbook.ID: RunHistory] {
    Dictionary(grouping: history, by: \.runbook).mapValues(RunHistory.init)
  }

  /// Whether a step of any run of this process runs.
  package var isRunning: Bool { runs.contains { $0.record.outcome == .running } }

  /// So long the run of a service is shown after it was over; that of an alert as long as that fires.
  private static let afterglow = Duration.seconds(3600)

  /// The latest run that belongs to a runbook and a subject.
  ///
  /// - Parameters:
  ///   - runbook: The runbook.
  ///   - subject: What it is run for.
  ///   - start: Runs that began before do not count.
  ///   - now: The time.
  /// - Returns: The run; `nil` when there is none, or it is over for long.
  package func current(
    of runbook: Runbook.ID, for subject: RunSubject, since start: Timestamp? = nil,
    at now: Timestamp
  ) -> RunRecord? {
    let latest = history.first { run in
      run.runbook == runbook && run.subject.isSame(as: subject)
        && start.map { run.startedAt >= $0.milliseconds } ?? true
    }
    guard let latest else { return nil }
    let age = now - Timestamp(milliseconds: latest.changedAt)
    return subject.alert != nil || !latest.isOver || age < RunSnapshot.afterglow ? latest : nil
  }
}
