/// Why a secret cannot be had; its cases name places, never values.
package enum SecretError: Error, Hashable, Sendable {
  /// An environment variable, by name, is not set.
  case unsetVariable(String)
  /// A file, by path, cannot be read; the reason is the system's.
  case unreadableFile(String, reason: String)
  /// A command, by name, gave no secret.
  case failedCommand(String, reason: String)
  /// What was found is empty.
  case empty(place: String)
  /// Control characters inside, which would break out of a header.
  case unsuitable(place: String)
}
