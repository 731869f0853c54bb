import Reliability

/// The running count of a simulated service's events, so that any window is a subtraction.
///
/// Whole hours are counted once and kept, from the demo's start as far back and as far ahead as has
/// been asked; the minutes of a broken hour are counted when needed.
struct EventLedger: Sendable {
  private var curve: EventCurve
  private let start: Timestamp
  private let opening: Timestamp
  /// The events of the first k hours after the start.
  private var ahead = [EventCount.zero]
  /// The events of the last k hours before the start.
  private var behind = [EventCount.zero]

  /// Makes an empty ledger of a service that had no events before its opening.
  init(curve: EventCurve, start: Timestamp, opening: Timestamp) {
    self.curve = curve
    self.start = start
    self.opening = opening
  }

  /// Goes on with another curve, which differs from the one before only from an instant on.
  mutating func use(_ curve: EventCurve, from instant: Timestamp) {
    self.curve = curve
    let (hour, _) = EventLedger.split(instant.milliseconds - start.milliseconds, by: 3_600_000)
    // Whole hours that were counted and are different now.
    ahead = Array(ahead.prefix(max(Int(hour), 0) + 1))
    if hour < 0 { behind = [EventCount.zero] }
  }

  /// The events between two instants.
  mutating func events(from first: Timestamp, to last: Timestamp) -> EventCount {
    runningCount(at: max(last, opening)) - runningCount(at: max(first, opening))
  }

  /// The events since the start, negative before it.
  private mutating func runningCount(at instant: Timestamp) -> EventCount {
    let (hour, inHour) = EventLedger.split(instant.milliseconds - start.milliseconds, by: 3_600_000)
    let (minute, inMinute) = EventLedger.split(inHour, by: 60_000)
    let count = runningCount(atHour: Int(hour))
    guard inHour > 0 else { return count }
    let open = curve.hour(Int(hour))
    return count + open.events(inFirst: Int(minute))
      + open.events(inMinute: Int(minute)).first(inMinute, of: 60_000)
  }

  private mutating func runningCount(atHour hour: Int) -> EventCount {
    guard hour < 0 else {
      while ahead.count <= hour {
        ahead.append(ahead[ahead.count - 1] + curve.hour(ahead.count - 1).events(inFirst: 60))
      }
      return ahead[hour]
    }
    while behind.count <= -hour {
      behind.append(behind[behind.count - 1] + curve.hour(-behind.count).events(inFirst: 60))
    }
    return .zero - behind[-hour]
  }

  /// The quotient, rounded down, and what remains, never negative.
  private static func split(_ value: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let quotient = (value >= 0 ? value : value - divisor + 1) / divisor
    return (quotient, value - quotient * divisor)
  }
}
