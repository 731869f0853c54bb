/// Works out who is on call from a rotation; pure, and the same for every caller.
package struct RotationCalculator: Sendable {
  /// The rotation that is worked out.
  package let rotation: Rotation
  private let layers: [(layer: RotationLayer, turns: TurnSequence?)]

  /// More turns of a layer than this are not worked out at once; ten years of daily ones are fewer.
  private static let mostTurns = 10_000
  /// How far outside of the asked range turns are looked at, to say whom a longer override replaces.
  private static let reach = Duration.seconds(60 * 86_400)

  /// Prepares the layers of a rotation.
  package init(_ rotation: Rotation) {
    self.rotation = rotation
    layers = rotation.layers.map { ($0, TurnSequence($0)) }
  }

  /// The shifts that overlap a range, whole ones, by layer and then by time.
  package func shifts(in range: Range<Timestamp>) -> [Shift] {
    guard !range.isEmpty else { return [] }
    return layers.indices.flatMap { shifts(ofLayer: $0, in: range) }
  }

  /// The shifts at an instant, at most one for each layer, in the order of the layers.
  package func shifts(at instant: Timestamp) -> [Shift] {
    shifts(in: instant..<(instant + .milliseconds(1)))
  }

  /// Who is on in a layer at an instant, by the short name; `nil` when nobody is.
  package func person(in layer: String, at instant: Timestamp) -> String? {
    shifts(at: instant).first { $0.layer == layer }?.person
  }

  /// The shifts, gaps and conflicts of a range.
  package func roster(in range: Range<Timestamp>) -> Roster {
    let restricted = rotation.layers.filter { !$0.restrictions.isEmpty }.map(\.name)
    return Roster(
      shifts: shifts(in: range), range: range, layers: rotation.layers.map(\.name),
      partTimeLayers: Set(restricted))
  }

  /// The next instant at which the person of a layer changes, within 400 days.
  ///
  /// - Returns: `nil` when it stays the same person, or nobody, for all that time.
  package func nextHandOff(in layer: String, after instant: Timestamp) -> HandOff? {
    guard let index = rotation.layers.firstIndex(where: { $0.name == layer }) else { return nil }
    for days in [8, 60, 400] {
      let end = instant + .seconds(days * 86_400)
      let shifts = ShiftSequence(shifts(ofLayer: index, in: instant..<end))
      if let found = HandOff(after: instant, in: shifts), found.at < end { return found }
    }
    return nil
  }
}

// MARK: - One layer

extension RotationCalculator {
  private func shifts(ofLayer index: Int, in range: Range<Timestamp>) -> [Shift] {
    let layer = layers[index].layer
    let overrides = rotation.overrides.filter { concerns($0, layerAt: index) }
    // A shift at the edge may begin or end with an override, whose own edge lies further out.
    let wide = overrides.filter { $0.range.overlaps(range) }.reduce(range) { wide, override in
      min(wide.lowerBound, override.from)..<max(wide.upperBound, override.until)
    }
    let near =
      (range.lowerBound - RotationCalculator.reach)..<(range.upperBound + RotationCalculator.reach)
    var shifts = turns(ofLayer: index, in: wide.clamped(to: near))
    if !layer.restrictions.isEmpty { shifts = restrict(shifts, of: layer) }
    for override in overrides where override.range.overlaps(wide) {
      shifts = apply(override, to: shifts, layer: layer.name)
    }
    return shifts.filter { $0.range.overlaps(range) }
  }

  private func concerns(_ override: ShiftOverride, layerAt index: Int) -> Bool {
    guard !override.range.isEmpty else { return false }
    if let name = override.layer { return rotation.layers[index].name == name }
    return override.insteadOf != nil || index == 0
  }

  private func turns(ofLayer index: Int, in range: Range<Timestamp>) -> [Shift] {
    guard let turns = layers[index].turns else { return [] }
    var shifts: [Shift] = []
    var turn = max(0, turns.turn(at: range.lowerBound))
    var start = turns.start(of: turn)
    while start < range.upperBound, shifts.count < RotationCalculator.mostTurns {
      let end = turns.start(of: turn + 1)
      // A turn as short as the hour that the clock jumps over has no length.
      if start < end, let person = turns.person(in: turn) {
        let name = layers[index].layer.name
        shifts.append(Shift(person: person, layer: name, from: start, until: end))
      }
      turn += 1
      start = end
    }
    return shifts
  }

  private func restrict(_ shifts: [Shift], of layer: RotationLayer) -> [Shift] {
    guard let first = shifts.first, let last = shifts.last else { return [] }
    let hours = layer.openHours(in: first.from..<last.until)
    var result: [Shift] = []
    var next = 0
    for shift in shifts {
      while next < hours.count, hours[next].upperBound <= shift.from { next += 1 }
      var index = next
      while index < hours.count, hours[index].lowerBound < shift.until {
        if let part = shift.part(in: hours[index]) { result.append(part) }
        index += 1
      }
    }
    return result
  }

  /// Cuts an override out of the shifts and puts its person there.
  private func apply(_ override: ShiftOverride, to shifts: [Shift], layer: String) -> [Shift] {
    var result: [Shift] = []
    var replaced: [Shift] = []
    for shift in shifts {
      let isMeant = override.insteadOf.map { $0 == shift.person } ?? true
      guard isMeant, let part = shift.part(in: override.range) else {
        result.append(shift)
        continue
      }
      replaced.append(part)
      let sides = [shift.from..<part.from, part.until..<shift.until]
      result += sides.compactMap { shift.part(in: $0) }
    }
    result += pieces(of: override, replacing: replaced, layer: layer)
    return result.sorted { ($0.from, $0.until) < ($1.from, $1.until) }
  }

  private func pieces(
    of override: ShiftOverride, replacing replaced: [Shift], layer: String
  ) -> [Shift] {
    guard override.insteadOf != nil else {
      let people = Set(replaced.map(\.person))
      let source = Shift.Source.override(insteadOf: people.count == 1 ? people.first : nil)
      return [
        Shift(
          person: override.who, layer: layer, from: override.from, until: override.until,
          source: source)
      ]
    }
    return replaced.map { part in
      Shift(
        person: override.who, layer: layer, from: part.from, until: part.until,
        source: .override(insteadOf: part.person))
    }
  }
}

extension RotationLayer {
  /// The hours in which the layer has somebody, joined where they touch, in the order of time.
  func openHours(in range: Range<Timestamp>) -> [Range<Timestamp>] {
    let first = timeZone.wall(at: range.lowerBound).day - 1
    let last = timeZone.wall(at: range.upperBound).day
    var hours: [Range<Timestamp>] = []
    for day in first...max(first, last) {
      let weekday = WallTime(day: day, second: 0).weekday
      for restriction in restrictions where restriction.days.contains(weekday) {
        let isOvernight = restriction.until <= restriction.from
        let start = timeZone.instant(of: WallTime(day: day, second: restriction.from))
        let end = timeZone.instant(
          of: WallTime(day: isOvernight ? day + 1 : day, second: restriction.until))
        if start < end { hours.append(start..<end) }
      }
    }
    return Roster.joined(hours)
  }
}
