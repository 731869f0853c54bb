// RFC 3339 text to instants and back, without Foundation, whose parsers disagree with each other about
// fractions of a second (section 5.6 of the RFC allows any number of digits, Prometheus writes nine).

extension Timestamp {
  /// The instant in UTC with milliseconds, such as `2026-11-21T14:03:22.000Z`.
  package var rfc3339: String {
    let parts = CivilTime(self)
    let fraction = Timestamp.padded(Int(parts.millisecond), to: 3)
    return "\(parts.date)T\(parts.time).\(fraction)Z"
  }

  /// The date and time in UTC to the second, such as `2026-11-21 14:03:22`.
  package var dateAndTime: String {
    let parts = CivilTime(self)
    return "\(parts.date) \(parts.time)"
  }

  /// The time of day in UTC, such as `14:03:22`.
  package var timeOfDay: String { CivilTime(self).time }

  /// Reads an RFC 3339 date and time with any number of fraction digits.
  ///
  /// - Returns: `nil` when the text has another shape or names a day that does not exist.
  package init?(rfc3339 text: some StringProtocol) {
    var rest = Substring(text).utf8[...]
    guard let year = Timestamp.number(&rest, digits: 4), Timestamp.take(&rest, "-"),
      let month = Timestamp.number(&rest, digits: 2), Timestamp.take(&rest, "-"),
      let day = Timestamp.number(&rest, digits: 2), Timestamp.take(&rest, "Tt "),
      let hour = Timestamp.number(&rest, digits: 2), Timestamp.take(&rest, ":"),
      let minute = Timestamp.number(&rest, digits: 2), Timestamp.take(&rest, ":"),
      let second = Timestamp.number(&rest, digits: 2),
      let fraction = Timestamp.fraction(&rest), let offset = Timestamp.offset(&rest), rest.isEmpty,
      (1...12).contains(month), (1...CivilTime.days(inMonth: month, of: year)).contains(day),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
    let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - Int64(offset)
    self.init(milliseconds: seconds * 1000 + Int64(fraction))
  }

  static func padded(_ number: Int, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  private static func take(_ rest: inout Substring.UTF8View.SubSequence, _ allowed: String) -> Bool
  {
    guard let byte = rest.first, allowed.utf8.contains(byte) else { return false }
    rest.removeFirst()
    return true
  }

  private static func number(
    _ rest: inout Substring.UTF8View.SubSequence, digits: Int
  ) -> Int? {
    guard rest.count >= digits else { return nil }
    var value = 0
    for byte in rest.prefix(digits) {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    rest.removeFirst(digits)
    return value
  }

  /// The fraction in milliseconds; further digits are cut.
  private static func fraction(_ rest: inout Substring.UTF8View.SubSequence) -> Int? {
    guard take(&rest, ".") else { return 0 }
    let digits = rest.prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    var value = 0
    var scale = 100
    for byte in digits.prefix(3) {
      value += Int(byte - 48) * scale
      scale /= 10
    }
    return value
  }

  /// The offset from UTC in seconds.
  private static func offset(_ rest: inout Substring.UTF8View.SubSequence) -> Int? {
    if take(&rest, "Zz") { return 0 }
    let isNegative = rest.first == UInt8(ascii: "-")
    guard take(&rest, "+-"), let hours = number(&rest, digits: 2), take(&rest, ":"),
      let minutes = number(&rest, digits: 2), hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

/// A date and time of day in UTC by the proleptic Gregorian calendar.
struct CivilTime {
  let year: Int
  let month: Int
  let day: Int
  let secondOfDay: Int
  let millisecond: Int

  init(_ instant: Timestamp) {
    let perDay: Int64 = 86_400_000
    let remainder = instant.milliseconds % perDay
    let ofDay = Int(remainder < 0 ? remainder + perDay : remainder)
    let days = Int((instant.milliseconds - Int64(ofDay)) / perDay)
    secondOfDay = ofDay / 1000
    millisecond = ofDay % 1000
    // Years are counted from 1 March of year 0, so that the leap day is the last of its year.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var date: String {
    let padded = Timestamp.padded
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  var time: String {
    let padded = Timestamp.padded
    let (hour, minute) = (secondOfDay / 3600, secondOfDay / 60 % 60)
    return "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(secondOfDay % 60, 2))"
  }

  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }
}
