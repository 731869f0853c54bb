import Reliability
import Yams

/// Reads form c, the template of a page: what is known becomes steps, all else stays text.
struct TemplateRunbookReader {
  func read(_ value: Value) -> Runbook? {
    guard let entries = value.entries() else { return nil }
    var page = Page()
    for entry in entries { page.take(entry) }
    let name = page.name ?? value.fileStem
    return Runbook(
      id: name, title: page.title ?? name, service: page.service, severity: page.severity,
      triggers: page.triggers, sections: page.sections, steps: page.steps,
      escalations: page.escalations, origin: value.origin)
  }

  /// What has been read of the page.
  private struct Page {
    var name: String?
    var title: String?
    var service: String?
    var severity: String?
    var triggers: [Runbook.Trigger] = []
    var sections: [Runbook.Section] = []
    var steps: [RunbookStep] = []
    var escalations: [Runbook.Escalation] = []

    mutating func take(_ entry: Value.Entry) {
      let value = entry.value
      guard !value.isNull else { return }
      switch entry.name {
      case "name", "id": name = value.text()
      case "title": title = value.text()
      case "service": service = value.text()
      case "severity": severity = value.prose()
      case "alert", "alerts", "triggers":
        triggers += value.itemsOrOne().compactMap { TriggerReader().read($0) }
      case "triage": takeSteps(value, group: "Triage")
      case "diagnosis": takeDiagnosis(value)
      case "resolution": takeResolution(value)
      case "escalation", "escalation_path":
        escalations += value.itemsOrOne().compactMap { EscalationReader().read($0) }
      default: takeText(entry.name, value)
      }
    }

    private mutating func takeText(_ key: String, _ value: Value, level: Int = 1) {
      let title = key.asTitle
      sections.append(
        Runbook.Section(title: title, level: level, text: value.prose(), origin: value.origin))
    }

    /// A mapping of names to things to do, a list of them, or one.
    private mutating func takeSteps(_ value: Value, group: String) {
      if case .mapping = value.node {
        for entry in value.entries() ?? [] where !entry.value.isNull {
          takeItems(entry.value, group: group)
        }
      } else {
        takeItems(value, group: group)
      }
    }

    private mutating func takeItems(_ value: Value, group: String) {
      let reader = StepReader(group: group)
      for item in value.itemsOrOne() { steps += reader.read(item) }
    }

    private mutating func takeDiagnosis(_ value: Value) {
      guard case .mapping = value.node else { return takeItems(value, group: "Diagnosis") }
      for entry in value.entries() ?? [] where !entry.value.isNull {
        if entry.name == "common_causes" {
          steps += entry.value.itemsOrOne().compactMap { CauseReader().read($0) }
        } else {
          takeText(entry.name, entry.value, level: 2)
        }
      }
    }

    private mutating func takeResolution(_ value: Value) {
      guard case .mapping = value.node else { return takeItems(value, group: "Resolution") }
      for entry in value.entries() ?? [] where !entry.value.isNull {
        takeSteps(entry.value, group: "Resolution: \(entry.name.asTitle.lowercased())")
      }
    }
  }
}

/// Reads a common cause: what it is, how to see it, and what to do then, all in words for people.
private struct CauseReader {
  private enum Key: String, SectionKey { case cause, check, action }

  func read(_ value: Value) -> RunbookStep? {
    if value.scalarText != nil { return StepReader(group: "Diagnosis").read(value).first }
    guard let section = Section<Key>(value),
      let cause = section.required(.cause, example: "a bad release")?.text()
    else { return nil }
    let check = section[.check].map { "Check: \($0.prose())" }
    let action = section[.action].map { "Then: \($0.prose())" }
    let name = cause.firstLine
    let lines = [name == cause.trimmed ? nil : cause.trimmed, check, action].compactMap(\.self)
    return RunbookStep(
      .manual, name: name, description: lines.joined(separator: "\n"), group: "Diagnosis",
      origin: value.origin)
  }
}

extension String {
  /// A key as a heading: `common_causes` is `Common causes`.
  fileprivate var asTitle: String {
    let words = replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
