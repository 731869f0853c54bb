import Reliability
import Yams

/// The sections that this version validates but does not use yet.
struct OtherSections {
  private enum AcknowledgeKey: String, SectionKey { case duration, volatileLabels, author }
  private enum RunbooksKey: String, SectionKey { case directories, urlPrefixes }
  private enum LabelsKey: String, SectionKey { case service, team }
  private enum WatchdogKey: String, SectionKey { case alert, matchers }
  private enum Permission: String, CaseIterable { case allow, confirm, deny }

  private let section: Section<ConfigDocument.Key>

  init(_ section: Section<ConfigDocument.Key>) {
    self.section = section
  }

  func check() {
    section[.policies]?.rejectUnlessEmpty(
      "An error budget policy", instead: "Remove the section; the default zones apply.")
    section[.oncall]?.rejectUnlessEmpty("An on-call rotation", instead: "Remove the section.")
    _ = section[.scope]?.text()
    _ = section[.filters]?.textsByName()
    checkNames(section[.severities], "severity", Severity.self)
    checkNames(section[.permissions], "permission", Permission.self)
    checkAcknowledge()
    checkRunbooks()
    checkLabels()
    checkWatchdog()
  }

  private func checkNames<Name: RawRepresentable<String> & CaseIterable>(
    _ value: Value?, _ what: String, _ names: Name.Type
  ) {
    for entry in value?.entries() ?? [] { _ = entry.value.name(what, of: names) }
  }

  private func checkAcknowledge() {
    guard let section = section[.acknowledge].flatMap(Section<AcknowledgeKey>.init) else { return }
    _ = section[.duration]?.duration()
    _ = section[.volatileLabels]?.texts()
    _ = section[.author]?.text()
  }

  private func checkRunbooks() {
    guard let section = section[.runbooks].flatMap(Section<RunbooksKey>.init) else { return }
    _ = section[.directories]?.texts()
    _ = section[.urlPrefixes]?.textsByName()
  }

  private func checkLabels() {
    guard let section = section[.labels].flatMap(Section<LabelsKey>.init) else { return }
    _ = section[.service]?.texts()
    _ = section[.team]?.texts()
  }

  private func checkWatchdog() {
    guard let value = section[.watchdog] else { return }
    guard value.scalarText == nil else {
      _ = value.text()
      return
    }
    guard let section = Section<WatchdogKey>(value) else { return }
    _ = section.required(.alert, example: "Watchdog")?.text()
    _ = section[.matchers]?.matchers()
  }
}

extension Value {
  fileprivate func rejectUnlessEmpty(_ feature: String, instead: String) {
    if case .sequence(let items) = node, items.isEmpty { return }
    report(.serviceLevel(.unsupported(feature, instead: instead)))
  }
}
