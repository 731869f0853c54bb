import Definitions

/// The operator's configuration, found and read, or the reason why there is none.
struct Configured {
  let configuration: Configuration
  /// The path of the root file.
  let path: String
  let diagnostics: [Diagnostic]

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
    return Configured(configuration: configuration, path: path, diagnostics: loaded.diagnostics)
  }

  /// Refuses a configuration of which nothing but errors is left.
  func requireUsable() throws(CommandFailure) {
    guard !errors.isEmpty, configuration.slos.isEmpty else { return }
    throw CommandFailure(diagnostics.map(\.description).joined(separator: "\n"), .configuration)
  }
}
