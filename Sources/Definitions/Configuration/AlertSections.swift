import Reliability

/// The sections about alerts and what may be done: `severities`, `labels`, `scope`, `filters`,
/// `acknowledge`, `watchdog` and `permissions`.
struct AlertSections {
  private enum AcknowledgeKey: String, SectionKey { case duration, volatileLabels, author }
  private enum LabelsKey: String, SectionKey { case service, team }
  private enum WatchdogKey: String, SectionKey { case alert, matchers }
  private enum PermissionKey: String, SectionKey { case acknowledge, silence, runbooks }
  private enum RunbookPermissionKey: String, SectionKey { case rule, allow, deny }

  /// An acknowledgement is prolonged in its last third, and polls are 15 s apart.
  private static let shortestAcknowledgement = Duration.seconds(60)

  private let section: Section<ConfigDocument.Key>

  init(_ section: Section<ConfigDocument.Key>) {
    self.section = section
  }

  /// What the sections say; the author is the operator's name where they name none.
  func settings(author: String) -> AlertSettings {
    let standard = AlertSettings()
    let acknowledge = section[.acknowledge].flatMap(Section<AcknowledgeKey>.init)
    let labels = section[.labels].flatMap(Section<LabelsKey>.init)
    let volatile = acknowledge?[.volatileLabels]?.texts()
    return AlertSettings(
      severities: severities(),
      serviceLabels: labels?[.service]?.texts() ?? standard.serviceLabels,
      teamLabels: labels?[.team]?.texts() ?? standard.teamLabels,
      scope: section[.scope]?.alertFilter() ?? "", filters: filters(),
      volatileLabels: volatile.map(Set.init) ?? standard.volatileLabels,
      acknowledgementDuration: acknowledge?[.duration]?
        .duration(atLeast: AlertSections.shortestAcknowledgement)
        ?? standard.acknowledgementDuration,
      author: acknowledge?[.author]?.text() ?? author, watchdog: watchdog())
  }

  /// What may be done, by permission, and which runbooks may run commands.
  func permissions() -> (rules: [Permission: PermissionRule], runbooks: RunbookPermissions) {
    var lists = RunbookPermissions()
    guard let written = section[.permissions].flatMap(Section<PermissionKey>.init) else {
      return ([:], lists)
    }
    var rules: [Permission: PermissionRule] = [:]
    for key in PermissionKey.allCases {
      guard let value = written[key], let permission = Permission(rawValue: key.rawValue) else {
        continue
      }
      if permission == .runbooks, value.scalarText == nil {
        guard let own = Section<RunbookPermissionKey>(value) else { continue }
        rules[permission] = own[.rule]?.name("permission", of: PermissionRule.self)
        lists = RunbookPermissions(
          allowed: own[.allow]?.texts(), denied: own[.deny]?.texts() ?? [])
      } else {
        rules[permission] = value.name("permission", of: PermissionRule.self)
      }
    }
    return (rules, lists)
  }

  private func severities() -> [String: Severity] {
    let pairs = (section[.severities]?.entries() ?? []).compactMap { entry in
      entry.value.name("severity", of: Severity.self).map { (entry.name.lowercased(), $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  private func filters() -> [String: String] {
    let pairs = (section[.filters]?.entries() ?? []).compactMap { entry in
      entry.value.alertFilter().map { (entry.name, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  private func watchdog() -> AlertSettings.Watchdog? {
    guard let value = section[.watchdog] else { return nil }
    if value.scalarText != nil { return value.text().map { AlertSettings.Watchdog(alert: $0) } }
    guard let section = Section<WatchdogKey>(value),
      let alert = section.required(.alert, example: "Watchdog")?.text()
    else { return nil }
    return AlertSettings.Watchdog(alert: alert, matchers: section[.matchers]?.matchers() ?? [])
  }
}

extension Value {
  /// A filter in the notation of the list of alerts, checked; what is wrong with it is reported.
  fileprivate func alertFilter() -> String? {
    guard let text = text() else { return nil }
    do throws(AlertFilter.Failure) {
      return try AlertFilter(parsing: text).text
    } catch {
      report(.value(.notAFilter(text, reason: error.message)))
      return nil
    }
  }
}
