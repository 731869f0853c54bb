// What the source asks for itself: which recording rules exist, and which buckets.

internal import Reliability

extension PrometheusSource {
  /// Finds recording rules when it is time to; several who need them at once wait for one look.
  ///
  /// - Returns: Why nothing else should be asked, when the server cannot be reached.
  func discoverRules(
    at instant: Timestamp, into ledger: TrafficLedger
  ) async -> ReadingFailure? {
    let isWanted = slos.contains { $0.route.preference != .query }
    guard isWanted, rules.isDue(at: clock.now) else { return nil }
    let look = discovery ?? Task { await lookForRules(at: instant, into: ledger) }
    discovery = look
    let failure = await withTaskCancellationHandler {
      await look.value
    } onCancel: {
      look.cancel()
    }
    if discovery == look { discovery = nil }
    return failure
  }

  private func lookForRules(
    at instant: Timestamp, into ledger: TrafficLedger
  ) async -> ReadingFailure? {
    let now = clock.now
    switch await ask(.instant(RuleBinding.discoveryQuery, at: instant), into: ledger) {
    case .success(let answer):
      rules.update(RuleBinding(slos: slos, series: answer.series), at: now)
      return nil
    case .failure(.refused(let refusal)) where refusal.kind != .serverTrouble:
      rules.update(failure: ConnectorError.refused(refusal).message, at: now)
      return nil
    case .failure(.answerTooLarge(let size)):
      rules.update(failure: ConnectorError.answerTooLarge(limit: size).message, at: now)
      return nil
    case .failure(let error): return .unavailable(error.message)
    }
  }

  /// Names the existing buckets around thresholds that are none.
  func addNearestBuckets(
    to results: inout [Demand: ReadingResult], at instant: Timestamp, into ledger: TrafficLedger
  ) async {
    let wrong = results.filter { $0.value.lacksNumerator }
    let latencies = wrong.keys.reduce(into: [SLO.ID: LatencySLI]()) { found, demand in
      if case .latency(let sli) = planner.slo(demand.slo)?.sli { found[demand.slo] = sli }
    }
    guard !latencies.isEmpty else { return }
    let now = clock.now
    let unknown = buckets.unknown(latencies.keys.sorted(), at: now)
    for chunk in BucketDirectory.chunks(unknown, latencies, byteLimit: limit.bytes) {
      guard case .success(let answer) = await ask(.instant(chunk.text, at: instant), into: ledger)
      else { continue }
      buckets.learn(chunk.slos, from: answer, at: now)
    }
    for (demand, result) in wrong {
      guard let sli = latencies[demand.slo] else { continue }
      let nearest = BucketBound.nearest(to: sli.threshold, among: buckets.bounds(of: demand.slo))
      results[demand] = result.map { $0.naming(nearest) }
    }
  }
}
