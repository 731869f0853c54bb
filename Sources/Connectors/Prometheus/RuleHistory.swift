internal import Reliability

/// The queries for an alert's past and what their answers mean; pure.
struct RuleHistory: Sendable {
  /// How far back values and firings are shown, and between which steps.
  static let recent = Window.hours(6)
  static let recentStep = Window.minutes(5)
  static let past = Window.days(7)
  static let pastStep = Window.minutes(10)

  private let rule: AlertRule
  private let labels: LabelSet

  init(rule: AlertRule, labels: LabelSet) {
    self.rule = rule
    self.labels = labels
  }

  /// The expression without the comparison at its end, so that it has values below its threshold too.
  var expression: String {
    RuleHistory.withoutComparison(rule.query)
  }

  /// The series that Prometheus writes while the alert fires.
  ///
  /// Its labels are those of the rule's own alert; external labels, which Alertmanager has, are none.
  var firingSeries: String {
    let matchers = [
      LabelMatcher("alertname", .equal, rule.name), LabelMatcher("alertstate", .equal, "firing"),
    ]
    return "ALERTS\(LabelMatcher.text(of: matchers))"
  }

  /// Joins the answers: of several series those that fit the alert's labels best.
  func history(
    values: [PrometheusAnswer.Series], firings: [PrometheusAnswer.Series], at now: Timestamp
  ) -> AlertHistory {
    let own = values.filter(fits).max { $0.labels.count < $1.labels.count } ?? values.first
    let known = Dictionary(
      (own?.samples ?? []).map { ($0.at.milliseconds, $0.value) }, uniquingKeysWith: { $1 })
    let step = RuleHistory.recentStep.duration
    let count = RuleHistory.recent.seconds / RuleHistory.recentStep.seconds
    let start = now - RuleHistory.recent.duration
    let samples = (0...count).map { index -> AlertHistory.Sample in
      let at = start + step * index
      let value = known[at.milliseconds].flatMap { $0.isFinite ? $0 : nil }
      return AlertHistory.Sample(at: at, value: value)
    }
    let times = Set(firings.filter(fits).flatMap { $0.samples.map(\.at) }).sorted()
    return AlertHistory(
      expression: rule.query, values: own == nil ? [] : samples,
      firings: RuleHistory.ranges(of: times, step: RuleHistory.pastStep.duration),
      resolution: RuleHistory.pastStep.duration)
  }

  /// Whether a series is of this alert: no label of both has two values.
  private func fits(_ series: PrometheusAnswer.Series) -> Bool {
    series.labels.allSatisfy { name, value in
      let own = labels[name]
      return ["__name__", "alertstate"].contains(name) || own.isEmpty || own == value
    }
  }

  /// Times that are no more than a step apart are one firing.
  static func ranges(of times: [Timestamp], step: Duration) -> [Range<Timestamp>] {
    var ranges: [Range<Timestamp>] = []
    for time in times {
      if let last = ranges.last, time - last.upperBound <= step {
        ranges[ranges.count - 1] = last.lowerBound..<time
      } else {
        ranges.append(time..<time)
      }
    }
    return ranges
  }

  /// Cuts `EXPR > NUMBER` to `EXPR`; anything that is not plainly so stays whole.
  static func withoutComparison(_ query: String) -> String {
    let trimmed = query.trimmingBlanks
    for sign in ["<=", ">=", "==", "!=", "<", ">"] {
      let parts = trimmed.ranges(of: sign)
      guard parts.count == 1, let range = parts.first else { continue }
      let left = String(trimmed[..<range.lowerBound]).trimmingBlanks
      let right = String(trimmed[range.upperBound...]).trimmingBlanks
      let words = left.lowercased()
      let isPlain = ![" and ", " or ", " unless ", "\n"].contains { words.contains($0) }
      let isBalanced = left.count { $0 == "(" } == left.count { $0 == ")" }
      if Double(right) != nil, isPlain, isBalanced, !left.isEmpty { return left }
      return trimmed
    }
    return trimmed
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let start = drop { $0 == " " || $0 == "\n" || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\n" || $0 == "\t" }.reversed())
  }
}
