import Foundation
import Reliability

/// Keeps hand-off notes as files that only their owner may read, beside the journal's usual place.
struct HandOffFolder: Sendable {
  let path: String

  /// Writes a note.
  ///
  /// - Returns: The file.
  /// - Throws: `CommandFailure` when it cannot be written.
  func write(
    _ lines: [String], team: String, at now: Timestamp
  ) throws(CommandFailure) -> String {
    let name = team.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let time = now.rfc3339.prefix(19).filter { $0 != ":" }
    let files = FileManager.default
    // Two notes of one second, or of teams whose names differ in signs only, do not replace each other.
    let names = ["", "-2", "-3", "-4", "-5"].map { "\(path)/\(String(name))-\(time)\($0).md" }
    let file = names.first { !files.fileExists(atPath: $0) } ?? names[0]
    do {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let text = lines.map { "\($0)\n" }.joined()
      // Beside its place first, so that a full disk leaves no half of a note.
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
      try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
      return file
    } catch {
      throw CommandFailure(
        "The hand-off note cannot be written to \(file): \(error.localizedDescription)", .output)
    }
  }
}

extension HandOffFolder {
  /// A place of the demo's own: a fictional note is not to lie beside real ones.
  static var temporary: HandOffFolder {
    let name = "burnwatch-demo-\(UUID().uuidString)"
    return HandOffFolder(path: FileManager.default.temporaryDirectory.appending(path: name).path)
  }
}

extension Surroundings {
  /// Where hand-off notes are kept; `nil` where there is no such place.
  var handOffFolder: HandOffFolder? {
    journalPath.map { path in
      HandOffFolder(path: "\(NSString(string: path).deletingLastPathComponent)/handoffs")
    }
  }
}
