import Reliability

/// A runbook's document in one of the forms of YAML (formats.md 7).
enum RunbookForm {
  /// `runbook/v1`, `IncidentRunbook`.
  case incident
  /// A name and a list of steps.
  case list
  /// The template of a page: triage, diagnosis, resolution.
  case template
}

/// Reads a document of any form, and says what its file does not allow.
struct RunbookReader {
  /// Why commands of the file must not be run.
  let commandProblem: FileProblem?

  /// Reads a document; what has an error is refused as a whole, as half a runbook misleads.
  func read(_ form: RunbookForm, _ value: Value) -> Runbook? {
    let runbook = value.findings.whole {
      switch form {
      case .incident: IncidentRunbookReader().read(value)
      case .list: ListRunbookReader().read(value)
      case .template: TemplateRunbookReader().read(value)
      }
    }
    return runbook.map { refusingCommands($0, value.findings) }
  }

  /// Reads a Markdown file.
  func read(markdown text: String, file: String, _ findings: Findings) -> Runbook? {
    let runbook = findings.whole {
      MarkdownRunbookReader(file: file, findings: findings).read(text)
    }
    return runbook.map { refusingCommands($0, findings) }
  }

  /// A runbook whose file others could have changed is shown, but nothing of it runs.
  private func refusingCommands(_ runbook: Runbook, _ findings: Findings) -> Runbook {
    let origin = runbook.origin
    if runbook.steps.isEmpty {
      findings.report(
        .runbook(.withoutSteps), at: Place(file: origin.file, line: origin.line))
    }
    guard let commandProblem, let first = runbook.steps.first(where: \.hasCommand) else {
      return runbook
    }
    findings.report(
      .file(commandProblem), at: Place(file: first.origin.file, line: first.origin.line))
    var refused = runbook
    refused.commandRefusal = commandProblem.clause
    return refused
  }
}
