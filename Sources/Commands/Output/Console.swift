import Foundation
import Screen

/// Standard output and standard error: every line passes the sanitiser on its way out.
enum Console {
  /// Writes lines to standard output.
  static func write(_ lines: [String]) {
    put(lines, to: .standardOutput)
  }

  /// Writes text that is safe already, such as JSON.
  static func write(json: JSON) {
    FileHandle.standardOutput.write(Data((json.text + "\n").utf8))
  }

  /// Writes lines to standard error.
  static func complain(_ lines: [String]) {
    put(lines, to: .standardError)
  }

  private static func put(_ lines: [String], to handle: FileHandle) {
    let safe = lines.map { Sanitizer.line($0) + "\n" }.joined()
    handle.write(Data(safe.utf8))
  }
}
