/// The shifts of a stretch of time, and what is wrong with them.
package struct Roster: Sendable {
  /// A stretch without anybody.
  package struct Gap: Hashable, Sendable {
    /// The layer that has nobody while another has; `nil` when nobody at all is on call.
    package let layer: String?
    /// From the first millisecond without, to the first with somebody again.
    package let range: Range<Timestamp>

    /// Makes a gap.
    package init(layer: String?, range: Range<Timestamp>) {
      self.layer = layer
      self.range = range
    }
  }

  /// A stretch in which one person is on in two layers, so that nobody stands behind them.
  package struct Conflict: Hashable, Sendable {
    /// The short name of the person.
    package let person: String
    /// The two layers in their order.
    package let layers: [String]
    /// When, half-open.
    package let range: Range<Timestamp>

    /// Makes a conflict.
    package init(person: String, layers: [String], range: Range<Timestamp>) {
      self.person = person
      self.layers = layers
      self.range = range
    }
  }

  /// Two people who are on in one layer at once.
  package struct DoubleBooking: Hashable, Sendable {
    /// The layer.
    package let layer: String
    /// The people, in the order of their shifts.
    package let people: [String]
    /// When, half-open.
    package let range: Range<Timestamp>
  }

  /// The shifts, from a rotation or from calendars.
  package let shifts: [Shift]
  /// The stretch that gaps and conflicts are looked for in.
  package let range: Range<Timestamp>
  /// The layers in their order.
  package let layers: [String]
  /// The layers that are not meant to have somebody all the time.
  package let partTimeLayers: Set<String>
  private let byLayer: [String: ShiftSequence]
  private let byPerson: [String: ShiftSequence]

  /// Makes a roster.
  ///
  /// - Parameters:
  ///   - shifts: The shifts that overlap the range.
  ///   - range: The stretch of time it is about.
  ///   - layers: All layers, those without a shift too.
  ///   - partTimeLayers: Those whose empty hours are no gap of their own.
  package init(
    shifts: [Shift], range: Range<Timestamp>, layers: [String], partTimeLayers: Set<String> = []
  ) {
    self.shifts = shifts
    self.range = range
    self.layers = layers
    self.partTimeLayers = partTimeLayers
    byLayer = Dictionary(grouping: shifts, by: \.layer).mapValues { ShiftSequence($0) }
    byPerson = Dictionary(grouping: shifts, by: \.person).mapValues { ShiftSequence($0) }
  }

  /// The shifts of one layer.
  package func shifts(in layer: String) -> ShiftSequence { byLayer[layer] ?? ShiftSequence([]) }

  /// The shifts of one person in all layers.
  package func shifts(of person: String) -> ShiftSequence {
    byPerson[person] ?? ShiftSequence([])
  }

  /// The shifts at an instant, in the order of the layers.
  package func shifts(at instant: Timestamp) -> [Shift] {
    layers.flatMap { shifts(in: $0).on(at: instant) }
  }

  /// The stretches without anybody, by time; those of one layer only where another has somebody.
  package var gaps: [Gap] {
    let nobody = missing(in: shifts)
    let ofAll = nobody.map { Gap(layer: nil, range: $0) }
    let ofLayers = layers.filter { !partTimeLayers.contains($0) }.flatMap { layer in
      missing(in: shifts(in: layer).shifts)
        .flatMap { Roster.subtract(nobody, from: $0) }
        .map { Gap(layer: layer, range: $0) }
    }
    return (ofAll + ofLayers).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The stretches in which one person is on in two layers, by time.
  package var conflicts: [Conflict] {
    var found: [Conflict] = []
    for (index, first) in layers.enumerated() {
      for second in layers.dropFirst(index + 1) {
        let others = Dictionary(grouping: shifts(in: second).shifts, by: \.person)
        for (person, mine) in Dictionary(grouping: shifts(in: first).shifts, by: \.person) {
          let ranges = Roster.common(mine, others[person] ?? [], within: range)
          found += ranges.map { Conflict(person: person, layers: [first, second], range: $0) }
        }
      }
    }
    return found.sorted {
      ($0.range.lowerBound, $0.person, $0.layers[1])
        < ($1.range.lowerBound, $1.person, $1.layers[1])
    }
  }

  /// The stretches in which two people are on in one layer, by time.
  package var doubleBookings: [DoubleBooking] {
    var found: [DoubleBooking] = []
    for layer in layers {
      var open: [Shift] = []
      for shift in shifts(in: layer).shifts {
        open.removeAll { $0.until <= shift.from }
        for other in open where other.person != shift.person {
          let both = (shift.from..<min(shift.until, other.until)).clamped(to: range)
          guard !both.isEmpty else { continue }
          found.append(
            DoubleBooking(
              layer: layer, people: [other.person, shift.person], range: both))
        }
        open.append(shift)
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The next instant at which the person of a layer changes, as far as the shifts reach.
  ///
  /// Where layers share the hours of a day or a week, whoever goes on in another of them takes over.
  package func nextHandOff(in layer: String, after instant: Timestamp) -> HandOff? {
    guard let found = HandOff(after: instant, in: shifts(in: layer)), found.at < range.upperBound
    else { return nil }
    guard found.to == nil, partTimeLayers.contains(layer) else { return found }
    let other = successor(of: layer, at: found.at)
    return HandOff(at: found.at, from: found.from, to: other?.person, layer: other?.layer)
  }

  /// Who goes on in another layer of certain hours when one of them ends: of those who begin then, or
  /// began meanwhile, whoever stands in the same place as the layer among those that end.
  private func successor(of layer: String, at end: Timestamp) -> Shift? {
    let restricted = layers.filter(partTimeLayers.contains)
    func last(in layer: String) -> Shift? {
      shifts(in: layer).on(at: end - .milliseconds(1)).first { $0.until == end }
    }
    let ending = restricted.filter { last(in: $0) != nil && shifts(in: $0).on(at: end).isEmpty }
    guard let place = ending.firstIndex(of: layer), let own = last(in: layer) else { return nil }
    let on = restricted.flatMap { shifts(in: $0).on(at: end) }
    let beginning = on.filter { $0.from == end }
    let coming = beginning.isEmpty ? on.filter { $0.from > own.from } : beginning
    return coming.indices.contains(place) ? coming[place] : nil
  }
}

extension Roster: Hashable {
  /// Whether two rosters tell the same; what is worked out of it follows.
  package static func == (first: Roster, second: Roster) -> Bool {
    first.range == second.range && first.shifts == second.shifts && first.layers == second.layers
      && first.partTimeLayers == second.partTimeLayers
  }

  /// Takes in what rosters are compared by.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(range)
    hasher.combine(shifts)
    hasher.combine(layers)
  }
}

// MARK: - Ranges

extension Roster {
  /// The parts of the roster's range that no shift covers.
  private func missing(in shifts: [Shift]) -> [Range<Timestamp>] {
    Roster.subtract(Roster.joined(shifts.map(\.range)), from: range)
  }

  /// Ranges in the order of time, joined where they touch or overlap; empty ones are dropped.
  package static func joined(_ ranges: [Range<Timestamp>]) -> [Range<Timestamp>] {
    var result: [Range<Timestamp>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// What joined ranges leave of another.
  private static func subtract(
    _ joined: [Range<Timestamp>], from whole: Range<Timestamp>
  ) -> [Range<Timestamp>] {
    var result: [Range<Timestamp>] = []
    var start = whole.lowerBound
    for range in joined where range.overlaps(whole) {
      if start < range.lowerBound { result.append(start..<range.lowerBound) }
      start = max(start, range.upperBound)
    }
    if start < whole.upperBound { result.append(start..<whole.upperBound) }
    return result
  }

  private static func common(
    _ first: [Shift], _ second: [Shift], within range: Range<Timestamp>
  ) -> [Range<Timestamp>] {
    let mine = joined(first.map { $0.range.clamped(to: range) })
    let others = joined(second.map { $0.range.clamped(to: range) })
    var result: [Range<Timestamp>] = []
    var (left, right) = (0, 0)
    while left < mine.count, right < others.count {
      let common = mine[left].clamped(to: others[right])
      if !common.isEmpty { result.append(common) }
      if mine[left].upperBound < others[right].upperBound { left += 1 } else { right += 1 }
    }
    return result
  }
}

/// The instant at which one person of a layer takes over from another.
package struct HandOff: Hashable, Sendable {
  /// The first millisecond of the new person.
  package let at: Timestamp
  /// Who was on; `nil` when nobody was.
  package let from: String?
  /// Who is on from then; `nil` when nobody is.
  package let to: String?
  /// The layer that goes on, where it is another one.
  package let layer: String?

  /// Makes a hand-off, within one layer unless another is named.
  package init(at: Timestamp, from: String?, to: String?, layer: String? = nil) {
    self.at = at
    self.from = from
    self.to = to
    self.layer = layer
  }
}
