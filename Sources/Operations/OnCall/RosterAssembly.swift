import Reliability

/// Puts together what rotations and calendars say, as one picture of each team.
struct RosterAssembly: Sendable {
  /// What is known of a calendar.
  struct Word: Sendable {
    var file: CalendarFile?
    var readAt: Timestamp?
    /// Why it says nothing now.
    var failure: String?
  }

  let plan: OnCallPlan
  private let calculators: [RotationCalculator]
  private let standardZone = NamedZone("UTC")

  init(_ plan: OnCallPlan) {
    self.plan = plan
    calculators = plan.rotations.map { RotationCalculator($0) }
  }

  /// The shifts of the rotations, in their order: what takes longest, and changes with the range only.
  func turns(in range: Range<Timestamp>) -> [[Shift]] { calculators.map { $0.shifts(in: range) } }

  /// The pictures of all teams.
  ///
  /// - Parameters:
  ///   - range: The stretch of time that is pictured.
  ///   - turns: The shifts of the rotations in it.
  ///   - words: What calendars have said, by name.
  ///   - load: What fired, with the time whose pages count; `nil` leaves the load out.
  /// - Returns: One for each team, in the order of the configuration.
  func rosters(
    in range: Range<Timestamp>, turns: [[Shift]], words: [String: Word],
    load: (firings: [Firing], range: Range<Timestamp>)? = nil
  ) -> [TeamRoster] {
    let isOnly = plan.teams.count == 1
    return plan.teams.map { team in
      let own = load.flatMap { load in
        let firings = load.firings.filter { $0.team == team || $0.team == nil && isOnly }
        return self.load(of: team, firings, in: load.range)
      }
      return roster(of: team, in: range, turns, words, load: own)
    }
  }

  private func load(
    of team: String, _ firings: [Firing], in range: Range<Timestamp>
  ) -> TeamLoad? {
    guard let zone = plan.zone(of: team) ?? standardZone else { return nil }
    return TeamLoad(of: firings, in: range, among: plan.people(of: team), zone: zone)
  }

  private func roster(
    of team: String, in range: Range<Timestamp>, _ turns: [[Shift]], _ words: [String: Word],
    load: TeamLoad?
  ) -> TeamRoster {
    let own = plan.rotations.filter { $0.name == team }
    var people = plan.people(of: team)
    let names = PersonFinder(people)
    var layers = own.flatMap { $0.layers.map(\.name) }
    let planned = Set(layers)
    var shifts = zip(plan.rotations, turns).filter { $0.0.name == team }.flatMap(\.1)
    var sources = own.isEmpty ? [] : ["rotation"]
    var remarks: [String] = []
    for settings in plan.calendars where settings.team == team {
      sources.append(settings.name)
      let word = words[settings.name]
      remarks += self.remarks(on: settings, word)
      guard let file = word?.file else { continue }
      let told = file.people
      people.merge(told.filter { names.id(of: $0.value) == nil }) { known, _ in known }
      let found = file.shifts(in: range, source: settings.name, layer: settings.layer)
      shifts += found.shifts.map { names.known($0, told[$0.person]) }
      remarks += (file.problems + found.problems).prefix(3).map { problem in
        "\(settings.name): \(problem.message.drop(suffix: "."))"
      }
      layers.append(settings.layer)
    }
    layers += Set(shifts.map(\.layer)).subtracting(layers)
      .sorted { (Self.rank($0), $0) < (Self.rank($1), $1) }
    var seen: Set<String> = []
    let used = Set(shifts.map(\.layer)).union(planned)
    let restricted = own.flatMap { $0.layers.filter { !$0.restrictions.isEmpty } }
    let known = self.known(of: team, words, in: range)
    if known.upperBound < range.upperBound, let end = horizon(of: team, words)?.upperBound {
      remarks.append("shifts are known until \(end.dateAndTime) UTC")
    }
    return TeamRoster(
      team: team, people: people,
      roster: Roster(
        shifts: shifts, range: known,
        layers: layers.filter { seen.insert($0).inserted && used.contains($0) },
        partTimeLayers: Set(restricted.map(\.name))),
      sources: sources, remarks: remarks, isKnown: isKnown(team, words),
      escalation: plan.escalation(of: team), load: load,
      members: Set(own.flatMap { $0.layers.flatMap(\.participants).flatMap(\.people) }))
  }

  // MARK: - How far shifts are known

  /// Whether each calendar of a team has said something.
  func isKnown(_ team: String, _ words: [String: Word]) -> Bool {
    plan.calendars.allSatisfy { $0.team != team || words[$0.name]?.file != nil }
  }

  /// The part of a range in which a team's shifts are known, so that beyond it nobody is called missing.
  private func known(
    of team: String, _ words: [String: Word], in range: Range<Timestamp>
  ) -> Range<Timestamp> {
    horizon(of: team, words).map { range.clamped(to: $0) } ?? range
  }

  /// What calendars of PagerDuty cover, which are asked for some weeks only; `nil` without one.
  private func horizon(of team: String, _ words: [String: Word]) -> Range<Timestamp>? {
    let looks = plan.calendars.filter { $0.team == team }.compactMap { settings -> Timestamp? in
      guard case .pagerDuty = settings.place else { return nil }
      return words[settings.name]?.readAt?.rounded(downTo: .seconds(3600))
    }
    guard let first = looks.min(), let last = looks.max() else { return nil }
    let start = last - PagerDutyShifts.past
    return start..<max(start, first + PagerDutyShifts.future)
  }

  /// Where a layer of a calendar stands among others, by the names that programs give them.
  private static func rank(_ layer: String) -> Int {
    let words = layer.lowercased().split { " :".contains($0) }
    switch words.first {
    case "primary": return 1
    case "secondary": return 2
    case "level": return words.dropFirst().first.flatMap { Int($0) } ?? Int.max
    case .some(let word) where word.hasPrefix("l"): return Int(word.dropFirst()) ?? Int.max
    default: return Int.max
    }
  }

  private func remarks(on settings: CalendarSettings, _ word: Word?) -> [String] {
    guard let word else { return ["\(settings.name) has not been read yet"] }
    guard let failure = word.failure else { return [] }
    let age = word.readAt.map { "; shown is what it said at \($0.dateAndTime) UTC" } ?? ""
    return ["\(settings.name) is silent: \(failure)\(age)"]
  }
}

/// Finds people by what calendars call them: their short name, name or address.
private struct PersonFinder {
  private let ids: [String: String]

  init(_ people: [String: Person]) {
    let names = people.values.flatMap { person in
      [person.id, person.name, person.contact].compactMap { name in
        name.map { ($0.lowercased(), person.id) }
      }
    }
    // Of two who share a name neither is found by it.
    let found = Dictionary(grouping: names, by: \.0).mapValues { Set($0.map(\.1)) }
    ids = found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// The short name of somebody who is known, by what a calendar calls them or by their address there.
  func id(of person: Person) -> String? {
    ids[person.id.lowercased()] ?? person.contact.flatMap { ids[$0.lowercased()] }
  }

  /// The shift with the person's short name, where the person is known.
  func known(_ shift: Shift, _ told: Person?) -> Shift {
    guard let id = id(of: told ?? Person(id: shift.person)), id != shift.person else {
      return shift
    }
    return Shift(
      person: id, layer: shift.layer, from: shift.from, until: shift.until, source: shift.source)
  }
}

extension String {
  /// The text without an ending.
  fileprivate func drop(suffix: String) -> Substring {
    hasSuffix(suffix) ? dropLast(suffix.count) : self[...]
  }
}
