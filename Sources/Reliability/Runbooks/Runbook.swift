/// What to do when something burns: the steps of one document, with what explains them.
package struct Runbook: Identifiable, Hashable, Sendable {
  /// The name by which it is called: as written, else that of its file.
  package let id: String
  /// What people call it.
  package let title: String
  /// The service it is about.
  package let service: String?
  /// How grave what it is for is, as written: `SEV2`, `critical`.
  package let severity: String?
  /// The alerts it is written for.
  package let triggers: [Trigger]
  /// The texts that belong to no step, in the order of the document.
  package let sections: [Section]
  /// What to do, in the order of the document.
  package let steps: [RunbookStep]
  /// Whom to call, and after what time.
  package let escalations: [Escalation]
  /// Named queries in PromQL, which metric conditions refer to.
  package let metrics: [String: String]
  /// Where it is written.
  package let origin: Origin
  /// A number that changes when the steps or what they run do: a run goes on with its own only.
  package let edition: UInt64
  /// Why no command of it may run: who else could have changed its file, as a clause.
  package var commandRefusal: String?

  /// Makes a runbook; what is left out is not there.
  package init(
    id: String, title: String, service: String? = nil, severity: String? = nil,
    triggers: [Trigger] = [], sections: [Section] = [], steps: [RunbookStep] = [],
    escalations: [Escalation] = [], metrics: [String: String] = [:], origin: Origin,
    commandRefusal: String? = nil
  ) {
    self.id = id
    self.title = title
    self.service = service
    self.severity = severity
    self.triggers = triggers
    self.sections = sections
    self.steps = steps
    self.escalations = escalations
    self.metrics = metrics
    self.origin = origin
    edition = Runbook.edition(of: steps)
    self.commandRefusal = commandRefusal
  }

  /// Whether any step, or the rollback of one, runs something.
  package var hasCommands: Bool { steps.contains(where: \.hasCommand) }
}

extension Runbook {
  /// A place in a file.
  package struct Origin: Hashable, Sendable {
    /// The path of the file as it was read.
    package let file: String
    /// The line, counted from 1.
    package let line: Int

    /// Makes a place.
    package init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// Alerts that a runbook is written for.
  package struct Trigger: Hashable, Sendable {
    /// The name of the alert's rule.
    package let alert: String
    /// What its labels must match besides.
    package let matchers: [LabelMatcher]
    /// When the alert fires, in words; nothing is computed from it.
    package let threshold: String?
    /// Where it is written.
    package let origin: Origin

    /// Makes a trigger.
    package init(
      alert: String, matchers: [LabelMatcher] = [], threshold: String? = nil, origin: Origin
    ) {
      self.alert = alert
      self.matchers = matchers
      self.threshold = threshold
      self.origin = origin
    }
  }

  /// A text under a heading that is no step.
  package struct Section: Hashable, Sendable {
    /// The heading; empty for what stands before the first one.
    package let title: String
    /// The depth of the heading, from 1; 0 without one.
    package let level: Int
    /// The text, line breaks as written.
    package let text: String
    /// Where the heading is written, or the text without one.
    package let origin: Origin

    /// Makes a section.
    package init(title: String, level: Int, text: String, origin: Origin) {
      self.title = title
      self.level = level
      self.text = text
      self.origin = origin
    }
  }

  /// Whom to call when it goes on.
  package struct Escalation: Hashable, Sendable {
    /// The time since the start of the runbook.
    package let after: Duration?
    /// When to call, in words, where it is no length of time.
    package let condition: String?
    /// Whom to call.
    package let to: String
    /// By which way.
    package let by: String?
    /// Where it is written.
    package let origin: Origin

    /// Makes an escalation.
    package init(
      after: Duration? = nil, condition: String? = nil, to: String, by: String? = nil,
      origin: Origin
    ) {
      self.after = after
      self.condition = condition
      self.to = to
      self.by = by
      self.origin = origin
    }
  }
}
