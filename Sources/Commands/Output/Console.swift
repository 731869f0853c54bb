import Foundation
import Screen

/// Standard output and standard error: every line passes the sanitizer on its way out.
enum Console {
  /// Writes lines to standard output.
  ///
  /// - Throws: `CommandFailure` when they cannot be written, on a full disk for instance.
  static func write(_ lines: [String]) throws(CommandFailure) {
    try put(safe(lines), to: .standardOutput)
  }

  /// Writes a JSON value, whose text is printable ASCII already.
  ///
  /// - Throws: `CommandFailure` when it cannot be written.
  static func write(json: JSON) throws(CommandFailure) {
    try put(json.text + "\n", to: .standardOutput)
  }

  /// Writes a calendar, whose lines end as its format wants and which holds no other control character.
  ///
  /// - Throws: `CommandFailure` when it cannot be written.
  static func write(calendar: String) throws(CommandFailure) {
    let isHarmless = { (scalar: Unicode.Scalar) in
      "\r\n\t".unicodeScalars.contains(scalar) || scalar.properties.generalCategory != .control
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: calendar.unicodeScalars.filter(isHarmless))
    try put(String(text), to: .standardOutput)
  }

  /// Writes lines to standard error; when even that fails there is nobody left to tell.
  static func complain(_ lines: [String]) {
    try? put(safe(lines), to: .standardError)
  }

  private static func safe(_ lines: [String]) -> String {
    lines.map { Sanitizer.line($0) + "\n" }.joined()
  }

  private static func put(_ text: String, to handle: FileHandle) throws(CommandFailure) {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw CommandFailure("The output could not be written. Is the disk full?", .output)
    }
  }
}
