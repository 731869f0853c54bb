/// Who is on call for a team, and when: layers of turns, and exceptions from them.
package struct Rotation: Hashable, Sendable {
  /// The team's name.
  package let name: String
  /// The time zone of the rotation; layers have their own copy.
  package let timeZone: NamedZone
  /// The layers, the first of which is paged first.
  package let layers: [RotationLayer]
  /// The exceptions in the order of the file; of two that overlap the later counts.
  package let overrides: [ShiftOverride]
  /// What is known about people, by their short name.
  package let people: [String: Person]

  /// Makes a rotation.
  package init(
    name: String, timeZone: NamedZone, layers: [RotationLayer], overrides: [ShiftOverride] = [],
    people: [String: Person] = [:]
  ) {
    self.name = name
    self.timeZone = timeZone
    self.layers = layers
    self.overrides = overrides
    self.people = people
  }

  /// What is known about a person; at least the short name.
  package func person(_ id: String) -> Person { people[id] ?? Person(id: id) }
}

/// One row of a rotation: people who take turns.
package struct RotationLayer: Hashable, Sendable {
  /// How long a turn is.
  package enum Turn: Hashable, Sendable {
    /// So many days from hand-off to hand-off on the wall clock.
    case days(Int)
    /// So many hours: on the wall clock where that divides a day, otherwise as they pass.
    case hours(Int)
  }

  /// When a turn begins.
  package struct HandOff: Hashable, Sendable {
    /// The day of the week of the first turn; `nil` for any.
    package let day: Weekday?
    /// Seconds since midnight on the wall clock.
    package let second: Int

    /// Makes a hand-off.
    package init(day: Weekday? = nil, second: Int = 0) {
      self.day = day
      self.second = second
    }
  }

  /// People from a date on; the first of them takes the first turn that begins at or after it.
  package struct Participants: Hashable, Sendable {
    /// The date on the layer's wall clock.
    package let from: WallTime
    /// The short names in the order of turns.
    package let people: [String]

    /// Makes a list.
    package init(from: WallTime, people: [String]) {
      self.from = from
      self.people = people
    }
  }

  /// The name, such as `primary`.
  package let name: String
  /// The zone of hand-offs and restrictions.
  package let timeZone: NamedZone
  /// Who takes turns; the first list's date is the start of the layer, further ones are changes.
  package let participants: [Participants]
  /// How long a turn is.
  package let every: Turn
  /// When turns begin.
  package let handOff: HandOff
  /// When somebody is on at all; empty means always.
  package let restrictions: [Restriction]

  /// Makes a layer; the lists of participants are put in the order of their dates.
  package init(
    name: String, timeZone: NamedZone, participants: [Participants], every: Turn = .days(7),
    handOff: HandOff = HandOff(), restrictions: [Restriction] = []
  ) {
    self.name = name
    self.timeZone = timeZone
    self.participants = participants.sorted { $0.from < $1.from }
    self.every = every
    self.handOff = handOff
    self.restrictions = restrictions
  }
}

/// Hours of certain days in which a layer has somebody on call.
package struct Restriction: Hashable, Sendable {
  /// The days on which the hours begin.
  package let days: Set<Weekday>
  /// Seconds since midnight.
  package let from: Int
  /// Seconds since midnight; not later than `from` means on the next day.
  package let until: Int

  /// Makes a restriction; without hours it is the whole of its days.
  package init(days: Set<Weekday> = Set(Weekday.allCases), from: Int = 0, until: Int = 0) {
    self.days = days
    self.from = from
    self.until = until
  }
}

/// Somebody who is on call out of turn.
package struct ShiftOverride: Hashable, Sendable {
  /// Who is on.
  package let who: String
  /// Whom the override replaces, and only while that person is on; `nil` for whoever is on.
  package let insteadOf: String?
  /// The layer; `nil` means the first, or every layer in which the replaced person is on.
  package let layer: String?
  /// The first millisecond.
  package let from: Timestamp
  /// The first millisecond after it.
  package let until: Timestamp

  /// Makes an override of at least no length.
  ///
  /// - Parameters:
  ///   - who: Who is on.
  ///   - insteadOf: Whom it replaces, where it is one person's turn.
  ///   - layer: The layer's name, where it is one layer's turn.
  ///   - from: The first millisecond.
  ///   - until: The first millisecond after it.
  package init(
    who: String, insteadOf: String? = nil, layer: String? = nil, from: Timestamp, until: Timestamp
  ) {
    self.who = who
    self.insteadOf = insteadOf
    self.layer = layer
    self.from = from
    self.until = max(from, until)
  }

  /// When the override holds, half-open.
  package var range: Range<Timestamp> { from..<until }
}
