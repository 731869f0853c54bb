import Definitions

/// A disk of a few files for a test; directories exist where paths have them.
struct MemoryFileSystem: FileSystem {
  struct File {
    var bytes: [UInt8]
    var owner: UInt32 = 1000
    var permissions: UInt16 = 0o644
    var isUnreadable = false
    var isSpecial = false
    /// Who can change the folder it lies in.
    var folder: FileAccess?

    init(_ text: String) {
      bytes = Array(text.utf8)
    }
  }

  var files: [String: File]

  init(_ files: [String: File]) {
    self.files = files
  }

  init(texts: [String: String]) {
    files = texts.mapValues { File($0) }
  }

  func contents(of path: String, limit: Int) throws(FileError) -> FileContents {
    guard let file = files[path] else {
      throw kind(of: path) == .directory ? .isDirectory : .notFound
    }
    guard !file.isSpecial else { throw .notRegular }
    guard !file.isUnreadable else { throw .other("permission denied") }
    return FileContents(
      bytes: Array(file.bytes.prefix(limit + 1)), owner: file.owner,
      permissions: file.permissions)
  }

  func entries(of directory: String) throws(FileError) -> [DirectoryEntry] {
    guard kind(of: directory) == .directory else { throw .notFound }
    let prefix = directory == "." ? "" : "\(directory)/"
    let below = files.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
    let names = Dictionary(grouping: below) { $0.split(separator: "/")[0] }
    return names.map { name, paths in
      DirectoryEntry(name: String(name), kind: paths.contains(name) ? .file : .directory)
    }
  }

  func access(to directory: String) -> FileAccess? {
    files.first { path, file in
      file.folder != nil
        && path.split(separator: "/").dropLast().joined(separator: "/") == directory
    }?.value.folder
  }

  func kind(of path: String) -> FileKind? {
    if files[path] != nil { return .file }
    let isDirectory = path == "." || files.keys.contains { $0.hasPrefix("\(path)/") }
    return isDirectory ? .directory : nil
  }
}

extension Loader {
  /// A loader as the tests use it: user 1000 at home in /home/ines.
  init(_ files: MemoryFileSystem, knownRoles: [String] = [], knownThemes: [String] = []) {
    self.init(
      files: files, operatorID: 1000, identity: Identity(name: "ines@bastion"),
      home: "/home/ines", knownRoles: knownRoles, knownThemes: knownThemes)
  }

  /// Loads `config.yaml` of a few files.
  static func load(_ texts: [String: String]) -> LoadedConfiguration {
    Loader(MemoryFileSystem(texts: texts)).load(configurationAt: "config.yaml")
  }
}
