/// Reads the events of a calendar one by one; what is wrong with one refuses only that one.
struct CalendarEventReader {
  private(set) var zones: CalendarZones

  /// A refused event.
  struct Refusal: Error {
    let reason: CalendarProblem.Reason
  }

  init(_ zones: CalendarZones) {
    self.zones = zones
  }

  /// Reads an event.
  mutating func read(_ component: CalendarComponent) throws(Refusal) -> CalendarEvent {
    guard let property = component["DTSTART"] else { throw Refusal(reason: .noStart) }
    let (start, zone) = try time(property)
    let length = try length(of: component, start: start, zone: zone)
    let rule = try rule(of: component)
    let people = component.all("ATTENDEE").filter { !CalendarEventReader.isRoom($0) }
    let attendees = people.filter { $0["PARTSTAT"]?.uppercased() != "DECLINED" }
    return CalendarEvent(
      uid: component["UID"]?.value ?? "",
      sequence: component["SEQUENCE"].flatMap { Int($0.value) } ?? 0,
      isCancelled: component["STATUS"]?.value.uppercased() == "CANCELLED",
      summary: component["SUMMARY"]?.text ?? "",
      attendees: attendees.map(CalendarEventReader.attendee),
      isDeclined: attendees.isEmpty && !people.isEmpty,
      properties: CalendarEventReader.ownProperties(component), line: component.line,
      start: start.wall, isWholeDays: start.isDate, zone: zone, length: length, rule: rule,
      extraStarts: try extraStarts(component, in: zone),
      exceptions: try exceptions(component.all("EXDATE"), in: zone),
      replaces: try replaced(component))
  }

  // MARK: - Times

  private mutating func time(
    _ property: CalendarProperty
  ) throws(Refusal) -> (CalendarTime, any ZoneOffsets) {
    guard let time = CalendarTime(property.value) else { throw unreadable(property) }
    return (time, try zone(of: time, property))
  }

  private mutating func zone(
    of time: CalendarTime, _ property: CalendarProperty
  ) throws(Refusal) -> any ZoneOffsets {
    switch time {
    case .utc: return FixedZone.utc
    case .date: return zones.floatingZone()
    case .local:
      guard let name = property["TZID"] else { return zones.floatingZone() }
      guard let zone = zones.zone(name) else { throw Refusal(reason: .unknownZone(name)) }
      return zone
    }
  }

  private func unreadable(_ property: CalendarProperty) -> Refusal {
    Refusal(reason: .unreadable(property: property.name, property.value))
  }

  private mutating func length(
    of component: CalendarComponent, start: CalendarTime, zone: any ZoneOffsets
  ) throws(Refusal) -> CalendarEvent.Length {
    if let property = component["DTEND"] {
      let (end, endZone) = try time(property)
      let isSameZone =
        property["TZID"] == component["DTSTART"]?["TZID"] && end.isUTC == start.isUTC
      guard isSameZone else {
        let length = endZone.instantReadAsBefore(end.wall) - zone.instantReadAsBefore(start.wall)
        guard length >= .zero else { throw Refusal(reason: .endsBeforeStart) }
        return .exact(length)
      }
      let seconds = end.wall.seconds - start.wall.seconds
      guard seconds >= 0 else { throw Refusal(reason: .endsBeforeStart) }
      // Some programs write the last day as the end, which is the first after it.
      return .wall(seconds == 0 && start.isDate ? 86_400 : seconds)
    }
    if let property = component["DURATION"] {
      guard let length = CalendarLength(property.value) else { throw unreadable(property) }
      return .nominal(length)
    }
    return .wall(start.isDate ? 86_400 : 0)
  }

  // MARK: - Recurrence

  private func rule(of component: CalendarComponent) throws(Refusal) -> RecurrenceRule? {
    if component["EXRULE"] != nil { throw Refusal(reason: .unsupportedRule("EXRULE")) }
    let rules = component.all("RRULE")
    guard rules.count < 2 else { throw Refusal(reason: .unsupportedRule("a second RRULE")) }
    guard let text = rules.first?.value else { return nil }
    do throws(RecurrenceRule.Refusal) {
      return try RecurrenceRule(text)
    } catch {
      throw Refusal(reason: .unsupportedRule(error.part))
    }
  }

  private mutating func exceptions(
    _ properties: [CalendarProperty], in zone: any ZoneOffsets
  ) throws(Refusal) -> Set<CalendarEvent.Exception> {
    var exceptions: Set<CalendarEvent.Exception> = []
    for property in properties {
      for text in property.value.split(separator: ",") {
        exceptions.insert(try exception(text, property))
      }
    }
    return exceptions
  }

  private mutating func exception(
    _ text: some StringProtocol, _ property: CalendarProperty
  ) throws(Refusal) -> CalendarEvent.Exception {
    guard let time = CalendarTime(text) else { throw unreadable(property) }
    if case .date(let wall) = time { return .day(wall.day) }
    return .instant(try zone(of: time, property).instantReadAsBefore(time.wall))
  }

  private mutating func replaced(
    _ component: CalendarComponent
  ) throws(Refusal) -> CalendarEvent.Exception? {
    guard let property = component["RECURRENCE-ID"] else { return nil }
    guard property["RANGE"] == nil else { throw Refusal(reason: .changeOfAllLater) }
    return try exception(property.value, property)
  }

  private mutating func extraStarts(
    _ component: CalendarComponent, in zone: any ZoneOffsets
  ) throws(Refusal) -> [WallTime] {
    var starts: [WallTime] = []
    for property in component.all("RDATE") {
      for text in property.value.split(separator: ",") {
        guard let time = CalendarTime(text) else { throw unreadable(property) }
        if case .date(let wall) = time {
          starts.append(wall)
        } else {
          let instant = try self.zone(of: time, property).instantReadAsBefore(time.wall)
          starts.append(zone.wall(at: instant))
        }
      }
    }
    return starts
  }

  // MARK: - Texts

  /// Rooms are invited like people.
  private static func isRoom(_ property: CalendarProperty) -> Bool {
    ["ROOM", "RESOURCE"].contains(property["CUTYPE"]?.uppercased() ?? "")
  }

  private static func attendee(_ property: CalendarProperty) -> CalendarAttendee {
    let address = property.value
    let isMail = address.lowercased().hasPrefix("mailto:")
    return CalendarAttendee(
      name: property["CN"], address: isMail ? String(address.dropFirst(7)) : address)
  }

  private static func ownProperties(_ component: CalendarComponent) -> [String: String] {
    let own = component.properties.filter { $0.name.hasPrefix("X-") || $0.name == "DESCRIPTION" }
    return Dictionary(own.map { ($0.name, $0.text) }) { first, _ in first }
  }
}

extension CalendarTime {
  fileprivate var isDate: Bool {
    if case .date = self { true } else { false }
  }

  fileprivate var isUTC: Bool {
    if case .utc = self { true } else { false }
  }
}
