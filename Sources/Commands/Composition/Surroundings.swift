import Definitions
import Foundation
import Screen

/// What the program finds around it, read once at the start and handed on as values.
struct Surroundings: Sendable {
  let environment: [String: String]
  let hostName: String
  let operatorID: UInt32
  let isOutputTerminal: Bool

  /// The surroundings of this process.
  static var current: Surroundings {
    Surroundings(
      environment: ProcessInfo.processInfo.environment,
      hostName: ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init)
        ?? "localhost",
      operatorID: getuid(), isOutputTerminal: isatty(1) == 1)
  }

  /// Who acts where the configuration does not say: `$USER@host`.
  var identity: Identity {
    Identity(name: "\(environment["USER"] ?? "operator")@\(hostName)")
  }

  /// Whether NO_COLOR asks for attributes only: set and not empty (no-color.org).
  var refusesColor: Bool { environment["NO_COLOR"].map { !$0.isEmpty } ?? false }

  /// The operator's own themes.
  var themeDirectory: String? {
    let home = environment["HOME"].map { "\($0)/.config" }
    return (environment["XDG_CONFIG_HOME"] ?? home).map { "\($0)/burnwatch/themes" }
  }

  /// A loader of the operator's files.
  func loader(files: any FileSystem, themes: [String]) -> Loader {
    Loader(
      files: files, operatorID: operatorID, identity: identity, home: environment["HOME"],
      knownRoles: Role.allCases.map(\.name), knownThemes: themes)
  }
}
