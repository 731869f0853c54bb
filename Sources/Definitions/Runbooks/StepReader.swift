import Reliability

/// Reads one thing to do in YAML: a text, or a mapping with at most one of link, command, query and
/// metric.
struct StepReader {
  private enum Key: String, SectionKey {
    case name, step, action, description, link, command, query, metric, language, run, shell
    case timeout, confirm, danger, required, rollback, env, when, interactive, cwd, verify
  }

  /// The heading or phase that the steps stand under.
  let group: String?

  /// The steps of an item; a `verify` is a step of its own after what it verifies.
  func read(_ value: Value) -> [RunbookStep] {
    if value.scalarText != nil { return plain(value).map { [$0] } ?? [] }
    guard let section = Section<Key>(value) else { return [] }
    let action = action(section)
    let texts = texts(section, action)
    let options = StepOptionsReader().read { key in
      Key(rawValue: key.rawValue).flatMap { section[$0] }
    }
    let verification = section[.verify].flatMap { VerificationReader().read($0) }
    guard let verification, let place = section[.verify] else {
      return [step(action ?? .manual, texts, options, value)]
    }
    guard let action else { return [step(.verify(verification), texts, options, value)] }
    let following = RunbookStep.Options(
      isRequired: options.isRequired, condition: options.condition)
    return [
      step(action, texts, options, value),
      step(.verify(verification), ("verify: \(texts.name)", ""), following, place),
    ]
  }

  private func step(
    _ action: RunbookStep.Action, _ texts: (name: String, description: String),
    _ options: RunbookStep.Options, _ value: Value
  ) -> RunbookStep {
    RunbookStep(
      action, name: texts.name, description: texts.description, group: group, options: options,
      origin: value.origin)
  }

  private func plain(_ value: Value) -> RunbookStep? {
    guard let text = value.text()?.trimmed else { return nil }
    let name = text.firstLine
    return step(.manual, (name, name == text ? "" : text), RunbookStep.Options(), value)
  }

  /// What is done; `nil` when nothing says, so that somebody does it.
  private func action(_ section: Section<Key>) -> RunbookStep.Action? {
    let present = [Key.link, .command, .query, .metric].filter { section[$0] != nil }
    guard let key = present.first, let value = section[key] else { return nil }
    if present.count > 1 {
      section.value.report(.shape(.severalOf(present.map(\.rawValue))))
    }
    switch key {
    case .link: return value.link().map(RunbookStep.Action.link)
    case .command: return command(value, section)
    case .query: return query(value, section)
    default: return metric(value)
    }
  }

  private func command(_ value: Value, _ section: Section<Key>) -> RunbookStep.Action? {
    value.template().map { text in
      let gap = CommandGap.reason(in: text.source)
      return .command(RunbookStep.Command(text, shell: section[.shell]?.text(), gap: gap))
    }
  }

  private func query(_ value: Value, _ section: Section<Key>) -> RunbookStep.Action? {
    let language = section[.language]?.text()?.lowercased()
    let program = section[.run]?.template()
    return value.template()
      .map { .query(RunbookStep.Query($0, language: language, program: program)) }
  }

  private func metric(_ value: Value) -> RunbookStep.Action? {
    guard let text = value.text() else { return nil }
    if let condition = MetricCondition(parsing: text) { return .metric(condition) }
    value.report(.runbook(.notACondition(text)))
    return nil
  }

  /// Name and explanation: the name is what is written as such, else the first line of what says most.
  private func texts(
    _ section: Section<Key>, _ action: RunbookStep.Action?
  ) -> (name: String, description: String) {
    // Numbers of steps say nothing: their order is that of the document.
    let number = section[.step]?.scalarText.flatMap { Int($0) }
    let step = number == nil ? section[.step]?.text() : nil
    let names = [section[.name]?.text(), step].compactMap(\.self)
    let said = [section[.action]?.text(), section[.description]?.text()].compactMap(\.self)
      .map(\.trimmed)
    let content = [Key.link, .command, .query, .metric].lazy
      .compactMap { section[$0]?.scalarText }.first
    let verified = section[.verify]?.topLevel["query"]?.scalarText
    let written = (names + said + [content, verified].compactMap(\.self)).first
    if written == nil { section.value.reportMissing("description", example: "what to do") }
    let name = written?.firstLine ?? ""
    let kept = said.filter { $0 != name }
    // A condition that is no condition is still what somebody has to see to.
    let condition = action == nil ? section[.metric]?.scalarText : nil
    return (name, (kept + [condition].compactMap { $0 == name ? nil : $0 }).joined(separator: "\n"))
  }
}
