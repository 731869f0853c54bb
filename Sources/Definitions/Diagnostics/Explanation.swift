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

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  func joined(lastBy conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
