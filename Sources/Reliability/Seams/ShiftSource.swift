/// What says who is on call beside rotations: a calendar in a file or behind an address.
package protocol ShiftSource: Sendable {
  /// The name by which its shifts are known.
  var name: String { get }

  /// The calendar as its bytes.
  func calendar() async -> Result<[UInt8], ReadingFailure>
}

/// A calendar of the configuration.
package struct CalendarSettings: Hashable, Sendable {
  /// Where a calendar is.
  package enum Place: Hashable, Sendable {
    /// A file of this machine.
    case file(String)
    /// An address; it may hold a token and is never shown.
    case feed(Secret)
  }

  /// The name by which its shifts are known.
  package let name: String
  /// The team it is for.
  package let team: String
  /// The layer of events that name none.
  package let layer: String
  /// Where it is.
  package let place: Place
  /// The zone of times without one.
  package let timeZone: NamedZone
  /// The time between two looks.
  package let refresh: Duration

  /// Makes settings.
  package init(
    name: String, team: String, layer: String = "primary", place: Place, timeZone: NamedZone,
    refresh: Duration = .seconds(300)
  ) {
    self.name = name
    self.team = team
    self.layer = layer
    self.place = place
    self.timeZone = timeZone
    self.refresh = refresh
  }
}
