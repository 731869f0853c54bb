package import Reliability

/// The simulated shop: a metric source without a network, for `burnwatch demo`.
///
/// What it answers depends only on the seed, the start and the instant asked about, never on the order
/// of the questions. Every SLO meets a fate (see `Fates.swift`); nothing is worked out for SLOs that
/// nobody asks about.
package actor DemoWorld: MetricSource {
  /// The name of the configured source it stands in for.
  package nonisolated let name: String
  private let slos: [SLO.ID: SLO]
  private let seed: UInt64
  private let start: Timestamp
  private let repairs: DemoRepairs
  private var simulated: [SLO.ID: SimulatedSLO] = [:]
  private var health: SourceHealth

  /// Opens a shop.
  ///
  /// - Parameters:
  ///   - name: The name of the configured source it stands in for.
  ///   - slos: What the shop promises; others have no answer.
  ///   - seed: What the noise is made from.
  ///   - start: When the demo begins, and with it everything that happens a while after the start.
  ///   - repairs: What the operator mends in it.
  package init(
    name: String, slos: [SLO], seed: UInt64, start: Timestamp, repairs: DemoRepairs = DemoRepairs()
  ) {
    self.repairs = repairs
    self.name = name
    self.slos = Dictionary(slos.map { ($0.id, $0) }) { first, _ in first }
    self.seed = seed
    self.start = start
    health = SourceHealth(name: name, type: "demo", address: "simulated")
  }

  /// Answers all demands at once, without waiting.
  package func readings(
    for demands: [Demand], at instant: Timestamp
  ) -> [Demand: Result<Reading, ReadingFailure>] {
    var answers: [Demand: Result<Reading, ReadingFailure>] = [:]
    for demand in demands { answers[demand] = reading(for: demand, at: instant) }
    note(answers, at: instant)
    return answers
  }

  /// What a server that answers so would look like: the requests and latencies are invented.
  package func health(at instant: Timestamp) -> SourceHealth { health }

  private func note(
    _ answers: [Demand: Result<Reading, ReadingFailure>], at instant: Timestamp
  ) {
    let faults = answers.values.compactMap { result -> String? in
      guard case .failure(.unavailable(let message)) = result else { return nil }
      return message
    }
    let traffic = SourceHealth.Traffic(
      requests: answers.count / 200 + 1, bytes: answers.count * 190)
    if answers.keys.contains(where: \.isSlow) {
      health.lastSlowRound = traffic
    } else {
      health.lastPoll = traffic
    }
    var bits = SeededNoise(seed: seed, name: name).bits(at: Int(instant.milliseconds / 1000))
    health.latencies = health.latencies.suffix(119) + [0.008 + 0.02 * bits.draw(16)]
    health.lastSuccess = instant
    health.state = faults.isEmpty ? .ok : .degraded
    if let message = faults.min() {
      health.lastError = SourceHealth.Fault(message: message, at: instant)
    }
  }

  private func reading(
    for demand: Demand, at instant: Timestamp
  ) -> Result<Reading, ReadingFailure> {
    guard let slo = slos[demand.slo] else {
      return .failure(.rejected("the demo shop has no SLO \"\(demand.slo)\""))
    }
    return simulation(of: slo) { $0.reading(of: demand.question, at: instant) }
  }

  /// Looks at an SLO of the shop as it is now, mended or not.
  func simulation<Value>(of slo: SLO, _ body: (inout SimulatedSLO) -> Value) -> Value {
    var simulation = simulated[slo.id] ?? SimulatedSLO(slo, seed: seed, start: start)
    simulation.mend(at: repairs.instant(of: slo.service))
    defer { simulated[slo.id] = simulation }
    return body(&simulation)
  }

  /// The SLOs of a service, by their ids.
  func slos(of service: String) -> [SLO] {
    slos.values.filter { $0.service == service }.sorted { $0.id < $1.id }
  }
}
