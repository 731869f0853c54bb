/// How an event repeats: by days or by weeks; other rules are refused with what they have.
struct RecurrenceRule: Hashable, Sendable {
  enum Frequency: Hashable, Sendable { case daily, weekly }
  enum End: Hashable, Sendable {
    case never
    case count(Int)
    /// Inclusive.
    case until(CalendarTime)
  }
  /// Why a rule is not read.
  struct Refusal: Error, Hashable {
    let part: String
  }

  let frequency: Frequency
  let interval: Int
  let end: End
  /// Empty means the day of the week that the event starts on, or every day.
  let days: Set<Weekday>
  let weekStart: Weekday

  /// Reads the value of an `RRULE`.
  init(_ text: String) throws(Refusal) {
    var (frequency, interval, end) = (Frequency?.none, 1, End.never)
    var (days, weekStart) = (Set<Weekday>(), Weekday.monday)
    func checkFirstEnd() throws(Refusal) {
      // RFC 5545 (3.3.10) has one or the other.
      guard end == .never else { throw Refusal(part: "COUNT and UNTIL") }
    }
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = pair.count == 2 ? pair[1].uppercased() : ""
      switch pair[0].uppercased() {
      case "FREQ" where value == "DAILY": frequency = .daily
      case "FREQ" where value == "WEEKLY": frequency = .weekly
      case "INTERVAL": interval = try RecurrenceRule.number(value, of: part)
      case "COUNT":
        try checkFirstEnd()
        end = .count(try RecurrenceRule.number(value, of: part))
      case "UNTIL":
        try checkFirstEnd()
        guard let time = CalendarTime(value) else { throw Refusal(part: String(part)) }
        end = .until(time)
      case "BYDAY": days = Set(try RecurrenceRule.weekdays(value, of: part))
      case "WKST":
        guard let day = Weekday(calendarCode: value[...]) else { throw Refusal(part: String(part)) }
        weekStart = day
      default: throw Refusal(part: String(part))
      }
    }
    guard let frequency else { throw Refusal(part: text) }
    self.frequency = frequency
    self.interval = interval
    self.end = end
    self.days = days
    self.weekStart = weekStart
  }

  private static func number(_ text: String, of part: Substring) throws(Refusal) -> Int {
    guard text.utf8.count <= 6, let number = Int(text), number > 0 else {
      throw Refusal(part: String(part))
    }
    return number
  }

  private static func weekdays(_ text: String, of part: Substring) throws(Refusal) -> [Weekday] {
    var days: [Weekday] = []
    for code in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let day = Weekday(calendarCode: code) else { throw Refusal(part: String(part)) }
      days.append(day)
    }
    return days
  }
}

/// The days on which an event can occur, counted from 1970, the first being that of the start.
///
/// The day of the start counts even where the rule does not name it.
struct RecurrenceDays: Sequence, IteratorProtocol {
  private let pattern: RecurrencePattern
  private var block: Int
  private var waiting: [Int]

  /// Makes the days from a start on; those before `first` may be left out where nothing is counted.
  init(_ rule: RecurrenceRule, start: Int, skippingTo first: Int) {
    pattern = RecurrencePattern(rule, start: start)
    block = if case .count = rule.end { 0 } else { pattern.block(of: first) }
    waiting = pattern.days(inBlock: block)
  }

  mutating func next() -> Int? {
    // Days of the week repeat after seven blocks, so that none in eight means none for ever.
    var triesLeft = 8
    while waiting.isEmpty, triesLeft > 0 {
      triesLeft -= 1
      block += 1
      waiting = pattern.days(inBlock: block)
    }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }
}

/// The days of a rule in blocks that repeat: one interval of days, or of weeks.
private struct RecurrencePattern {
  private let rule: RecurrenceRule
  private let start: Int
  private let weekOfStart: Int

  init(_ rule: RecurrenceRule, start: Int) {
    self.rule = rule
    self.start = start
    let first = Weekday.allCases.firstIndex(of: rule.weekStart) ?? 0
    weekOfStart = start - WallTime.remainder(start + 3 - first, 7)
  }

  private var length: Int { rule.interval * (rule.frequency == .daily ? 1 : 7) }

  /// The block that a day lies in, or the first.
  func block(of day: Int) -> Int {
    max(0, WallTime.quotient(day - (rule.frequency == .daily ? start : weekOfStart), length))
  }

  func days(inBlock block: Int) -> [Int] {
    switch rule.frequency {
    case .daily:
      let day = start + block * length
      return rule.days.isEmpty || day == start || rule.days.contains(weekday(day)) ? [day] : []
    case .weekly:
      let week = weekOfStart + block * length
      return (week..<(week + 7)).filter { day in
        let isNamed =
          rule.days.isEmpty ? weekday(day) == weekday(start) : rule.days.contains(weekday(day))
        return day == start || (day > start && isNamed)
      }
    }
  }

  private func weekday(_ day: Int) -> Weekday { WallTime(day: day, second: 0).weekday }
}

extension Weekday {
  /// The day of `MO` to `SU`.
  init?(calendarCode code: Substring) {
    let day = Weekday.allCases.first { $0.rawValue.prefix(2).uppercased() == code }
    guard let day else { return nil }
    self = day
  }
}
