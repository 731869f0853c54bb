import Screen

/// Rows of cells as text with flush columns or as a Markdown table; every cell is made harmless.
enum Columns {
  /// One line a row, two blanks between columns.
  static func text(_ rows: [[String]]) -> [String] {
    let safe = rows.map { $0.map { Sanitizer.line($0) } }
    let count = safe.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      safe.map { $0.indices.contains(column) ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return safe.map { row in
      let padded = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - DisplayWidth.of(cell))
      }
      return padded.joined(separator: "  ").trimmingTrailingSpaces
    }
  }

  /// The first row as the head of a table.
  static func markdown(_ rows: [[String]]) -> [String] {
    guard let head = rows.first else { return [] }
    let rule = row(head.map { _ in "---" })
    return [row(head), rule] + rows.dropFirst().map { row($0.map(escaped)) }
  }

  private static func row(_ cells: [String]) -> String {
    "| \(cells.joined(separator: " | ")) |"
  }

  /// Characters that mean something in Markdown are escaped: names come from outside.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in Sanitizer.line(text) {
      if "\\`*_{}[]<>#|!".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}

extension String {
  /// Without blanks at the end.
  var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
