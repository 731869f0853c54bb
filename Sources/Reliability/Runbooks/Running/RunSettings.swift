/// What the configuration and the machine say of running steps.
package struct RunSettings: Hashable, Sendable {
  /// The login name that commands run as.
  package let user: String
  /// The machine that commands run on.
  package let host: String
  /// The environment that every command gets.
  package let environment: [String: String]
  /// The longest time of a step that names none.
  package let timeout: Duration
  /// The program that opens a link, with its first arguments; `nil` leaves links to the clipboard.
  package let opener: [String]?
  /// The directory of commands that name none; `nil` means that of the runbook's file.
  package let directory: String?
  /// The home directory, for directories that begin with `~`.
  package let home: String?

  /// The longest time of a step where neither it nor the configuration names one.
  package static let standardTimeout = Duration.seconds(300)

  /// The variables that commands get from burnwatch's own environment without being asked for.
  package static let passedVariables = [
    "PATH", "HOME", "USER", "LANG", "KUBECONFIG", "SSH_AUTH_SOCK",
  ]

  /// Makes settings.
  ///
  /// - Parameters:
  ///   - user: The login name.
  ///   - host: The machine.
  ///   - environment: burnwatch's own environment, of which only the known names are passed on.
  ///   - allowed: Further names that are passed on.
  ///   - timeout: The longest time of a step that names none.
  ///   - opener: The program that opens a link.
  ///   - directory: The directory of commands that name none.
  package init(
    user: String, host: String, environment: [String: String] = [:], allowed: [String] = [],
    timeout: Duration = RunSettings.standardTimeout, opener: [String]? = nil,
    directory: String? = nil
  ) {
    self.directory = directory
    self.user = user
    self.host = host
    let names = Set(RunSettings.passedVariables + allowed)
    var passed = environment.filter { names.contains($0.key) }
    passed["TERM"] = "dumb"
    if passed["PATH"] == nil { passed["PATH"] = "/usr/local/bin:/usr/bin:/bin" }
    self.environment = passed
    self.timeout = timeout
    self.opener = opener
    home = environment["HOME"]
  }
}

/// Which runbooks may run commands (`permissions.runbooks`): lists of names in which `*` stands for
/// any characters.
package struct RunbookPermissions: Hashable, Sendable {
  /// The runbooks that may; `nil` means all.
  package let allowed: [String]?
  /// The runbooks that may not, whatever the other list says.
  package let denied: [String]

  /// Makes permissions; by default all runbooks may.
  package init(allowed: [String]? = nil, denied: [String] = []) {
    self.allowed = allowed
    self.denied = denied
  }

  /// Why a runbook may run nothing, as a clause; `nil` when it may.
  package func refusal(of runbook: Runbook.ID) -> String? {
    if let pattern = denied.first(where: { RunbookPermissions.matches(runbook, $0) }) {
      return "permissions.runbooks.deny has \"\(pattern)\""
    }
    guard let allowed, !allowed.contains(where: { RunbookPermissions.matches(runbook, $0) }) else {
      return nil
    }
    return "permissions.runbooks.allow does not name \"\(runbook)\""
  }

  /// Whether a name fits a pattern; every `*` stands for any number of characters.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return name == pattern
    }
    guard name.hasPrefix(first), name.count >= first.count + last.count else { return false }
    var rest = name.dropFirst(first.count)
    guard rest.hasSuffix(last) else { return false }
    rest = rest.dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
