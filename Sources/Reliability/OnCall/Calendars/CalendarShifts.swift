extension CalendarFile {
  /// The shifts that the calendar has in a range, and what was too much to work out.
  ///
  /// Who is on stands in different places: see `person(of:)`. Occurrences without length are left out.
  ///
  /// - Parameters:
  ///   - range: The stretch of time.
  ///   - source: What the calendar is called in the files of the operator.
  ///   - layer: The layer of events that name none.
  /// - Returns: The shifts by time, and the events that were too much.
  package func shifts(
    in range: Range<Timestamp>, source: String, layer: String = "primary"
  ) -> (shifts: [Shift], problems: [CalendarProblem]) {
    let (occurrences, problems) = occurrences(in: range)
    let shifts = occurrences.filter { !$0.range.isEmpty }.compactMap { occurrence -> Shift? in
      let own = self.layer(of: occurrence)
      let person = person(of: occurrence)
      guard !person.isEmpty, isOwn || !CalendarFile.absences.contains(own ?? "") else {
        return nil
      }
      return Shift(
        person: person, layer: own ?? layer, from: occurrence.from, until: occurrence.until,
        source: self.source(of: occurrence, default: source))
    }
    return (shifts, problems)
  }

  /// The roles by which linkedin/oncall says that somebody is not there.
  private static let absences: Set<String> = ["vacation", "unavailable"]

  /// Who is on: burnwatch's own property, the one attendee's name, or what the summary says.
  ///
  /// PagerDuty names an attendee; Grafana OnCall writes `[L1] ana`, GoAlert `Ana On-Call (App: Day)`
  /// with HTML's escapes, linkedin/oncall `shop primary shift: Ana`; elsewhere the summary is the name.
  package func person(of occurrence: CalendarOccurrence) -> String {
    if isOwn { return occurrence.properties[CalendarFile.personProperty] ?? occurrence.summary }
    guard !occurrence.isDeclined else { return "" }
    if occurrence.attendees.count == 1, let name = occurrence.attendees[0].name?.nonEmpty {
      return CalendarText.withoutHTML(name)
    }
    return CalendarFile.person(in: CalendarText.withoutHTML(occurrence.summary))
  }

  /// Whether nothing in an event can be taken for a person's name.
  static func namesNobody(_ event: CalendarEvent) -> Bool {
    guard event.properties[personProperty] == nil, !event.isCancelled else { return false }
    guard !event.isDeclined else { return true }
    let isNamed = event.attendees.count == 1 && event.attendees[0].name?.nonEmpty != nil
    return !isNamed && person(in: CalendarText.withoutHTML(event.summary)).isEmpty
  }

  /// What the calendar tells of people beside their shifts, by what it calls them: the name to show of
  /// burnwatch's own, the address of an event's only attendee.
  package var people: [String: Person] {
    let found = events.compactMap { event -> Person? in
      if let id = event.properties[CalendarFile.personProperty] {
        return Person(id: id, name: event.summary)
      }
      guard event.attendees.count == 1, let attendee = event.attendees.first,
        let name = attendee.name?.nonEmpty
      else { return nil }
      return Person(id: CalendarText.withoutHTML(name), contact: attendee.address)
    }
    return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
  }

  static let personProperty = "X-BURNWATCH-PERSON"
  static let layerProperty = "X-BURNWATCH-LAYER"
  static let insteadProperty = "X-BURNWATCH-INSTEAD-OF"
  static let sourceProperty = "X-BURNWATCH-SOURCE"
  static let ownProducer = "-//burnwatch//on call//EN"

  private var isOwn: Bool { producer == CalendarFile.ownProducer }

  private static func person(in summary: String) -> String {
    let text = level(in: summary)?.rest ?? summary
    // GoAlert's calendar of one person names the schedule only.
    if text.hasPrefix("On-Call (") { return "" }
    if let shift = text.range(afterLast: " shift: ") { return shift }
    if let end = text.part(beforeFirst: " On-Call (") { return end }
    if text.hasPrefix("On Call - ") {
      // The name may have hyphens, so only one with spaces around it ends it.
      let rest = String(text.dropFirst(10))
      return rest.part(beforeFirst: " - ") ?? rest
    }
    return text
  }

  private func layer(of occurrence: CalendarOccurrence) -> String? {
    if isOwn { return occurrence.properties[CalendarFile.layerProperty] }
    return CalendarFile.level(in: occurrence.summary).map { "L\($0.number)" }
      ?? CalendarFile.role(in: occurrence.summary)
  }

  /// The role of linkedin/oncall's `shop primary shift: Ana`: the word before the last "shift:".
  private static func role(in summary: String) -> String? {
    guard let end = summary.ranges(of: " shift: ").last?.lowerBound else { return nil }
    return summary[..<end].split(separator: " ").dropFirst().last.map(String.init)
  }

  private func source(of occurrence: CalendarOccurrence, default name: String) -> Shift.Source {
    guard isOwn else { return .calendar(name) }
    switch occurrence.properties[CalendarFile.sourceProperty] {
    case "rotation": return .rotation
    case "override":
      return .override(insteadOf: occurrence.properties[CalendarFile.insteadProperty])
    default: return .calendar(name)
    }
  }

  /// The level of `[L2] ana`, and what follows it.
  private static func level(in summary: String) -> (number: Int, rest: String)? {
    guard summary.hasPrefix("[L"), let end = summary.firstIndex(of: "]"),
      let number = Int(summary[summary.index(summary.startIndex, offsetBy: 2)..<end])
    else { return nil }
    return (number, String(summary[summary.index(after: end)...].drop { $0 == " " }))
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }

  fileprivate func part(beforeFirst separator: String) -> String? {
    firstRange(of: separator).map { String(self[..<$0.lowerBound]) }?.nonEmpty
  }

  fileprivate func range(afterLast separator: String) -> String? {
    ranges(of: separator).last.map { String(self[$0.upperBound...]) }?.nonEmpty
  }
}
