// Escapes for what diagnostics quote from files: an operator has to see which character is wrong, so
// it is spelled out (`\n`, `\u{202E}`) and not removed, and every diagnostic stays on its lines.

extension StringProtocol {
  /// The text with escapes in the place of control, format and unassigned characters.
  var escaped: String {
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

  /// The text in double quotes, escaped and cut after 60 characters.
  var quoted: String {
    count > 60 ? "\"\(prefix(60).escaped)...\"" : "\"\(escaped)\""
  }
}

extension Unicode.Scalar {
  fileprivate var escapedCode: String { "\\u{\(String(value, radix: 16, uppercase: true))}" }
}
