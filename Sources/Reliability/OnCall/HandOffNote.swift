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
    /// The short name of who hands off; `nil` when nobody was on.
    package let from: String?
    /// Everybody who was on in the layer, in the order of their shifts.
    package let people: [String]
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
  package static let afterwards = Duration.seconds(3600)
  /// What counts as the shift where nothing says when it began.
  private static let usual = Duration.seconds(7 * 86_400)

  /// The shift that is handed off at an instant: the one that is on in the first layer that has
  /// somebody, shortly after a hand-off the one before, and where nobody is on the last that was.
  ///
  /// - Parameters:
  ///   - team: The team, with shifts around the instant.
  ///   - now: The instant.
  package init(of team: TeamRoster, at now: Timestamp) {
    let current = team.roster.shifts(at: now).first
    let last = team.roster.shifts.filter { $0.until <= now }
      .max { ($0.until, $1.from) < ($1.until, $0.from) }
    guard let subject = current ?? last else {
      self.init(
        team, layer: team.roster.layers.first ?? "primary", from: nil, next: nil,
        range: (now - Self.usual)..<now)
      return
    }
    let layer = team.roster.shifts(in: subject.layer).shifts
    let instant = min(now, subject.until - .milliseconds(1))
    let shift = Self.stretch(at: instant, in: layer) ?? subject
    let before = Self.stretch(at: shift.from - .milliseconds(1), in: layer)
    if current != nil, now - shift.from < Self.afterwards, let before,
      before.person != shift.person
    {
      self.init(
        team, layer: subject.layer, from: before.person,
        next: HandOff(at: shift.from, from: before.person, to: shift.person),
        range: before.from..<shift.from)
    } else {
      self.init(
        team, layer: subject.layer, from: shift.person,
        next: team.roster.nextHandOff(in: subject.layer, after: now), range: shift.from..<now)
    }
  }

  /// The shift at an instant with those of the same person right before and after it: several turns in
  /// a row are one, unless nobody else takes any.
  private static func stretch(at instant: Timestamp, in layer: [Shift]) -> Shift? {
    guard let shift = layer.first(where: { $0.range.contains(instant) }) else { return nil }
    let own = layer.filter { $0.person == shift.person }
    let isAlone = own.count == layer.count
    let ranges = isAlone ? own.map(\.range) : Roster.joined(own.map(\.range))
    guard let range = ranges.first(where: { $0.contains(instant) }) else { return shift }
    return Shift(
      person: shift.person, layer: shift.layer, from: range.lowerBound, until: range.upperBound)
  }

  /// The shift over a range that the operator names: of the first layer that has somebody at its end.
  package init(of team: TeamRoster, over range: Range<Timestamp>) {
    let last = range.upperBound - .milliseconds(1)
    let shift = team.roster.shifts(at: last).first
    let layer = shift?.layer ?? team.roster.layers.first ?? "primary"
    self.init(
      team, layer: layer, from: shift?.person,
      next: team.roster.nextHandOff(in: layer, after: last), range: range)
  }

  private init(
    _ team: TeamRoster, layer: String, from: String?, next: HandOff?, range: Range<Timestamp>
  ) {
    var seen: Set<String> = []
    self.layer = layer
    self.from = from
    self.next = next
    self.range = range
    people = team.roster.shifts(in: layer).overlapping(range).map(\.person)
      .filter { seen.insert($0).inserted }
  }
}
