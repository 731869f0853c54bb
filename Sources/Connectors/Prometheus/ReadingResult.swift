// Small questions to results and answers that the source asks.

internal import Reliability

extension ReadingResult {
  /// Whether events were counted and the numerator's series is absent.
  var lacksNumerator: Bool {
    guard case .success(let reading) = self,
      case .events(.none, .some(let total), _) = reading.answer
    else { return false }
    return total > 0
  }
}

extension Reading {
  /// The same reading with the bounds of the buckets that exist.
  func naming(_ nearestBuckets: [String]) -> Reading {
    guard case .events(let numerator, let total, _) = answer else { return self }
    return Reading(
      observedAt: observedAt,
      answer: .events(numerator: numerator, total: total, nearestBuckets: nearestBuckets),
      provenance: provenance)
  }
}

extension PrometheusAnswer {
  /// Whether the answer is a number without labels or time series.
  var isScalar: Bool {
    switch result {
    case .scalar: true
    case .vector, .matrix, .string: false
    }
  }
}

extension QueryChunk {
  /// The same failure for all of the chunk's demands.
  func failing(_ failure: ReadingFailure) -> [Demand: ReadingResult] {
    Dictionary(units.map { ($0.demand, .failure(failure)) }, uniquingKeysWith: { $1 })
  }
}

extension RuleBinding {
  /// The rule that serves a demand under an SLO's preference.
  ///
  /// The SLO window is asked raw unless the definition insists on rules: Sloth's rule for it is an
  /// unweighted mean of ratios.
  func rule(for demand: Demand, preference: SLO.Route.Preference) -> Rule? {
    switch (demand.question, preference) {
    case (_, .query): nil
    case (.burn(let window), .auto), (.burn(let window), .rules):
      rule(for: demand.slo, over: window)
    case (.objective(let window), .rules): rule(for: demand.slo, over: window)
    case (.objective, .auto), (.coverage, _), (.history, _): nil
    }
  }

  /// Whether every rule's ratio is in an answer.
  static func isComplete(_ rules: [Demand: Rule], in answer: PrometheusAnswer) -> Bool {
    let found = Set(answer.series.map(\.labels))
    return rules.values.allSatisfy { found.contains($0.ratio) }
  }
}
