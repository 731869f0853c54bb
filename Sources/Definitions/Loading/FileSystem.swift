/// What the loader needs from the disk, so that tests keep their files in memory.
package protocol FileSystem: Sendable {
  /// The content of a file, at most one byte more than `limit`, with who can change it.
  func contents(of path: String, limit: Int) throws(FileError) -> FileContents

  /// What a directory holds, in any order.
  func entries(of directory: String) throws(FileError) -> [DirectoryEntry]

  /// What a path leads to, symbolic links followed; `nil` when there is nothing.
  func kind(of path: String) -> FileKind?
}

/// The bytes of a file and who can change them.
package struct FileContents: Hashable, Sendable {
  package let bytes: [UInt8]
  /// The user id of the owner.
  package let owner: UInt32
  /// The permission bits, such as `0o644`.
  package let permissions: UInt16

  package init(bytes: [UInt8], owner: UInt32, permissions: UInt16) {
    self.bytes = bytes
    self.owner = owner
    self.permissions = permissions
  }
}

/// One name in a directory.
package struct DirectoryEntry: Hashable, Sendable {
  package let name: String
  package let kind: FileKind

  package init(name: String, kind: FileKind) {
    self.name = name
    self.kind = kind
  }
}

/// What a path leads to.
package enum FileKind: Hashable, Sendable {
  case file
  case directory
  /// A symbolic link to a directory, which is not searched: it can lead in circles.
  case linkedDirectory
}

/// Why a file cannot be had.
package enum FileError: Error, Hashable, Sendable {
  case notFound
  case isDirectory
  /// In the words of the operating system.
  case other(String)
}
