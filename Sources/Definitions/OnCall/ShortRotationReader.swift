import Reliability

/// Reads the short form: one list of engineers, of whom the next in turn is the secondary.
struct ShortRotationReader {
  private enum Key: String, SectionKey {
    case apiVersion, kind, name, team, start, engineers, overrides, people, timeZone
    case rotationType = "rotation_type"
    case rotationDays = "rotation_days"
    case handOffDay = "handoff_day"
    case handOffHour = "handoff_hour"
    case timezone
  }
  private enum RotationType: String, CaseIterable { case daily, weekly }

  /// The Monday from which turns are counted where no start is written.
  private static let fixedStart = WallTime(day: 4, second: 0)

  /// Reads a rotation of a primary and, with several engineers, a secondary layer.
  func read(_ value: Value, people shared: [String: Person]) -> Rotation? {
    guard let section = Section<Key>(value) else { return nil }
    let engineers = section.required(.engineers, example: "[ines, tom]").flatMap { $0.people() }
    let written = section[.timeZone] ?? section[.timezone]
    let zone = written.map { $0.timeZone().flatMap(NamedZone.init) } ?? NamedZone("UTC")
    let days = days(section)
    let day = section[.handOffDay]?.weekday()
    let handOff = RotationLayer.HandOff(day: day, second: section[.handOffHour]?.timeOfDay() ?? 0)
    let start = start(section)
    let name = (section[.name] ?? section[.team])?.text() ?? "on-call"
    if let day, days % 7 != 0 {
      let problem = OnCallProblem.handOffDayWithoutWeeks(turn: "\(days)d", day: day.title)
      section[.handOffDay]?.report(.onCall(problem))
    }
    guard let engineers, let zone, let start else { return nil }
    let secondary = Array(engineers.dropFirst()) + engineers.prefix(1)
    let lists =
      engineers.count > 1
      ? [("primary", engineers), ("secondary", secondary)] : [("primary", engineers)]
    let layers = lists.map { name, people in
      RotationLayer(
        name: name, timeZone: zone,
        participants: [RotationLayer.Participants(from: start, people: people)],
        every: .days(days), handOff: handOff)
    }
    let reader = RotationReader()
    let people = shared.merging(section[.people].map(reader.people) ?? [:]) { $1 }
    let overrides = OverridesReader(layers: layers, zone: zone).read(section[.overrides])
    return Rotation(
      name: name, timeZone: zone, layers: layers, overrides: overrides, people: people)
  }

  private func start(_ section: Section<Key>) -> WallTime? {
    if let value = section[.start] { return value.wallTime() }
    let day = ShortRotationReader.fixedStart
    section.value.report(.onCall(.withoutStart(counted: day.date)))
    return day
  }

  private func days(_ section: Section<Key>) -> Int {
    let type = section[.rotationType]?.name("type of rotation", of: RotationType.self)
    let written = section[.rotationDays].flatMap { $0.wholeNumber(1...3650) }
    return written ?? (type == .daily ? 1 : 7)
  }
}
