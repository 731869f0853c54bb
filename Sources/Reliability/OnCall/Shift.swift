/// Somebody who can be on call.
package struct Person: Hashable, Sendable {
  /// The short name that rotations use, which is unique.
  package let id: String
  /// The name to show.
  package let name: String
  /// How to reach the person, as written; `nil` when not known.
  package let contact: String?
  /// A name of the IANA database by which after-hours pages are counted; `nil` means the rotation's.
  package let timeZone: String?

  /// Makes a person, whose name is the short one unless there is a longer.
  package init(id: String, name: String? = nil, contact: String? = nil, timeZone: String? = nil) {
    self.id = id
    self.name = name ?? id
    self.contact = contact
    self.timeZone = timeZone
  }
}

/// A stretch of time for which one person is on call in one layer.
package struct Shift: Hashable, Sendable {
  /// Where a shift comes from.
  package enum Source: Hashable, Sendable {
    /// The layer's turn.
    case rotation
    /// An override, and whom it replaces; `nil` where that is nobody, or several in turn.
    case override(insteadOf: String?)
    /// A calendar, by its name.
    case calendar(String)
  }

  /// The short name of the person, or the name as a calendar writes it.
  package let person: String
  /// The layer, such as `primary`.
  package let layer: String
  /// The first millisecond on call.
  package let from: Timestamp
  /// The first millisecond after the shift: the next person's.
  package let until: Timestamp
  /// Where the shift comes from.
  package let source: Source

  /// Makes a shift of at least no length.
  package init(
    person: String, layer: String, from: Timestamp, until: Timestamp, source: Source = .rotation
  ) {
    self.person = person
    self.layer = layer
    self.from = from
    self.until = max(from, until)
    self.source = source
  }

  /// When the person is on, half-open.
  package var range: Range<Timestamp> { from..<until }

  /// Whether the person stands in for whoever's turn it is.
  package var isOverride: Bool {
    if case .override = source { true } else { false }
  }

  /// The part of the shift within a range, or `nil` when there is none.
  package func part(in range: Range<Timestamp>) -> Shift? {
    let part = self.range.clamped(to: range)
    guard !part.isEmpty else { return nil }
    return Shift(
      person: person, layer: layer, from: part.lowerBound, until: part.upperBound, source: source)
  }
}
