/// Text as a Swift string literal that gives back exactly the same bytes.
enum SwiftLiteral {
  /// A literal of one line.
  static func line(_ text: String) -> String {
    "\"\(escaped(text.unicodeScalars))\""
  }

  /// A literal of several lines, which keeps the generated source readable.
  ///
  /// Only line feeds stand as themselves: the compiler would turn a carriage return into one.
  static func text(_ text: String) -> String {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return "\"\"\"\n\(lines.map(escaped).joined(separator: "\n"))\n\"\"\""
  }

  private static func escaped(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var literal = ""
    for scalar in scalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case " "..."~": literal.unicodeScalars.append(scalar)
      default: literal += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return literal
  }
}
