import Reliability

/// Reads an SLO: an item of `slos`, or a document of kind SLO.
struct SLOReader {
  private enum Key: String, SectionKey {
    case apiVersion, kind, id, service, name, category, description, owner, labels, sli, objective
    case window, budgeting, alerting, source, via, rules, policy, sla, runbook, links, dependsOn
  }
  private enum RulesKey: String, SectionKey {
    case slothID = "sloth_id"
    case pyrra
  }
  private enum LinkKey: String, SectionKey { case name, url }
  private enum Budgeting: String, CaseIterable { case occurrences, timeSlices, ratioTimeSlices }

  let conventions: Conventions
  let sources: SourceChoice

  /// Reads an SLO; its parts are read even when one of them is broken, so that all errors are found.
  func read(_ value: Value) -> SLO? {
    guard let section = Section<Key>(value) else { return nil }
    let service = section.required(.service, example: "checkout")?.text()
    let name = section.required(.name, example: "availability")?.text()
    let sli = section.required(.sli, example: "{availability: {}}").flatMap {
      SLIReader(conventions: conventions, service: service ?? "").read($0)
    }
    let objective = section.required(.objective, example: "99.9")?.ratio().flatMap(Objective.init)
    let window = section.required(.window, example: "30d")?.objectiveWindow()
    let alerting = section[.alerting].flatMap { AlertingReader().read($0) }
    let source = sources.name(section[.source], for: value)
    let route = route(section)
    let details = details(section)
    let category = section[.category]?.name("category", of: SLICategory.self)
    rejectUnsupported(section)
    guard let service, let name, let sli, let objective, let window, let source else { return nil }
    let slo = SLO(
      id: section[.id]?.text() ?? "\(service)/\(name)", service: service, name: name,
      category: category ?? sli.category, sli: sli, objective: objective, window: window,
      alerting: alerting ?? SLO.Alerting(), route: route, source: source, details: details)
    warnAboutPromise(slo, section)
    return slo
  }

  private func rejectUnsupported(_ section: Section<Key>) {
    if let value = section[.budgeting],
      let method = value.name("budgeting method", of: Budgeting.self), method != .occurrences
    {
      let instead = "Remove the key to budget by occurrences."
      let feature = "Budgeting by \(method.rawValue)"
      value.report(.serviceLevel(.unsupported(feature, instead: instead)))
    }
    if let value = section[.policy], let name = value.text(), name != BudgetPolicy.standard.name {
      let instead = "Remove the key; the default zones apply."
      value.report(.serviceLevel(.unsupported("An error budget policy", instead: instead)))
    }
  }

  private func route(_ section: Section<Key>) -> SLO.Route {
    let preference = section[.via]?.name("way", of: SLO.Route.Preference.self)
    let rules = section[.rules].flatMap(Section<RulesKey>.init)
    return SLO.Route(
      preference: preference ?? .auto, slothID: rules?[.slothID]?.text(),
      pyrraName: rules?[.pyrra]?.text())
  }

  private func details(_ section: Section<Key>) -> SLO.Details {
    SLO.Details(
      description: section[.description]?.text(), owner: section[.owner]?.text(),
      labels: section[.labels]?.textsByName() ?? [:], runbook: section[.runbook]?.text(),
      links: section[.links].map(links) ?? [], dependencies: section[.dependsOn]?.texts() ?? [])
  }

  private func links(_ value: Value) -> [SLO.Link] {
    (value.items() ?? []).compactMap { item in
      guard let section = Section<LinkKey>(item) else { return nil }
      let name = section.required(.name, example: "dashboard")?.text()
      let url = section.required(.url, example: "https://example.com/")?.text()
      guard let name, let url else { return nil }
      return SLO.Link(name: name, url: url)
    }
  }

  /// Warns about a promise that is looser than the contract, and about conditions that cannot be met.
  private func warnAboutPromise(_ slo: SLO, _ section: Section<Key>) {
    let target = slo.objective.target
    if let value = section[.sla], let sla = value.ratio(), target <= sla {
      value.report(.serviceLevel(.looserThanSLA(objective: target, sla: sla)))
    }
    for condition in slo.conditions where !condition.isReachable(with: slo.objective) {
      let problem = ServiceLevelProblem.unreachableCondition(condition, slo.objective)
      section[.objective]?.report(.serviceLevel(problem))
    }
  }
}

extension SLI {
  /// What kind of promise an indicator makes unless the definition says otherwise.
  fileprivate var category: SLICategory {
    switch self {
    case .latency: .latency
    case .events, .goodRatio, .errorRatio, .availability: .availability
    }
  }
}
