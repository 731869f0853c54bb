/// A time as a calendar writes it.
enum CalendarTime: Hashable, Sendable {
  /// `20260302T090000Z`.
  case utc(WallTime)
  /// `20260302T090000`, in the zone of its parameter or, without one, of the calendar.
  case local(WallTime)
  /// `20260302`: a whole day.
  case date(WallTime)

  /// What is written, in whichever zone.
  var wall: WallTime {
    switch self {
    case .utc(let wall), .local(let wall), .date(let wall): wall
    }
  }

  /// Reads a date or a date and time; `nil` for any other form or a day that does not exist.
  init?(_ text: some StringProtocol) {
    var digits = Array(text.utf8).filter { $0 != 0x20 }
    let isUTC = digits.last == UInt8(ascii: "Z")
    if isUTC { digits.removeLast() }
    func number(_ range: Range<Int>) -> Int? {
      digits[range].reduce(into: Int?.some(0)) { value, byte in
        value = (48...57).contains(byte) ? value.map { $0 * 10 + Int(byte - 48) } : nil
      }
    }
    guard digits.count == 8 || (digits.count == 15 && digits[8] == UInt8(ascii: "T")),
      let year = number(0..<4), let month = number(4..<6), let day = number(6..<8)
    else { return nil }
    guard digits.count == 15 else {
      guard !isUTC, let wall = WallTime(year: year, month: month, day: day) else { return nil }
      self = .date(wall)
      return
    }
    guard let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15),
      let wall = WallTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    self = isUTC ? .utc(wall) : .local(wall)
  }
}

/// A length as a calendar writes it: days on the wall clock, and seconds that pass.
struct CalendarLength: Hashable, Sendable {
  let days: Int
  let seconds: Int

  init(days: Int = 0, seconds: Int = 0) {
    self.days = days
    self.seconds = seconds
  }

  /// Reads `P1W`, `P7D`, `PT12H` or `P1DT30M`; `nil` for a negative length or any other form.
  init?(_ text: some StringProtocol) {
    var rest = Substring(text).drop { $0 == "+" || $0 == " " }
    guard rest.popFirst() == "P" else { return nil }
    var (days, seconds, isTime, isEmpty) = (0, 0, false, true)
    while let first = rest.first, first != " " {
      if first == "T", !isTime {
        isTime = true
        rest.removeFirst()
        continue
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      // Six digits are a hundred years of hours, and no sum of such overflows.
      guard digits.count <= 6, let count = Int(digits), let unit = rest.popFirst() else {
        return nil
      }
      switch (unit, isTime) {
      case ("W", false): days += count * 7
      case ("D", false): days += count
      case ("H", true): seconds += count * 3600
      case ("M", true): seconds += count * 60
      case ("S", true): seconds += count
      default: return nil
      }
      isEmpty = false
    }
    // Nothing lasts longer than a hundred years, and sums stay in range.
    guard !isEmpty, days <= 36_525, seconds <= 36_525 * 86_400 else { return nil }
    self.init(days: days, seconds: seconds)
  }
}
