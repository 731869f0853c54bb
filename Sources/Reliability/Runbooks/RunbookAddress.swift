/// What an alert says about its runbook: an address or a name, from outside and never followed.
struct RunbookAddress {
  /// As the alert has it.
  let text: String
  /// The last part of the path, without an ending that documents have.
  let name: String
  /// The local path that a prefix makes of it.
  private let path: String?

  /// The endings of files that are runbooks, or pages made of them.
  private static let endings = [".md", ".yaml", ".yml", ".html"]

  /// Reads an address.
  ///
  /// - Parameters:
  ///   - text: The annotation as the alert has it.
  ///   - pathsByPrefix: The paths that beginnings of addresses stand for; the longest counts.
  init(_ text: String, pathsByPrefix: [String: String]) {
    self.text = text
    let plain = text.prefix { $0 != "#" && $0 != "?" }
    name = RunbookAddress.fileName(of: String(plain))
    let prefix = pathsByPrefix.keys.filter { plain.hasPrefix($0) }.max { $0.count < $1.count }
    path = prefix.flatMap { prefix in
      guard let directory = pathsByPrefix[prefix] else { return nil }
      let parts = plain.dropFirst(prefix.count).split(separator: "/")
      // A path from outside must not climb out of the directory it is put under.
      guard parts.allSatisfy({ $0 != ".." && $0 != "." }) else { return nil }
      let base = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
      return ([base[...]] + parts).joined(separator: "/")
    }
  }

  /// Whether the address leads to a file; case and ending do not count, as sites fold both.
  func leads(to file: String) -> Bool {
    guard let path else { return false }
    return RunbookAddress.withoutEnding(path).lowercased()
      == RunbookAddress.withoutEnding(file).lowercased()
  }

  /// The last part of a path, without its ending.
  static func fileName(of path: String) -> String {
    withoutEnding(path.split(separator: "/").last.map(String.init) ?? path)
  }

  private static func withoutEnding(_ path: String) -> String {
    endings.first { path.hasSuffix($0) }.map { String(path.dropLast($0.count)) } ?? path
  }
}

extension String {
  /// The name in lower case without `-`, `_` and blanks, in which spellings differ.
  var folded: String { lowercased().filter { !"-_ ".contains($0) } }
}
