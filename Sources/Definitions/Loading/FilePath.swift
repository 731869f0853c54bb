/// Paths as text, joined and tidied without a look at the disk.
enum FilePath {
  /// The directory part; empty for a bare name.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The folders on the way to a file, the nearest first; of a relative path the last is `.`.
  static func folders(of path: String) -> [String] {
    var folders: [String] = []
    var folder = directory(of: path)
    while !folder.isEmpty, folder != "/" {
      folders.append(folder)
      folder = directory(of: folder)
    }
    return folders + [path.hasPrefix("/") ? "/" : "."]
  }

  static func join(_ directory: String, _ name: String) -> String {
    if name.hasPrefix("/") || directory.isEmpty { return normalized(name) }
    return normalized("\(directory)/\(name)")
  }

  /// A path written in a file: relative to that file, `~/` is the home directory.
  static func resolve(_ path: String, in file: String, home: String?) -> String {
    if let home, path.hasPrefix("~/") { return join(home, String(path.dropFirst(2))) }
    return join(directory(of: file), path)
  }

  /// Without `.`, empty and `name/..` parts, so that one file has one path.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      let isUp = part == ".."
      if isUp, let last = parts.last, last != ".." {
        parts.removeLast()
      } else if !(isUp && path.hasPrefix("/") && parts.isEmpty) {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/\(joined)" : joined.isEmpty ? "." : joined
  }
}
