import Reliability
import Yams

/// Reads a layer of a rotation.
struct LayerReader {
  private enum Key: String, SectionKey {
    case name, participants, start, every, handoff, restrictions, changes, timeZone
  }
  private enum HandOffKey: String, SectionKey { case day, time }
  private enum RestrictionKey: String, SectionKey { case days, hours }
  private enum ChangeKey: String, SectionKey { case from, participants }

  /// The zone of layers that name none.
  let timeZone: NamedZone

  /// Reads a layer; its parts are read even when one of them is broken, so that all errors are found.
  func read(_ value: Value) -> RotationLayer? {
    guard let section = Section<Key>(value) else { return nil }
    let name = section.required(.name, example: "primary")?.text()
    let people = section.required(.participants, example: "[ines, tom]").flatMap { $0.people() }
    let start = section.required(.start, example: "2026-01-02")?.wallTime()
    let every = section[.every].map { $0.turn() } ?? .days(7)
    let handOff = section[.handoff].map(handOff) ?? RotationLayer.HandOff()
    let zone = section[.timeZone].map { $0.timeZone().flatMap(NamedZone.init) } ?? timeZone
    let restrictions = (section[.restrictions]?.items() ?? []).compactMap(restriction)
    let changes = (section[.changes]?.items() ?? []).compactMap { change($0, after: start) }
    guard let name, let people, let start, let every, let handOff, let zone else { return nil }
    if let day = handOff.day, !every.isWeeks {
      let problem = OnCallProblem.handOffDayWithoutWeeks(
        turn: section[.every]?.scalarText ?? "", day: day.title)
      section[.handoff]?.report(.onCall(problem))
    }
    let first = RotationLayer.Participants(from: start, people: people)
    return RotationLayer(
      name: name, timeZone: zone, participants: [first] + changes, every: every,
      handOff: handOff, restrictions: restrictions)
  }

  private func handOff(_ value: Value) -> RotationLayer.HandOff? {
    guard let section = Section<HandOffKey>(value) else { return nil }
    return RotationLayer.HandOff(
      day: section[.day]?.weekday(), second: section[.time]?.timeOfDay() ?? 0)
  }

  private func restriction(_ value: Value) -> Restriction? {
    guard let section = Section<RestrictionKey>(value) else { return nil }
    let days = section[.days]?.weekdays() ?? Set(Weekday.allCases)
    let hours = section[.hours].map { $0.hours() } ?? (0, 0)
    return hours.map { Restriction(days: days, from: $0.from, until: $0.until) }
  }

  private func change(_ value: Value, after start: WallTime?) -> RotationLayer.Participants? {
    guard let section = Section<ChangeKey>(value) else { return nil }
    let from = section.required(.from, example: "2026-06-05")?.wallTime()
    let people = section.required(.participants, example: "[ines, tom, mei]")
      .flatMap { $0.people() }
    guard let from, let people else { return nil }
    if let start, from <= start {
      section[.from]?.report(.onCall(.changeBeforeStart(section[.from]?.scalarText ?? "")))
    }
    return RotationLayer.Participants(from: from, people: people)
  }
}

extension Value {
  /// A list of at least one person.
  func people() -> [String]? {
    let people = texts()
    if case .sequence(let items) = node, items.isEmpty {
      report(.shape(.emptyList))
      return nil
    }
    return people.isEmpty ? nil : people
  }
}

extension RotationLayer.Turn {
  /// Whether turns always begin on the same day of the week.
  var isWeeks: Bool {
    switch self {
    case .days(let count): count % 7 == 0
    case .hours: false
    }
  }
}
