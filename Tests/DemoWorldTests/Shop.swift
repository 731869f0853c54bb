// The SLOs of sample-data/ by hand, as far as the demo world looks at them, and what a session would
// make of its answers.

import DemoWorld
import Reliability
import Testing

/// A shop to ask questions of.
struct Shop {
  static let start = Timestamp(milliseconds: 1_795_230_187_250)

  let world: DemoWorld
  let start: Timestamp

  init(seed: UInt64 = 1, start: Timestamp = Shop.start) throws {
    self.start = start
    world = DemoWorld(name: "prom-eu", slos: try Shop.slos(), seed: seed, start: start)
  }

  /// An SLO of the shop.
  func slo(_ id: SLO.ID) throws -> SLO {
    try #require(try Shop.slos().first { $0.id == id })
  }

  /// The answer to one demand, `offset` after the start.
  func result(
    _ id: SLO.ID, _ question: Demand.Question, after offset: Duration = .zero
  ) async throws -> Result<Reading, ReadingFailure> {
    let demand = Demand(id, question)
    let results = await world.readings(for: [demand], at: start + offset)
    return try #require(results[demand])
  }

  func answer(
    _ id: SLO.ID, _ question: Demand.Question, after offset: Duration = .zero
  ) async throws -> Reading.Answer {
    try await result(id, question, after: offset).get().answer
  }

  func measurement(
    _ id: SLO.ID, _ window: Window, after offset: Duration = .zero
  ) async throws -> Measurement {
    Measurement(
      try await answer(id, .burn(window), after: offset), of: try slo(id).sli)
  }

  /// The events of a window that has some.
  func share(
    _ id: SLO.ID, _ window: Window, after offset: Duration = .zero
  ) async throws -> EventShare {
    guard case .measured(let share) = try await measurement(id, window, after: offset) else {
      throw NothingMeasured(slo: id, window: window)
    }
    return share
  }

  func burn(
    _ id: SLO.ID, _ window: Window, after offset: Duration = .zero
  ) async throws -> Double {
    try slo(id).objective.burnRate(
      errorRatio: try await share(id, window, after: offset).errorRatio)
  }

  /// The budget of a rolling window.
  func remaining(_ id: SLO.ID, after offset: Duration = .zero) async throws -> Double {
    let slo = try slo(id)
    let window = slo.window.nominalLength
    let share = try await share(id, window, after: offset)
    return Budget(rolling: share, objective: slo.objective, window: window).remaining
  }

  /// Every condition of an SLO with what it finds.
  func conditions(
    _ id: SLO.ID, after offset: Duration = .zero
  ) async throws -> [ConditionState] {
    let slo = try slo(id)
    var states: [ConditionState] = []
    for condition in slo.conditions {
      let long = try? await share(id, condition.long, after: offset)
      let short = try? await share(id, condition.short, after: offset)
      states.append(
        ConditionState(
          condition, objective: slo.objective, long: long, short: short,
          minBadEvents: slo.alerting.minBadEvents))
    }
    return states
  }

  /// The severities of the conditions that are active.
  func activeSeverities(
    _ id: SLO.ID, after offset: Duration = .zero
  ) async throws -> Set<Severity> {
    Set(try await conditions(id, after: offset).filter(\.isActive).map(\.condition.severity))
  }
}

/// A window that a test expected to have events.
struct NothingMeasured: Error {
  let slo: SLO.ID
  let window: Window
}

extension Shop {
  static func slos() throws -> [SLO] {
    let month = ObjectiveWindow.calendar(
      try #require(CalendarPeriod(.month, timeZone: "Europe/Berlin")))
    let bad = SLI.events(numerator: .bad("bad"), total: "total")
    let good = SLI.events(numerator: .good("good"), total: "total")
    let latency = SLI.latency(
      LatencySLI(histogram: "http_request_duration_seconds", threshold: .one, matchers: []))
    let availability = SLI.availability(
      AvailabilitySLI(counter: "http_requests_total", matchers: [], bad: [], excluded: []))
    return [
      try slo("checkout", "availability", bad, "0.999"),
      try slo("checkout", "latency", latency, "0.99"),
      try slo("payments", "latency", latency, "0.95"),
      try slo("orders", "correctness", good, "0.999", month),
      try slo("search", "availability", .goodRatio("ratio"), "0.995", .rolling(.days(7))),
      try slo("catalog", "freshness", good, "0.99"),
      try slo("recommendations", "availability", bad, "0.99"),
      try slo("reviews", "availability", bad, "0.995"),
      try slo("media", "availability", availability, "0.999", .rolling(.days(28))),
      try slo("pricing", "correctness", bad, "0.995"),
      try slo("shipping", "availability", bad, "0.995"),
      try slo("warehouse", "stock-sync", good, "0.99"),
      try slo("identity", "availability", availability, "0.9995"),
      try slo("notifications", "delivery", .errorRatio("ratio"), "0.99"),
      try slo("newsletter", "availability", bad, "0.99"),
    ]
  }

  private static func slo(
    _ service: String, _ name: String, _ sli: SLI, _ target: String,
    _ window: ObjectiveWindow = .rolling(.days(30))
  ) throws -> SLO {
    SLO(
      id: "\(service)/\(name)", service: service, name: name, category: .availability, sli: sli,
      objective: try #require(Fraction(decimal: target).flatMap(Objective.init)), window: window,
      source: "prom-eu")
  }
}
