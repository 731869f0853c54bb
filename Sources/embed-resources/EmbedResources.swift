// Writes a Swift source that holds the files of themes/ and sample-data/; run by the build, never by a
// user.
//
//   embed-resources OUTPUT ROOT
//
// ROOT is the folder of the package.

import Foundation

@main
struct EmbedResources {
  static func main() {
    do {
      try run()
    } catch {
      FileHandle.standardError.write(Data("embed-resources: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() throws {
    guard CommandLine.arguments.count == 3 else { throw Failure.usage }
    let output = URL(filePath: CommandLine.arguments[1])
    let root = URL(filePath: CommandLine.arguments[2])
    let source = """
      extension Resources {
        /// The files of `themes/`, sorted by path.
        package static let themes: [Resource] = \(try list(of: root.appending(path: "themes")))

        /// The files of `sample-data/`, sorted by path.
        package static let sampleData: [Resource] = \(
          try list(of: root.appending(path: "sample-data")))
      }

      """
    try Data(source.utf8).write(to: output)
  }

  /// An array literal of the files below a folder, sorted by path; hidden files are left out.
  private static func list(of folder: URL) throws -> String {
    let folder = folder.resolvingSymlinksInPath()
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let items = try paths.compactMap { path -> String? in
      let file = folder.appending(path: path)
      guard !"/\(path)".contains("/."), try isRegular(file) else { return nil }
      let literal = SwiftLiteral.text(try text(of: file))
      return "Resource(path: \(SwiftLiteral.line(path)), text: \(literal)),"
    }
    return "[\n\(items.joined(separator: "\n"))\n]"
  }

  private static func isRegular(_ file: URL) throws -> Bool {
    try file.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
      ?? false
  }

  private static func text(of file: URL) throws -> String {
    let data = try Data(contentsOf: file)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Failure.notUTF8(file.path)
    }
    return text
  }
}

/// What stops the build.
private enum Failure: Error, CustomStringConvertible {
  case usage
  case notUTF8(String)

  var description: String {
    switch self {
    case .usage: "usage: embed-resources OUTPUT ROOT"
    case .notUTF8(let path): "\(path) is not UTF-8 text; only text files can be embedded."
    }
  }
}
