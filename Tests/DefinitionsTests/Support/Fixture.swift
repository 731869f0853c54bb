import Definitions
import Foundation
import Testing

/// A text file with files as input, the command that reads them, and the diagnostics it must give.
///
/// ```
/// $ load config.yaml
/// == config.yaml mode=666 owner=42
/// ...
/// == diagnostics
/// config.yaml:1:1: error: ...
/// ```
/// `escaped` after a file's name turns `\xHH` into bytes, `unreadable` refuses to open it,
/// `special` makes it a pipe, `folder=MODE:OWNER` is who can change the folder it lies in, and
/// `padded=N` fills it with a comment up to N bytes.
struct Fixture: CustomTestStringConvertible, Sendable {
  let name: String
  private let input: String
  let expected: String

  var testDescription: String { name }

  private static let directory = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")
  private static let separator = "== diagnostics\n"

  /// All fixtures by name.
  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.sorted().compactMap(Fixture.init)
  }()

  private init?(fileName: String) {
    guard fileName.hasSuffix(".txt"),
      let text = try? String(
        contentsOf: Fixture.directory.appending(path: fileName), encoding: .utf8)
    else { return nil }
    name = String(fileName.dropLast(4))
    let parts = text.components(separatedBy: Fixture.separator)
    input = parts[0]
    expected = parts.count > 1 ? parts[1] : ""
  }

  /// What the command finds.
  func run() -> [Diagnostic] {
    let sections = input.components(separatedBy: "\n== ")
    var files: [String: MemoryFileSystem.File] = [:]
    for section in sections.dropFirst() {
      let lines = section.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let header = lines[0].split(separator: " ").map(String.init)
      files[header[0]] = Fixture.file("\(lines.dropFirst().joined())\n", header.dropFirst())
    }
    let loader = Loader(
      MemoryFileSystem(files), knownRoles: ["text", "healthy", "critical", "key-name"],
      knownThemes: ["dark", "light", "mono"])
    let words = sections[0].split(whereSeparator: \.isWhitespace).map(String.init)
    switch words[1] {
    case "load": return loader.load(configurationAt: words[2]).diagnostics
    case "theme": return loader.theme(at: words[2]).diagnostics
    default: return loader.check(paths: Array(words.dropFirst(2)))
    }
  }

  /// Replaces the expected diagnostics in the file.
  func record(_ output: String) throws {
    let url = Fixture.directory.appending(path: "\(name).txt")
    try "\(input)\(Fixture.separator)\(output)".write(to: url, atomically: true, encoding: .utf8)
  }

  private static func file(
    _ text: String, _ options: some Sequence<String>
  ) -> MemoryFileSystem.File {
    var file = MemoryFileSystem.File(text)
    for option in options {
      let parts = option.split(separator: "=").map(String.init)
      switch parts[0] {
      case "mode": file.permissions = UInt16(parts[1], radix: 8) ?? 0
      case "owner": file.owner = UInt32(parts[1]) ?? 0
      case "unreadable": file.isUnreadable = true
      case "special": file.isSpecial = true
      case "empty": file.bytes = []
      case "folder":
        let access = parts[1].split(separator: ":")
        file.folder = FileAccess(
          owner: UInt32(access[1]) ?? 0, permissions: UInt16(access[0], radix: 8) ?? 0)
      case "padded":
        let missing = (Int(parts[1]) ?? 0) - file.bytes.count
        file.bytes += Array(repeating: UInt8(ascii: "#"), count: missing)
      case "escaped": file.bytes = unescaped(file.bytes)
      default: break
      }
    }
    return file
  }

  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"),
        let code = UInt8(digits, radix: 16)
      {
        result.append(code)
        rest = rest.dropFirst(3)
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
