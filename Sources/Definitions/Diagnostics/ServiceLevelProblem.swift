package import Reliability

/// What can be wrong with what an SLO measures and promises.
package enum ServiceLevelProblem: Hashable, Sendable {
  /// A feature that is known but not there yet, and what to write meanwhile.
  case unsupported(String, instead: String)
  /// An id and the place, as `file:line`, of the SLO that has it already.
  case duplicateID(String, first: String)
  /// The expression has no `{{window}}`; the range it has instead, if any.
  case noWindowPlaceholder(fixedRange: String?)
  /// A `{{...}}` other than the window, braces included.
  case unknownPlaceholder(String)
  /// The indicator is a bare ratio of good events.
  case ratioHidesOutage
  /// A histogram's name that ends in `_bucket`.
  case bucketSuffix(String)
  /// The short window must be the shorter one.
  case shortWindowNotShorter(short: Window, long: Window)
  /// A condition that not even a total outage makes true.
  case unreachableCondition(BurnCondition, Objective)
  /// Both are ratios; equal counts as not stricter.
  case looserThanSLA(objective: Fraction, sla: Fraction)

  var explanation: Explanation {
    switch self {
    case .unsupported(let feature, let instead):
      .error("\(feature) is not supported in this version.", hint: instead)
    case .duplicateID(let id, let first):
      .error(
        "The SLO \(id.quoted) is already defined at \(first).",
        hint: "Remove one of them, or give one another id.")
    case .noWindowPlaceholder(let range):
      .error(
        "The expression has no {{window}}, so every window would get the same answer.",
        hint: range.map { "Write [{{window}}] instead of \($0.escaped)." }
          ?? "Write the range selector as [{{window}}].")
    case .unknownPlaceholder(let text):
      .error(
        "The expression has the unknown placeholder \(text.quoted).",
        hint: "Write {{window}}, the only one there is.")
    case .ratioHidesOutage:
      .warning(
        "A ratio is empty both without traffic and in a total outage, so the two look the same.",
        hint: "Write events: {bad: EXPRESSION, total: EXPRESSION}, each a count over [{{window}}].")
    case .bucketSuffix(let name):
      .warning(
        "A histogram is named without _bucket.", hint: "Write \(name.dropLast(7).quoted).")
    case .shortWindowNotShorter(let short, let long):
      .error(
        "The short window \(short) is not shorter than the long window \(long).",
        hint: "Write a short window of about a twelfth of the long one.")
    case .unreachableCondition(let condition, let objective):
      ServiceLevelProblem.unreachable(condition, objective)
    case .looserThanSLA(let objective, let sla):
      .warning(
        "The objective \(objective.percent) is not stricter than the SLA \(sla.percent).",
        hint: "Set the objective above the SLA, so that it warns before the contract is broken.")
    }
  }

  private static func unreachable(
    _ condition: BurnCondition, _ objective: Objective
  ) -> Explanation {
    let smallest = condition.smallestHundredthOfPercentThatReaches
    return .warning(
      "At an objective of \(objective.target.percent) no outage burns faster than "
        + "\(condition.factor)x, so the \(condition.severity.rawValue) condition over "
        + "\(condition.long) can never be true.",
      hint: "Set the objective to at least \(smallest.percent), or lower the factor under "
        + "alerting.conditions.")
  }
}

/// What can be wrong with the source that an SLO names.
package enum SLOSourceProblem: Hashable, Sendable {
  /// The name written, the nearest one, and all metric sources.
  case unknown(String, nearest: String?, known: [String])
  /// A source that exists and is no metric source.
  case withoutMetrics(String, SourceSettings.Kind)
  /// The metric sources to choose from, where the SLO names none.
  case ambiguous([String])
  /// There is no metric source at all.
  case none

  var explanation: Explanation {
    switch self {
    case .unknown(let name, let nearest, let known):
      .error(
        "No source is named \(name.quoted).",
        hint: "Write \(nearest?.quoted ?? known.map(\.quoted).joined(lastBy: "or")), "
          + "or define the source.")
    case .withoutMetrics(let name, let kind):
      .error(
        "The source \(name.quoted) is of type \(kind.rawValue), which has no metrics.",
        hint: "Name a source of type prometheus.")
    case .ambiguous(let names):
      .error(
        "There are several metric sources, so the SLO must say which one it asks.",
        hint: "Write \(names.map { "\"source: \($0.escaped)\"" }.joined(lastBy: "or")).")
    case .none:
      .error(
        "No metric source is defined, so the SLO cannot be measured.",
        hint: "Write sources: [{name: main, type: prometheus, url: \"http://127.0.0.1:9090\"}].")
    }
  }
}

extension BurnCondition {
  /// The smallest ratio in hundredths of a percent with which a total outage exceeds the factor.
  fileprivate var smallestHundredthOfPercentThatReaches: Fraction {
    let limit = (Fraction.one - Fraction(factor.denominator, over: factor.numerator))
      .scaled(by: 10_000, over: 1)
    return Fraction(limit.numerator / limit.denominator + 1, over: 10_000)
  }
}

extension Fraction {
  /// The ratio as a percentage, such as `99.9 %`.
  var percent: String { "\(scaled(by: 100, over: 1)) %" }
}
