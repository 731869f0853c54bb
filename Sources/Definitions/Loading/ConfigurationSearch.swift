/// Where the configuration file is looked for (formats.md 1).
package enum ConfigurationSearch {
  /// Chooses the configuration file.
  ///
  /// A path that the operator names is taken as it is, so that its absence is reported for itself.
  ///
  /// - Parameters:
  ///   - option: The value of `--config`.
  ///   - environment: The environment variables.
  ///   - exists: Whether there is a file at a path.
  /// - Returns: The path, which need not exist when the operator named it.
  /// - Throws: `ConfigurationNotFound` when no path is named and no usual place has a file.
  package static func path(
    option: String?, environment: [String: String], exists: (String) -> Bool
  ) throws(ConfigurationNotFound) -> String {
    if let option { return option }
    if let named = environment["BURNWATCH_CONFIG"], !named.isEmpty { return named }
    let places = usualPlaces(environment)
    guard let found = places.first(where: exists) else {
      throw ConfigurationNotFound(searched: places)
    }
    return found
  }

  private static func usualPlaces(_ environment: [String: String]) -> [String] {
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    let configHome = value("XDG_CONFIG_HOME") ?? value("HOME").map { FilePath.join($0, ".config") }
    let own = configHome.map { FilePath.join($0, "burnwatch/config.yaml") }
    return [own, "/etc/burnwatch/config.yaml"].compactMap(\.self)
  }
}

/// No configuration file is where one is looked for.
package struct ConfigurationNotFound: Error, Hashable, Sendable, CustomStringConvertible {
  /// The paths that were tried, in order.
  package let searched: [String]

  /// Makes the error.
  package init(searched: [String]) {
    self.searched = searched
  }

  /// What to do, in two sentences.
  package var description: String {
    "There is no configuration file at \(searched.map(\.escaped).joined(lastBy: "or")). "
      + "Write one, name one with --config FILE or BURNWATCH_CONFIG, "
      + "or run \"burnwatch demo\" to look around."
  }
}
