/// A condition in words that a metric must meet, such as `p95_latency < 300ms`.
package struct MetricCondition: Hashable, Sendable {
  /// The condition as written.
  package let text: String
  /// The name of the metric; a named query of the runbook, else a figure of the service's SLO.
  package let metric: String
  /// What its value is compared with.
  package let bound: MetricBound

  /// Reads a name, a comparison and a value with or without a unit.
  ///
  /// - Returns: `nil` when the text is no such condition.
  package init?(parsing text: String) {
    let trimmed = text.trimmedOfSpaces
    guard let sign = trimmed.firstIndex(where: { "<>=!".contains($0) }) else { return nil }
    let name = String(trimmed[..<sign]).trimmedOfSpaces
    guard !name.isEmpty, let bound = MetricBound(parsing: String(trimmed[sign...])) else {
      return nil
    }
    self.text = trimmed
    metric = name
    self.bound = bound
  }
}

/// What a value is compared with.
package struct MetricBound: Hashable, Sendable {
  /// How a value is compared.
  package enum Comparison: String, CaseIterable, Hashable, Sendable {
    /// The raw values are the signs; longer ones come first, so that `<=` is not read as `<`.
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case notEqual = "!="
    case below = "<"
    case above = ">"
  }

  /// How a value is compared.
  package let comparison: Comparison
  /// The value in the base unit: seconds for lengths of time, a ratio for percentages.
  package let value: Fraction

  /// Makes a bound.
  package init(_ comparison: Comparison, _ value: Fraction) {
    self.comparison = comparison
    self.value = value
  }

  /// Reads a sign and a value, such as `< 300ms`, `>= 99.9%` or `= 0`.
  ///
  /// - Returns: `nil` when the text is no bound.
  package init?(parsing text: String) {
    var rest = text.trimmedOfSpaces
    if rest.hasPrefix("="), !rest.hasPrefix("==") { rest = "=" + rest }
    guard let sign = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }),
      let value = MetricBound.value(String(rest.dropFirst(sign.rawValue.count)).trimmedOfSpaces)
    else { return nil }
    self.init(sign, value)
  }

  /// Reads a value: a plain decimal, a percentage, or a length of time in seconds.
  ///
  /// - Returns: `nil` for anything else.
  package static func value(_ text: String) -> Fraction? {
    if let plain = Fraction(decimal: text) { return plain }
    if text.hasSuffix("%") {
      let digits = String(text.dropLast()).trimmedOfSpaces
      return Fraction(decimal: digits)?.scaled(by: 1, over: 100)
    }
    guard text.utf8.count <= 32, let length = Duration(parsing: text) else { return nil }
    return Fraction(Int128(length.milliseconds), over: 1000)
  }

  /// Whether a value is within the bound; a value that is no number never is.
  package func admits(_ measured: Double) -> Bool {
    guard !measured.isNaN else { return false }
    let limit = value.doubleValue
    switch comparison {
    case .atMost: return measured <= limit
    case .atLeast: return measured >= limit
    case .equal: return measured == limit
    case .notEqual: return measured != limit
    case .below: return measured < limit
    case .above: return measured > limit
    }
  }
}

extension MetricBound: CustomStringConvertible {
  /// The sign and the value, such as `< 0.3`.
  package var description: String { "\(comparison.rawValue) \(value)" }
}

extension String {
  fileprivate var trimmedOfSpaces: String {
    let head = drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }
}
