import Dashboard
import Definitions
import Operations
import Reliability

extension Dashboard.Settings {
  /// What of a configuration the dashboard shows as it is.
  ///
  /// - Parameters:
  ///   - configuration: The configuration in use.
  ///   - name: The file it was read from.
  ///   - title: What the head calls this dashboard; the operator's name by default.
  ///   - themes: The themes that can be chosen.
  ///   - canShowUnicode: Whether the terminal shows more than ASCII.
  ///   - isReadOnly: Whether `--read-only` was given.
  ///   - surroundings: As whom and where commands run.
  ///   - directory: The directory of commands that name none; `nil` means that of their runbook.
  init(
    _ configuration: Configuration, named name: String, title: String? = nil, themes: [String],
    canShowUnicode: Bool, isReadOnly: Bool, surroundings: Surroundings,
    runningIn directory: String? = nil
  ) {
    let gate = ActionGate(isReadOnly: isReadOnly, rules: configuration.permissions)
    let refusals = Permission.allCases.compactMap { permission in
      gate.refusal(of: permission).map { (permission, $0) }
    }
    self.init(
      title: title ?? configuration.identity.name, configurationName: name, themes: themes,
      canShowUnicode: canShowUnicode, showsClock: configuration.interface.showsClock,
      alerts: configuration.alerts,
      alertmanagers: configuration.sources.filter { $0.kind == .alertmanager }.map(\.name),
      hasAlertSources: !configuration.sources.isEmpty,
      refusals: Dictionary(refusals, uniquingKeysWith: { first, _ in first }),
      confirmed: Set(Permission.allCases.filter(gate.asksFirst)),
      ringsBell: configuration.interface.ringsBell,
      runbooks: RunbookSettings(
        library: configuration.runbooks,
        running: surroundings.runSettings(configuration, in: directory),
        permissions: configuration.runbookPermissions),
      onCall: OnCallSettings(
        name: configuration.identity.name, email: configuration.identity.email,
        isConfigured: !configuration.onCall.isEmpty))
  }
}
