/// Finds the definition files of a directory.
enum DefinitionFiles {
  /// The *.yaml and *.yml files at and below a directory, sorted; hidden names are left out.
  static func below(_ directory: String, in fileSystem: any FileSystem) -> [String] {
    let entries = (try? fileSystem.entries(of: directory)) ?? []
    return entries.filter { !$0.name.hasPrefix(".") }.flatMap { entry -> [String] in
      let path = FilePath.join(directory, entry.name)
      switch entry.kind {
      case .directory: return below(path, in: fileSystem)
      case .file: return entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml") ? [path] : []
      case .linkedDirectory: return []
      }
    }.sorted()
  }
}
