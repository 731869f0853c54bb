import Reliability

/// Reads form b: a name, a list of steps, and whom to call.
struct ListRunbookReader {
  private enum Key: String, SectionKey {
    case name, title, description, service, severity, alert, alerts, triggers, steps, metrics
    case escalation
    case escalationPath = "escalation_path"
  }

  func read(_ value: Value) -> Runbook? {
    guard let section = Section<Key>(value) else { return nil }
    let name = section[.name]?.text() ?? value.fileStem
    let triggers = [Key.alert, .alerts, .triggers].flatMap { section[$0]?.itemsOrOne() ?? [] }
    let path = [Key.escalationPath, .escalation].flatMap { section[$0]?.itemsOrOne() ?? [] }
    let introduction = section[.description].flatMap { written in
      written.text().map {
        Runbook.Section(title: "", level: 0, text: $0, origin: written.origin)
      }
    }
    return Runbook(
      id: name, title: section[.title]?.text() ?? name, service: section[.service]?.text(),
      severity: section[.severity]?.text(),
      triggers: triggers.compactMap { TriggerReader().read($0) },
      sections: [introduction].compactMap(\.self),
      steps: (section[.steps]?.items() ?? []).flatMap { StepReader(group: nil).read($0) },
      escalations: path.compactMap { EscalationReader().read($0) },
      metrics: section[.metrics]?.textsByName() ?? [:], origin: value.origin)
  }
}

extension Value {
  /// The name of the file without its ending, for documents without a name of their own.
  var fileStem: String {
    let name = place.file.split(separator: "/").last.map(String.init) ?? place.file
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}
