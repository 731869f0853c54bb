// An operator's PromQL expression: put into a larger query only after a check that it cannot leave
// the parentheses it is put into.

package import Reliability

/// A PromQL expression in which `{{window}}` stands for the look-back window.
package struct Expression: Hashable, Sendable {
  /// The text, as the definition has it.
  package let text: String

  /// Makes an expression; `fault` says whether it may be used.
  package init(_ text: String) {
    self.text = text
  }

  /// The expression over a window.
  ///
  /// Definitions hold the placeholder in this one spelling, however the operator wrote it.
  package func filled(with window: Window) -> String {
    text.replacing("{{window}}", with: window.description)
  }

  /// Why the expression must not be put into a larger query, or `nil` when it may.
  ///
  /// Brackets outside strings and comments must pair up, strings must end, and no comma may stand
  /// outside brackets; then no text can close the parenthesis around it or add an argument.
  package var fault: String? {
    var scanner = ExpressionScanner()
    for scalar in text.unicodeScalars {
      if let fault = scanner.take(scalar) { return fault }
    }
    return scanner.finish()
  }
}

/// A walk over an expression that keeps track of brackets, strings and comments.
private struct ExpressionScanner {
  private enum Place {
    case code
    case comment
    case string(quote: Unicode.Scalar, isEscaped: Bool)
  }

  private var place = Place.code
  private var closers: [Unicode.Scalar] = []
  private var isEmpty = true

  mutating func take(_ scalar: Unicode.Scalar) -> String? {
    switch place {
    case .comment:
      if scalar == "\n" { place = .code }
      return nil
    case .string(let quote, let isEscaped):
      return takeInString(scalar, quote: quote, isEscaped: isEscaped)
    case .code:
      return takeInCode(scalar)
    }
  }

  func finish() -> String? {
    if case .string(let quote, _) = place { return "a string that begins with \(quote) never ends" }
    if let closer = closers.last { return "a \"\(closer)\" is missing" }
    return isEmpty ? "it is empty" : nil
  }

  private mutating func takeInString(
    _ scalar: Unicode.Scalar, quote: Unicode.Scalar, isEscaped: Bool
  ) -> String? {
    if isEscaped {
      place = .string(quote: quote, isEscaped: false)
    } else if scalar == quote {
      place = .code
    } else if scalar == "\\", quote != "`" {
      place = .string(quote: quote, isEscaped: true)
    } else if scalar == "\n", quote != "`" {
      return "a string that begins with \(quote) never ends"
    }
    return nil
  }

  private mutating func takeInCode(_ scalar: Unicode.Scalar) -> String? {
    if !scalar.properties.isWhitespace { isEmpty = isEmpty && scalar == "#" }
    switch scalar {
    case "#": place = .comment
    case "\"", "'", "`": place = .string(quote: scalar, isEscaped: false)
    case "(": closers.append(")")
    case "[": closers.append("]")
    case "{": closers.append("}")
    case ")", "]", "}":
      guard closers.popLast() == scalar else { return "a \"\(scalar)\" closes nothing" }
    case ",":
      guard !closers.isEmpty else { return "a comma stands outside brackets" }
    default: break
    }
    return nil
  }
}
