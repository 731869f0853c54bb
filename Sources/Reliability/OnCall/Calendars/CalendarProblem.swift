/// What is wrong with a calendar or with one event of it; the rest of the calendar counts.
package struct CalendarProblem: Hashable, Sendable {
  /// What can be wrong; the texts are as the calendar has them.
  package enum Reason: Hashable, Sendable {
    /// A line that has no name and value.
    case notAProperty(String)
    /// An event without a start.
    case noStart
    /// A time, a length or a rule in a form that cannot be read.
    case unreadable(property: String, String)
    /// A zone that neither this machine nor the calendar itself explains.
    case unknownZone(String)
    /// The same of the calendar itself, whose times are read in the configured zone then.
    case unknownCalendarZone(String)
    /// A part of a recurrence rule that is not worked out.
    case unsupportedRule(String)
    /// A change that is meant for all later occurrences too.
    case changeOfAllLater
    /// An event that ends before it starts.
    case endsBeforeStart
    /// An event that says nobody is on call.
    case nobodyNamed
    /// More events than are read.
    case tooManyEvents(limit: Int)
    /// More occurrences than are worked out.
    case tooManyOccurrences(limit: Int)
  }

  /// The line of the text, from 1; of an event the line that it begins in.
  package let line: Int
  /// The event's summary or UID; `nil` when it is not about an event.
  package let event: String?
  /// What is wrong.
  package let reason: Reason

  /// Makes a problem.
  package init(line: Int, event: String? = nil, _ reason: Reason) {
    self.line = line
    self.event = event
    self.reason = reason
  }

  /// The problem in a sentence, quoting what the calendar has.
  package var message: String {
    let subject = event.map { "The event \(CalendarProblem.quoted($0))" } ?? "The calendar"
    switch reason {
    case .notAProperty(let text):
      return "Line \(line) is no property and is left out: \(CalendarProblem.quoted(text))."
    case .noStart: return "\(subject) in line \(line) has no start and is left out."
    case .unreadable(let property, let text):
      return "\(subject) in line \(line) has a \(property) that cannot be read and is left out: "
        + "\(CalendarProblem.quoted(text))."
    case .unknownZone(let name):
      return "\(subject) in line \(line) has the unknown time zone "
        + "\(CalendarProblem.quoted(name)) and is left out."
    case .unknownCalendarZone(let name):
      return
        "\(subject) names the unknown time zone \(CalendarProblem.quoted(name)); its times are "
        + "read in the configured one."
    case .unsupportedRule(let part):
      return "\(subject) in line \(line) repeats by \(CalendarProblem.quoted(part)), which is not "
        + "supported, and is left out."
    case .changeOfAllLater:
      return "\(subject) in line \(line) changes all later occurrences (RANGE), which is not "
        + "supported, and is left out."
    case .endsBeforeStart:
      return "\(subject) in line \(line) ends before it starts and is left out."
    case .nobodyNamed: return "\(subject) in line \(line) names nobody and is left out."
    case .tooManyEvents(let limit):
      return "The calendar has more than \(limit) events; those from line \(line) are left out."
    case .tooManyOccurrences(let limit):
      return
        "\(subject) in line \(line) is left out: the calendar has more than \(limit) occurrences."
    }
  }

  /// The same as a clause.
  fileprivate var clause: String { message.prefix(1).lowercased() + message.dropFirst().dropLast() }

  private static func quoted(_ text: String) -> String {
    let short = text.unicodeScalars.prefix(60).map { scalar in
      scalar.properties.generalCategory == .control ? " " : String(scalar)
    }
    return "\"\(short.joined())\(text.unicodeScalars.count > 60 ? "..." : "")\""
  }
}

/// Why a text is no calendar at all.
package enum CalendarError: Error, Hashable, Sendable {
  /// The text does not begin with `BEGIN:VCALENDAR`; its first bytes, printable ones only.
  case notACalendar(beginning: String)
  /// More bytes than are read.
  case tooLarge(limit: Int)
  /// The text ends within the calendar that begins in a line: whatever would follow is missing.
  case cutOff(line: Int)
  /// There are events, and none can be read; what is wrong with the first.
  case nothingReadable(CalendarProblem)

  /// The reason as the end of a sentence that names the feed.
  package var message: String {
    switch self {
    case .notACalendar(let beginning):
      beginning.isEmpty
        ? "is empty; a calendar begins with BEGIN:VCALENDAR"
        : "is no calendar: it begins with \"\(beginning)\" and not with BEGIN:VCALENDAR"
    case .tooLarge(let limit): "is larger than \(limit >> 20) MiB, the most that is read"
    case .cutOff(let line):
      "ends within the calendar of line \(line); something cut it off, or END:VCALENDAR is missing"
    case .nothingReadable(let problem):
      "has no event that can be read: \(problem.clause)"
    }
  }
}
