package import Reliability

// Single questions of runbooks.

extension PrometheusSource: AnsweringSource {
  /// The value of an expression at an instant, and where it is wanted the half hour before.
  package func answer(
    to expression: String, hasPast: Bool, at instant: Timestamp
  ) async -> Result<MetricAnswer, ReadingFailure> {
    let ledger = TrafficLedger()
    switch await ask(.instant(expression, at: instant), into: ledger) {
    case .failure(.refused(let refusal)): return .failure(.rejected(refusal.message))
    case .failure(let error): return .failure(.unavailable(error.message))
    case .success(let now):
      guard hasPast else { return .success(MetricAnswer(now, past: nil)) }
      let past = await ask(
        .range(
          expression, from: instant - MetricAnswer.past.duration, to: instant,
          step: MetricAnswer.pastStep),
        into: ledger)
      return .success(MetricAnswer(now, past: try? past.get()))
    }
  }
}

extension MetricAnswer {
  /// Joins the values of now with those of before, by the labels of their series.
  init(_ now: PrometheusAnswer, past: PrometheusAnswer?) {
    if case .scalar(let sample) = now.result {
      self.init([Series(labels: "", value: sample.value)])
      return
    }
    let before = Dictionary(
      (past?.series ?? []).map { ($0.labels, $0.samples) }, uniquingKeysWith: { first, _ in first })
    self.init(
      now.series.map { series in
        let labels = LabelSet(series.labels).without(["__name__"])
        return Series(
          labels: labels.isEmpty ? "" : labels.description,
          value: series.samples.last.map(\.value),
          past: (before[series.labels] ?? []).map { $0.value.isFinite ? $0.value : nil })
      })
  }
}
