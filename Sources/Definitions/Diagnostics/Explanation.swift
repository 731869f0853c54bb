/// A problem in words.
struct Explanation {
  let severity: Diagnostic.Severity
  let message: String
  let hint: String?

  static func error(_ message: String, hint: String? = nil) -> Explanation {
    Explanation(severity: .error, message: message, hint: hint)
  }

  static func warning(_ message: String, hint: String? = nil) -> Explanation {
    Explanation(severity: .warning, message: message, hint: hint)
  }
}

extension StringProtocol {
  /// The text on one line: control, format and unassigned characters as escapes, so that no value of a
  /// file can break a diagnostic's shape or reach the terminal raw.
  var onOneLine: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
        .surrogate:
        result += scalar == "\n" ? "\\n" : scalar == "\t" ? "\\t" : scalar.escapedCode
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text in double quotes on one line, cut after 60 characters.
  var quoted: String {
    count > 60 ? "\"\(prefix(60).onOneLine)...\"" : "\"\(onOneLine)\""
  }
}

extension Unicode.Scalar {
  fileprivate var escapedCode: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  func joined(lastBy conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
