/// What the next person must know of a shift: what happened, what is still open, and what it has cost.
package struct HandOffNote: Hashable, Sendable {
  /// How the budget of an SLO stood before and stands now, as shares left.
  package struct BudgetChange: Hashable, Sendable {
    /// The SLO.
    package let slo: SLO
    /// At the beginning of the shift; `nil` where it is not known.
    package let before: Double?
    /// At its end; `nil` where it is not known.
    package let after: Double?

    /// Makes a change.
    package init(slo: SLO, before: Double?, after: Double?) {
      self.slo = slo
      self.before = before
      self.after = after
    }
  }

  /// What somebody wrote during the shift.
  package struct Remark: Hashable, Sendable {
    /// When.
    package let at: Timestamp
    /// Who.
    package let by: String
    /// What it is about.
    package let subject: String
    /// The words.
    package let text: String

    /// Makes a remark.
    package init(at: Timestamp, by: String, subject: String, text: String) {
      self.at = at
      self.by = by
      self.subject = subject
      self.text = text
    }
  }

  /// Whose shift it is, and whose is the next.
  package struct Shifts: Hashable, Sendable {
    /// The layer.
    package let layer: String
    /// The short name of who is on; `nil` when nobody is.
    package let from: String?
    /// When and to whom it is handed off; `nil` when that is not known.
    package let next: HandOff?
    /// The shift, as far as it is over.
    package let range: Range<Timestamp>
  }

  /// The team.
  package let team: TeamRoster
  /// All teams, for whom alerts go to.
  package let onCall: OnCallSnapshot
  /// Whose shift it is.
  package let shifts: Shifts
  /// What fired during the shift, by time.
  package let firings: [Firing]
  /// What is still on: pages and tickets, most urgent first.
  package let open: [Alert]
  /// The silences that mute now, acknowledgements apart.
  package let silences: [Silence]
  /// The budgets that are the team's.
  package let budgets: [BudgetChange]
  /// The runs of runbooks that were worked on, by time.
  package let runs: [RunRecord]
  /// What was written down about alerts and steps, by time.
  package let remarks: [Remark]
  /// What the operator adds.
  package let words: String
  /// What keeps the note from being all there is, as clauses.
  package let gaps: [String]

  /// Makes a note.
  package init(
    team: TeamRoster, onCall: OnCallSnapshot, shifts: Shifts, firings: [Firing], open: [Alert],
    silences: [Silence],
    budgets: [BudgetChange], runs: [RunRecord], remarks: [Remark], words: String, gaps: [String]
  ) {
    self.team = team
    self.onCall = onCall
    self.shifts = shifts
    self.firings = firings
    self.open = open
    self.silences = silences
    self.budgets = budgets
    self.runs = runs
    self.remarks = remarks
    self.words = words
    self.gaps = gaps
  }
}

extension HandOffNote.Shifts {
  /// How long after a hand-off the shift before it is still the one that is handed off.
  private static let afterwards = Duration.seconds(3600)
  /// What counts as the shift where nothing says when it began.
  private static let usual = Duration.seconds(7 * 86_400)

  /// The shift that is handed off at an instant: the one that is on in the first layer that has
  /// somebody, shortly after a hand-off the one before, and where nobody is on the last that was.
  ///
  /// - Parameters:
  ///   - team: The team, with shifts around the instant.
  ///   - now: The instant.
  package init(of team: TeamRoster, at now: Timestamp) {
    let past = team.roster.shifts.filter { $0.from <= now }
    let current = team.roster.shifts(at: now).first
    let last = past.max { ($0.until, $1.from) < ($1.until, $0.from) }
    guard let subject = current ?? last else {
      self.init(
        layer: team.roster.layers.first ?? "primary", from: nil, next: nil,
        range: (now - Self.usual)..<now)
      return
    }
    let own = past.filter { $0.layer == subject.layer }
    func stretch(at instant: Timestamp) -> (person: String, range: Range<Timestamp>)? {
      guard let person = own.first(where: { $0.range.contains(instant) })?.person else {
        return nil
      }
      let all = Roster.joined(own.filter { $0.person == person }.map(\.range))
      return all.first { $0.contains(instant) }.map { (person, $0) }
    }
    let next = team.roster.nextHandOff(in: subject.layer, after: now)
    let instant = current == nil ? subject.until - .milliseconds(1) : now
    guard let shift = stretch(at: instant) else {
      self.init(layer: subject.layer, from: subject.person, next: next, range: subject.from..<now)
      return
    }
    let begin = shift.range.lowerBound
    if current != nil, now - begin < Self.afterwards,
      let before = stretch(at: begin - .milliseconds(1))
    {
      self.init(
        layer: subject.layer, from: before.person,
        next: HandOff(at: begin, from: before.person, to: shift.person),
        range: before.range.lowerBound..<begin)
    } else {
      self.init(
        layer: subject.layer, from: shift.person, next: next, range: begin..<max(now, begin))
    }
  }

  /// The shift over a range that the operator names: of the first layer that has somebody at its end.
  package init(of team: TeamRoster, over range: Range<Timestamp>) {
    let last = range.upperBound - .milliseconds(1)
    let shift = team.roster.shifts(at: last).first
    let layer = shift?.layer ?? team.roster.layers.first ?? "primary"
    self.init(
      layer: layer, from: shift?.person,
      next: team.roster.nextHandOff(in: layer, after: last), range: range)
  }
}
