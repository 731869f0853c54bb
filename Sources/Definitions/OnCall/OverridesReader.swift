import Reliability
import Yams

/// Reads `overrides` of a rotation: who stands in for whom, and when.
struct OverridesReader {
  private enum Key: String, SectionKey {
    case who, insteadOf, layer, from, to
    case instead
  }

  let layers: [RotationLayer]
  /// The zone of times without an offset of their own.
  let zone: NamedZone

  /// The overrides without errors, in the order of the file, in which a later one wins.
  func read(_ value: Value?) -> [ShiftOverride] {
    let found = (value?.items() ?? []).compactMap { item in
      override(item).map { (override: $0, value: item) }
    }
    reportOverlaps(found)
    return found.map(\.override)
  }

  private func override(_ item: Value) -> ShiftOverride? {
    guard let section = Section<Key>(item) else { return nil }
    let who = section.required(.who, example: "mei")?.text()
    let from = section.required(.from, example: "2026-11-21T08:00")
    let to = section.required(.to, example: "2026-11-21T20:00")
    let (start, end) = (from?.instant(in: zone), to?.instant(in: zone))
    let layer = section[.layer].flatMap(layerName)
    let replaced = (section[.insteadOf] ?? section[.instead]).flatMap(participant)
    guard let who, let start, let end else { return nil }
    guard start < end else {
      if let from, let to, isJumpedOver(from, to) {
        item.report(.onCall(.withinJump(zone: zone.name)))
        return nil
      }
      let problem = OnCallProblem.endsBeforeStart(
        from: from?.scalarText ?? "", to: to?.scalarText ?? "")
      to?.report(.onCall(problem))
      return nil
    }
    return ShiftOverride(who: who, insteadOf: replaced, layer: layer, from: start, until: end)
  }

  private var participants: [String] { layers.flatMap(\.participants).flatMap(\.people) }

  /// Whether there is time between two times of the wall, and none that passes.
  private func isJumpedOver(_ from: Value, _ to: Value) -> Bool {
    guard let first = from.scalarText.flatMap(WallTime.init(written:)),
      let second = to.scalarText.flatMap(WallTime.init(written:))
    else { return false }
    return first < second
  }

  private func layerName(_ value: Value) -> String? {
    guard let name = value.text() else { return nil }
    let known = layers.map(\.name)
    guard known.isEmpty || known.contains(name) else {
      let names = known.enumerated().filter { known.firstIndex(of: $1) == $0 }.map(\.element)
      value.reportUnknown(name, "layer", among: names)
      return nil
    }
    return name
  }

  private func participant(_ value: Value) -> String? {
    guard let name = value.text() else { return nil }
    let known = participants
    guard known.isEmpty || known.contains(name) else {
      let nearest = NearestMatch.of(name, among: known)
      value.report(.onCall(.takesNoTurns(name, nearest: nearest)))
      return nil
    }
    return name
  }

  /// Warns where two put different people into the same place at once.
  private func reportOverlaps(_ found: [(override: ShiftOverride, value: Value)]) {
    let inTime = found.enumerated().sorted { $0.element.override.from < $1.element.override.from }
    for (place, first) in inTime.enumerated() {
      let later = inTime[(place + 1)...].prefix {
        $0.element.override.from < first.element.override.until
      }
      let clash = later.first { clashes(first.element.override, $0.element.override) }
      guard let clash else { continue }
      let (loser, winner) = first.offset < clash.offset ? (first, clash) : (clash, first)
      let line = "line \(loser.element.value.place.line)"
      winner.element.value.report(.onCall(.overlappingOverrides(other: line)))
    }
  }

  /// Whether one puts somebody else into the other's place.
  private func clashes(_ first: ShiftOverride, _ second: ShiftOverride) -> Bool {
    guard first.who != second.who,
      !Set(concerned(first)).isDisjoint(with: concerned(second))
    else { return false }
    guard let one = first.insteadOf, let other = second.insteadOf else { return true }
    return one == other
  }

  /// The layers that an override is about.
  private func concerned(_ override: ShiftOverride) -> [String] {
    if let layer = override.layer { return [layer] }
    return override.insteadOf == nil ? layers.prefix(1).map(\.name) : layers.map(\.name)
  }
}
