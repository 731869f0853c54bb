import Operations
import Reliability

/// Brings a hand-off note together from the engines of a session and the journal.
struct HandOffGathering: Sendable {
  /// How many runs and lines of the audit trail are looked through.
  private static let most = 5000

  let engine: Engine
  let alerts: AlertEngine
  let onCall: OnCallEngine
  let journal: any WholeJournal

  /// Gathers what there is now.
  ///
  /// - Parameters:
  ///   - wish: For which team, over what time, and what the operator adds.
  ///   - now: The time.
  /// - Returns: The note; `nil` when there is no such team.
  func note(_ wish: HandOffWish, at now: Timestamp) async -> HandOffNote? {
    let around = (now - OnCallEngine.past)..<(now + OnCallEngine.future)
    let whole = min(around.lowerBound, wish.range?.lowerBound ?? now)..<around.upperBound
    let teams = await onCall.teams(in: whole)
    guard let team = teams.first(where: { $0.id == wish.team }) else { return nil }
    let shifts =
      wish.range.map { HandOffNote.Shifts(of: team, over: $0) }
      ?? HandOffNote.Shifts(of: team, at: now)
    let range = shifts.range
    let snapshot = await alerts.snapshot
    var gaps = snapshot.warnings + team.remarks
    let firings = await read(&gaps) { journal throws(JournalError) in
      try await journal.firings(in: range)
    }
    let runs = await read(&gaps) { journal throws(JournalError) in
      try await journal.runs(limit: Self.most)
    }
    let trail = await read(&gaps) { journal throws(JournalError) in
      try await journal.audit(limit: Self.most)
    }
    let worked = runs.map(\.record).filter { run in
      run.startedAt < range.upperBound.milliseconds
        && run.changedAt >= range.lowerBound.milliseconds
    }
    return HandOffNote(
      team: team, onCall: OnCallSnapshot(at: now, teams: teams), shifts: shifts,
      firings: all(firings, and: snapshot, in: range).filter { belongs($0.team, to: team) },
      open: snapshot.alerts.filter { isOpen($0) && belongs($0.facts.team, to: team) },
      silences: snapshot.silences.filter {
        $0.state == .active && !$0.isAcknowledgement && concerns($0, team, snapshot.alerts)
      },
      budgets: await budgets(of: team, over: range, at: now),
      runs: worked.sorted { $0.startedAt < $1.startedAt },
      remarks: remarks(in: trail, worked, over: range), words: wish.words, gaps: gaps)
  }

  /// Reads of the journal; what it does not tell is a gap of the note.
  private func read<Value: Sendable>(
    _ gaps: inout [String],
    _ body: @Sendable (any WholeJournal) async throws(JournalError) -> [Value]
  ) async -> [Value] {
    do throws(JournalError) {
      return try await body(journal)
    } catch {
      let sentence = "\(error)"
      if !gaps.contains(sentence) { gaps.append(sentence) }
      return []
    }
  }

  private func isOpen(_ alert: Alert) -> Bool {
    alert.severity != .info && alert.state != .resolved && alert.state != .pending
  }

  /// What names no team may be anybody's, so it is in everybody's note.
  private func belongs(_ name: String?, to team: TeamRoster) -> Bool {
    name == nil || name == team.id
  }

  /// What the journal tells, as it is by what is seen now: what fires though no burnwatch was there to
  /// write it down, and what has ended.
  private func all(
    _ firings: [Firing], and snapshot: AlertSnapshot, in range: Range<Timestamp>
  ) -> [Firing] {
    var log = FiringLog(
      of: onCall.clusters, open: firings.filter { $0.endsAt == nil }, since: range.lowerBound)
    let changes = log.changes(with: snapshot, paged: { _ in nil })
    let known = Set(firings.map(\.id))
    let changed = changes.firings.filter {
      known.contains($0.id) || range.contains($0.id.startsAt)
    }
    let all = Dictionary((firings + changed).map { ($0.id, $0) }) { $1 }
    return all.values.filter { !changes.dropped.contains($0.id) }
      .sorted { ($0.id.startsAt, $0.name) < ($1.id.startsAt, $1.name) }
  }

  /// Whether a silence mutes, or could mute, anything of a team: one that mutes only others' does not.
  private func concerns(_ silence: Silence, _ team: TeamRoster, _ alerts: [Alert]) -> Bool {
    let muted = alerts.filter { $0.silences.contains { $0.id == silence.id } }
    return muted.isEmpty || muted.contains { belongs($0.facts.team, to: team) }
  }

  // MARK: - Budgets

  /// The budgets of the SLOs that the team owns; of all where none says that it is the team's.
  private func budgets(
    of team: TeamRoster, over range: Range<Timestamp>, at now: Timestamp
  ) async -> [HandOffNote.BudgetChange] {
    let before = await engine.states(at: range.lowerBound)
    // A shift that ended a while ago is compared with how it ended, not with now.
    let isOver = now - range.upperBound > .seconds(60)
    let after =
      isOver ? await engine.states(at: range.upperBound) : await engine.snapshot.serviceLevels
    let known = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
    let own = after.filter { $0.slo.details.owner == team.id }
    return (own.isEmpty ? after : own).map { state in
      HandOffNote.BudgetChange(
        slo: state.slo, before: known[state.id]?.budget?.remaining,
        after: state.budget?.remaining)
    }
  }

  // MARK: - What was written

  private func remarks(
    in trail: [AuditEntry], _ runs: [RunRecord], over range: Range<Timestamp>
  ) -> [HandOffNote.Remark] {
    let asked: Set<String> = ["acknowledge", "silence"]
    let spoken = trail.filter { asked.contains($0.event) && !$0.detail.isEmpty }.map { entry in
      HandOffNote.Remark(
        at: entry.at, by: entry.actor, subject: entry.subject, text: entry.detail)
    }
    let steps = runs.flatMap { run in
      run.steps.compactMap { step -> HandOffNote.Remark? in
        guard let note = step.note, !note.isEmpty, let end = step.endedAt else { return nil }
        return HandOffNote.Remark(
          at: Timestamp(milliseconds: end), by: run.actor, subject: "\(run.title): \(step.name)",
          text: note)
      }
    }
    return (spoken + steps).filter { range.contains($0.at) }.sorted { $0.at < $1.at }
  }
}

/// Which hand-off note is wanted.
struct HandOffWish: Hashable, Sendable {
  /// The team.
  let team: String
  /// What the operator adds.
  let words: String
  /// The time it is about; `nil` means the shift that is handed off.
  var range: Range<Timestamp>?
}
