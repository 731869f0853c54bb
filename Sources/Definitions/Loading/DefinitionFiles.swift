/// Finds the definition files of a directory.
enum DefinitionFiles {
  /// The *.yaml and *.yml files at and below a directory, sorted; hidden names are left out.
  static func below(_ directory: String, in fileSystem: any FileSystem) -> [String] {
    files(below: directory, in: fileSystem) { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
  }

  /// The files that can be runbooks at and below a directory: Markdown besides.
  static func runbooks(below directory: String, in fileSystem: any FileSystem) -> [String] {
    files(below: directory, in: fileSystem) { name in
      [".yaml", ".yml", ".md"].contains(where: name.hasSuffix)
    }
  }

  private static func files(
    below directory: String, in fileSystem: any FileSystem, where isWanted: (String) -> Bool
  ) -> [String] {
    let entries = (try? fileSystem.entries(of: directory)) ?? []
    return entries.filter { !$0.name.hasPrefix(".") }.flatMap { entry -> [String] in
      let path = FilePath.join(directory, entry.name)
      switch entry.kind {
      case .directory: return files(below: path, in: fileSystem, where: isWanted)
      case .file: return isWanted(entry.name) ? [path] : []
      case .linkedDirectory: return []
      }
    }.sorted()
  }
}
