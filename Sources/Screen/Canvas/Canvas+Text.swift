// The one door for text into the canvas. Whatever the text holds, it is sanitized, measured and
// clipped here, and the cost is bounded by what fits, not by the length of the text.

/// Where a line stands in the space it has.
package enum Alignment: Hashable, Sendable {
  /// At the left edge.
  case leading
  /// At the right edge.
  case trailing
  /// In the middle; an odd cell goes to the right.
  case center

  /// The blank columns to the left of content of this width, never negative.
  func indent(of width: Int, in columns: Int) -> Int {
    switch self {
    case .leading: 0
    case .trailing: max(0, columns - width)
    case .center: max(0, columns - width) / 2
    }
  }
}

extension Canvas {
  /// Draws one line of text and returns the number of columns it takes.
  ///
  /// The text is clipped to `maxWidth` columns and to the canvas; cut text ends in an ellipsis,
  /// or without one simply stops. A wide character that straddles the end becomes a space.
  @discardableResult
  package mutating func draw<Text: StringProtocol>(
    _ text: Text, at point: Point, maxWidth: Int = .max, role: Role, ellipsis: Bool = true
  ) -> Int where Text.SubSequence == Substring {
    guard point.row >= 0, point.row < size.rows, maxWidth > 0,
      point.column > -Sanitizer.scalarLimit, point.column < size.columns
    else { return 0 }
    let available = min(maxWidth, size.columns - point.column)
    let slice = text[...]
    if point.column >= 0,
      let used = drawASCII(slice, at: point, available: available, role: role, ellipsis: ellipsis)
    {
      return used
    }
    return drawScalars(slice, at: point, available: available, role: role, ellipsis: ellipsis)
  }

  /// Draws one line of text in the first row of `rect`, and returns the columns it takes.
  @discardableResult
  package mutating func draw<Text: StringProtocol>(
    _ text: Text, in rect: Rect, alignment: Alignment = .leading, role: Role
  ) -> Int where Text.SubSequence == Substring {
    guard !rect.isEmpty else { return 0 }
    let start =
      alignment == .leading ? 0 : alignment.indent(of: DisplayWidth.of(text), in: rect.columns)
    return draw(
      text, at: Point(column: rect.column + start, row: rect.row),
      maxWidth: rect.columns - start, role: role)
  }

  /// Draws text over several rows, broken between words, and returns the number of rows used.
  ///
  /// Text that does not fit ends in an ellipsis in the last row.
  @discardableResult
  package mutating func drawWrapped<Text: StringProtocol>(
    _ text: Text, in rect: Rect, role: Role
  ) -> Int where Text.SubSequence == Substring {
    guard !rect.isEmpty else { return 0 }
    let lines = WordWrap.lines(of: text, width: rect.columns, limit: rect.rows + 1)
    for (offset, line) in lines.prefix(rect.rows).enumerated() {
      let isCut = offset == rect.rows - 1 && lines.count > rect.rows
      let point = Point(column: rect.column, row: rect.row + offset)
      draw(
        isCut ? line + " \(glyphs.ellipsis)" : line, at: point, maxWidth: rect.columns, role: role)
    }
    return min(lines.count, rect.rows)
  }

  /// Draws text that is printable ASCII as far as it can be seen; `nil` when it is not.
  private mutating func drawASCII(
    _ text: Substring, at point: Point, available: Int, role: Role, ellipsis: Bool
  ) -> Int? {
    text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      // One byte more than fits: a mark that follows the last visible letter belongs to it.
      guard bytes.prefix(available + 1).allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
      let isCut = bytes.count > available && ellipsis
      let shown = min(bytes.count, available) - (isCut ? 1 : 0)
      write(ascii: UnsafeBufferPointer(rebasing: bytes.prefix(shown)), at: point, role: role)
      if isCut { putEllipsis(atEndOf: available, from: point, role: role) }
      return min(bytes.count, available)
    } ?? nil
  }

  private mutating func drawScalars(
    _ text: Substring, at point: Point, available: Int, role: Role, ellipsis: Bool
  ) -> Int {
    var characters = SanitizedText(text, replacement: glyphs.replacement)
    var used = 0
    while let character = characters.next() {
      let width = Int(character.width)
      guard used + width <= available else {
        fillStraddled(from: used, to: available, at: point, role: role)
        if ellipsis { putEllipsis(atEndOf: available, from: point, role: role) }
        return available
      }
      var cell = character
      cell.role = role
      write(cell, at: Point(column: point.column + used, row: point.row))
      used += width
    }
    guard characters.isCut, ellipsis else { return used }
    used = min(used + 1, available)
    putEllipsis(atEndOf: used, from: point, role: role)
    return used
  }

  private mutating func fillStraddled(
    from used: Int, to available: Int, at point: Point, role: Role
  ) {
    for offset in used..<max(used, available) {
      write(Cell(" ", role: role), at: Point(column: point.column + offset, row: point.row))
    }
  }

  private mutating func putEllipsis(atEndOf width: Int, from point: Point, role: Role) {
    put(glyphs.ellipsis, at: Point(column: point.column + width - 1, row: point.row), role: role)
  }
}
