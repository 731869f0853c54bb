package import Reliability

/// A runbook that is open, and what it is open for.
package struct RunbookPlace: Hashable, Sendable {
  /// The runbook.
  package let runbook: Runbook.ID
  /// The alert or service.
  package let subject: RunSubject

  /// Makes a place.
  package init(_ runbook: Runbook.ID, for subject: RunSubject) {
    self.runbook = runbook
    self.subject = subject
  }
}

/// What the configuration says of runbooks, as far as the dashboard needs it.
package struct RunbookSettings: Hashable, Sendable {
  /// The runbooks.
  package let library: RunbookLibrary
  /// How commands run.
  package let running: RunSettings
  /// Which runbooks may run commands.
  package let permissions: RunbookPermissions

  /// Makes settings; by default there are no runbooks.
  package init(
    library: RunbookLibrary = RunbookLibrary(),
    running: RunSettings = RunSettings(user: "", host: ""),
    permissions: RunbookPermissions = RunbookPermissions()
  ) {
    self.library = library
    self.running = running
    self.permissions = permissions
  }
}
