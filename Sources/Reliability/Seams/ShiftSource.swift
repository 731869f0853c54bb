/// What says who is on call beside rotations: a calendar in a file, behind an address, or of PagerDuty.
package protocol ShiftSource: Sendable {
  /// The name by which its shifts are known.
  var name: String { get }

  /// The calendar as its bytes.
  func calendar() async -> Result<[UInt8], ReadingFailure>
}

/// What of PagerDuty says who is on call.
package struct PagerDutyShifts: Hashable, Sendable {
  /// What it is.
  package enum Kind: Hashable, Sendable {
    /// An escalation policy, whose levels are layers.
    case policy
    /// One schedule, which is one layer.
    case schedule
  }

  /// How far back shifts are asked for; PagerDuty answers for no more than 90 days at a time.
  package static let past = Duration.seconds(8 * 86_400)
  /// How far ahead they are asked for.
  package static let future = Duration.seconds(58 * 86_400)

  /// The name of the source that is asked.
  package let source: String
  /// What is asked for.
  package let kind: Kind
  /// Its id, such as `PABC123`.
  package let id: String

  /// Makes it.
  package init(source: String, kind: Kind, id: String) {
    self.source = source
    self.kind = kind
    self.id = id
  }
}

/// A calendar of the configuration.
package struct CalendarSettings: Hashable, Sendable {
  /// Where a calendar is.
  package enum Place: Hashable, Sendable {
    /// A file of this machine.
    case file(String)
    /// An address; it may hold a token and is never shown.
    case feed(Secret)
    /// A schedule or an escalation policy of PagerDuty.
    case pagerDuty(PagerDutyShifts)
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
