import Foundation
import TestSupport

/// A directory with the files of one test, removed when the test is done with it.
final class Workplace {
  let path: String

  /// Writes files by their paths below the directory.
  init(_ files: [String: String] = [:]) throws {
    path = try ServerProcess.makeDirectory()
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the directory.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}

/// A configuration with one metric source.
enum ConfigurationText {
  /// A root file.
  ///
  /// - Parameters:
  ///   - url: Where the source is.
  ///   - slos: Items of `slos:`, each indented by two spaces.
  ///   - settings: Further settings of the source, such as `refresh: 1s`.
  /// - Returns: The text of the file.
  static func text(url: String, slos: String, settings: String = "refresh: 15s") -> String {
    """
    apiVersion: burnwatch/v1
    kind: Config
    identity: {name: tester}
    sources:
      - {name: prom, type: prometheus, url: "\(url)", \(settings)}
    slos:
    \(slos)
    """
  }

  /// An item of `slos:`.
  static func slo(
    _ service: String, _ name: String, objective: String = "99.9", window: String = "30d",
    sli: String, more: String = ""
  ) -> String {
    """
      - service: \(service)
        name: \(name)
        objective: \(objective)
        window: \(window)
        sli: \(sli)
        \(more)

    """
  }
}
