/// What can be wrong with the operator's files, by topic.
package enum Problem: Hashable, Sendable {
  /// Each topic has its own problems and makes its own sentences.
  case file(FileProblem)
  case syntax(SyntaxProblem)
  case yaml(YAMLProblem)
  case document(DocumentProblem)
  case include(IncludeProblem)
  case shape(ShapeProblem)
  case number(NumberProblem)
  case value(ValueProblem)
  case source(SourceProblem)
  case serviceLevel(ServiceLevelProblem)
  case sloSource(SLOSourceProblem)
  case theme(ThemeProblem)
  case runbook(RunbookProblem)
  case onCall(OnCallProblem)

  /// The one place where a problem becomes a severity, a message and a hint.
  var explanation: Explanation {
    switch self {
    case .file(let problem): problem.explanation
    case .syntax(let problem): problem.explanation
    case .yaml(let problem): problem.explanation
    case .document(let problem): problem.explanation
    case .include(let problem): problem.explanation
    case .shape(let problem): problem.explanation
    case .number(let problem): problem.explanation
    case .value(let problem): problem.explanation
    case .source(let problem): problem.explanation
    case .serviceLevel(let problem): problem.explanation
    case .sloSource(let problem): problem.explanation
    case .theme(let problem): problem.explanation
    case .runbook(let problem): problem.explanation
    case .onCall(let problem): problem.explanation
    }
  }
}
