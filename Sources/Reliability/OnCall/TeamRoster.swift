/// Who is on call for one team around now: all that its sources say, as one picture.
package struct TeamRoster: Identifiable, Hashable, Sendable {
  /// One person on in one layer for a stretch, with who comes next.
  package struct Duty: Hashable, Sendable {
    /// The layer, such as `primary`.
    package let layer: String
    /// The shift that is on; `nil` when nobody is.
    package let shift: Shift?
    /// The next change of person; `nil` when none is near.
    package let next: HandOff?
  }

  /// Something about a schedule that somebody should mend.
  package struct Trouble: Hashable, Sendable {
    /// What it is; the raw values are those of the JSON.
    package enum Kind: String, Hashable, Sendable {
      /// Nobody is on.
      case gap
      /// One person is on in two layers, so that nobody stands behind them.
      case conflict
      /// Two people are on in one layer.
      case doubleBooking
    }

    /// What it is.
    package let kind: Kind
    /// When, half-open.
    package let range: Range<Timestamp>
    /// The layers; none for a gap of all of them.
    package let layers: [String]
    /// The short names of the people.
    package let people: [String]
    /// The same in words, as a clause.
    package let sentence: String
  }

  /// The team's name.
  package let id: String
  /// What is known about people, by the short name.
  package let people: [String: Person]
  /// The shifts with their gaps and conflicts.
  package let roster: Roster
  /// Where the shifts come from, by name.
  package let sources: [String]
  /// What is wrong with a source, as sentences without their stop.
  package let remarks: [String]
  /// Whether all that says who is on call has said so at least once; otherwise nobody is called missing.
  package let isKnown: Bool
  /// Whom pages go to while nobody acknowledges; `nil` where nothing says it.
  package let escalation: EscalationPolicy?
  /// What being on call has cost of late; `nil` where that is not worked out.
  package private(set) var load: TeamLoad?

  /// When nobody is on, by time; like what follows worked out once, for views draw it with every frame.
  package let gaps: [Roster.Gap]
  /// When nobody is on and who is on twice, by time.
  package let troubles: [Trouble]
  /// The shifts that are overrides, by time.
  package let overrides: [Shift]
  /// The short names of all who have shifts or take turns, sorted, then of those who only had pages.
  package private(set) var everybody: [String]

  /// Makes a roster of a team.
  package init(
    team: String, people: [String: Person], roster: Roster, sources: [String], remarks: [String],
    isKnown: Bool = true, escalation: EscalationPolicy? = nil, members: Set<String>? = nil
  ) {
    id = team
    self.people = people
    self.roster = roster
    self.sources = sources
    self.remarks = remarks
    self.isKnown = isKnown
    self.escalation = escalation
    gaps = isKnown ? roster.gaps : []
    troubles = TeamRoster.troubles(in: roster, gaps, people)
    overrides = roster.shifts.filter(\.isOverride).sorted { $0.from < $1.from }
    everybody = Set(roster.shifts.map(\.person)).union(members ?? Set(people.keys)).sorted()
  }

  /// The same team with what being on call has cost.
  package func bearing(_ load: TeamLoad) -> TeamRoster {
    var team = self
    team.load = load
    // At the end, so that a page of somebody who has left changes nobody's place, and color.
    team.everybody += Set(load.people.map(\.person)).subtracting(everybody).sorted()
    return team
  }

  /// Whether it is known who is on at an instant, be it nobody.
  package func isKnown(at instant: Timestamp) -> Bool {
    isKnown && roster.range.contains(instant)
  }

  /// The name to show of a person.
  package func name(of person: String) -> String { TeamRoster.name(of: person, among: people) }

  /// The name to show of who takes over, with the layer where it is another one.
  package func name(after handOff: HandOff) -> String {
    let name = handOff.to.map(name) ?? "nobody"
    return handOff.layer.map { "\(name) (\($0))" } ?? name
  }

  private static func name(of person: String, among people: [String: Person]) -> String {
    people[person]?.name ?? person
  }

  /// Who is on in each layer at an instant, and who takes over.
  package func duties(at instant: Timestamp) -> [Duty] {
    let on = roster.shifts(at: instant)
    return roster.layers.map { layer in
      Duty(
        layer: layer, shift: on.first { $0.layer == layer },
        next: roster.nextHandOff(in: layer, after: instant))
    }
  }

  /// Whether a person is the operator: by short name, name, or address.
  package func isOperator(_ person: String, name: String, email: String?) -> Bool {
    [name, email].compactMap(\.self).contains { self.person(person, isCalled: $0) }
  }

  /// When the operator is on, from an instant on: the instant itself where that is now.
  package func nextDuty(
    of name: String, _ email: String?, at instant: Timestamp
  ) -> Timestamp? {
    everybody.filter { isOperator($0, name: name, email: email) }
      .compactMap { roster.shifts(of: $0).coming(after: instant).first { _ in true }?.from }
      .map { max($0, instant) }.min()
  }

  /// Whether a person is called so: by short name, name or address, or as `ines@bastion`.
  package func person(_ person: String, isCalled name: String) -> Bool {
    let known = people[person] ?? Person(id: person)
    let own = [known.id, known.name, known.contact].compactMap { $0?.lowercased() }
    let name = name.lowercased()
    return own.contains(name) || name.split(separator: "@").first.map { $0 == own[0] } ?? false
  }

  private static func troubles(
    in roster: Roster, _ gaps: [Roster.Gap], _ people: [String: Person]
  ) -> [Trouble] {
    func name(_ person: String) -> String { self.name(of: person, among: people) }
    let gaps = gaps.map { gap in
      Trouble(
        kind: .gap, range: gap.range, layers: [gap.layer].compactMap(\.self), people: [],
        sentence: gap.layer.map { "nobody is \($0)" } ?? "nobody is on call")
    }
    let conflicts = roster.conflicts.map { conflict in
      let layers = conflict.layers.joined(separator: " and ")
      return Trouble(
        kind: .conflict, range: conflict.range, layers: conflict.layers,
        people: [conflict.person], sentence: "\(name(conflict.person)) is \(layers) at once")
    }
    let doubles = roster.doubleBookings.map { booking in
      let names = booking.people.map(name).joined(separator: " and ")
      return Trouble(
        kind: .doubleBooking, range: booking.range, layers: [booking.layer],
        people: booking.people, sentence: "\(names) are both \(booking.layer)")
    }
    return (gaps + conflicts + doubles).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// All teams with who is on call for them.
package struct OnCallSnapshot: Hashable, Sendable {
  /// When it was put together.
  package let at: Timestamp
  /// The teams, in the order of the configuration.
  package let teams: [TeamRoster]
  /// How the calendars are doing.
  package let sources: [SourceHealth]

  /// Makes a snapshot.
  package init(at: Timestamp, teams: [TeamRoster] = [], sources: [SourceHealth] = []) {
    self.at = at
    self.teams = teams
    self.sources = sources
  }

  /// The team in which the operator is on at an instant, or is next; `nil` when in none.
  package func team(of name: String, _ email: String?, at instant: Timestamp) -> TeamRoster? {
    teams.compactMap { team in
      team.nextDuty(of: name, email, at: instant).map { (team: team, at: $0) }
    }.min { $0.at < $1.at }?.team
  }
}
