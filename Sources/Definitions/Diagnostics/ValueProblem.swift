/// What can be wrong with a boolean or a number.
package enum NumberProblem: Hashable, Sendable {
  /// The texts are the values as written.
  case notABoolean(String)
  case notANumber(String)
  case notAWholeNumber(String)
  /// A number with leading zeros.
  case octalLooking(String)
  /// A number such as `1e3`.
  case exponent(String)
  /// A number beyond its bounds; `allowed` are the bounds in words.
  case outOfRange(String, allowed: String)

  var explanation: Explanation {
    switch self {
    case .notABoolean(let text):
      .error("\(text.quoted) is neither true nor false.", hint: "Write true or false.")
    case .notANumber(let text):
      .error("\(text.quoted) is no number.", hint: "Write a plain decimal such as 14.4.")
    case .notAWholeNumber(let text):
      .error("\(text.quoted) is no whole number.", hint: "Write digits only, such as 1000.")
    case .octalLooking(let text):
      .error(
        "\(text.quoted) begins with a zero, which some readers of YAML take for octal.",
        hint: "Write it without leading zeros.")
    case .exponent(let text):
      .error("\(text.quoted) has an exponent.", hint: "Write the number out, such as 1000.")
    case .outOfRange(let text, let allowed):
      .error("\(text.quoted) is out of range.", hint: "Write \(allowed).")
    }
  }
}

/// What can be wrong with a value that has a notation of its own.
package enum ValueProblem: Hashable, Sendable {
  /// The texts are the values as written.
  case notADuration(String)
  /// A bare number where a length of time belongs.
  case durationWithoutUnit(String)
  /// No decimal or percentage; the suggestion is the same with a decimal point.
  case notARatio(String, suggestion: String?)
  /// Not above 0, or above 100 %.
  case ratioOutOfRange(String)
  /// An objective of exactly 1 or 100 %.
  case noBudget(String)
  /// Neither a length of time nor seconds above zero.
  case notALatency(String)
  /// No list of matchers in PromQL's notation.
  case notMatchers(String)
  /// No filter of alerts, and why.
  case notAFilter(String, reason: String)
  /// No name of the IANA database, and those that may be meant.
  case unknownTimeZone(String, nearest: [String])

  var explanation: Explanation {
    switch self {
    case .notADuration(let text):
      .error(
        "\(text.quoted) is no length of time.",
        hint: "Write a number and a unit (ms, s, m, h, d, w), such as 30s or 1h30m.")
    case .durationWithoutUnit(let text):
      .error(
        "\(text.quoted) has no unit of time.",
        hint: "Write \"\(text.escaped)s\" for seconds; the units are ms, s, m, h, d and w.")
    case .notARatio(let text, let suggestion):
      .error(
        "\(text.quoted) is no ratio.",
        hint: "Write \(suggestion ?? "a plain decimal: 0.999, 99.9 or \"99.9%\"").")
    case .ratioOutOfRange(let text):
      .error(
        "\(text.quoted) is not between 0 and 100 %.", hint: "Write 0.999, 99.9 or \"99.9%\".")
    case .noBudget(let text):
      .error(
        "\(text.quoted) is an objective of 100 %, which leaves no error budget.",
        hint: "Write an objective below 100 %, such as 99.9.")
    case .notALatency(let text):
      .error(
        "\(text.quoted) is no latency.", hint: "Write 300ms, 5s, or seconds such as 0.3.")
    case .notMatchers(let text):
      .error(
        "\(text.quoted) is no list of label matchers.",
        hint:
          "Write label, operator (= != =~ !~) and quoted value: 'service=\"shop\",code!~\"4..\"'.")
    case .notAFilter(let text, let reason):
      .error(
        "\(text.quoted) is no filter of alerts: \(reason).", hint: "docs/alerts.md has them all.")
    case .unknownTimeZone(let name, let nearest):
      .error(
        "The time zone \(name.quoted) is unknown.",
        hint: nearest.isEmpty
          ? "Write a name of the IANA database, such as Europe/Berlin."
          : "Write \(nearest.joined(lastBy: "or")).")
    }
  }
}
