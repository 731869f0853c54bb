import Definitions

/// The operator's configuration, found and read, or the reason why there is none.
struct Configured: Sendable {
  let configuration: Configuration
  /// The path of the root file.
  let path: String
  let diagnostics: [Diagnostic]
  /// The files that were read.
  let files: [String]

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// Finds and reads the configuration.
  ///
  /// - Throws: `CommandFailure` when there is no file, or nothing in it can be used.
  static func load(
    option: String?, surroundings: Surroundings, themes: ThemeCatalog
  ) throws(CommandFailure) -> Configured {
    let path = try surroundings.configurationPath(option: option)
    let loaded = surroundings.loader(files: LocalFileSystem(), themes: themes.names)
      .load(configurationAt: path)
    guard let configuration = loaded.configuration else {
      throw CommandFailure(
        loaded.diagnostics.map(\.description).joined(separator: "\n"), .configuration)
    }
    return Configured(
      configuration: configuration, path: path, diagnostics: loaded.diagnostics,
      files: loaded.files)
  }

  /// Refuses a configuration of which nothing but errors is left.
  func requireUsable() throws(CommandFailure) {
    guard !errors.isEmpty, configuration.slos.isEmpty else { return }
    throw CommandFailure(diagnostics.map(\.description).joined(separator: "\n"), .configuration)
  }
}

extension ConfigurationOption {
  /// Reads the configuration for a command that ends: what is wrong in it is told, the rest is used.
  ///
  /// - Parameters:
  ///   - surroundings: Where the file is looked for.
  ///   - needsLevels: Whether errors without a service level are refused.
  /// - Returns: What was read, with what is wrong in it.
  /// - Throws: `CommandFailure` when there is no file, or nothing in it can be used.
  func read(
    _ surroundings: Surroundings, needsLevels: Bool = false
  ) throws(CommandFailure) -> Configured {
    let configured = try Configured.load(
      option: config, surroundings: surroundings, themes: surroundings.themes)
    if needsLevels { try configured.requireUsable() }
    Console.complain(configured.errors.flatMap(\.lines))
    return configured
  }
}

extension Reloader.Reading {
  /// Reads the configuration and the operator's themes.
  init(option: String?, surroundings: Surroundings) {
    themes = surroundings.themes
    do {
      let configured = try Configured.load(
        option: option, surroundings: surroundings, themes: themes)
      self.configured = configured
      let diagnostics = configured.diagnostics + themes.diagnostics
      problems = diagnostics.flatMap(\.lines)
      hasErrors = diagnostics.contains { $0.severity == .error }
      files = configured.files + themes.files
    } catch {
      configured = nil
      problems = error.message.split(separator: "\n").map(String.init)
      hasErrors = true
      // The file may come back: a save by way of a temporary file removes it for a moment.
      let root = try? surroundings.configurationPath(option: option)
      files = [root].compactMap(\.self) + themes.files
    }
  }
}
