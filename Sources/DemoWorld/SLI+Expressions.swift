import Reliability

// What a Prometheus server would be asked for the demo's figures. Nothing is asked here; the Debug view
// shows it, so that the demo reads as a real source would.

extension SLI {
  /// The expressions of a question, numerator first.
  func demoExpressions(for question: Demand.Question) -> [String] {
    switch question {
    case .burn(let window), .objective(let window): expressions(over: window)
    case .coverage(let window):
      expressions(over: .hours(1)).suffix(1).map { "count_over_time((\($0))[\(window):1h])" }
    case .history(_, let step): expressions(over: step)
    }
  }

  private func expressions(over window: Window) -> [String] {
    let fill = { (text: String) in
      text.split(separator: "{{window}}", omittingEmptySubsequences: false)
        .joined(separator: window.description)
    }
    let increase = { (metric: String, matchers: [LabelMatcher]) in
      let list = matchers.map(\.description).joined(separator: ",")
      return "sum(increase(\(metric){\(list)}[\(window)]))"
    }
    switch self {
    case .events(.good(let numerator), let total), .events(.bad(let numerator), let total):
      return [fill(numerator), fill(total)]
    case .goodRatio(let text): return ["1 - (\(fill(text)))"]
    case .errorRatio(let text): return [fill(text)]
    case .latency(let latency):
      let bound = LabelMatcher("le", .equal, latency.threshold.description)
      return [
        increase("\(latency.histogram)_bucket", latency.matchers + [bound]),
        increase("\(latency.histogram)_count", latency.matchers),
      ]
    case .availability(let sli):
      let counted = sli.matchers + sli.excluded.map(\.negated)
      return [
        increase(sli.counter, sli.matchers + sli.bad + sli.excluded.map(\.negated)),
        increase(sli.counter, counted),
      ]
    }
  }
}
