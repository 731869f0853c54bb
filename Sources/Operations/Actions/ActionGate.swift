package import Reliability

/// What the operator may do to the outside world, whoever asks: keys or the command line.
package struct ActionGate: Hashable, Sendable {
  private let isReadOnly: Bool
  private let rules: [Permission: PermissionRule]

  /// Makes a gate.
  ///
  /// - Parameters:
  ///   - isReadOnly: Whether `--read-only` was given.
  ///   - rules: The configuration's `permissions`; what is left out is allowed.
  package init(isReadOnly: Bool = false, rules: [Permission: PermissionRule] = [:]) {
    self.isReadOnly = isReadOnly
    self.rules = rules
  }

  /// Why something is not done; `nil` when it is.
  package func refusal(of permission: Permission) -> String? {
    if isReadOnly { return "burnwatch runs with --read-only; start it without to act" }
    guard rules[permission] == .deny else { return nil }
    return "permissions.\(permission.rawValue) is deny in the configuration"
  }

  /// Whether the operator is to be asked first.
  package func asksFirst(about permission: Permission) -> Bool {
    rules[permission] == .confirm
  }
}

/// Why a request was not taken on; nothing was sent.
package enum ActionRefusal: Error, Hashable, Sendable {
  /// The gate is shut.
  case notAllowed(reason: String)
  /// It could not be written down, and what is not written down is not done.
  case journal(JournalError)
  /// It makes no sense, such as matchers that catch everything.
  case unsuitable(reason: String)
}

extension ActionRefusal {
  /// The reason as a sentence.
  package var sentence: String { "\(description).".capitalizedStart }
}

extension ActionRefusal: CustomStringConvertible {
  /// The reason as a clause without its stop.
  package var description: String {
    switch self {
    case .notAllowed(let reason): "not done: \(reason)"
    case .journal(let error): "not done, for \(error)"
    case .unsuitable(let reason): "not done: \(reason)"
    }
  }
}
