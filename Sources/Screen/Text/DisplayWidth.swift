/// How many cells text takes in a terminal.
///
/// Widths follow the C library's `wcwidth`, which ncurses uses: East Asian Wide and Fullwidth take
/// two cells, combining marks none, ambiguous characters one. The table is generated.
package enum DisplayWidth {
  /// The version of Unicode behind the table.
  package static let unicodeVersion = DisplayWidthTable.unicodeVersion

  /// The cells of one scalar: 0 for a combining mark, 1 or 2; `nil` for what has no width of
  /// its own, such as control and format characters, private and unassigned scalars.
  package static func of(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? nil : 1 }
    // Box drawing, blocks and most geometric shapes: what the program itself draws with.
    if 0x2500..<0x25FD ~= scalar.value { return 1 }
    let width = DisplayWidthTable.entry(for: scalar.value)
    return width == DisplayWidthTable.none ? nil : Int(width)
  }

  /// The columns that a line of text takes once it is sanitized.
  ///
  /// At most ``Sanitizer/scalarLimit`` scalars are measured, as they are drawn.
  package static func of<Text: StringProtocol>(_ text: Text) -> Int
  where Text.SubSequence == Substring {
    let ascii = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      let measured = bytes.prefix(Sanitizer.scalarLimit)
      return measured.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? measured.count : nil
    }
    if let count = ascii ?? nil { return count }
    return SanitizedText(text[...], replacement: Glyphs.unicode.replacement)
      .reduce(0) { $0 + Int($1.width) }
  }

  /// As many characters from the beginning as fit into so many columns.
  package static func prefix<Text: StringProtocol>(of text: Text, columns: Int) -> String {
    var used = 0
    return String(
      text.prefix { character in
        used += of(String(character))
        return used <= columns
      })
  }
}

extension DisplayWidthTable {
  /// The entry of a scalar that has no width.
  static let none: UInt32 = 3

  /// The width, or ``none``, of the last run that starts at or before `value`.
  static func entry(for value: UInt32) -> UInt32 {
    let key = value << 2 | none
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle] <= key { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? none : runs[low - 1] & 3
  }
}
