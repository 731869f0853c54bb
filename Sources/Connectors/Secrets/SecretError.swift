/// Why a secret cannot be had; its cases name places, never values.
package enum SecretError: Error, Hashable, Sendable {
  case unsetVariable(String)
  case unreadableFile(String, reason: String)
  case failedCommand(String, reason: String)
  case empty(place: String)
  /// Control characters inside, which would break out of a header.
  case unsuitable(place: String)
}
