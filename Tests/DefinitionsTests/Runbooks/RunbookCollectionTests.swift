import Definitions
import Foundation
import Testing

// Collections of runbooks that others wrote, in a folder beside the repository. They are not part of it,
// so a clone without them skips this suite and says so.

@Suite(
  "Public collections of runbooks",
  .enabled(if: RunbookCollection.folder != nil, "shared/contracts/runbooks is not here"))
struct RunbookCollectionTests {
  @Test("Every page is read without an error, and none of its lines is lost")
  func pages() throws {
    let files = try RunbookCollection.files()
    #expect(files.count > 50)
    for (path, text) in files { try ReadPage.expectWhole(text, file: path) }
  }
}

private enum RunbookCollection {
  /// The folder, looked for beside every folder above this one.
  static var folder: URL? {
    var folder = URL(filePath: #filePath)
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: "shared/contracts/runbooks")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }

  static func files() throws -> [(path: String, text: String)] {
    let folder = try #require(folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try paths.filter { $0.hasSuffix(".md") }.sorted().map { path in
      (path, try String(contentsOf: folder.appending(path: path), encoding: .utf8))
    }
  }
}
