import Reliability

/// Reads form a: `apiVersion: runbook/v1`, `kind: IncidentRunbook`.
struct IncidentRunbookReader {
  private enum Key: String, SectionKey { case apiVersion, kind, metadata, spec }
  private enum MetadataKey: String, SectionKey {
    case name, service, title, description, owner, team, labels, annotations
  }
  private enum SpecKey: String, SectionKey {
    case title, description, service, severity, triggers, steps, escalation, metrics
  }
  private enum GroupKey: String, SectionKey { case name, description, actions }

  func read(_ value: Value) -> Runbook? {
    guard let section = Section<Key>(value) else { return nil }
    let metadata = section.required(.metadata, example: "{name: checkout-errors}")
      .flatMap(Section<MetadataKey>.init)
    let spec = section.required(.spec, example: "{steps: []}").flatMap(Section<SpecKey>.init)
    let name = metadata?.required(.name, example: "checkout-errors")?.text()
    guard let metadata, let spec, let name else { return nil }
    let groups = (spec.required(.steps, example: "[...]")?.items() ?? []).map(group)
    return Runbook(
      id: name, title: spec[.title]?.text() ?? metadata[.title]?.text() ?? name,
      service: metadata[.service]?.text() ?? spec[.service]?.text(),
      severity: spec[.severity]?.text(),
      triggers: (spec[.triggers]?.items() ?? []).compactMap { TriggerReader().read($0) },
      sections: introduction([metadata[.description], spec[.description]])
        + groups.flatMap(\.sections),
      steps: groups.flatMap(\.steps),
      escalations: (spec[.escalation]?.itemsOrOne() ?? []).compactMap {
        EscalationReader().read($0)
      },
      metrics: spec[.metrics]?.textsByName() ?? [:], origin: value.origin)
  }

  private func introduction(_ values: [Value?]) -> [Runbook.Section] {
    values.compactMap(\.self).compactMap { value in
      value.text().map { Runbook.Section(title: "", level: 0, text: $0, origin: value.origin) }
    }
  }

  /// A step with its actions; one without any is itself the action.
  private func group(
    _ value: Value
  ) -> (sections: [Runbook.Section], steps: [RunbookStep]) {
    guard value.topLevel["actions"] != nil else { return ([], StepReader(group: nil).read(value)) }
    guard let section = Section<GroupKey>(value) else { return ([], []) }
    let name = section.required(.name, example: "look at the errors")?.text() ?? ""
    let steps = (section[.actions]?.items() ?? []).flatMap { StepReader(group: name).read($0) }
    let text = section[.description]?.text()
    let sections = text.map {
      [Runbook.Section(title: name, level: 1, text: $0, origin: value.origin)]
    }
    return (sections ?? [], steps)
  }
}

/// Reads a trigger: the name of an alert, or a mapping.
struct TriggerReader {
  private enum Key: String, SectionKey { case alert, threshold, labels }

  func read(_ value: Value) -> Runbook.Trigger? {
    if value.scalarText != nil {
      return value.text().map { Runbook.Trigger(alert: $0, origin: value.origin) }
    }
    guard let section = Section<Key>(value),
      let alert = section.required(.alert, example: "ErrorBudgetBurn")?.text()
    else { return nil }
    return Runbook.Trigger(
      alert: alert, matchers: section[.labels]?.labelMatchers() ?? [],
      threshold: section[.threshold]?.text(), origin: value.origin)
  }
}

/// Reads an escalation in any of its spellings: `{after, to}`, `{when, who, how}`, or a text.
struct EscalationReader {
  private enum Key: String, SectionKey { case after, to, when, who, how, contact, level }

  func read(_ value: Value) -> Runbook.Escalation? {
    if value.scalarText != nil {
      return value.text().map { Runbook.Escalation(to: $0, origin: value.origin) }
    }
    guard let section = Section<Key>(value) else { return nil }
    guard let to = (section[.to] ?? section[.who])?.prose(), !to.isEmpty else {
      value.reportMissing("to", example: "senior-sre")
      return nil
    }
    let words = (section[.after] ?? section[.when])?.prose()
    let after = words.flatMap { $0.utf8.count <= 32 ? Duration(parsing: $0) : nil }
    return Runbook.Escalation(
      after: after, condition: after == nil ? words : nil, to: to,
      by: (section[.how] ?? section[.contact])?.prose(), origin: value.origin)
  }
}
