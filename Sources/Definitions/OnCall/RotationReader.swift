import Reliability
import Yams

/// A rotation and where it is defined.
struct DeclaredRotation {
  let rotation: Rotation
  let place: Place
}

/// Reads rotations: a document of kind Rotation, `rotations` with `people`, the short form, or a list.
struct RotationReader {
  private enum ListKey: String, SectionKey {
    case apiVersion, kind, rotations, people, calendars, escalation
  }
  private enum Key: String, SectionKey {
    case apiVersion, kind, name, team, timeZone, layers, overrides, people
  }
  private enum PersonKey: String, SectionKey { case name, contact, timeZone }
  private enum OverrideKey: String, SectionKey {
    case who, insteadOf, layer, from, to
    case instead
  }

  /// What a document or section says.
  struct Found {
    /// The rotations without errors.
    var rotations: [DeclaredRotation] = []
    /// What is known of people, whatever says who of them is on.
    var people: [String: Person] = [:]
    /// What others read: calendars and escalation policies.
    var rest: Value?
  }

  /// Keys by which the short form is recognized.
  static let shortKeys = ["engineers", "rotation_type"]
  /// Keys of a section that is no rotation itself.
  private static let listKeys: [ListKey] = [.rotations, .calendars, .escalation]

  /// The rotations without errors, and what else there is.
  func read(_ value: Value) -> Found {
    if case .sequence = value.node { return Found(rotations: read(items: value, people: [:])) }
    let isList = RotationReader.listKeys.contains { value.topLevel[$0.rawValue] != nil }
    guard isList else { return Found(rotations: read(one: value, people: [:])) }
    guard let section = Section<ListKey>(value) else { return Found() }
    let people = section[.people].map(self.people) ?? [:]
    let rotations = section[.rotations].map { read(items: $0, people: people) } ?? []
    return Found(rotations: rotations, people: people, rest: value)
  }

  private func read(items value: Value, people: [String: Person]) -> [DeclaredRotation] {
    (value.items() ?? []).flatMap { read(one: $0, people: people) }
  }

  private func read(one value: Value, people: [String: Person]) -> [DeclaredRotation] {
    let isShort = RotationReader.shortKeys.contains { value.topLevel[$0] != nil }
    let rotation = value.findings.whole {
      isShort ? ShortRotationReader().read(value, people: people) : full(value, people: people)
    }
    return rotation.map { [DeclaredRotation(rotation: $0, place: value.place)] } ?? []
  }

  private func full(_ value: Value, people shared: [String: Person]) -> Rotation? {
    guard let section = Section<Key>(value) else { return nil }
    let name = section[.name] ?? section[.team] ?? section.required(.name, example: "shop")
    let zone = section[.timeZone].map { $0.timeZone().flatMap(NamedZone.init) } ?? NamedZone("UTC")
    // With a zone that is unknown the rest is still read, so that all errors are found.
    guard let reading = zone ?? NamedZone("UTC") else { return nil }
    let reader = LayerReader(timeZone: reading)
    let items = section.required(.layers, example: "[{name: primary, ...}]")?.items()
    let layers = (items ?? []).compactMap(reader.read)
    if items?.isEmpty == true { section[.layers]?.report(.shape(.emptyList)) }
    reportDuplicates(layers, at: section[.layers])
    let people = section[.people].map(self.people) ?? [:]
    let overrides = overrides(section[.overrides], of: layers, in: reading)
    guard let name = name?.text(), let zone, !layers.isEmpty else { return nil }
    return Rotation(
      name: name, timeZone: zone, layers: layers, overrides: overrides,
      people: shared.merging(people) { $1 })
  }

  private func reportDuplicates(_ layers: [RotationLayer], at value: Value?) {
    var names: Set<String> = []
    for layer in layers where !names.insert(layer.name).inserted {
      value?.report(.onCall(.duplicateLayer(layer.name)))
    }
  }

  /// What is known about people: a name, or a mapping with name, contact and time zone.
  func people(_ value: Value) -> [String: Person] {
    let people = (value.entries() ?? []).compactMap { entry -> Person? in
      if entry.value.isNull { return Person(id: entry.name) }
      if entry.value.scalarText != nil { return Person(id: entry.name, name: entry.value.text()) }
      guard let section = Section<PersonKey>(entry.value) else { return nil }
      return Person(
        id: entry.name, name: section[.name]?.text(), contact: section[.contact]?.text(),
        timeZone: section[.timeZone]?.timeZone())
    }
    return Dictionary(people.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The overrides of some layers, with times of a zone's wall clock.
  func overrides(
    _ value: Value?, of layers: [RotationLayer], in zone: NamedZone
  ) -> [ShiftOverride] {
    (value?.items() ?? []).compactMap { item in
      guard let section = Section<OverrideKey>(item) else { return nil }
      let who = section.required(.who, example: "mei")?.text()
      let from = section.required(.from, example: "2026-11-21T08:00")
      let to = section.required(.to, example: "2026-11-21T20:00")
      let (start, end) = (from?.instant(in: zone), to?.instant(in: zone))
      let layer = section[.layer].flatMap { layerName($0, among: layers.map(\.name)) }
      let replaced = (section[.insteadOf] ?? section[.instead]).flatMap { participant($0, layers) }
      guard let who, let start, let end else { return nil }
      guard start < end else {
        let problem = OnCallProblem.endsBeforeStart(
          from: from?.scalarText ?? "", to: to?.scalarText ?? "")
        to?.report(.onCall(problem))
        return nil
      }
      return ShiftOverride(who: who, insteadOf: replaced, layer: layer, from: start, until: end)
    }
  }

  private func layerName(_ value: Value, among known: [String]) -> String? {
    guard let name = value.text() else { return nil }
    // Where no layer could be read, the override is not what is wrong.
    guard known.isEmpty || known.contains(name) else {
      let names = known.enumerated().filter { known.firstIndex(of: $1) == $0 }.map(\.element)
      value.reportUnknown(name, "layer", among: names)
      return nil
    }
    return name
  }

  private func participant(_ value: Value, _ layers: [RotationLayer]) -> String? {
    guard let name = value.text() else { return nil }
    let known = layers.flatMap(\.participants).flatMap(\.people)
    guard known.isEmpty || known.contains(name) else {
      let nearest = NearestMatch.of(name, among: known)
      value.report(.onCall(.takesNoTurns(name, nearest: nearest)))
      return nil
    }
    return name
  }
}
