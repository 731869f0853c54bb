import Foundation
import TestSupport

/// C sources of the tests as libraries that change what a program gets from the system.
enum PreloadedLibrary {
  /// Compiles a source.
  ///
  /// - Parameters:
  ///   - source: Its path below `Tests`.
  ///   - place: Where the library goes.
  /// - Returns: The path of the library, for `LD_PRELOAD`.
  /// - Throws: `ServerProcess.Failure` when it cannot be compiled.
  static func compile(_ source: String, in place: Workplace) async throws -> String {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../\(source)").standardized.path
    try await ServerProcess.run(
      "clang", ["-shared", "-fPIC", "-O1", "-o", "preloaded.so", path], in: place.path)
    return place.file("preloaded.so")
  }
}
