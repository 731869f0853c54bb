import Foundation

/// Who owns a file or directory and who may change it.
struct FileFacts: Hashable, Sendable {
  /// The user id of the owner.
  let owner: UInt32
  /// The permission bits, such as `0o644`.
  let permissions: UInt16
  let isDirectory: Bool
  /// Whether this process may read it.
  let isReadable: Bool
  /// Whether this process may write it.
  let isWritable: Bool

  init(
    owner: UInt32, permissions: UInt16, isDirectory: Bool = false, isReadable: Bool = true,
    isWritable: Bool = true
  ) {
    self.owner = owner
    self.permissions = permissions
    self.isDirectory = isDirectory
    self.isReadable = isReadable
    self.isWritable = isWritable
  }

  /// Looks at what a path leads to; `nil` when nothing is there.
  init?(at path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    owner = info.st_uid
    permissions = UInt16(info.st_mode & 0o7777)
    isDirectory = info.st_mode & S_IFMT == S_IFDIR
    isReadable = access(path, R_OK) == 0
    isWritable = access(path, W_OK) == 0
  }

  var isGroupOrWorldWritable: Bool { permissions & 0o022 != 0 }
  var isWorldReadable: Bool { permissions & 0o004 != 0 }
  /// The bits as `chmod` takes them.
  var mode: String { "0" + String(permissions, radix: 8) }
}
