import Reliability
import TestSupport
import Testing

/// What is true of an SLO by the definitions of its figures, computed from the events of a backfill
/// and from nothing the program does.
struct Expectation {
  /// The events of the last seconds before the end.
  typealias Events = (_ seconds: Int) -> (bad: Int, total: Int)

  /// The SLO window.
  enum Period {
    case rolling(name: String, seconds: Int)
    /// A calendar period by its real and nominal length and the time since it began, in seconds.
    case calendar(name: String, length: Int, nominal: Int, elapsed: Int)
  }

  let id: String
  /// The objective as a ratio.
  let objective: Double
  let period: Period
  /// Whether the indicator counts events; a bare ratio has none to show.
  var countsEvents = true
  let events: Events

  private static let lengths = [
    ("5m", 300), ("30m", 1800), ("1h", 3600), ("2h", 7200), ("6h", 21_600), ("1d", 86_400),
    ("3d", 259_200),
  ]

  /// Compares all figures of the SLO.
  ///
  /// - Parameters:
  ///   - found: What the program says.
  ///   - tolerance: The largest difference, relative to values above 1.
  func verify(_ found: StatusDocument.ServiceLevel, within tolerance: Double = 1e-6) {
    #expect(found.state == "ok", "\(id): \(found.reason ?? "")")
    #expect(Set(found.windows.keys) == Set(windows.map(\.name)), "\(id)")
    for window in windows { verify(window, found.windows[window.name], tolerance) }
    verify(found.budget, tolerance)
    #expect(isClose(found.forecast.hoursToExhaustion, hoursToExhaustion, tolerance), "\(id)")
    #expect(found.forecast.basis == "1h", "\(id)")
    #expect(found.conditions.map(\.active) == conditions.map(\.active), "\(id)")
    #expect(found.conditions.map(\.long) == conditions.map(\.long), "\(id)")
    for (one, other) in zip(found.conditions, conditions) {
      #expect(isClose(one.factor, other.factor, tolerance), "\(id) \(one.long)")
    }
    #expect(found.zone == zone, "\(id)")
  }

  // MARK: - Windows

  private var windows: [(name: String, seconds: Int)] {
    let short = Expectation.lengths.filter { $0.1 < nominal || isCalendar && $0.1 == nominal }
    return short.map { ($0.0, $0.1) } + [(periodName, elapsed)]
  }

  private func verify(
    _ window: (name: String, seconds: Int), _ found: StatusDocument.WindowFigures?,
    _ tolerance: Double
  ) {
    let (bad, total) = events(window.seconds)
    let context = Comment("\(id) over \(window.name)")
    #expect(isClose(found?.total, countsEvents ? Double(total) : nil, tolerance), context)
    #expect(isClose(found?.bad, countsEvents ? Double(bad) : nil, tolerance), context)
    #expect(isClose(found?.errorRatio, ratio(window.seconds), tolerance), context)
    #expect(isClose(found?.burnRate, burn(window.seconds), tolerance), context)
    #expect(found?.via == "query", context)
    #expect(found?.at == "2026-11-21T14:00:00.000Z", context)
  }

  private func ratio(_ seconds: Int) -> Double {
    let (bad, total) = events(seconds)
    return Double(bad) / Double(total)
  }

  private func burn(_ seconds: Int) -> Double { ratio(seconds) / (1 - objective) }

  // MARK: - Budget

  private func verify(_ found: StatusDocument.BudgetFigures, _ tolerance: Double) {
    let (bad, total) = events(elapsed)
    let allowed = (1 - objective) * Double(total) * Double(length) / Double(elapsed)
    let minutes = (1 - objective) * Double(length) / 60
    let context = Comment("\(id) budget")
    #expect(isClose(found.consumed, consumed, tolerance), context)
    #expect(isClose(found.remaining, 1 - consumed, tolerance), context)
    #expect(isClose(found.allowedBad, countsEvents ? allowed : nil, tolerance), context)
    #expect(
      isClose(found.badLeft, countsEvents ? allowed - Double(bad) : nil, tolerance), context)
    #expect(isClose(found.minutes, minutes, tolerance), context)
    #expect(isClose(found.minutesLeft, (1 - consumed) * minutes, tolerance), context)
  }

  /// A calendar period's share of time is what even traffic would have spent.
  private var consumed: Double { burn(elapsed) * Double(elapsed) / Double(length) }

  private var zone: String {
    switch 1 - consumed {
    case ...0: "exhausted"
    case ...0.25: "critical"
    case ...0.5: "warning"
    default: "healthy"
    }
  }

  private var hoursToExhaustion: Double? {
    let pace = burn(3600)
    guard consumed < 1 else { return 0 }
    let hours = (1 - consumed) * Double(length) / 3600 / pace
    if isCalendar { return hours <= Double(length - elapsed) / 3600 ? hours : nil }
    return pace > 1 ? hours : nil
  }

  // MARK: - Conditions

  private var conditions: [(factor: Double, long: String, active: Bool)] {
    let rows = [
      (share: 0.02, long: "1h", 3600, short: 300), (share: 0.05, long: "6h", 21_600, short: 1800),
      (share: 0.1, long: "1d", 86_400, short: 7200),
      (share: 0.1, long: "3d", 259_200, short: 21_600),
    ]
    return rows.filter { $0.2 <= nominal }.map { row in
      let factor = max(1, row.share * Double(nominal) / Double(row.2))
      return (factor, row.long, burn(row.2) > factor && burn(row.short) > factor)
    }
  }

  // MARK: - The SLO window

  private var periodName: String {
    switch period {
    case .rolling(let name, _), .calendar(let name, _, _, _): name
    }
  }

  private var isCalendar: Bool {
    switch period {
    case .rolling: false
    case .calendar: true
    }
  }

  private var length: Int {
    switch period {
    case .rolling(_, let seconds): seconds
    case .calendar(_, let length, _, _): length
    }
  }

  private var nominal: Int {
    switch period {
    case .rolling(_, let seconds): seconds
    case .calendar(_, _, let nominal, _): nominal
    }
  }

  private var elapsed: Int {
    switch period {
    case .rolling(_, let seconds): seconds
    case .calendar(_, _, _, let elapsed): elapsed
    }
  }
}

/// Whether two figures are the same or both unknown.
func isClose(_ found: Double?, _ wanted: Double?, _ tolerance: Double) -> Bool {
  guard let found, let wanted else { return found == nil && wanted == nil }
  return abs(found - wanted) <= tolerance * max(1, abs(wanted))
}
