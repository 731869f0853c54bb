extension TemplateText {
  /// The longest value that is put into a text, in characters.
  package static let longestValue = 256

  /// The text with every place filled.
  ///
  /// - Parameters:
  ///   - labels: The labels of the alert.
  ///   - annotations: Its annotations.
  /// - Returns: The text, in which nothing of the alert means anything to a shell.
  /// - Throws: `Refusal` for the first value that is not of the safe alphabet.
  package func filled(labels: LabelSet, annotations: LabelSet) throws(Refusal) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text):
        result += text
      case .field(let field):
        let value =
          switch field.kind {
          case .label: labels[field.name]
          case .annotation: annotations[field.name]
          }
        if let reason = TemplateText.refusalReason(of: value) {
          throw Refusal(field: field, reason: reason)
        }
        result += value
      }
    }
    return result
  }

  /// Why a value is not put into a text; `nil` when it is safe.
  private static func refusalReason(of value: String) -> Refusal.Reason? {
    guard let first = value.unicodeScalars.first else { return .missing }
    guard value.unicodeScalars.count <= longestValue else {
      return .tooLong(value.unicodeScalars.count)
    }
    if first == "-" { return .leadingDash }
    return value.unicodeScalars.first { !isSafe($0) }.map(Refusal.Reason.unsafe)
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case ".", "_", ":", "/", "@", "%", "+", "=", ",", "-": true
    default: false
    }
  }
}

extension TemplateText {
  /// A value that is not put into a text, and why.
  package struct Refusal: Error, Hashable, Sendable {
    /// What is wrong with the value.
    package enum Reason: Hashable, Sendable {
      /// The alert does not have it.
      case missing
      /// It has that many characters.
      case tooLong(Int)
      /// It would be read as an option.
      case leadingDash
      /// The first character that is not of the safe alphabet.
      case unsafe(Unicode.Scalar)
    }

    /// The place that is not filled.
    package let field: Field
    /// What is wrong with its value.
    package let reason: Reason
  }
}

extension TemplateText.Refusal: CustomStringConvertible {
  /// What is wrong and what to do, in two sentences on one line.
  package var description: String {
    switch reason {
    case .missing:
      "The alert has no \(field). Run the step by hand, or choose an alert that has it."
    case .tooLong(let count):
      "The \(field) has \(count) characters, more than the \(TemplateText.longestValue) that are "
        + "put into a command. \(advice)"
    case .leadingDash:
      "The \(field) begins with \"-\" and would be read as an option. \(advice)"
    case .unsafe(let scalar):
      "The \(field) has the character \(TemplateText.Refusal.name(of: scalar)), which a shell may "
        + "act upon. \(advice)"
    }
  }

  private var advice: String {
    let prefix = field.kind == .label ? "ALERT_LABEL" : "ALERT_ANNOTATION"
    return "Use \"$\(prefix)_\(field.name)\" in the command instead, or run the step by hand."
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    if scalar.isASCII, scalar.value > 32, scalar.value < 127 { return "\"\(scalar)\"" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
