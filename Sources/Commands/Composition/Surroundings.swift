import Definitions
import Foundation
import Screen

/// What the program finds around it, read once at the start and handed on as values.
struct Surroundings: Sendable {
  let environment: [String: String]
  let hostName: String
  let operatorID: UInt32

  /// The surroundings of this process.
  static var current: Surroundings {
    Surroundings(
      environment: ProcessInfo.processInfo.environment,
      hostName: ProcessInfo.processInfo.hostName.split(separator: ".").first.map(String.init)
        ?? "localhost",
      operatorID: getuid())
  }

  /// Who acts where the configuration does not say: `$USER@host`.
  var identity: Identity {
    Identity(name: "\(environment["USER"] ?? "operator")@\(hostName)")
  }

  /// Whether NO_COLOR asks for attributes only: set and not empty (no-color.org).
  var refusesColor: Bool { environment["NO_COLOR"].map { !$0.isEmpty } ?? false }

  /// The directory of the operator's own files.
  var configurationDirectory: String? {
    let home = value("HOME").map { "\($0)/.config" }
    return (value("XDG_CONFIG_HOME") ?? home).map { "\($0)/burnwatch" }
  }

  /// Where what the operator did is kept, unless the configuration says otherwise.
  var journalPath: String? {
    let home = value("HOME").map { "\($0)/.local/state" }
    return (value("XDG_STATE_HOME") ?? home).map { "\($0)/burnwatch/journal.sqlite" }
  }

  /// The operator's own themes.
  var themeDirectory: String? { configurationDirectory.map { "\($0)/themes" } }

  /// The configuration file that is to be read.
  ///
  /// - Parameter option: The value of `--config`.
  /// - Returns: Its path; a path that the operator names is not looked up.
  /// - Throws: `CommandFailure` when none is named and none is where one is looked for.
  func configurationPath(option: String?) throws(CommandFailure) -> String {
    do {
      return try ConfigurationSearch.path(
        option: option, environment: environment,
        exists: { FileManager.default.fileExists(atPath: $0) })
    } catch {
      throw CommandFailure(error.description, .configuration)
    }
  }

  /// A variable; an empty one counts as not set.
  private func value(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The themes that can be chosen.
  var themes: ThemeCatalog {
    ThemeCatalog(
      directory: themeDirectory, loader: loader(files: LocalFileSystem(), themes: []))
  }

  /// A loader of the operator's files.
  func loader(files: any FileSystem, themes: [String]) -> Loader {
    Loader(
      files: files, operatorID: operatorID, identity: identity, home: environment["HOME"],
      knownRoles: Role.allCases.map(\.name), knownThemes: themes)
  }
}
