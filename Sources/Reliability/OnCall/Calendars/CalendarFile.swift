/// A calendar that was read: its events, and what is wrong with those that were left out.
package struct CalendarFile: Sendable {
  /// What is read at most; feeds of on-call schedules are far below each.
  package struct Limits: Hashable, Sendable {
    /// The bytes of a calendar.
    package var bytes = 10 << 20
    /// The events, changed occurrences among them.
    package var events = 20_000
    /// The occurrences within an asked range.
    package var occurrences = 20_000

    /// Makes limits; what is not changed has its standard value.
    package init() {}
  }

  /// The name that the calendar gives itself.
  package let name: String?
  /// The program that wrote it (`PRODID`).
  package let producer: String
  /// The layers of a calendar that burnwatch wrote, in their order; none in others.
  package let layers: [String]
  /// What was left out and why, in the order of the text.
  package let problems: [CalendarProblem]
  let events: [CalendarEvent]
  private let limits: Limits

  /// Reads a calendar, or several in one text.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8; bytes that are none become replacement characters.
  ///   - zone: The zone of times without one where the calendar names none.
  ///   - limits: What is read at most.
  /// - Throws: `CalendarError` for a text that is no calendar.
  package init(
    parsing bytes: [UInt8], zone: any ZoneOffsets = FixedZone.utc,
    limits: Limits = Limits()
  ) throws(CalendarError) {
    guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
    try CalendarFile.checkBeginning(of: bytes)
    let tree = CalendarTreeReader(bytes)
    if let line = tree.cutOffIn { throw .cutOff(line: line) }
    let calendars = tree.calendars.filter { $0.name == "VCALENDAR" }
    name = calendars.lazy.compactMap { $0["X-WR-CALNAME"]?.text }.first
    producer = calendars.first?["PRODID"]?.text ?? ""
    layers =
      producer == CalendarFile.ownProducer
      ? calendars.flatMap { $0.all(CalendarFile.layerProperty).map(\.text) } : []
    self.limits = limits
    var events: [CalendarEvent] = []
    var problems = tree.problems
    for calendar in calendars {
      let zones = CalendarZones(calendar, configured: zone)
      let room = limits.events - events.count
      let found = CalendarFile.events(of: calendar, zones, atMost: room)
      events += found.events
      problems += found.problems
      if let line = found.leftOutFrom {
        problems.append(CalendarProblem(line: line, .tooManyEvents(limit: limits.events)))
      }
    }
    self.events = events
    self.problems = problems.sorted { $0.line < $1.line }
    if events.isEmpty, let first = self.problems.first(where: { $0.event != nil }) {
      throw .nothingReadable(first)
    }
  }

  private static func events(
    of calendar: CalendarComponent, _ zones: CalendarZones, atMost limit: Int
  ) -> (events: [CalendarEvent], problems: [CalendarProblem], leftOutFrom: Int?) {
    var reader = CalendarEventReader(zones)
    var events: [CalendarEvent] = []
    var problems: [CalendarProblem] = []
    var leftOutFrom: Int?
    for component in calendar.components where component.name == "VEVENT" {
      guard events.count < limit else {
        leftOutFrom = component.line
        break
      }
      let title = component["SUMMARY"]?.text ?? component["UID"]?.value ?? "without a name"
      do throws(CalendarEventReader.Refusal) {
        let event = try reader.read(component)
        events.append(event)
        if namesNobody(event) {
          problems.append(CalendarProblem(line: component.line, event: title, .nobodyNamed))
        }
      } catch {
        problems.append(CalendarProblem(line: component.line, event: title, error.reason))
      }
    }
    if let name = reader.zones.unknownName, reader.zones.areFloatingUsed {
      problems.append(CalendarProblem(line: calendar.line, .unknownCalendarZone(name)))
    }
    return (events, problems, leftOutFrom)
  }

  private static func checkBeginning(
    of bytes: [UInt8]
  ) throws(CalendarError) {
    let beginning = String(decoding: bytes.prefix(200), as: UTF8.self).unicodeScalars
      .drop { $0 == "\u{FEFF}" || $0.properties.isWhitespace }
    guard !String(beginning).uppercased().hasPrefix("BEGIN:VCALENDAR") else { return }
    let printable = beginning.prefix(30).map { scalar in
      scalar.properties.generalCategory == .control || scalar == "\"" ? " " : String(scalar)
    }
    throw .notACalendar(beginning: printable.joined())
  }
}

