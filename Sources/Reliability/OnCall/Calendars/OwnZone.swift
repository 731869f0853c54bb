/// The clocks of a place as a calendar itself explains them in a `VTIMEZONE`.
struct OwnZone: ZoneOffsets {
  /// A change of clocks that comes once or every year.
  fileprivate struct Change {
    let start: WallTime
    let offsetBefore: Int
    let offsetAfter: Int
    let rule: YearlyRule?
    let extra: [WallTime]
  }

  private let changes: [Change]

  /// Reads the block; `nil` where a part of it cannot be read.
  init?(_ component: CalendarComponent) {
    var changes: [Change] = []
    for part in component.components where ["STANDARD", "DAYLIGHT"].contains(part.name) {
      guard let start = part["DTSTART"].flatMap({ CalendarTime($0.value) }),
        let before = part["TZOFFSETFROM"].flatMap({ OwnZone.offset($0.value) }),
        let after = part["TZOFFSETTO"].flatMap({ OwnZone.offset($0.value) })
      else { return nil }
      var rule: YearlyRule?
      if let text = part["RRULE"]?.value {
        rule = YearlyRule(text)
        if rule == nil { return nil }
      }
      let extra = part.all("RDATE").flatMap { $0.value.split(separator: ",") }
        .compactMap { CalendarTime($0)?.wall }
      changes.append(
        Change(
          start: start.wall, offsetBefore: before, offsetAfter: after, rule: rule, extra: extra))
    }
    guard !changes.isEmpty else { return nil }
    self.changes = changes
  }

  func offset(at instant: Timestamp) -> Int {
    var latest: (at: Timestamp, offset: Int)?
    for change in changes {
      guard let at = change.last(atOrBefore: instant) else { continue }
      if latest.map({ $0.at < at }) ?? true { latest = (at, change.offsetAfter) }
    }
    if let latest { return latest.offset }
    return changes.min { $0.start < $1.start }?.offsetBefore ?? 0
  }

  /// The seconds of `+0530`, `-0400` or `+053020`.
  private static func offset(_ text: String) -> Int? {
    let digits = text.drop { "+-".contains($0) }
    guard digits.count + 1 == text.count, [4, 6].contains(digits.count), let number = Int(digits)
    else { return nil }
    let (hours, minutes, seconds) =
      digits.count == 4
      ? (number / 100, number % 100, 0) : (number / 10_000, number / 100 % 100, number % 100)
    guard hours < 24, minutes < 60, seconds < 60 else { return nil }
    return (text.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds)
  }
}

extension OwnZone.Change {
  /// The last time that the change came about, up to an instant.
  fileprivate func last(atOrBefore instant: Timestamp) -> Timestamp? {
    var walls = extra + [start]
    if let rule {
      let year = instant.wallYear(ahead: offsetBefore)
      walls += [year, year - 1].compactMap { rule.time(in: $0, like: start) }
    }
    return walls.filter { $0 >= start }
      .map { $0.asUTC - .seconds(offsetBefore) }
      .filter { at in at <= instant && (rule?.until.map { at <= $0 } ?? true) }.max()
  }
}

extension Timestamp {
  fileprivate func wallYear(ahead seconds: Int) -> Int {
    FixedZone(secondsAheadOfUTC: seconds).wall(at: self).year
  }
}

/// `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`: a day of the week in a month, or a day of a month.
private struct YearlyRule {
  private enum Day {
    case ofMonth(Int)
    case ordinal(Int, Weekday)
    case atOrAfter(Int, Weekday)
  }

  private let month: Int
  private let day: Day
  let until: Timestamp?

  init?(_ text: String) {
    var values: [String: String] = [:]
    for part in text.uppercased().split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { return nil }
      values[String(pair[0])] = String(pair[1])
    }
    let known: Set = ["FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "INTERVAL", "WKST"]
    guard values["FREQ"] == "YEARLY", Set(values.keys).isSubset(of: known),
      values["INTERVAL"] ?? "1" == "1", let month = values["BYMONTH"].flatMap({ Int($0) }),
      (1...12).contains(month), let day = YearlyRule.day(values)
    else { return nil }
    self.month = month
    self.day = day
    until = values["UNTIL"].flatMap { CalendarTime($0)?.wall.asUTC }
  }

  private static func day(_ values: [String: String]) -> Day? {
    let monthDays = values["BYMONTHDAY"].map { $0.split(separator: ",").compactMap { Int($0) } }
    guard let text = values["BYDAY"] else {
      return monthDays.flatMap { $0.count == 1 ? .ofMonth($0[0]) : nil }
    }
    guard let weekday = Weekday(calendarCode: text.suffix(2)) else { return nil }
    let ordinal = text.dropLast(2)
    // The first Sunday on or after the 8th is written as seven days of the month.
    if let monthDays, ordinal.isEmpty, let first = monthDays.min(), monthDays.count == 7,
      monthDays.max() == first + 6
    {
      return .atOrAfter(first, weekday)
    }
    guard monthDays == nil, let number = Int(ordinal), number != 0, abs(number) <= 5 else {
      return nil
    }
    return .ordinal(number, weekday)
  }

  /// The time of the change in a year; `nil` where the month has no such day.
  func time(in year: Int, like start: WallTime) -> WallTime? {
    guard (1...9998).contains(year) else { return nil }
    let first = CivilTime.daysSinceEpoch(year: year, month: month, day: 1)
    let length = CivilTime.days(inMonth: month, of: year)
    func dayOfFirst(_ weekday: Weekday, from day: Int) -> Int {
      let wanted = Weekday.allCases.firstIndex(of: weekday) ?? 0
      return day + WallTime.remainder(wanted - (day + 3), 7)
    }
    let found: Int
    switch day {
    case .ofMonth(let number): found = first + (number > 0 ? number - 1 : length + number)
    case .atOrAfter(let number, let weekday):
      found = dayOfFirst(weekday, from: first + number - 1)
    case .ordinal(let number, let weekday) where number > 0:
      found = dayOfFirst(weekday, from: first) + (number - 1) * 7
    case .ordinal(let number, let weekday):
      found = dayOfFirst(weekday, from: first + length - 7) + (number + 1) * 7
    }
    guard (first..<(first + length)).contains(found) else { return nil }
    return WallTime(day: found, second: start.second)
  }
}
