/// What a step will do, in words: for the operator before it runs, and for a dry run.
package struct StepPreview: Hashable, Sendable {
  /// The exact text that will run, line by line; the question or the page where nothing runs.
  package let text: [String]
  /// How it runs and what it means: as whom, where, for how long, what it changes.
  package let facts: [String]
  /// The exact text that takes it back, line by line.
  package let rollback: [String]
  /// Why it will not run, as a sentence.
  package let refusal: String?

  /// Works out what a step will do.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - runbook: The runbook it belongs to.
  ///   - subject: What it is run for.
  ///   - settings: How commands run.
  ///   - forbidden: Why commands of the runbook may not run at all, as a clause.
  package init(
    of step: RunbookStep, in runbook: Runbook, for subject: RunSubject, _ settings: RunSettings,
    forbidden: String? = nil
  ) {
    let preparation = StepPreparation(runbook, for: subject, settings)
    var refusal: String?
    var prepared: PreparedCommand?
    var text = StepPreview.lines(step.written)
    do throws(StepRefusal) {
      if step.runsProgram {
        let command = try preparation.command(of: step)
        prepared = command
        text = StepPreview.lines(command.input ?? command.text)
      } else {
        text = StepPreview.lines(try StepPreview.shown(step, preparation))
      }
    } catch {
      refusal = error.description
    }
    var rollback: [String] = []
    if let written = step.options.rollback {
      let filled = try? preparation.rollback(of: step)
      rollback = StepPreview.lines(filled?.text ?? written.source)
    }
    self.text = text
    self.rollback = rollback
    let ban = forbidden.map { StepRefusal.forbidden($0).description }
    self.refusal = step.runsProgram ? ban ?? refusal : refusal
    facts =
      StepPreview.facts(of: step, prepared, settings)
      + StepPreview.weight(of: step, hasRollback: !rollback.isEmpty)
      + (prepared?.remarks ?? [])
  }

  /// What is shown of a step in which nothing runs, with the alert's values where that is safe.
  private static func shown(
    _ step: RunbookStep, _ preparation: StepPreparation
  ) throws(StepRefusal) -> String {
    switch step.action {
    case .query(let query): try preparation.filled(query.text)
    case .link: try preparation.address(of: step)
    case .verify(let verification):
      "\(try preparation.filled(verification.query)) \(verification.bound)"
    case .manual, .command, .metric: step.written
    }
  }

  /// As whom, where and how long it runs.
  private static func facts(
    of step: RunbookStep, _ prepared: PreparedCommand?, _ settings: RunSettings
  ) -> [String] {
    if let prepared {
      let program = prepared.arguments.dropLast().joined(separator: " ")
      let limit =
        prepared.timeout.map { "at most \($0.brief)" } ?? "on this terminal until it ends"
      return [
        "as \(settings.user) on \(settings.host), by \(program)",
        "in \(prepared.directory), \(limit)",
      ]
    }
    switch step.action {
    case .manual: return ["somebody does this and checks it off"]
    case .query(let query) where query.language == "promql":
      return ["asks the metric source now; changes nothing"]
    case .query(let query):
      return ["\(query.language ?? "a question"): nothing here runs it; y copies it"]
    case .link: return ["a page; y copies its address"]
    case .metric: return ["a condition that is looked at once; changes nothing"]
    case .verify(let verification):
      let holds = verification.holds > .zero ? "for \(verification.holds.brief) " : ""
      return ["waits until it holds \(holds)within \(verification.within.brief)"]
    case .command: return []
    }
  }

  /// What it changes, and whether it can be left out or taken back.
  private static func weight(of step: RunbookStep, hasRollback: Bool) -> [String] {
    var facts: [String] = []
    if step.options.isDangerous { facts.append("changes production") }
    if !step.isRequired { facts.append("optional") }
    if step.runsProgram, !hasRollback, step.options.isDangerous {
      facts.append("nothing takes it back")
    }
    return facts
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .trimmingEmptyEnd
  }
}

extension RunbookStep {
  /// Whether running the step starts a program on this machine.
  package var runsProgram: Bool {
    switch action {
    case .command: true
    case .query(let query): query.program != nil
    case .manual, .link, .metric, .verify: false
    }
  }
}

extension Runbook {
  /// What somebody types before something changes production: the name of the service, so that the
  /// wrong service is noticed; `run` without one that can be typed.
  package var confirmationWord: String {
    guard let service, (1...32).contains(service.count),
      service.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 && $0.value < 127 })
    else { return "run" }
    return service
  }
}

extension [String] {
  /// Without the empty lines at the end.
  fileprivate var trimmingEmptyEnd: [String] {
    Array(reversed().drop { $0.isEmpty }.reversed())
  }
}
