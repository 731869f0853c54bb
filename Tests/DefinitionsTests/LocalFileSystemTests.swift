import Definitions
import Foundation
import Testing

@Suite("The disk")
struct LocalFileSystemTests {
  /// Runs a test in a new directory that is removed afterwards.
  private func inDirectory(_ body: (URL) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "burnwatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory)
  }

  @Test("A file comes with its bytes, owner and permissions, bounded")
  func contents() throws {
    try inDirectory { directory in
      let file = directory.appending(path: "a.yaml")
      try Data("name: x".utf8).write(to: file)
      #expect(chmod(file.path, 0o640) == 0)
      let contents = try LocalFileSystem().contents(of: file.path, limit: 100)
      #expect(contents.bytes == Array("name: x".utf8))
      #expect(contents.owner == getuid())
      #expect(contents.permissions == 0o640)
      #expect(try LocalFileSystem().contents(of: file.path, limit: 3).bytes.count == 4)
    }
  }

  @Test("What cannot be read is named")
  func failures() throws {
    try inDirectory { directory in
      let missing = directory.appending(path: "missing").path
      #expect(throws: FileError.notFound) {
        try LocalFileSystem().contents(of: missing, limit: 1)
      }
      #expect(throws: FileError.isDirectory) {
        try LocalFileSystem().contents(of: directory.path, limit: 1)
      }
      #expect(throws: FileError.notFound) { try LocalFileSystem().entries(of: missing) }
      #expect(LocalFileSystem().kind(of: missing) == nil)
    }
  }

  @Test("A pipe and a device are refused, and opening them waits for nobody")
  func specialFiles() throws {
    try inDirectory { directory in
      let pipe = directory.appending(path: "pipe.yaml").path
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [pipe, "/dev/zero"] {
        #expect(throws: FileError.notRegular) {
          try LocalFileSystem().contents(of: path, limit: 100)
        }
      }
    }
  }

  @Test("A directory that contains itself by a link is searched once")
  func linkedDirectory() throws {
    try inDirectory { directory in
      let slos = directory.appending(path: "slos")
      try FileManager.default.createDirectory(at: slos, withIntermediateDirectories: true)
      try Data("a: [".utf8).write(to: slos.appending(path: "a.yaml"))
      try FileManager.default.createSymbolicLink(
        at: slos.appending(path: "loop"), withDestinationURL: directory)
      try FileManager.default.createSymbolicLink(
        at: slos.appending(path: "b.yaml"), withDestinationURL: slos.appending(path: "a.yaml"))
      let loader = Loader(
        files: LocalFileSystem(), operatorID: getuid(), identity: Identity(name: "x"), home: nil)
      let found = loader.check(paths: [directory.path]).map(\.place.file)
      #expect(found == ["\(slos.path)/a.yaml", "\(slos.path)/b.yaml"])
      #expect(
        try Set(LocalFileSystem().entries(of: slos.path))
          == [
            DirectoryEntry(name: "a.yaml", kind: .file),
            DirectoryEntry(name: "b.yaml", kind: .file),
            DirectoryEntry(name: "loop", kind: .linkedDirectory),
          ])
    }
  }
}
