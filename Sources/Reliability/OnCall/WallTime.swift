/// What a clock on the wall shows: a day of the Gregorian calendar and a second of it, in no zone.
package struct WallTime: Hashable, Comparable, Sendable {
  /// Seconds since midnight of 1970-01-01 on the same wall, as if no day were longer than another.
  package let seconds: Int

  /// Makes a time from days since 1970-01-01 and seconds of the day, which may lie beyond the day.
  package init(day: Int, second: Int) {
    seconds = day * WallTime.perDay + second
  }

  /// Makes a time of a date.
  ///
  /// - Returns: `nil` for a day or a time of day that does not exist.
  package init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    // The bounds on years keep sums in range, whatever a feed holds.
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...CivilTime.days(inMonth: month, of: year)).contains(day),
      (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
    // A leap second counts as the last second before it.
    self.init(day: days, second: hour * 3600 + minute * 60 + min(second, 59))
  }

  /// The days since 1970-01-01.
  package var day: Int { WallTime.quotient(seconds, WallTime.perDay) }
  /// The seconds since midnight.
  package var second: Int { seconds - day * WallTime.perDay }
  /// The day of the week.
  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[WallTime.remainder(day + 3, 7)]
  }

  /// The date as `2026-11-27`.
  package var date: String { CivilTime(asUTC).date }
  /// The time of day as `12:00:00`.
  package var time: String { CivilTime(asUTC).time }
  /// The year of the date.
  var year: Int { CivilTime(asUTC).year }

  /// The instant at which a clock in UTC shows this.
  var asUTC: Timestamp { Timestamp(milliseconds: Int64(seconds) * 1000) }

  /// The time so many seconds later on the same wall.
  package func adding(seconds more: Int) -> WallTime {
    WallTime(day: 0, second: seconds + more)
  }

  package static func < (left: WallTime, right: WallTime) -> Bool { left.seconds < right.seconds }

  private static let perDay = 86_400

  /// The quotient rounded down, for negative numbers too.
  static func quotient(_ number: Int, _ divisor: Int) -> Int {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }

  /// What `quotient` leaves, never negative.
  static func remainder(_ number: Int, _ divisor: Int) -> Int {
    number - quotient(number, divisor) * divisor
  }
}

/// A day of the week, Monday first.
package enum Weekday: String, CaseIterable, Hashable, Sendable {
  /// The names as written in files, in English.
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}
