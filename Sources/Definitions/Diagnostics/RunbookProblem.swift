/// What can be wrong with a runbook.
package enum RunbookProblem: Hashable, Sendable {
  /// Double braces that mention labels or annotations and are no place to fill.
  case notATemplate(String)
  /// A condition on a metric that cannot be watched.
  case notACondition(String)
  /// A value that a metric cannot be compared with.
  case notABound(String)
  /// A name that no variable of the environment can have.
  case notAVariable(String)
  /// A link to something else than a page.
  case notAPage(String)
  /// Nothing to do.
  case withoutSteps
  /// Two runbooks with one name, and where the first is.
  case duplicateName(String, first: String)
  /// A fence without its end.
  case unclosedFence
  /// Braces after the language of a fence that hold neither JSON nor `key=value`.
  case notAttributes(String)

  var explanation: Explanation {
    switch self {
    case .notATemplate(let text):
      .error(
        "\(text.quoted) names no label or annotation of the alert.",
        hint: "Write {{ labels.NAME }} or {{ annotations.NAME }}.")
    case .notACondition(let text):
      .warning(
        "\(text.quoted) is no condition that can be watched, so the step is checked off by hand.",
        hint: "Write a name, a comparison and a value, such as \"p95_latency < 300ms\".")
    case .notABound(let text):
      .error(
        "\(text.quoted) is nothing that a metric can be compared with.",
        hint: "Write a plain decimal, a percentage such as 0.1%, or a length such as 300ms.")
    case .notAVariable(let name):
      .error(
        "\(name.quoted) cannot be the name of a variable.",
        hint: "Write letters, digits and _, not beginning with a digit.")
    case .notAPage(let text):
      .warning(
        "\(text.quoted) is no http or https address, so it is shown and not opened.",
        hint: "Write the whole address, such as https://example.com/page.")
    case .withoutSteps:
      .warning(
        "The runbook has no steps.", hint: "Write list items, commands or links to follow.")
    case .duplicateName(let name, let first):
      .warning(
        "The runbook at \(first) has the name \(name.quoted) too, and only that one is found by it.",
        hint: "Give one of them another name.")
    case .unclosedFence:
      .warning(
        "The block is never closed, so it runs to the end of the text.",
        hint: "Write a line of the same characters where it ends.")
    case .notAttributes(let text):
      .warning(
        "\(text.quoted) is no list of attributes, so it is ignored.",
        hint: "Write {name=restart timeout=60s}.")
    }
  }
}
