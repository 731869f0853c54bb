/// How many events a simulated service has, over the day and over the week.
struct Traffic: Sendable {
  /// The mean over a whole week.
  let eventsPerMinute: Double
  let rhythm: Rhythm

  /// The mean number of events in a minute around an instant, in Unix seconds.
  func eventsPerMinute(at seconds: Int64) -> Double {
    eventsPerMinute * rhythm.weight(at: seconds)
  }
}

/// The shape of a week of traffic, with mean 1.
struct Rhythm: Sendable {
  /// The weight at each full hour of the day, UTC.
  private let hours: [Double]
  /// The weight of each day from Monday.
  private let days: [Double]

  /// Makes a rhythm from weights whose unit does not matter.
  private init(hours: [Double], days: [Double]) {
    self.hours = Rhythm.withMeanOne(hours)
    self.days = Rhythm.withMeanOne(days)
  }

  /// Customers: asleep at night, a lunch break, most on the sofa in the evening and on Sunday.
  static let shoppers = Rhythm(
    hours: [
      60, 52, 48, 46, 48, 55, 68, 82, 92, 100, 106, 112, 118, 114, 108, 106, 110, 118, 130, 140,
      140, 128, 104, 78,
    ],
    days: [97, 95, 96, 99, 100, 105, 108])

  /// Staff and suppliers: office hours, little at the weekend.
  static let office = Rhythm(
    hours: [
      45, 45, 45, 45, 50, 60, 90, 130, 165, 175, 170, 160, 140, 160, 170, 165, 145, 110, 80, 65,
      60, 55, 50, 45,
    ],
    days: [112, 114, 113, 110, 106, 74, 71])

  /// Jobs that run around the clock.
  static let machines = Rhythm(hours: Array(repeating: 1, count: 24), days: [1, 1, 1, 1, 1, 1, 1])

  /// The weight at an instant, in Unix seconds: straight between full hours.
  func weight(at seconds: Int64) -> Double {
    let day = Rhythm.quotient(seconds, 86_400)
    let ofDay = Int(seconds - day * 86_400)
    let hour = ofDay / 3600
    let part = Double(ofDay % 3600) / 3600
    let weight = hours[hour] + (hours[(hour + 1) % 24] - hours[hour]) * part
    // 1970-01-01 was a Thursday.
    let weekday = day + 3 - Rhythm.quotient(day + 3, 7) * 7
    return weight * days[Int(weekday)]
  }

  private static func quotient(_ value: Int64, _ divisor: Int64) -> Int64 {
    (value >= 0 ? value : value - divisor + 1) / divisor
  }

  private static func withMeanOne(_ weights: [Double]) -> [Double] {
    let mean = weights.reduce(0, +) / Double(weights.count)
    return weights.map { $0 / mean }
  }
}
