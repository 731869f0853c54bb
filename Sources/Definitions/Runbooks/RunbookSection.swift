import Reliability

/// The section `runbooks`: where runbooks are, and which addresses stand for them.
struct RunbookSection {
  private enum Key: String, SectionKey { case directories, urlPrefixes }

  /// The directories as written.
  let directories: [Value]
  private let prefixes: [(prefix: String, path: Value)]

  init(_ value: Value?) {
    let section = value.flatMap(Section<Key>.init)
    directories = (section?[.directories]?.itemsOrOne() ?? []).filter { $0.text() != nil }
    prefixes = (section?[.urlPrefixes]?.entries() ?? []).compactMap { entry in
      entry.value.text() == nil ? nil : (entry.name, entry.value)
    }
  }

  /// The paths by the beginning of an address, relative ones from the file that says so.
  func pathsByPrefix(home: String?) -> [String: String] {
    let pairs = prefixes.compactMap { prefix, path in
      path.scalarText.map { (prefix, FilePath.resolve($0, in: path.place.file, home: home)) }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
