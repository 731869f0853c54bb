/// Writes shifts as a calendar that other programs understand and that reads back as the same shifts.
package struct CalendarWriter: Hashable, Sendable {
  /// The name of the calendar, such as the team's.
  package let name: String
  /// The names to show, by the short names of people.
  package let people: [String: Person]
  /// When the calendar is made (`DTSTAMP`).
  package let stamp: Timestamp

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - name: The name of the calendar.
  ///   - people: What is known about the people of the shifts.
  ///   - stamp: When the calendar is made.
  package init(name: String, people: [String: Person] = [:], stamp: Timestamp) {
    self.name = name
    self.people = people
    self.stamp = stamp
  }

  /// The text of a calendar with one event for each shift, all times in UTC.
  ///
  /// Times are cut to whole seconds, which is what a calendar can hold.
  ///
  /// - Parameters:
  ///   - shifts: The shifts.
  ///   - layers: The layers in an order that is to be kept.
  /// - Returns: Lines of at most 75 bytes that end in CRLF.
  package func text(of shifts: [Shift], layers: [String] = []) -> String {
    let head = [
      CalendarProperty("VERSION", value: "2.0"),
      CalendarProperty("PRODID", value: CalendarFile.ownProducer),
      CalendarProperty("CALSCALE", value: "GREGORIAN"),
      CalendarProperty("METHOD", value: "PUBLISH"),
      CalendarProperty("X-WR-CALNAME", text: name),
    ]
    let order = layers.map { CalendarProperty(CalendarFile.layerProperty, text: $0) }
    return CalendarComponent(
      "VCALENDAR", properties: head + order, components: shifts.map(event)
    ).written
  }

  private func event(_ shift: Shift) -> CalendarComponent {
    var properties = [
      CalendarProperty("UID", text: uid(shift)),
      CalendarProperty("DTSTAMP", value: stamp.calendarTime),
      CalendarProperty("DTSTART", value: shift.from.calendarTime),
      CalendarProperty("DTEND", value: shift.until.calendarTime),
      CalendarProperty("SUMMARY", text: people[shift.person]?.name ?? shift.person),
      CalendarProperty("CATEGORIES", text: shift.layer),
      CalendarProperty("TRANSP", value: "TRANSPARENT"),
      CalendarProperty(CalendarFile.personProperty, text: shift.person),
      CalendarProperty(CalendarFile.layerProperty, text: shift.layer),
    ]
    switch shift.source {
    case .rotation:
      properties.append(CalendarProperty(CalendarFile.sourceProperty, value: "rotation"))
    case .override(let replaced):
      properties.append(CalendarProperty(CalendarFile.sourceProperty, value: "override"))
      if let replaced {
        properties.append(CalendarProperty(CalendarFile.insteadProperty, text: replaced))
      }
    case .calendar: break
    }
    return CalendarComponent("VEVENT", properties: properties)
  }

  /// The same shift has the same identity in every calendar, so that importing twice changes nothing.
  private func uid(_ shift: Shift) -> String {
    let parts = [name, shift.layer, shift.person, shift.from.calendarTime]
    let hash = StableHash(parts.joined(separator: "\n")).value
    return "\(shift.from.calendarTime)-\(String(hash, radix: 16))@burnwatch"
  }
}

extension Timestamp {
  /// The instant as `20260302T090000Z`.
  fileprivate var calendarTime: String {
    let parts = CivilTime(self)
    return "\(parts.date)T\(parts.time)Z".filter { $0 != "-" && $0 != ":" }
  }
}
