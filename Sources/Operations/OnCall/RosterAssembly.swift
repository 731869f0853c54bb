import Reliability

/// Puts together what rotations and calendars say, as one picture of each team.
struct RosterAssembly: Sendable {
  let plan: OnCallPlan
  private let calculators: [RotationCalculator]
  private let standardZone = NamedZone("UTC")

  init(_ plan: OnCallPlan) {
    self.plan = plan
    calculators = plan.rotations.map { RotationCalculator($0) }
  }

  /// The shifts of the rotations, in their order: what takes longest, and changes with the range only.
  func turns(in range: Range<Timestamp>) -> [[Shift]] { calculators.map { $0.shifts(in: range) } }

  /// The pictures of all teams, without what being on call has cost.
  ///
  /// - Parameters:
  ///   - range: The stretch of time that is pictured.
  ///   - turns: The shifts of the rotations in it.
  ///   - words: What calendars have said, by name.
  /// - Returns: One for each team, in the order of the configuration.
  func rosters(
    in range: Range<Timestamp>, turns: [[Shift]], words: [String: Word]
  ) -> [TeamRoster] {
    plan.teams.map { roster(of: $0, in: range, turns, words) }
  }

  /// Adds what fired to the pictures.
  ///
  /// - Parameters:
  ///   - firings: What fired.
  ///   - range: The time whose pages count.
  ///   - teams: The pictures of all teams.
  /// - Returns: The same teams with their load.
  func adding(
    _ firings: [Firing], in range: Range<Timestamp>, to teams: [TeamRoster]
  ) -> [TeamRoster] {
    teams.map { team in
      guard let zone = plan.zone(of: team.id) ?? standardZone else { return team }
      let own = firings.filter { $0.team == team.id || $0.team == nil && teams.count == 1 }
      return team.bearing(
        TeamLoad(of: own, in: range, among: plan.people(of: team.id), zone: zone))
    }
  }

  private func roster(
    of team: String, in range: Range<Timestamp>, _ turns: [[Shift]], _ words: [String: Word]
  ) -> TeamRoster {
    var told = Told(people: plan.people(of: team))
    for (rotation, turns) in zip(plan.rotations, turns) where rotation.name == team {
      told.add(rotation, turns)
    }
    for settings in plan.calendars where settings.team == team {
      told.add(settings, words[settings.name], in: range)
    }
    let known = known(of: team, words, in: range)
    if known.upperBound < range.upperBound, let end = horizon(of: team, words)?.upperBound {
      told.remarks.append("shifts are known until \(end.dateAndTime) UTC")
    }
    return TeamRoster(
      team: team, people: told.people,
      roster: Roster(
        shifts: told.shifts, range: known, layers: told.layersInUse,
        partTimeLayers: told.partTimeLayers),
      sources: told.sources, remarks: told.remarks, isKnown: isKnown(team, words),
      escalation: plan.escalation(of: team), members: told.members)
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
}

/// What the rotations and calendars of one team say, one after the other.
private struct Told {
  var people: [String: Person]
  var shifts: [Shift] = []
  var sources: [String] = []
  var remarks: [String] = []
  /// Who takes turns, whether or not they have shifts in what is pictured.
  var members: Set<String> = []
  var partTimeLayers: Set<String> = []
  private let names: PersonFinder
  private var planned: Set<String> = []
  private var layers: [String] = []

  init(people: [String: Person]) {
    self.people = people
    names = PersonFinder(people)
  }

  mutating func add(_ rotation: Rotation, _ turns: [Shift]) {
    if planned.isEmpty { sources.append("rotation") }
    shifts += turns
    layers += rotation.layers.map(\.name)
    planned.formUnion(rotation.layers.map(\.name))
    members.formUnion(rotation.layers.flatMap(\.participants).flatMap(\.people))
    partTimeLayers.formUnion(rotation.layers.filter { !$0.restrictions.isEmpty }.map(\.name))
  }

  mutating func add(
    _ settings: CalendarSettings, _ word: RosterAssembly.Word?, in range: Range<Timestamp>
  ) {
    sources.append(settings.name)
    remarks += Told.remarks(on: settings, word)
    guard let file = word?.file else { return }
    let told = file.people
    people.merge(told.filter { names.id(of: $0.value) == nil }) { known, _ in known }
    let found = file.shifts(in: range, source: settings.name, layer: settings.layer)
    shifts += found.shifts.map { names.known($0, told[$0.person]) }
    let problems = file.problems + found.problems
    remarks += problems.prefix(3).map { problem in
      "\(settings.name): \(problem.message.drop(suffix: "."))"
    }
    if problems.count > 3 {
      remarks.append(
        "\(settings.name): \(problems.count - 3) more of its lines or events are left out")
    }
    layers += file.layers + [settings.layer]
  }

  /// The layers that have a shift or are planned: as they were told, then by their names.
  var layersInUse: [String] {
    let used = Set(shifts.map(\.layer)).union(planned)
    let others = used.subtracting(layers).sorted { (Told.rank($0), $0) < (Told.rank($1), $1) }
    var seen: Set<String> = []
    return (layers + others).filter { used.contains($0) && seen.insert($0).inserted }
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

  private static func remarks(
    on settings: CalendarSettings, _ word: RosterAssembly.Word?
  ) -> [String] {
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
