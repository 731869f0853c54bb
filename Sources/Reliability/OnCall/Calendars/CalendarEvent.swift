/// One event of a calendar as it is written, before it repeats.
struct CalendarEvent: Sendable {
  /// How the end of each occurrence follows from its start.
  enum Length: Sendable {
    /// From the same wall clock, as nearly all calendars mean an end: nine to nine stays that.
    case wall(Int)
    /// Days on the wall clock, and then seconds that pass.
    case nominal(CalendarLength)
    /// Seconds that pass: the start and the end are written in different zones.
    case exact(Duration)
  }

  /// An occurrence that is left out or stands elsewhere.
  enum Exception: Hashable, Sendable {
    case instant(Timestamp)
    /// All occurrences that begin on a day of the event's own wall clock.
    case day(Int)
  }

  let uid: String
  let sequence: Int
  let isCancelled: Bool
  let summary: String
  let attendees: [CalendarAttendee]
  /// Whether somebody was to take part, and nobody does.
  let isDeclined: Bool
  let properties: [String: String]
  let line: Int

  let start: WallTime
  /// Whether it is about days and not about times.
  let isWholeDays: Bool
  let zone: any ZoneOffsets
  let length: Length
  let rule: RecurrenceRule?
  let extraStarts: [WallTime]
  let exceptions: Set<Exception>
  /// The occurrence that this event takes the place of.
  let replaces: Exception?

  /// The instants of an occurrence that starts at a time.
  func range(from wall: WallTime) -> Range<Timestamp> {
    let from = zone.instantReadAsBefore(wall)
    let until: Timestamp
    switch length {
    case .wall(let seconds): until = zone.instantReadAsBefore(wall.adding(seconds: seconds))
    case .nominal(let length):
      let day =
        length.days == 0
        ? from : zone.instantReadAsBefore(wall.adding(seconds: length.days * 86_400))
      until = day + .seconds(length.seconds)
    case .exact(let duration): until = from + duration
    }
    return from..<max(from, until)
  }

  /// At least as long as any occurrence, changes of clocks included.
  var longest: Duration {
    switch length {
    case .wall(let seconds): .seconds(seconds + 2 * 86_400)
    case .nominal(let length): .seconds(length.days * 86_400 + length.seconds + 2 * 86_400)
    case .exact(let duration): duration
    }
  }
}

/// Somebody an event names as taking part.
package struct CalendarAttendee: Hashable, Sendable {
  /// The name of the parameter `CN`.
  package let name: String?
  /// The address without `mailto:`.
  package let address: String

  /// Makes an attendee.
  package init(name: String?, address: String) {
    self.name = name
    self.address = address
  }
}

/// One occurrence of an event.
package struct CalendarOccurrence: Hashable, Sendable {
  /// The event's identity, which all its occurrences share.
  package let uid: String
  /// The first millisecond.
  package let from: Timestamp
  /// The first millisecond after it.
  package let until: Timestamp
  /// The summary without escapes.
  package let summary: String
  /// Who takes part.
  package let attendees: [CalendarAttendee]
  /// Whether somebody was to take part, and nobody does.
  package let isDeclined: Bool
  /// The properties that begin with `X-`, and the description, without escapes.
  package let properties: [String: String]

  /// When it is, half-open.
  package var range: Range<Timestamp> { from..<until }

  init(_ event: CalendarEvent, range: Range<Timestamp>) {
    uid = event.uid
    from = range.lowerBound
    until = range.upperBound
    summary = event.summary
    attendees = event.attendees
    isDeclined = event.isDeclined
    properties = event.properties
  }
}
