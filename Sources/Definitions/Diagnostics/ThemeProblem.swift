/// What can be wrong with a theme.
package enum ThemeProblem: Hashable, Sendable {
  /// A theme file without a document of kind Theme.
  case noTheme
  /// The value as written, and the nearest name of a color.
  case notAColor(String, nearest: String?)
  /// A role that there is not, which is ignored, and the nearest that there is.
  case unknownRole(String, nearest: String?)

  var explanation: Explanation {
    switch self {
    case .noTheme:
      .error(
        "The file holds no theme.",
        hint: "Begin with \"apiVersion: burnwatch/v1\" and \"kind: Theme\".")
    case .notAColor(let text, let nearest):
      .error(
        "\(text.quoted) is no color.",
        hint: nearest.map { "Write \($0.quoted)." }
          ?? "Write default, a name such as red or bright-red, 0 to 255, or \"#rrggbb\".")
    case .unknownRole(let name, let nearest):
      .warning(
        "The role \(name.quoted) is unknown and ignored.",
        hint: nearest.map { "Write \($0.quoted)." })
    }
  }
}
