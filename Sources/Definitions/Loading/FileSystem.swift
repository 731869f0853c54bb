/// What the loader needs from the disk, so that tests keep their files in memory.
package protocol FileSystem: Sendable {
  /// The content of a file, at most one byte more than `limit`, with who can change it.
  func contents(of path: String, limit: Int) throws(FileError) -> FileContents

  /// What a directory holds, in any order.
  func entries(of directory: String) throws(FileError) -> [DirectoryEntry]

  /// What a path leads to, symbolic links followed; `nil` when there is nothing.
  func kind(of path: String) -> FileKind?

  /// Who can change a file or what is in a directory; `nil` when nobody else can, or it is not there.
  func access(to path: String) -> FileAccess?

  /// Where a path leads when all symbolic links on the way are followed; the path when it leads nowhere.
  func resolved(_ path: String) -> String
}

extension FileSystem {
  /// A disk without permissions: nobody else can change anything.
  package func access(to path: String) -> FileAccess? { nil }

  /// A disk without symbolic links.
  package func resolved(_ path: String) -> String { path }
}

/// Who can change a file or a directory.
package struct FileAccess: Hashable, Sendable {
  /// The user id of the owner.
  package let owner: UInt32
  /// The permission bits, such as `0o755`.
  package let permissions: UInt16

  /// Makes a value.
  package init(owner: UInt32, permissions: UInt16) {
    self.owner = owner
    self.permissions = permissions
  }
}

/// The bytes of a file and who can change them.
package struct FileContents: Hashable, Sendable {
  /// The content, or its first part where it exceeds the limit asked for.
  package let bytes: [UInt8]
  /// The user id of the owner.
  package let owner: UInt32
  /// The permission bits, such as `0o644`.
  package let permissions: UInt16

  /// Makes contents.
  package init(bytes: [UInt8], owner: UInt32, permissions: UInt16) {
    self.bytes = bytes
    self.owner = owner
    self.permissions = permissions
  }
}

/// One name in a directory.
package struct DirectoryEntry: Hashable, Sendable {
  /// The name without its directory.
  package let name: String
  /// What the name leads to.
  package let kind: FileKind

  /// Makes an entry.
  package init(name: String, kind: FileKind) {
    self.name = name
    self.kind = kind
  }
}

/// What a path leads to.
package enum FileKind: Hashable, Sendable {
  /// Anything that is no directory.
  case file
  /// A directory, reached without a symbolic link at its end.
  case directory
  /// A symbolic link to a directory, which is not searched: it can lead in circles.
  case linkedDirectory
}

/// Why a file cannot be had.
package enum FileError: Error, Hashable, Sendable {
  /// Nothing is there, or a part of the path is no directory.
  case notFound
  /// A directory is where a file should be.
  case isDirectory
  /// A pipe, a socket or a device, which may never end.
  case notRegular
  /// In the words of the operating system.
  case other(String)
}
