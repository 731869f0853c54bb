import Reliability

/// How a step runs and counts: the keys that steps in YAML and fences in Markdown share.
struct StepOptionsReader {
  enum Key: String, CaseIterable {
    case timeout, confirm, danger, required, rollback, env, when, interactive, cwd
  }

  /// Reads the options through a look-up of values by key.
  func read(_ value: (Key) -> Value?) -> RunbookStep.Options {
    RunbookStep.Options(
      timeout: value(.timeout)?.duration(atLeast: .seconds(1)),
      confirms: value(.confirm)?.boolean() ?? false,
      isDangerous: value(.danger)?.boolean() ?? false,
      isRequired: value(.required)?.boolean(),
      rollback: value(.rollback)?.template(),
      environment: value(.env).map(environment) ?? [:],
      condition: value(.when)?.labelMatchers() ?? [],
      isInteractive: value(.interactive)?.boolean() ?? false,
      directory: value(.cwd)?.text())
  }

  private func environment(_ value: Value) -> [String: TemplateText] {
    var variables: [String: TemplateText] = [:]
    for entry in value.entries() ?? [] {
      guard StepOptionsReader.isVariable(entry.name) else {
        entry.key.report(.runbook(.notAVariable(entry.name)))
        continue
      }
      variables[entry.name] = entry.value.template()
    }
    return variables
  }

  private static func isVariable(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
    return name.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": true
      default: false
      }
    }
  }
}

/// Reads `verify`: a question whose answer must come to be within a bound.
struct VerificationReader {
  private enum Key: String, SectionKey {
    case query, value, within
    case comparison = "operator"
    case holds = "for"
  }

  /// How long is waited where nothing says: two evaluations of most rules, and some polls.
  private static let standardLimit = Duration.seconds(300)

  func read(_ value: Value) -> RunbookStep.Verification? {
    guard let section = Section<Key>(value) else { return nil }
    let query = section.required(.query, example: "'up{job=\"shop\"}'")?.template()
    let comparison = section.required(.comparison, example: "\"<\"").flatMap(comparison)
    let limit = section.required(.value, example: "0.001").flatMap(bound)
    let holds = section[.holds]?.duration()
    let within = section[.within]?.duration(atLeast: .seconds(1))
    guard let query, let comparison, let limit else { return nil }
    return RunbookStep.Verification(
      query, MetricBound(comparison, limit), holds: holds ?? .zero,
      within: within ?? VerificationReader.standardLimit)
  }

  private func comparison(_ value: Value) -> MetricBound.Comparison? {
    if value.scalarText == "=" { return .equal }
    return value.name("comparison", of: MetricBound.Comparison.self)
  }

  private func bound(_ value: Value) -> Fraction? {
    guard let text = value.text() else { return nil }
    if let bound = MetricBound.value(text.trimmed) { return bound }
    value.report(.runbook(.notABound(text)))
    return nil
  }
}
