import Reliability

/// A stretch of whole days in UTC, spread over columns.
struct Timeline: Hashable, Sendable {
  let start: Timestamp
  let days: Int
  let columns: Int

  private static let day = Duration.seconds(86_400)

  /// Makes a timeline.
  ///
  /// - Parameters:
  ///   - now: The time whose day is day 0.
  ///   - offset: The first day, counted from day 0.
  ///   - days: How many days are shown.
  ///   - columns: The cells they have.
  init(now: Timestamp, offset: Int, days: Int, columns: Int) {
    start = now.rounded(downTo: Timeline.day) + Timeline.day * offset
    self.days = max(days, 1)
    self.columns = max(columns, 1)
  }

  /// What is shown, half-open.
  var range: Range<Timestamp> { start..<(start + Timeline.day * days) }

  /// The beginning of one of the days.
  func day(_ index: Int) -> Timestamp { start + Timeline.day * index }

  /// The column of an instant; those outside are at the ends.
  func column(of instant: Timestamp) -> Int {
    let share = (instant - start).inSeconds / (Timeline.day * days).inSeconds
    return min(max(Int((share * Double(columns)).rounded(.down)), 0), columns)
  }

  /// The columns of a part of the stretch; at least one, so that a short shift is not hidden.
  func columns(of part: Range<Timestamp>) -> Range<Int> {
    let first = min(column(of: part.lowerBound), columns - 1)
    return first..<max(column(of: part.upperBound), first + 1)
  }
}

extension Timestamp {
  /// The day of the week in UTC.
  var weekday: Weekday {
    let day = Int(rounded(downTo: .seconds(86_400)).milliseconds / 86_400_000)
    return WallTime(day: day, second: 0).weekday
  }

  /// The day of the month in UTC, as two digits.
  var dayOfMonth: Substring { dateAndTime.dropFirst(8).prefix(2) }
}

extension Weekday {
  /// The first three letters, such as `Mon`.
  var shortName: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst().prefix(2) }
}
