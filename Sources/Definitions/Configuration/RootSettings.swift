import Reliability

/// The settings of the root document.
struct RootSettings {
  let identity: Identity
  let conventions: Conventions
  let theme: String?
  let interface: InterfaceSettings
  let journal: String?
  let alerts: AlertSettings
  let permissions: [Permission: PermissionRule]
  let runbookPermissions: RunbookPermissions

  private enum IdentityKey: String, SectionKey { case name, email }
  private enum InterfaceKey: String, SectionKey { case refresh, layout, bell, asciiOnly, clock }
  private enum ConventionKey: String, SectionKey {
    case counter, statusLabel, badMatcher, exclude, histogram, serviceLabel
  }

  init(
    _ root: ConfigDocument, defaultIdentity: Identity, home: String?, _ knownThemes: [String]
  ) {
    let section = root.section
    identity = RootSettings.identity(section[.identity], default: defaultIdentity)
    conventions = section[.conventions].flatMap(RootSettings.conventions) ?? Conventions()
    theme = section[.theme].flatMap { RootSettings.theme($0, knownThemes) }
    interface = section[.ui].flatMap(RootSettings.interface) ?? InterfaceSettings()
    permissions = root.permissions
    runbookPermissions = root.runbookPermissions
    var alerts = root.alerts
    // Written without an author, acknowledgements carry the name under `identity`.
    if alerts.author == defaultIdentity.name { alerts.author = identity.name }
    self.alerts = alerts
    journal = section[.journal].flatMap { value in
      value.text().map { FilePath.resolve($0, in: value.place.file, home: home) }
    }
  }

  private static func identity(_ value: Value?, default standard: Identity) -> Identity {
    guard let section = value.flatMap(Section<IdentityKey>.init) else { return standard }
    let name = section[.name]?.text()
    return Identity(name: name ?? standard.name, email: section[.email]?.text() ?? standard.email)
  }

  private static func theme(_ value: Value, _ known: [String]) -> String? {
    guard let name = value.text() else { return nil }
    guard known.isEmpty || known.contains(name) else {
      value.reportUnknown(name, "theme", among: known)
      return nil
    }
    return name
  }

  private static func interface(_ value: Value) -> InterfaceSettings? {
    guard let section = Section<InterfaceKey>(value) else { return nil }
    return InterfaceSettings(
      refresh: section[.refresh]?.duration(atLeast: .seconds(1)),
      ringsBell: section[.bell]?.boolean() ?? true,
      isASCIIOnly: section[.asciiOnly]?.boolean() ?? false,
      showsClock: section[.clock]?.boolean() ?? true, layout: section[.layout]?.text())
  }

  private static func conventions(_ value: Value) -> Conventions? {
    guard let section = Section<ConventionKey>(value) else { return nil }
    let standard = Conventions()
    let statusLabel = section[.statusLabel]?.text() ?? standard.statusLabel
    return Conventions(
      counter: section[.counter]?.text() ?? standard.counter,
      statusLabel: statusLabel,
      bad: section[.badMatcher]?.badMatchers(statusLabel: statusLabel),
      excluded: section[.exclude]?.matchers() ?? [],
      histogram: section[.histogram]?.histogramName() ?? standard.histogram,
      serviceLabel: section[.serviceLabel]?.text() ?? standard.serviceLabel)
  }
}

extension Configuration {
  init(
    _ settings: RootSettings, sources: [SourceSettings], slos: [SLO], runbooks: RunbookLibrary,
    running: RunningSettings, onCall: OnCallPlan
  ) {
    self.init(
      identity: settings.identity, sources: sources, slos: slos,
      conventions: settings.conventions, theme: settings.theme, interface: settings.interface,
      journal: settings.journal, alerts: settings.alerts, permissions: settings.permissions,
      runbooks: runbooks, runbookPermissions: settings.runbookPermissions, running: running,
      onCall: onCall)
  }
}
