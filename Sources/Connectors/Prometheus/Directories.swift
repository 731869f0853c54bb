// What a source has learned about its server and keeps for a while.

internal import Reliability

/// The longest query a server accepts, as far as it is known.
struct QueryLimit {
  private(set) var bytes: Int
  private let isConfigured: Bool

  /// Prometheus sets no limit of its own; this keeps one request's work bounded.
  static let prometheus = 128 << 10
  /// VictoriaMetrics refuses more than 16 KiB (`-search.maxQueryLen`); a margin is left.
  static let victoriaMetrics = 15_000

  init(configured: Int?) {
    bytes = configured ?? QueryLimit.prometheus
    isConfigured = configured != nil
  }

  mutating func learnVictoriaMetrics() {
    if !isConfigured { bytes = min(bytes, QueryLimit.victoriaMetrics) }
  }

  /// A query of some length was refused for it.
  mutating func learnTooLong(_ length: Int) {
    let next = length > QueryLimit.victoriaMetrics ? QueryLimit.victoriaMetrics : length / 2
    bytes = min(bytes, max(next, 1))
  }
}

/// A bound on the requests that looking for a refused expression may cost in one round.
struct SearchBudget {
  private var left = 48

  mutating func spend() -> Bool {
    left -= 1
    return left >= 0
  }
}

/// The recording rules that were found, and when to look again.
struct RuleDirectory {
  private(set) var binding = RuleBinding()
  private var failure: String?
  private var lookedAt: Timestamp?
  private var isInvalid = false

  /// The time between two looks, and the least time after a rule was missed.
  private static let interval = Duration.seconds(300)
  private static let shortInterval = Duration.seconds(30)

  func isDue(at now: Timestamp) -> Bool {
    guard let lookedAt, now >= lookedAt else { return true }
    return now - lookedAt >= (isInvalid ? RuleDirectory.shortInterval : RuleDirectory.interval)
  }

  mutating func update(_ binding: RuleBinding, at now: Timestamp) {
    self = RuleDirectory(binding: binding, failure: nil, lookedAt: now)
  }

  /// The server would not list rules; known ones are forgotten and all is asked raw.
  mutating func update(failure: String, at now: Timestamp) {
    self = RuleDirectory(failure: failure, lookedAt: now)
  }

  /// A bound rule gave nothing; it may be gone.
  mutating func invalidate() { isInvalid = true }

  var cautions: [String] {
    binding.cautions + (failure.map { ["recording rules could not be looked for: \($0)"] } ?? [])
  }
}

/// The bucket bounds of histograms whose threshold is none of them.
struct BucketDirectory {
  private var known: [SLO.ID: (bounds: [String], at: Timestamp)] = [:]

  private static let lifetime = Duration.seconds(300)

  func bounds(of slo: SLO.ID) -> [String] { known[slo]?.bounds ?? [] }

  /// The SLOs that must be asked for.
  func unknown(_ slos: [SLO.ID], at now: Timestamp) -> [SLO.ID] {
    slos.filter { slo in known[slo].map { now - $0.at >= BucketDirectory.lifetime } ?? true }
  }

  /// Some SLOs' question in one query.
  struct Chunk {
    let slos: [SLO.ID]
    let text: String
  }

  static func chunks(
    _ slos: [SLO.ID], _ latencies: [SLO.ID: LatencySLI], byteLimit: Int
  ) -> [Chunk] {
    let units = slos.compactMap { slo in
      latencies[slo].map {
        QueryUnit(
          Demand(slo, .burn(.minutes(5))), [QueryPart(.coverage, $0.boundsExpression)])
      }
    }
    return QueryPlanner.chunks(.instant, units, byteLimit: byteLimit).map {
      Chunk(slos: $0.slos, text: $0.text)
    }
  }

  mutating func learn(_ slos: [SLO.ID], from answer: PrometheusAnswer, at now: Timestamp) {
    let found = Dictionary(grouping: answer.series) { $0.labels[QueryChunk.label] ?? "" }
    for (index, slo) in slos.enumerated() {
      let bounds = (found[String(index)] ?? []).compactMap { $0.labels["le"] }
      known[slo] = (bounds, now)
    }
  }
}
