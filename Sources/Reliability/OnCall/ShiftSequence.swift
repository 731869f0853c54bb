/// Shifts in the order of time, so that those around an instant are found without looking at all.
package struct ShiftSequence: Sendable {
  /// The shifts; those that begin at once in the order they were given in.
  package let shifts: [Shift]
  /// How long the longest is: what is on at an instant began at most so long before it.
  private let longest: Duration

  /// Orders shifts.
  package init(_ shifts: [Shift]) {
    self.shifts = shifts.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
      .map(\.element)
    longest = shifts.map { $0.until - $0.from }.max() ?? .zero
  }

  /// The shifts that are on at an instant.
  package func on(at instant: Timestamp) -> [Shift] {
    overlapping(instant..<(instant + .milliseconds(1)))
  }

  /// The shifts of which a part lies in a range.
  package func overlapping(_ range: Range<Timestamp>) -> [Shift] {
    shifts[index(after: range.lowerBound)...].prefix { $0.from < range.upperBound }
      .filter { $0.range.overlaps(range) }
  }

  /// The shifts that end after an instant: those that are on then, and all later ones.
  package func coming(after instant: Timestamp) -> some Sequence<Shift> {
    shifts[index(after: instant)...].lazy.filter { $0.until > instant }
  }

  /// The place of the first shift that may be on at an instant or begins later.
  private func index(after instant: Timestamp) -> Int {
    let earliest = instant - longest
    var (low, high) = (0, shifts.count)
    while low < high {
      let middle = (low + high) / 2
      if shifts[middle].from < earliest { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension HandOff {
  /// Finds the next change of person in the shifts of one layer; of several who are on, the one whose
  /// shift began first counts.
  init?(after instant: Timestamp, in shifts: ShiftSequence) {
    var coming = shifts.coming(after: instant).makeIterator()
    guard let first = coming.next() else { return nil }
    guard first.from <= instant else {
      self.init(at: first.from, from: nil, to: first.person)
      return
    }
    // Several turns of one person in a row are one.
    var end = first.until
    while let shift = coming.next(), shift.from <= end {
      if shift.person == first.person { end = max(end, shift.until) }
    }
    self.init(at: end, from: first.person, to: shifts.on(at: end).first?.person)
  }
}