// MARK: - Occurrences

extension CalendarFile {
  /// The occurrences that overlap a range, by time, and what was too much to work out.
  ///
  /// Occurrences without length count where they start within the range.
  package func occurrences(
    in range: Range<Timestamp>
  ) -> (occurrences: [CalendarOccurrence], problems: [CalendarProblem]) {
    var found: [CalendarOccurrence] = []
    var problems: [CalendarProblem] = []
    let byUID = Dictionary(grouping: events.filter { !$0.uid.isEmpty }, by: \.uid)
    var budget = 10 * limits.occurrences
    for event in CalendarFile.current(events, byUID) where !event.isCancelled {
      let moved = event.replaces == nil ? byUID[event.uid, default: []].compactMap(\.replaces) : []
      // One endless event must not use up what the others need.
      var share = min(budget, limits.occurrences + 1)
      budget -= share
      let ranges = event.ranges(in: range, except: Set(moved), budget: &share)
      budget += share
      guard share > 0 || event.rule == nil, found.count + ranges.count <= limits.occurrences else {
        let reason = CalendarProblem.Reason.tooManyOccurrences(limit: limits.occurrences)
        problems.append(CalendarProblem(line: event.line, event: event.summary, reason))
        continue
      }
      found += ranges.map { CalendarOccurrence(event, range: $0) }
    }
    found.sort { ($0.from, $0.until, $0.summary, $0.uid) < ($1.from, $1.until, $1.summary, $1.uid) }
    return (found, problems)
  }

  /// The events without those that a higher `SEQUENCE` of the same has replaced.
  private static func current(
    _ events: [CalendarEvent], _ byUID: [String: [CalendarEvent]]
  ) -> [CalendarEvent] {
    let highest = byUID.mapValues { same in
      Dictionary(same.map { ($0.replaces, $0.sequence) }, uniquingKeysWith: max)
    }
    return events.filter { event in
      highest[event.uid]?[event.replaces].map { $0 == event.sequence } ?? true
    }
  }
}

extension CalendarEvent {
  /// When the event takes place within a range.
  fileprivate func ranges(
    in range: Range<Timestamp>, except moved: Set<Exception>, budget: inout Int
  ) -> [Range<Timestamp>] {
    let left = exceptions.union(moved)
    var starts = Set(extraStarts)
    if let rule {
      starts.formUnion(recurringStarts(rule, in: range, budget: &budget))
    } else {
      starts.insert(start)
    }
    return starts.compactMap { wall in
      let occurrence = self.range(from: wall)
      let isLeftOut =
        left.contains(.instant(occurrence.lowerBound)) || left.contains(.day(wall.day))
      guard !isLeftOut else { return nil }
      let counts =
        occurrence.isEmpty
        ? range.contains(occurrence.lowerBound) : occurrence.overlaps(range)
      return counts ? occurrence : nil
    }
  }

  private func recurringStarts(
    _ rule: RecurrenceRule, in range: Range<Timestamp>, budget: inout Int
  ) -> [WallTime] {
    let firstDay = zone.wall(at: range.lowerBound - longest).day - 1
    let lastDay = zone.wall(at: range.upperBound).day
    let (end, isUTC, isDate) = limit(of: rule)
    var counted = 0
    var starts: [WallTime] = []
    for day in RecurrenceDays(rule, start: start.day, skippingTo: firstDay) {
      budget -= 1
      guard day <= lastDay, budget > 0 else { break }
      let wall = WallTime(day: day, second: start.second)
      // A time that the clock jumps over is no occurrence and is not counted; the start itself is one,
      // and a day is one even where the clock jumps over midnight.
      let isCertain = wall == start || isWholeDays
      let instant = isCertain ? zone.instantReadAsBefore(wall) : zone.exactInstant(of: wall)
      guard let instant else { continue }
      if let end {
        if isDate, day > end.day { break }
        if !isDate, isUTC ? instant > end.asUTC : wall > end { break }
      }
      counted += 1
      if case .count(let count) = rule.end, counted > count { break }
      if day >= firstDay { starts.append(wall) }
    }
    return starts
  }

  private func limit(of rule: RecurrenceRule) -> (end: WallTime?, isUTC: Bool, isDate: Bool) {
    switch rule.end {
    case .never, .count: (nil, false, false)
    case .until(.utc(let wall)): (wall, true, false)
    case .until(.local(let wall)): (wall, false, false)
    case .until(.date(let wall)): (wall, false, true)
    }
  }
}
