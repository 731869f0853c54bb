/// One finding about a file of the operator: where it is, what is wrong, what to write instead.
package struct Diagnostic: Hashable, Sendable {
  /// Whether the definition is refused.
  package enum Severity: String, CaseIterable, Hashable, Sendable {
    /// A warning leaves the definition in use.
    case error, warning
  }

  /// Where to look.
  package let place: Place
  /// What is wrong, as data.
  package let problem: Problem

  /// Makes a diagnostic.
  package init(_ problem: Problem, at place: Place) {
    self.place = place
    self.problem = problem
  }

  /// How grave the problem is.
  package var severity: Severity { problem.explanation.severity }
  /// What is wrong, as a sentence on one line.
  package var message: String { problem.explanation.message }
  /// What to write instead, as a sentence on one line.
  package var hint: String? { problem.explanation.hint }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: path: message`, and the hint on an indented line of its own.
  package var description: String {
    let explanation = problem.explanation
    let position = "\(place.file.escaped):\(place.line):\(place.column)"
    let path = place.path.isEmpty ? "" : "\(place.path): "
    let head = "\(position): \(explanation.severity.rawValue): \(path)\(explanation.message)"
    return explanation.hint.map { "\(head)\n  hint: \($0)" } ?? head
  }
}
