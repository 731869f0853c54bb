import Foundation
import Reliability

/// The file of a journal, and which one it was when it was opened.
struct JournalFile: Sendable {
  private struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64

    init?(of path: String) {
      var info = stat()
      guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
      device = UInt64(truncatingIfNeeded: info.st_dev)
      number = UInt64(truncatingIfNeeded: info.st_ino)
    }
  }

  /// The path as it was given.
  let path: String
  private let identity: Identity

  /// Finds a file, or makes it and its folder so that only their owner may read them.
  init(making path: String) throws(JournalError) {
    self.path = path
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try JournalFile.makeFolder(folder, for: path) }
    // Never opened when it is there: closing it again would end SQLite's locks of this process.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw JournalError(errno, path: path)
    }
    guard let identity = Identity(of: path) else {
      throw .inaccessible(path: path, reason: "it is no regular file")
    }
    self.identity = identity
  }

  /// Makes sure that the path still leads to the file that was opened.
  ///
  /// SQLite would go on writing to a removed file, and everything would be lost when it is closed.
  func checkPlace() throws(JournalError) {
    guard Identity(of: path) != identity else { return }
    throw .inaccessible(
      path: path, reason: "it was removed or replaced while in use; a restart opens it anew")
  }

  private static func makeFolder(_ folder: String, for path: String) throws(JournalError) {
    guard !FileManager.default.fileExists(atPath: folder) else { return }
    let parent = (folder as NSString).deletingLastPathComponent
    if !parent.isEmpty { try makeFolder(parent, for: path) }
    // Another process may have made it since.
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw JournalError(errno, path: path)
    }
  }
}
