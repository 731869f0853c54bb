import Reliability

/// One SLO of the shop: what a metric source would say about it.
struct SimulatedSLO: Sendable {
  private let sli: SLI
  private let telemetry: Telemetry
  private let start: Timestamp
  private let opening: Timestamp
  private var ledger: EventLedger
  private let slo: SLO
  private let seed: UInt64
  private var mendedAt: Timestamp?

  init(_ slo: SLO, seed: UInt64, start: Timestamp) {
    let fate = Fate.of(slo.id)
    let noise = SeededNoise(seed: seed, name: slo.id)
    self.slo = slo
    self.seed = seed
    sli = slo.sli
    telemetry = fate.telemetry
    self.start = start
    opening = start - .seconds(fate.hoursInService * 3600)
    ledger = EventLedger(
      curve: EventCurve(fate, of: slo, noise: noise, start: start), start: start, opening: opening)
  }

  /// Takes in since when the service is mended; `nil` while it is not.
  mutating func mend(at instant: Timestamp?) {
    guard instant != mendedAt else { return }
    let earlier = [instant, mendedAt].compactMap(\.self).min() ?? start
    mendedAt = instant
    ledger.use(
      EventCurve(
        Fate.of(slo.id), of: slo, noise: SeededNoise(seed: seed, name: slo.id), start: start,
        mendedAt: instant),
      from: earlier)
  }

  /// The share of bad events over a length of time; `nil` without events.
  mutating func errorRatio(over length: Duration, endingAt instant: Timestamp) -> Double? {
    errorRatio(ledger.events(from: instant - length, to: instant))
  }

  /// The events a second over a length of time.
  mutating func rate(over length: Duration, endingAt instant: Timestamp) -> Double? {
    guard !isSilent, length > .zero else { return nil }
    return Double(ledger.events(from: instant - length, to: instant).total) / length.inSeconds
  }

  /// Answers a question as of an instant.
  mutating func reading(
    of question: Demand.Question, at instant: Timestamp
  ) -> Result<Reading, ReadingFailure> {
    if let failure = failure(at: instant) { return .failure(failure) }
    return .success(
      Reading(
        observedAt: instant, answer: answer(to: question, at: instant),
        provenance: Provenance(
          route: .query, expressions: sli.demoExpressions(for: question), warnings: warnings)))
  }

  private mutating func answer(
    to question: Demand.Question, at instant: Timestamp
  ) -> Reading.Answer {
    switch question {
    case .burn(let window), .objective(let window):
      return answer(events(in: window, endingAt: instant))
    case .coverage(let window):
      return .coverage(seconds: coverage(of: window, endingAt: instant))
    case .history(let window, let step):
      let count = window.seconds / step.seconds
      return .history(
        (0..<count).reversed().map { stepsAgo in
          let end = instant - .seconds(stepsAgo * step.seconds)
          return HistorySample(at: end, errorRatio: errorRatio(events(in: step, endingAt: end)))
        })
    }
  }

  private mutating func events(in window: Window, endingAt instant: Timestamp) -> EventCount {
    ledger.events(from: instant - window.duration, to: instant)
  }

  // MARK: - What the telemetry makes of it

  private func answer(_ count: EventCount) -> Reading.Answer {
    let isRatio =
      switch sli {
      case .goodRatio, .errorRatio: true
      case .events, .latency, .availability: false
      }
    if isRatio { return .errorRatio(errorRatio(count), total: nil) }
    if isSilent { return .events(numerator: nil, total: nil, nearestBuckets: []) }
    return .events(
      numerator: Double(numerator(of: count)), total: Double(count.total), nearestBuckets: [])
  }

  private func numerator(of count: EventCount) -> Int {
    switch sli.numeratorKind {
    case .good, .bucket: reportedGood(of: count)
    case .bad: count.total - reportedGood(of: count)
    }
  }

  /// The share of bad events as the telemetry reports it, `nil` without events.
  private func errorRatio(_ count: EventCount) -> Double? {
    guard !isSilent, count.total > 0 else { return nil }
    return Double(count.total - reportedGood(of: count)) / Double(count.total)
  }

  private func reportedGood(of count: EventCount) -> Int {
    if case .doubled = telemetry { 2 * count.good } else { count.good }
  }

  private var isSilent: Bool {
    if case .silent = telemetry { true } else { false }
  }

  private var warnings: [String] {
    if case .partial(let warning) = telemetry { [warning] } else { [] }
  }

  private func failure(at instant: Timestamp) -> ReadingFailure? {
    switch telemetry {
    case .sound, .silent, .partial, .doubled: return nil
    case .refused(let message): return .rejected(message)
    case .interrupted(let every, let from, let minutes, let message):
      guard instant >= start else { return nil }
      let minute = Int((instant - start).components.seconds / 60) % every
      return (from..<from + minutes).contains(minute) ? .unavailable(message) : nil
    }
  }

  private func coverage(of window: Window, endingAt instant: Timestamp) -> Double {
    guard !isSilent, instant > opening else { return 0 }
    return min(window.duration, instant - opening).inSeconds
  }
}
