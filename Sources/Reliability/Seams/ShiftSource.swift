/// What says who is on call beside rotations: a calendar in a file, behind an address, or of PagerDuty.
package protocol ShiftSource: Sendable {
  /// The name by which its shifts are known.
  var name: String { get }

  /// Looks at the calendar.
  ///
  /// - Parameter version: What an earlier look brought; one that holds still need not be sent again.
  /// - Returns: What there is, and what the look cost.
  func look(since version: CalendarVersion?) async -> CalendarLook
}

/// By what a server tells whether a calendar has changed (RFC 9110, 8.8).
package struct CalendarVersion: Hashable, Sendable {
  /// The `ETag`, as it was sent.
  package let tag: String?
  /// `Last-Modified`, as it was sent.
  package let modified: String?

  /// Makes a version; `nil` when the server told neither.
  package init?(tag: String?, modified: String?) {
    guard tag != nil || modified != nil else { return nil }
    self.tag = tag
    self.modified = modified
  }
}

/// What a look at a calendar brought.
package struct CalendarLook: Sendable {
  /// What there is.
  package enum Content: Hashable, Sendable {
    /// The calendar, with its version where there is one.
    case calendar([UInt8], CalendarVersion?)
    /// The version that was asked about still holds.
    case unchanged
  }

  /// What there is, or why nothing was to be had.
  package let content: Result<Content, ReadingFailure>
  /// What the look cost.
  package let traffic: SourceHealth.Traffic
  /// How long its requests took, in seconds.
  package let latencies: [Double]

  /// Makes what a look brought; one that asked nobody cost nothing.
  package init(
    _ content: Result<Content, ReadingFailure>,
    traffic: SourceHealth.Traffic = SourceHealth.Traffic(), latencies: [Double] = []
  ) {
    self.content = content
    self.traffic = traffic
    self.latencies = latencies
  }
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
