extension Runbook {
  /// Steps and what they run, as a number that changes when they do.
  static func edition(of steps: [RunbookStep]) -> UInt64 {
    var hash = StableHash()
    func add(_ text: String) {
      hash.add(text)
      hash.add(255)
    }
    for step in steps {
      let options = step.options
      add(step.name)
      add(step.written)
      add(step.program)
      add(options.rollback?.source ?? "")
      add(options.directory ?? "")
      add("\(step.isRequired) \(options.isDangerous) \(options.isInteractive)")
      add("\(options.timeout?.milliseconds ?? 0) \(LabelMatcher.text(of: options.condition))")
      for (name, value) in options.environment.sorted(by: { $0.key < $1.key }) {
        add(name)
        add(value.source)
      }
    }
    return hash.value
  }
}

extension RunbookStep {
  /// What runs the text, beside the text itself.
  fileprivate var program: String {
    switch action {
    case .command(let command): command.shell ?? ""
    case .query(let query): "\(query.language ?? "") \(query.program?.source ?? "")"
    case .verify(let verification):
      "\(verification.holds.milliseconds) \(verification.within.milliseconds)"
    case .manual, .link, .metric: ""
    }
  }
}
