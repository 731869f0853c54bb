// How an indicator becomes PromQL. Whatever the operator wrote stands on its own lines, so that a
// comment at its end hides nothing that follows.

package import Reliability

/// What a query's number is for.
package enum QueryRole: Hashable, Sendable {
  /// The parts of an event ratio; a ready-made ratio; the number of steps with data.
  case numerator, total, ratio, coverage
}

/// One expression that must give one number.
package struct QueryPart: Hashable, Sendable {
  /// What the number is for.
  package let role: QueryRole
  /// PromQL, its window filled in.
  package let expression: String

  /// Makes a part.
  package init(_ role: QueryRole, _ expression: String) {
    self.role = role
    self.expression = expression
  }
}

extension SLI {
  /// The expressions of an event ratio over a window, numerator first.
  package func parts(over window: Window) -> [QueryPart] {
    switch self {
    case .events(let numerator, let total):
      [
        QueryPart(.numerator, Expression(numerator.text).filled(with: window)),
        QueryPart(.total, Expression(total).filled(with: window)),
      ]
    case .goodRatio(let text):
      [QueryPart(.ratio, "1 - (\n\(Expression(text).filled(with: window))\n)")]
    case .errorRatio(let text):
      [QueryPart(.ratio, Expression(text).filled(with: window))]
    case .latency(let latency):
      [
        QueryPart(.numerator, increase(latency.bucketSelector, window)),
        QueryPart(.total, increase(latency.countSelector, window)),
      ]
    case .availability(let availability):
      [
        QueryPart(.numerator, increase(availability.badSelector, window)),
        QueryPart(.total, increase(availability.totalSelector, window)),
      ]
    }
  }

  /// The number of steps of the look-back that have data, each looked at over its own length.
  package func coveragePart(over lookback: Window, step: Window) -> QueryPart {
    let counted = parts(over: step).last?.expression ?? ""
    return QueryPart(.coverage, "count_over_time((\n\(counted)\n)[\(lookback):\(step)])")
  }

  /// The operator's own expressions, which must be checked before use.
  package var expressions: [Expression] {
    switch self {
    case .events(let numerator, let total): [Expression(numerator.text), Expression(total)]
    case .goodRatio(let text), .errorRatio(let text): [Expression(text)]
    case .latency, .availability: []
    }
  }

  private func increase(_ selector: String, _ window: Window) -> String {
    "sum(increase(\(selector)[\(window)]))"
  }
}

extension SLI.Numerator {
  var text: String {
    switch self {
    case .good(let text), .bad(let text): text
    }
  }
}

extension LatencySLI {
  /// The bucket of the threshold, in every way servers write its bound.
  var bucketSelector: String {
    let bounds = BucketBound.spellings(of: threshold)
    let bound =
      bounds.count == 1
      ? LabelMatcher("le", .equal, bounds[0])
      : LabelMatcher(
        "le", .matches,
        bounds.map(RegularExpression.escaped)
          .joined(separator: "|"))
    return Selector.text(metric: "\(histogram)_bucket", matchers + [bound])
  }

  var countSelector: String { Selector.text(metric: "\(histogram)_count", matchers) }

  /// The question for the bucket bounds that exist.
  package var boundsExpression: String {
    "count by (le) (\(Selector.text(metric: "\(histogram)_bucket", matchers)))"
  }
}

extension AvailabilitySLI {
  var badSelector: String { Selector.text(metric: counter, matchers + bad + counted) }
  var totalSelector: String { Selector.text(metric: counter, matchers + counted) }

  private var counted: [LabelMatcher] { excluded.map(\.negated) }
}

/// Series selectors.
enum Selector {
  /// A selector; names beyond the classic character set go into the braces, where they are quoted.
  static func text(metric: String, _ matchers: [LabelMatcher]) -> String {
    guard isClassic(metric) else {
      return braces([LabelMatcher("__name__", .equal, metric)] + matchers)
    }
    return matchers.isEmpty ? metric : metric + braces(matchers)
  }

  static func braces(_ matchers: [LabelMatcher]) -> String {
    "{" + matchers.map(\.description).joined(separator: ",") + "}"
  }

  private static func isClassic(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      (48...58).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || byte == UInt8(ascii: "_")
    }
  }
}
