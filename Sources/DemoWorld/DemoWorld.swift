package import Reliability

/// The simulated shop: a metric source without a network, for `burnwatch demo`.
///
/// What it answers depends only on the seed, the start and the instant asked about, never on the order
/// of the questions. Every SLO meets a fate (see `Fates.swift`); nothing is worked out for SLOs that
/// nobody asks about.
package actor DemoWorld: MetricSource {
  package nonisolated let name: String
  private let slos: [SLO.ID: SLO]
  private let seed: UInt64
  private let start: Timestamp
  private var simulated: [SLO.ID: SimulatedSLO] = [:]

  /// Opens a shop.
  ///
  /// - Parameters:
  ///   - name: The name of the configured source it stands in for.
  ///   - slos: What the shop promises; others have no answer.
  ///   - seed: What the noise is made from.
  ///   - start: When the demo begins, and with it everything that happens a while after the start.
  package init(name: String, slos: [SLO], seed: UInt64, start: Timestamp) {
    self.name = name
    self.slos = Dictionary(slos.map { ($0.id, $0) }) { first, _ in first }
    self.seed = seed
    self.start = start
  }

  package func readings(
    for demands: [Demand], at instant: Timestamp
  ) -> [Demand: Result<Reading, ReadingFailure>] {
    var answers: [Demand: Result<Reading, ReadingFailure>] = [:]
    for demand in demands { answers[demand] = reading(for: demand, at: instant) }
    return answers
  }

  /// Always well, and without any traffic.
  package func health(at instant: Timestamp) -> SourceHealth {
    SourceHealth(name: name, type: "demo", address: "simulated", lastSuccess: instant)
  }

  private func reading(
    for demand: Demand, at instant: Timestamp
  ) -> Result<Reading, ReadingFailure> {
    guard let slo = slos[demand.slo] else {
      return .failure(.rejected("the demo shop has no SLO \"\(demand.slo)\""))
    }
    return simulated[slo.id, default: SimulatedSLO(slo, seed: seed, start: start)]
      .reading(of: demand.question, at: instant)
  }
}
