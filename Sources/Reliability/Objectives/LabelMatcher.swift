/// One label matcher in the notation of Prometheus and Alertmanager, such as `code=~"5.."`.
package struct LabelMatcher: Hashable, Sendable {
  /// How the label's value is compared; regular expressions are anchored at both ends.
  package enum Comparison: String, CaseIterable, Hashable, Sendable {
    /// The four operators of PromQL; the raw values are their signs.
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case doesNotMatch = "!~"

    /// The comparison that holds exactly when this one does not.
    package var negated: Comparison {
      switch self {
      case .equal: .notEqual
      case .notEqual: .equal
      case .matches: .doesNotMatch
      case .doesNotMatch: .matches
      }
    }
  }

  /// The label that is looked at.
  package let name: String
  /// How its value is compared.
  package let comparison: Comparison
  /// The value or regular expression, unquoted and unescaped.
  package let value: String

  /// Makes a matcher.
  package init(_ name: String, _ comparison: Comparison, _ value: String) {
    self.name = name
    self.comparison = comparison
    self.value = value
  }

  /// The same matcher with the opposite comparison.
  package var negated: LabelMatcher { LabelMatcher(name, comparison.negated, value) }

  /// Reads a list such as `service="payments",code!~"4.."`; braces around it are allowed.
  ///
  /// - Returns: `nil` when the text is no list of matchers.
  package static func list(parsing text: some StringProtocol) -> [LabelMatcher]? {
    var parser = MatcherParser(text)
    return parser.list()
  }
}

extension LabelMatcher {
  /// A list of matchers in braces, as PromQL and `amtool` write it.
  package static func text(of matchers: [LabelMatcher]) -> String {
    "{\(matchers.map(\.description).joined(separator: ", "))}"
  }
}

extension LabelMatcher: CustomStringConvertible {
  /// The matcher as PromQL, its value quoted and escaped.
  package var description: String {
    var quoted = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "\(name)\(comparison.rawValue)\"\(quoted)\""
  }
}

/// A reader of matcher lists over Unicode scalars.
private struct MatcherParser {
  private var rest: Substring.UnicodeScalarView

  init(_ text: some StringProtocol) {
    rest = Substring(text).unicodeScalars
  }

  mutating func list() -> [LabelMatcher]? {
    skipSpaces()
    let isBraced = take("{")
    var matchers: [LabelMatcher] = []
    skipSpaces()
    while let first = rest.first, first != "}" {
      guard let matcher = matcher() else { return nil }
      matchers.append(matcher)
      skipSpaces()
      guard take(",") else { break }
      skipSpaces()
    }
    if isBraced {
      guard take("}") else { return nil }
      skipSpaces()
    }
    return rest.isEmpty ? matchers : nil
  }

  private mutating func matcher() -> LabelMatcher? {
    let name = rest.prefix {
      $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0))
    }
    guard let first = name.first, !("0"..."9").contains(first) else { return nil }
    rest = rest.dropFirst(name.count)
    skipSpaces()
    guard let comparison = comparison() else { return nil }
    skipSpaces()
    guard let value = quotedValue() else { return nil }
    return LabelMatcher(String(Substring(name)), comparison, value)
  }

  private mutating func comparison() -> LabelMatcher.Comparison? {
    let isNegative = take("!")
    if isNegative { return take("=") ? .notEqual : take("~") ? .doesNotMatch : nil }
    guard take("=") else { return nil }
    return take("~") ? .matches : .equal
  }

  private mutating func quotedValue() -> String? {
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    rest.removeFirst()
    var value = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == quote { return String(value) }
      guard scalar == "\\" else {
        value.append(scalar)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      if escaped == "n" {
        value.append("\n")
      } else if escaped == "\\" || escaped == "\"" || escaped == "'" {
        value.append(escaped)
      } else {
        return nil
      }
    }
    return nil
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func skipSpaces() {
    rest = rest.drop { $0.properties.isWhitespace }
  }
}
