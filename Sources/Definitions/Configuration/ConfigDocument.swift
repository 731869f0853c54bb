import Reliability

/// A Config document: its lists, which all files share, and its settings, which only the root's has.
struct ConfigDocument {
  enum Key: String, SectionKey {
    case apiVersion, kind, sources, slos, include, policies, oncall, filters, runbooks, watchdog
    case identity, journal, theme, ui, conventions, scope, acknowledge, severities, labels
    case permissions
  }

  /// What counts only once, in the first Config document of the root file.
  private static let rootKeys: [Key] = [
    .identity, .journal, .theme, .ui, .conventions, .scope, .acknowledge, .severities, .labels,
    .permissions, .filters, .watchdog,
  ]

  let section: Section<Key>
  let isRoot: Bool
  let sources: [Value]
  let slos: [Value]
  let includes: [Value]
  let runbooks: RunbookSection
  /// What `oncall` says of rotations and of people.
  let onCall: RotationReader.Found
  /// Read once, because reading again would report twice.
  let alerts: AlertSettings
  let permissions: [Permission: PermissionRule]
  let runbookPermissions: RunbookPermissions

  init?(_ value: Value, isRoot: Bool, author: String) {
    guard let section = Section<Key>(value) else { return nil }
    self.section = section
    self.isRoot = isRoot
    sources = section[.sources]?.items() ?? []
    slos = section[.slos]?.items() ?? []
    includes = (section[.include]?.itemsOrOne() ?? []).filter { $0.text() != nil }
    runbooks = RunbookSection(section[.runbooks])
    onCall = section[.oncall].map(RotationReader().read) ?? RotationReader.Found()
    let sections = AlertSections(section)
    alerts = sections.settings(author: author)
    (permissions, runbookPermissions) = sections.permissions()
    LaterSections(section).check()
    if !isRoot {
      for key in ConfigDocument.rootKeys {
        section[key]?.report(.include(.ignoredOutsideRoot(key.rawValue)))
      }
    }
  }
}
