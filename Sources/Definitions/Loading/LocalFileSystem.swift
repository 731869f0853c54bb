import Foundation

/// The disk.
package struct LocalFileSystem: FileSystem {
  /// Makes the disk; it has no state.
  package init() {}

  /// Reads with plain system calls, so that owner and content are of one and the same file.
  ///
  /// - Throws: `FileError`; only regular files are read, because a pipe may never say anything.
  package func contents(of path: String, limit: Int) throws(FileError) -> FileContents {
    // Opening a pipe waits for its writer unless it is opened so; regular files do not care.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(errno) }
    defer { close(descriptor) }
    // Owner and permissions are those of the opened file, not of what the path leads to later.
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw FileError(errno) }
    switch info.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory
    default: throw .notRegular
    }
    return FileContents(
      bytes: try read(descriptor, limit: limit), owner: info.st_uid,
      permissions: UInt16(info.st_mode & 0o7777))
  }

  private func read(_ descriptor: Int32, limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Foundation.read(descriptor, &chunk, min(chunk.count, limit + 1 - bytes.count))
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(errno)
      }
      bytes += chunk.prefix(count)
    }
    return bytes
  }

  /// Lists a directory, hidden names included; names that vanish meanwhile are left out.
  package func entries(of directory: String) throws(FileError) -> [DirectoryEntry] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      guard kind(of: directory) == .directory else { throw .notFound }
      throw .other("it cannot be listed")
    }
    return names.compactMap { name in
      let path = FilePath.join(directory, name)
      guard let kind = kind(of: path) else { return nil }
      let isLinked = kind == .directory && isSymbolicLink(path)
      return DirectoryEntry(name: name, kind: isLinked ? .linkedDirectory : kind)
    }
  }

  /// Everything that is no directory counts as a file.
  package func kind(of path: String) -> FileKind? {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    return info.st_mode & S_IFMT == S_IFDIR ? .directory : .file
  }

  /// The owner and permissions of a file or a directory, symbolic links followed.
  package func access(to path: String) -> FileAccess? {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    return FileAccess(owner: info.st_uid, permissions: UInt16(info.st_mode & 0o7777))
  }

  /// Where a path leads when all symbolic links on the way are followed.
  package func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private func isSymbolicLink(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
  }
}

extension FileError {
  fileprivate init(_ code: Int32) {
    self =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EISDIR: .isDirectory
      // A socket cannot even be opened.
      case ENXIO: .notRegular
      case EACCES, EPERM: .other("permission denied")
      default: .other(String(cString: strerror(code)))
      }
  }
}
