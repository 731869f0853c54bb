/// A command as it will run: what is shown to the operator before, and handed to the runner then.
package struct PreparedCommand: Hashable, Sendable {
  /// The program with its arguments; the text of a shell command is the last of them.
  package let arguments: [String]
  /// The text that the shell runs, or the address that is opened.
  package let text: String
  /// All variables of the environment.
  package let environment: [String: String]
  /// The directory it runs in.
  package let directory: String
  /// The longest time it may take; `nil` for one on the terminal, which the operator ends.
  package let timeout: Duration?
  /// What is written to its standard input; `nil` leaves that empty.
  package let input: String?
  /// Whether it runs on the terminal itself.
  package let isInteractive: Bool
  /// What did not go into the environment and why, as sentences.
  package let remarks: [String]

  /// Makes a command; steps are made into one by ``StepPreparation``.
  package init(
    arguments: [String], text: String, environment: [String: String], directory: String,
    timeout: Duration?, input: String? = nil, isInteractive: Bool = false, remarks: [String] = []
  ) {
    self.arguments = arguments
    self.text = text
    self.environment = environment
    self.directory = directory
    self.timeout = timeout
    self.input = input
    self.isInteractive = isInteractive
    self.remarks = remarks
  }
}

/// Why a step is not run.
package enum StepRefusal: Error, Hashable, Sendable {
  /// A value of the alert may not stand in a command.
  case template(TemplateText.Refusal)
  /// The text has a gap that somebody must fill; the clause says which.
  case gap(String)
  /// Somebody else could have written the file, or the configuration forbids it; a clause.
  case forbidden(String)
  /// The address is none of the web.
  case notAWebAddress(String)
  /// No program opens links.
  case noOpener
  /// There is nothing to run.
  case nothingToRun
}

extension StepRefusal: CustomStringConvertible {
  /// What is wrong and what to do, as a sentence or two.
  package var description: String {
    switch self {
    case .template(let refusal): refusal.description
    case .gap(let clause):
      "The command cannot run as it stands: \(clause). Copy it with y and fill it in by hand."
    case .forbidden(let reason): "Not run: \(reason)."
    case .notAWebAddress(let text):
      "\"\(text)\" begins with neither https:// nor http:// and is not opened."
    case .noOpener:
      "No program opens links here; set runbooks.open, such as [xdg-open], or copy it with y."
    case .nothingToRun: "There is nothing to run in this step; space checks it off."
    }
  }
}

/// Makes commands of the steps of one runbook, for one subject.
package struct StepPreparation: Sendable {
  /// A value longer than this stays out of the environment: exec(2) refuses one over 128 KiB.
  package static let longestVariable = 64 << 10

  private let runbook: Runbook
  private let subject: RunSubject
  private let settings: RunSettings

  /// Makes a preparation.
  package init(_ runbook: Runbook, for subject: RunSubject, _ settings: RunSettings) {
    self.runbook = runbook
    self.subject = subject
    self.settings = settings
  }

  /// The command of a step: its shell command, its query's program, or what opens its link.
  package func command(of step: RunbookStep) throws(StepRefusal) -> PreparedCommand {
    switch step.action {
    case .command(let command):
      if let gap = command.gap { throw .gap(gap) }
      return try prepare(
        StepPreparation.invocation(of: command.shell), filled(command.text), step,
        isInteractive: step.options.isInteractive)
    case .query(let query):
      guard let program = query.program else { throw .nothingToRun }
      return try prepare(
        StepPreparation.invocation(of: nil), filled(program), step, input: filled(query.text))
    case .link:
      guard let opener = settings.opener else { throw .noOpener }
      return try prepare(opener, address(of: step), step)
    case .manual, .metric, .verify: throw .nothingToRun
    }
  }

  /// The command that takes a step back.
  package func rollback(of step: RunbookStep) throws(StepRefusal) -> PreparedCommand {
    guard let rollback = step.options.rollback else { throw .nothingToRun }
    return try prepare(StepPreparation.invocation(of: nil), filled(rollback), step)
  }

  /// The address of a link.
  package func address(of step: RunbookStep) throws(StepRefusal) -> String {
    guard case .link(let link) = step.action else { throw .nothingToRun }
    let text = try filled(link)
    let scheme = text.lowercased()
    guard scheme.hasPrefix("https://") || scheme.hasPrefix("http://") else {
      throw .notAWebAddress(text)
    }
    return text
  }

  /// A text with the values of the alert.
  package func filled(_ text: TemplateText) throws(StepRefusal) -> String {
    do throws(TemplateText.Refusal) {
      return try text.filled(labels: subject.labels, annotations: subject.annotations)
    } catch {
      throw .template(error)
    }
  }

  /// How a shell is called: it ends at the first command that fails, so that a step of several lines
  /// does not go on after one that went wrong.
  static func invocation(of shell: String?) -> [String] {
    switch shell {
    case nil, "sh", "shell", "console", "sh-raw": ["/bin/sh", "-e", "-c"]
    case "bash"?: ["bash", "-e", "-o", "pipefail", "-c"]
    case let other?: [other, "-e", "-c"]
    }
  }

  private func prepare(
    _ invocation: [String], _ text: String, _ step: RunbookStep, input: String? = nil,
    isInteractive: Bool = false
  ) throws(StepRefusal) -> PreparedCommand {
    var (environment, remarks) = variables()
    for (name, value) in step.options.environment { environment[name] = try filled(value) }
    return PreparedCommand(
      arguments: invocation + [text], text: text, environment: environment,
      directory: directory(of: step),
      timeout: isInteractive ? nil : step.options.timeout ?? settings.timeout, input: input,
      isInteractive: isInteractive, remarks: remarks)
  }

  /// The variables of every command, and those that the alert gives it.
  private func variables() -> (environment: [String: String], remarks: [String]) {
    var environment = settings.environment
    var remarks: [String] = []
    for (prefix, set) in [("LABEL", subject.labels), ("ANNOTATION", subject.annotations)] {
      for label in set.labels {
        let name = "ALERT_\(prefix)_\(StepPreparation.variableName(label.name))"
        let what = "\(prefix.lowercased()) \"\(label.name)\""
        if label.value.utf8.count > StepPreparation.longestVariable {
          remarks.append(
            "The \(what) has \(label.value.utf8.count) bytes, more than the "
              + "\(StepPreparation.longestVariable) of a variable; $\(name) is not set.")
        } else if label.value.utf8.contains(0) {
          remarks.append("The \(what) holds a NUL; $\(name) is not set.")
        } else if environment[name] != nil {
          remarks.append("The \(what) has no variable of its own; $\(name) is another's.")
        } else {
          environment[name] = label.value
        }
      }
    }
    return (environment, remarks)
  }

  /// A name in which everything that a variable's name may not have is `_`.
  static func variableName(_ name: String) -> String {
    String(
      name.unicodeScalars.map { scalar -> Character in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": Character(scalar)
        default: "_"
        }
      })
  }

  /// The step's directory; a relative one starts at the runbook's file, as does a step without one.
  private func directory(of step: RunbookStep) -> String {
    let base = settings.directory ?? StepPreparation.folder(of: runbook.origin.file)
    guard let written = step.options.directory else { return base }
    if written.hasPrefix("/") { return written }
    if written == "~" || written.hasPrefix("~/"), let home = settings.home {
      return home + written.dropFirst()
    }
    return base == "/" ? "/\(written)" : "\(base)/\(written)"
  }

  private static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}
