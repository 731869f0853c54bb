/// Reads definition files: the configuration with all it includes, or files one by one.
package struct Loader: Sendable {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 4 << 20

  let files: any FileSystem
  let operatorID: UInt32
  let identity: Identity
  let home: String?
  let knownRoles: [String]
  let knownThemes: [String]

  /// Makes a loader.
  ///
  /// - Parameters:
  ///   - files: Where files are read.
  ///   - operatorID: The user id that may own files with commands, beside root.
  ///   - identity: Who the operator is where the configuration does not say.
  ///   - home: What `~/` at the start of a path means.
  ///   - knownRoles: The roles a theme may style; empty when they are not to be checked.
  ///   - knownThemes: The themes that can be chosen; empty when they are not to be checked.
  package init(
    files: any FileSystem, operatorID: UInt32, identity: Identity, home: String?,
    knownRoles: [String] = [], knownThemes: [String] = []
  ) {
    self.files = files
    self.operatorID = operatorID
    self.identity = identity
    self.home = home
    self.knownRoles = knownRoles
    self.knownThemes = knownThemes
  }

  /// Reads the configuration file and everything it includes.
  ///
  /// Whatever can be read is in the configuration: one bad file, source or SLO never stops the others.
  package func load(configurationAt path: String) -> LoadedConfiguration {
    var reading = ConfigurationReading(self, followsIncludes: true)
    let file = FilePath.normalized(path)
    reading.read(file)
    return LoadedConfiguration(
      configuration: reading.configuration(root: file), diagnostics: reading.diagnostics,
      files: reading.readFiles)
  }

  /// Validates files, each for itself and whatever its kind; directories with all below them.
  package func check(paths: [String]) -> [Diagnostic] {
    paths.flatMap { path -> [Diagnostic] in
      guard files.kind(of: path) == .directory else { return check(file: path) }
      let found = DefinitionFiles.below(path, in: files)
      let empty = Diagnostic(.file(.directoryWithoutDefinitions), at: Place(file: path))
      return found.isEmpty ? [empty] : found.flatMap(check(file:))
    }
  }

  private func check(file: String) -> [Diagnostic] {
    var reading = ConfigurationReading(self, followsIncludes: false)
    let file = FilePath.normalized(file)
    reading.read(file)
    reading.checkDefinitions()
    return reading.diagnostics
  }

  /// Reads a theme file.
  ///
  /// - Returns: The theme, unless it has errors, and all that was found.
  package func theme(at path: String) -> (theme: ThemeFile?, diagnostics: [Diagnostic]) {
    let reader = FileReader(loader: self)
    let findings = Findings()
    guard let text = reader.text(of: path, reportingAt: Place(file: path), findings) else {
      return (nil, findings.diagnostics)
    }
    return ThemeFile.parse(text.text, file: path, knownRoles: knownRoles)
  }
}

/// What came of reading a configuration.
package struct LoadedConfiguration: Sendable {
  /// All that could be read; `nil` when the root file holds no configuration.
  package let configuration: Configuration?
  /// What was found, file by file in the order of reading, each by position.
  package let diagnostics: [Diagnostic]
  /// The files that were read, in the order of reading.
  package let files: [String]

  /// Makes the outcome of a load.
  package init(configuration: Configuration?, diagnostics: [Diagnostic], files: [String]) {
    self.configuration = configuration
    self.diagnostics = diagnostics
    self.files = files
  }
}
