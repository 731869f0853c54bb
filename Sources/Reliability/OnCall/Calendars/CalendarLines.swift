/// Unfolding and folding of lines, on bytes, since a fold may stand within a character.
enum CalendarLines {
  /// A line as it was before folding, and where it begins in the text.
  struct Line {
    let bytes: [UInt8]
    let number: Int
  }

  /// Longer lines are cut, since no name or note is as long.
  private static let longest = 65_536

  /// The lines of a text, folds undone, CRLF and bare LF alike; empty ones are left out.
  static func unfolded(_ bytes: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var current: [UInt8] = []
    var start = 0
    var number = 0
    for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let content = piece.last == 0x0D ? piece.dropLast() : piece[...]
      if let first = content.first, first == 0x20 || first == 0x09, start > 0 {
        if current.count < longest { current += content.dropFirst() }
        continue
      }
      if !current.isEmpty { lines.append(Line(bytes: current, number: start)) }
      current = Array(content)
      start = number
    }
    if !current.isEmpty { lines.append(Line(bytes: current, number: start)) }
    return lines
  }

  /// A content line in pieces of at most 75 bytes, none of which divides a character.
  static func folded(_ line: String) -> String {
    var result = ""
    var width = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if width + size > 75 {
        result += "\r\n "
        width = 1
      }
      result.unicodeScalars.append(scalar)
      width += size
    }
    return result + "\r\n"
  }
}
