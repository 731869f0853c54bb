import Reliability

/// The section `runbooks`: where runbooks are, which addresses stand for them, and how their commands
/// run.
struct RunbookSection {
  private enum Key: String, SectionKey { case directories, urlPrefixes, environment, open, timeout }

  /// The directories as written.
  let directories: [Value]
  private let prefixes: [(prefix: String, path: Value)]
  private let variables: [String]
  private let opener: Value?
  private let timeout: Duration?

  init(_ value: Value?) {
    let section = value.flatMap(Section<Key>.init)
    directories = (section?[.directories]?.itemsOrOne() ?? []).filter { $0.text() != nil }
    prefixes = (section?[.urlPrefixes]?.entries() ?? []).compactMap { entry in
      entry.value.text() == nil ? nil : (entry.name, entry.value)
    }
    variables = section?[.environment]?.texts() ?? []
    opener = section?[.open]
    timeout = section?[.timeout]?.duration(atLeast: .seconds(1))
  }

  /// How commands run.
  ///
  /// - Parameter problems: Why commands in a file must not be run, by its path.
  /// - Returns: The settings, without an opener that somebody else could have written.
  func running(_ problems: [String: FileProblem]) -> RunningSettings {
    var words = opener?.texts() ?? []
    if let opener, !words.isEmpty, let problem = problems[opener.place.file] {
      opener.report(.file(problem))
      words = []
    }
    return RunningSettings(
      variables: variables, opener: words.isEmpty ? nil : words, timeout: timeout)
  }

  /// The paths by the beginning of an address, relative ones from the file that says so.
  func pathsByPrefix(home: String?) -> [String: String] {
    let pairs = prefixes.compactMap { prefix, path in
      path.scalarText.map { (prefix, FilePath.resolve($0, in: path.place.file, home: home)) }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
