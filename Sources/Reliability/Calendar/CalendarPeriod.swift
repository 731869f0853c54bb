import Foundation

// The only folder of this room that needs Foundation: time zones and daylight saving are its calendar's.

/// A calendar-aligned budget period.
package enum CalendarUnit: String, CaseIterable, Hashable, Sendable {
  /// Periods of the Gregorian calendar; a week starts on Monday.
  case day, week, month, quarter

  /// The length that scales burn-rate factors, since real periods differ: 1, 7, 30 or 90 days.
  package var nominalLength: Window {
    switch self {
    case .day: .days(1)
    case .week: .days(7)
    case .month: .days(30)
    case .quarter: .days(90)
    }
  }
}

/// A calendar unit in a time zone, such as the months of Europe/Berlin.
package struct CalendarPeriod: Hashable, Sendable {
  /// How long a period is.
  package let unit: CalendarUnit
  /// A name of the IANA time zone database.
  package let timeZone: String

  /// Makes a period.
  ///
  /// - Returns: `nil` when the machine knows no such time zone.
  package init?(_ unit: CalendarUnit, timeZone: String) {
    guard TimeZone(identifier: timeZone) != nil else { return nil }
    self.unit = unit
    self.timeZone = timeZone
  }

  /// The period that holds an instant: its first millisecond and the first of the next period.
  ///
  /// Weeks start on Monday (ISO 8601); quarters on the first of January, April, July and October. The
  /// length is the real one, so a month with a daylight-saving change is an hour longer or shorter.
  package func interval(containing instant: Timestamp) -> Range<Timestamp> {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
    let date = Date(timeIntervalSince1970: instant.seconds)
    let start = periodStart(of: date, in: calendar)
    // Where midnight, or once a whole day, was skipped, a step later is after the next period's start.
    let next = calendar.date(byAdding: step, to: start) ?? start
    return Timestamp(start)..<Timestamp(periodStart(of: next, in: calendar))
  }

  private var step: DateComponents {
    switch unit {
    case .day: DateComponents(day: 1)
    case .week: DateComponents(day: 7)
    case .month: DateComponents(month: 1)
    case .quarter: DateComponents(month: 3)
    }
  }

  private func periodStart(of date: Date, in calendar: Calendar) -> Date {
    let parts = calendar.dateComponents([.year, .month], from: date)
    switch unit {
    case .day: return calendar.startOfDay(for: date)
    case .week: return calendar.dateInterval(of: .weekOfYear, for: date)?.start ?? date
    case .month: return calendar.date(from: parts) ?? date
    case .quarter:
      let month = parts.month.map { ($0 - 1) / 3 * 3 + 1 }
      return calendar.date(from: DateComponents(year: parts.year, month: month)) ?? date
    }
  }
}

extension Timestamp {
  fileprivate init(_ date: Date) {
    self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
  }
}
