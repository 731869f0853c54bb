// Answers become readings: series are sorted to the parts that asked for them, parts to demands.

package import Reliability

/// The result of one demand.
package typealias ReadingResult = Result<Reading, ReadingFailure>

extension QueryChunk {
  /// The question for this chunk, all of it evaluated at one instant.
  package func question(at instant: Timestamp) -> PrometheusClient.Question {
    switch shape {
    case .instant: return .instant(text, at: instant)
    case .range(let length, let step):
      let times = QueryChunk.steps(of: length, step: step, until: instant)
      return .range(text, from: times.first ?? instant, to: times.last ?? instant, step: step)
    }
  }

  /// The readings in an answer to this chunk's question.
  ///
  /// - Parameters:
  ///   - answer: The server's answer.
  ///   - instant: The evaluation time of the question.
  ///   - sli: Gives an SLO's indicator, which decides what an absent numerator means.
  /// - Returns: A result for each of the chunk's demands.
  package func results(
    in answer: PrometheusAnswer, at instant: Timestamp, sli: (SLO.ID) -> SLI?
  ) -> [Demand: ReadingResult] {
    let found = Dictionary(grouping: answer.series) { $0.labels[QueryChunk.label] ?? "" }
    var results: [Demand: ReadingResult] = [:]
    var index = 0
    for unit in units {
      var series: [[PrometheusAnswer.Series]] = []
      for _ in unit.parts {
        series.append(found[String(index)] ?? [])
        index += 1
      }
      let times = steps(until: instant)
      results[unit.demand] = unit.result(
        series, at: instant, steps: times, sli: sli(unit.demand.slo), warnings: answer.warnings)
    }
    return results
  }

  private func steps(until instant: Timestamp) -> [Timestamp] {
    switch shape {
    case .instant: []
    case .range(let length, let step): QueryChunk.steps(of: length, step: step, until: instant)
    }
  }

  /// The ends of the steps of a look-back, at whole multiples of the step, oldest first.
  private static func steps(
    of length: Window, step: Window, until instant: Timestamp
  ) -> [Timestamp] {
    let last = instant.rounded(downTo: step.duration)
    let count = max(length.seconds / step.seconds, 1)
    return (0..<count).map { last - step.duration * (count - 1 - $0) }
  }
}

extension QueryUnit {
  fileprivate func result(
    _ series: [[PrometheusAnswer.Series]], at instant: Timestamp, steps: [Timestamp], sli: SLI?,
    warnings: [String]
  ) -> ReadingResult {
    for (part, found) in zip(parts, series) {
      if let failure = part.failure(found) { return .failure(failure) }
    }
    let answer: Reading.Answer
    switch demand.question {
    case .burn, .objective: answer = events(series.map { $0.first?.samples.last?.value })
    case .coverage(let lookback):
      let count = series.first?.first?.samples.last?.value ?? 0
      let step = Demand.coverageStep(of: lookback)
      let seconds = (count.isFinite ? count : 0) * Double(step.seconds)
      answer = .coverage(seconds: min(seconds, Double(lookback.seconds)))
    case .history: answer = .history(history(series, steps: steps, sli: sli))
    }
    let provenance = Provenance(
      route: .query, expressions: parts.map(\.expression), warnings: warnings)
    return .success(Reading(observedAt: instant, answer: answer, provenance: provenance))
  }

  private func events(_ values: [Double?]) -> Reading.Answer {
    guard values.count == 2 else { return .errorRatio(values.first ?? nil, total: nil) }
    return .events(numerator: values[0], total: values[1], nearestBuckets: [])
  }

  private func history(
    _ series: [[PrometheusAnswer.Series]], steps: [Timestamp], sli: SLI?
  ) -> [HistorySample] {
    let values = series.map { found in
      Dictionary(
        (found.first?.samples ?? []).map { ($0.at, $0.value) }, uniquingKeysWith: { $1 })
    }
    return steps.map { step in
      let measured = sli.map { Measurement(events(values.map { $0[step] }), of: $0) }
      guard case .measured(let share) = measured else {
        return HistorySample(at: step, errorRatio: nil)
      }
      return HistorySample(at: step, errorRatio: share.errorRatio)
    }
  }
}

extension QueryPart {
  /// Why what came back is not one number.
  fileprivate func failure(_ series: [PrometheusAnswer.Series]) -> ReadingFailure? {
    let asked = Excerpt(expression, limit: 120)
    if series.count > 1 {
      return .rejected(
        "\(asked) gives \(series.count) series where one number is needed; aggregate with sum()")
    }
    guard series.contains(where: \.hasHistograms) else { return nil }
    return .rejected("\(asked) gives a native histogram where a number is needed")
  }
}
