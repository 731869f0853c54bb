import Reliability
import Yams

/// A rotation and how it is written.
struct DeclaredRotation {
  let rotation: Rotation
  let value: Value

  var place: Place { value.place }
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

  /// What a document or section says.
  struct Found {
    /// The rotations without errors.
    var rotations: [DeclaredRotation] = []
    /// Whether there are no others.
    var areAllRead = true
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
    if case .sequence = value.node { return read(items: value.items(), people: [:]) }
    guard isList(value) else { return read(items: [value], people: [:]) }
    guard let section = Section<ListKey>(value) else { return Found(areAllRead: false) }
    let people = section[.people].map(self.people) ?? [:]
    var found = section[.rotations].map { read(items: $0.items(), people: people) } ?? Found()
    found.people = people
    found.rest = value
    return found
  }

  /// Whether a section holds rotations and the rest, and is none itself: people alone count as well.
  private func isList(_ value: Value) -> Bool {
    let keys = value.topLevel
    let isRotation = ["layers", "engineers", "name", "team"].contains { keys[$0] != nil }
    return RotationReader.listKeys.contains { keys[$0.rawValue] != nil }
      || keys["people"] != nil && !isRotation
  }

  private func read(items: [Value]?, people: [String: Person]) -> Found {
    let rotations = items?.map { read(one: $0, people: people) } ?? [nil]
    return Found(
      rotations: rotations.compactMap(\.self), areAllRead: !rotations.contains { $0 == nil })
  }

  private func read(one value: Value, people: [String: Person]) -> DeclaredRotation? {
    let isShort = RotationReader.shortKeys.contains { value.topLevel[$0] != nil }
    let rotation = value.findings.whole {
      isShort ? ShortRotationReader().read(value, people: people) : full(value, people: people)
    }
    return rotation.map { DeclaredRotation(rotation: $0, value: value) }
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
    let people = shared.merging(section[.people].map(self.people) ?? [:]) { $1 }
    let overrides = OverridesReader(layers: layers, zone: reading).read(section[.overrides])
    guard let name = name?.text(), let zone, !layers.isEmpty else { return nil }
    return Rotation(
      name: name, timeZone: zone, layers: layers, overrides: overrides, people: people)
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
}
