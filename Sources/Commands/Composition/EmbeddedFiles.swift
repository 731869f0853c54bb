import Definitions
import Resources

/// The sample data inside the binary, read as if it lay in a directory.
struct EmbeddedFiles: FileSystem {
  /// The directory the sample data seems to lie in.
  static let root = "sample-data"

  private let texts: [String: String]

  init(_ resources: [Resource]) {
    texts = Dictionary(
      resources.map { ("\(EmbeddedFiles.root)/\($0.path)", $0.text) },
      uniquingKeysWith: { first, _ in first })
  }

  func contents(of path: String, limit: Int) throws(FileError) -> FileContents {
    guard let text = texts[path] else { throw .notFound }
    return FileContents(bytes: Array(text.utf8), owner: 0, permissions: 0o644)
  }

  func entries(of directory: String) throws(FileError) -> [DirectoryEntry] {
    let below = texts.keys.filter { $0.hasPrefix("\(directory)/") }
      .map { $0.dropFirst(directory.count + 1) }
    guard !below.isEmpty else { throw .notFound }
    let names = Set(below.map { $0.prefix { $0 != "/" } })
    return names.map { name in
      DirectoryEntry(name: String(name), kind: below.contains(name) ? .file : .directory)
    }
  }

  func kind(of path: String) -> FileKind? {
    if texts[path] != nil { return .file }
    return texts.keys.contains { $0.hasPrefix("\(path)/") } ? .directory : nil
  }
}
