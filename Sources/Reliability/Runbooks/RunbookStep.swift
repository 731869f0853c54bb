/// One thing to do.
package struct RunbookStep: Hashable, Sendable {
  /// What is done.
  package enum Action: Hashable, Sendable {
    /// Somebody does it and checks it off.
    case manual
    /// A shell runs it.
    case command(Command)
    /// A question to a source, or to look at.
    case query(Query)
    /// A page to open.
    case link(TemplateText)
    /// A condition that must hold for the next step to make sense.
    case metric(MetricCondition)
    /// A condition that is waited for.
    case verify(Verification)
  }

  /// What is done.
  package let action: Action
  /// The name, on one line.
  package let name: String
  /// The explanation, line breaks as written; empty when there is none.
  package let description: String
  /// The heading or phase it stands under.
  package let group: String?
  /// How it runs and counts.
  package let options: Options
  /// Where it is written.
  package let origin: Runbook.Origin

  /// Makes a step.
  package init(
    _ action: Action, name: String, description: String = "", group: String? = nil,
    options: Options = Options(), origin: Runbook.Origin
  ) {
    self.action = action
    self.name = name
    self.description = description
    self.group = group
    self.options = options
    self.origin = origin
  }

  /// Whether the runbook stops when the step fails; pages and questions are optional unless said
  /// otherwise.
  package var isRequired: Bool {
    if let isRequired = options.isRequired { return isRequired }
    switch action {
    case .manual, .command, .metric, .verify: return true
    case .query, .link: return false
    }
  }

  /// Whether the step, its rollback or its query's program runs something.
  package var hasCommand: Bool {
    if options.rollback != nil { return true }
    switch action {
    case .command: return true
    case .query(let query): return query.program != nil
    case .manual, .link, .metric, .verify: return false
    }
  }
}

extension RunbookStep {
  /// How a step runs and counts.
  package struct Options: Hashable, Sendable {
    /// The longest time it may take.
    package var timeout: Duration?
    /// Whether it asks before it runs.
    package var confirms: Bool
    /// Whether it changes production, and asks for a typed word.
    package var isDangerous: Bool
    /// Whether the runbook stops when it fails; `nil` leaves that to the kind of step.
    package var isRequired: Bool?
    /// What takes it back.
    package var rollback: TemplateText?
    /// Further variables of the environment.
    package var environment: [String: TemplateText]
    /// What the alert's labels must match for the step to apply.
    package var condition: [LabelMatcher]
    /// Whether it runs on the terminal itself.
    package var isInteractive: Bool
    /// The directory to run in, as written.
    package var directory: String?

    /// Makes options; what is left out has its standard value.
    package init(
      timeout: Duration? = nil, confirms: Bool = false, isDangerous: Bool = false,
      isRequired: Bool? = nil, rollback: TemplateText? = nil,
      environment: [String: TemplateText] = [:], condition: [LabelMatcher] = [],
      isInteractive: Bool = false, directory: String? = nil
    ) {
      self.timeout = timeout
      self.confirms = confirms
      self.isDangerous = isDangerous
      self.isRequired = isRequired
      self.rollback = rollback
      self.environment = environment
      self.condition = condition
      self.isInteractive = isInteractive
      self.directory = directory
    }
  }

  /// A text for a shell.
  package struct Command: Hashable, Sendable {
    /// The text, of one line or several.
    package let text: TemplateText
    /// The shell's name as written, such as `bash`; `nil` means `sh`.
    package let shell: String?
    /// Why the text cannot run as it stands, as a clause: it has a gap to fill by hand.
    package let gap: String?

    /// Makes a command.
    package init(_ text: TemplateText, shell: String? = nil, gap: String? = nil) {
      self.text = text
      self.shell = shell
      self.gap = gap
    }
  }

  /// A question.
  package struct Query: Hashable, Sendable {
    /// The language, in lower case: `promql`, `sql`; `nil` when nothing says.
    package let language: String?
    /// The question.
    package let text: TemplateText
    /// What runs it: a command that reads the question from its standard input.
    package let program: TemplateText?

    /// Makes a query.
    package init(_ text: TemplateText, language: String?, program: TemplateText? = nil) {
      self.text = text
      self.language = language
      self.program = program
    }
  }

  /// A condition to wait for.
  package struct Verification: Hashable, Sendable {
    /// The question in PromQL.
    package let query: TemplateText
    /// How its value is compared.
    package let bound: MetricBound
    /// How long the condition must hold; zero means once.
    package let holds: Duration
    /// How long it is waited for.
    package let within: Duration

    /// Makes a verification.
    ///
    /// - Parameters:
    ///   - query: The question in PromQL.
    ///   - bound: How its value is compared.
    ///   - holds: How long the condition must hold.
    ///   - within: How long it is waited for.
    package init(
      _ query: TemplateText, _ bound: MetricBound, holds: Duration = .zero, within: Duration
    ) {
      self.query = query
      self.bound = bound
      self.holds = holds
      self.within = within
    }
  }
}
