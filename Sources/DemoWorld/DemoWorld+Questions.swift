package import Reliability

// The questions of the shop's runbooks. Nothing here reads PromQL: a question about a service is
// answered with what the shop knows of it, as a real source's answer would look.

extension DemoWorld: AnsweringSource {
  /// What the shop says to a question that names one of its services.
  package func answer(
    to expression: String, hasPast: Bool, at instant: Timestamp
  ) -> Result<MetricAnswer, ReadingFailure> {
    guard let service = Self.service(in: expression) else {
      return .failure(.rejected("the demo shop answers questions with service=\"...\" only"))
    }
    guard let kind = QuestionKind(expression), let slo = slo(of: service, for: kind) else {
      return .success(MetricAnswer([]))
    }
    let steps = hasPast ? MetricAnswer.past.seconds / MetricAnswer.pastStep.seconds : 0
    let past = (0..<steps).reversed().map { step in
      value(of: slo, kind, at: instant - MetricAnswer.pastStep.duration * (step + 1))
    }
    let now = value(of: slo, kind, at: instant)
    return .success(MetricAnswer([MetricAnswer.Series(labels: "", value: now, past: past)]))
  }

  /// What a question is about.
  private enum QuestionKind {
    case errorRatio, rate
    case quantile(Double)

    init?(_ expression: String) {
      if let range = expression.firstRange(of: "histogram_quantile(") {
        let number = expression[range.upperBound...].prefix { $0 != "," }
        guard let quantile = Double(number.filter { $0 != " " }) else { return nil }
        self = .quantile(quantile)
      } else {
        self = expression.contains("/") ? .errorRatio : .rate
      }
    }
  }

  private func slo(of service: String, for kind: QuestionKind) -> SLO? {
    let own = slos(of: service)
    let isLatency = { (slo: SLO) in if case .latency = slo.sli { true } else { false } }
    return switch kind {
    case .quantile: own.first(where: isLatency)
    case .errorRatio, .rate: own.first { !isLatency($0) } ?? own.first
    }
  }

  private func value(of slo: SLO, _ kind: QuestionKind, at instant: Timestamp) -> Double? {
    let length = Duration.seconds(300)
    return simulation(of: slo) { simulation in
      switch kind {
      case .errorRatio: return simulation.errorRatio(over: length, endingAt: instant)
      case .rate: return simulation.rate(over: length, endingAt: instant)
      case .quantile(let quantile):
        guard case .latency(let latency) = slo.sli,
          let slow = simulation.errorRatio(over: length, endingAt: instant)
        else { return nil }
        // A tail that falls off by itself: the threshold is where the share of slow events begins.
        return latency.threshold.doubleValue * (slow / max(1 - quantile, 1e-6)).squareRoot()
      }
    }
  }

  private static func service(in expression: String) -> String? {
    guard let range = expression.firstRange(of: "service=\"") else { return nil }
    return String(expression[range.upperBound...].prefix { $0 != "\"" })
  }
}
