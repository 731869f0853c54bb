import Dashboard
import Operations
import Reliability
import Screen
import TestSupport

/// A shop in which each state of a service level occurs, evaluated as in the program.
struct Shop {
  static let now = Timestamp(milliseconds: 1_795_269_802_000)

  let states: [ServiceLevelState]

  /// The shop of the golden screens.
  init() throws {
    states = [
      try Level("checkout", "availability", "0.999").burning(18.2, trend: 9, consumed: 0.62)
        .state(),
      try Level("payments", "latency", "0.95").burning(4.1, trend: 3.9, consumed: 0.72).state(),
      try Level("shipping", "availability", "0.995").burning(0.3, trend: 0.4, consumed: 1.34)
        .state(),
      try Level("catalog", "freshness", "0.99").state(total: nil),
      try Level("pricing", "correctness", "0.995").state(
        failure: .rejected("1:8: parse error: unclosed left parenthesis")),
      try Level("notifications", "delivery", "0.99").burning(0.4, trend: 0.5, consumed: 0.86)
        .state(),
      try Level("identity", "availability", "0.9995").burning(0.1, trend: 0.1, consumed: 0.65)
        .state(),
      try Level("search", "availability", "0.995", window: .rolling(.days(7)))
        .burning(0.4, trend: 0.3, consumed: 0.38).state(),
      try Level("orders", "correctness", "0.999", window: .calendarSample(.month))
        .burning(0.3, trend: 0.3, consumed: 0.4).state(),
      try Level("recommendations", "availability", "0.99").burning(22.2, trend: 0.6, consumed: 0.35)
        .state(total: 9),
      try Level("media", "availability", "0.999").burning(0.2, trend: 0.2, consumed: 0.35)
        .state(age: .seconds(700)),
      try Level("reviews", "availability", "0.995").state(isAsked: false),
    ]
  }

  static let sources = [
    SourceHealth(
      name: "prom-eu", type: "prometheus", address: "http://127.0.0.1:9090", state: .ok,
      lastSuccess: now - .seconds(4), lastPoll: .init(requests: 1, bytes: 14_200),
      lastSlowRound: .init(requests: 3, bytes: 90_000), latencies: [0.012, 0.014, 0.031],
      quarantine: [
        .init(
          slo: "pricing/correctness", message: "1:8: parse error: unclosed left parenthesis",
          nextTry: now + .seconds(50))
      ]),
    SourceHealth(
      name: "prom-us", type: "prometheus", address: "https://prom-us.example.com", state: .open,
      lastSuccess: now - .seconds(700),
      lastError: .init(message: "no answer within 10 s", at: now - .seconds(12)),
      nextTry: now + .seconds(8), lastPoll: .init(requests: 2, bytes: 0), retries: 6,
      latencies: [1.4], cautions: ["Certificates are not verified (insecureSkipVerify)."]),
  ]

  var snapshot: Snapshot {
    Snapshot(at: Shop.now, serviceLevels: states, sources: Shop.sources)
  }

  /// A dashboard that shows the shop.
  func dashboard(
    _ columns: Int = 120, _ rows: Int = 40, glyphs: Glyphs = .unicode, canShowUnicode: Bool = true
  ) -> Dashboard {
    Shop.dashboard(snapshot, columns, rows, glyphs: glyphs, canShowUnicode: canShowUnicode)
  }

  static func dashboard(
    _ snapshot: Snapshot, _ columns: Int = 120, _ rows: Int = 40, glyphs: Glyphs = .unicode,
    canShowUnicode: Bool = true
  ) -> Dashboard {
    let settings = Dashboard.Settings(
      title: "acme-eu", configurationName: "config.yaml", themes: ["dark", "light", "plain"],
      canShowUnicode: canShowUnicode)
    return Dashboard(
      settings: settings, snapshot: snapshot, size: Size(columns: columns, rows: rows),
      themeName: "dark", glyphs: glyphs, now: now)
  }
}

/// A service level with chosen burn rates, brought to a state by the evaluator.
struct Level {
  private let slo: SLO
  private var burn = 0.0
  private var trend = 0.0
  private var consumed = 0.0

  init(
    _ service: String, _ name: String, _ objective: String,
    window: ObjectiveWindow = .rolling(.days(30))
  ) throws {
    slo = try .sample(service: service, name: name, objective: objective, window: window)
  }

  /// The same level burning at `burn` up to two hours back and at `trend` further back.
  func burning(_ burn: Double, trend: Double, consumed: Double) -> Level {
    var copy = self
    (copy.burn, copy.trend, copy.consumed) = (burn, trend, consumed)
    return copy
  }

  /// The state as of the shop's time.
  ///
  /// - Parameters:
  ///   - total: Events in an hour; `nil` for a source without the series.
  ///   - age: How old the readings are.
  ///   - failure: What the source says instead.
  ///   - isAsked: Whether anything was asked yet.
  /// - Returns: What the evaluator makes of it.
  func state(
    total: Double? = 36_000, age: Duration = .seconds(4), failure: ReadingFailure? = nil,
    isAsked: Bool = true
  ) -> ServiceLevelState {
    var known = KnownReadings()
    let at = Shop.now - age
    for window in isAsked ? slo.burnWindows : [] {
      let events = total.map { $0 * Double(window.seconds) / 3600 }
      let rate = window <= .hours(2) ? burn : trend
      record(.burn(window), rate, events, at, failure, in: &known)
    }
    if isAsked {
      let length = slo.window.nominalLength
      let scale = periodScale
      record(
        .objective(length), consumed * scale,
        total.map { $0 * Double(length.seconds) / 3600 / scale }, at, failure, in: &known)
      known.record(
        .success(.historySample(history, at: at)),
        for: .history(.hours(6), step: .minutes(5)), of: slo.sli)
    }
    return Evaluator(slo: slo, refresh: .seconds(15)).state(of: known, at: Shop.now)
  }

  /// By how much the error ratio of a period so far exceeds that of the whole period.
  private var periodScale: Double {
    guard case .calendar(let period) = slo.window else { return 1 }
    let interval = period.interval(containing: Shop.now)
    return (interval.upperBound - interval.lowerBound).inSeconds
      / (Shop.now - interval.lowerBound).inSeconds
  }

  private var history: [HistorySample] {
    (0..<72).map { index in
      let share = Double(index) / 71
      let rate = trend + (burn - trend) * share * share
      return HistorySample(
        at: Shop.now - .seconds((72 - index) * 300),
        errorRatio: burn == 0 ? nil : rate * slo.objective.budget.doubleValue)
    }
  }

  private func record(
    _ question: Demand.Question, _ rate: Double, _ events: Double?, _ at: Timestamp,
    _ failure: ReadingFailure?, in known: inout KnownReadings
  ) {
    if let failure {
      known.record(.failure(failure), for: question, of: slo.sli)
      return
    }
    let bad = events.map { $0 * rate * slo.objective.budget.doubleValue }
    known.record(.success(.sample(bad, of: events, at: at)), for: question, of: slo.sli)
  }
}
