/// Breaks text into lines of a given width, between words where it can.
package enum WordWrap {
  /// The most lines that one text is broken into.
  package static let lineLimit = 1000

  /// At most `limit` lines of safe text, none wider than `width` columns.
  ///
  /// Line ends in the text stay; a word wider than a line is broken. A wide character in lines of
  /// one column becomes the replacement sign.
  package static func lines<Text: StringProtocol>(
    of text: Text, width: Int, limit: Int = lineLimit, glyphs: Glyphs = .unicode
  ) -> [String] where Text.SubSequence == Substring {
    guard width > 0, limit > 0 else { return [] }
    let limit = min(limit, lineLimit)
    // As in a single line, what is beyond reach is not looked at.
    let reach = limit * min(width, Sanitizer.scalarLimit) + Sanitizer.scalarLimit
    let paragraphs = Substring(text[...].unicodeScalars.prefix(reach))
      .split(
        maxSplits: limit, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var lines: [String] = []
    for paragraph in paragraphs where lines.count < limit {
      let cells = SanitizedText(paragraph, replacement: glyphs.replacement, limit: reach)
      var breaker = LineBreaker(width: width, replacement: glyphs.replacement)
      cells.forEach { breaker.add($0) }
      lines += breaker.finished()
    }
    return Array(lines.prefix(limit))
  }
}

/// Collects cells of one paragraph into lines.
private struct LineBreaker {
  let width: Int
  let replacement: Unicode.Scalar
  private var lines: [String] = []
  private var line: [Cell] = []
  private var columns = 0
  private var lastSpace: Int?

  init(width: Int, replacement: Unicode.Scalar) {
    self.width = width
    self.replacement = replacement
  }

  mutating func add(_ cell: Cell) {
    let cell = cell.width > width ? Cell(replacement) : cell
    if columns + Int(cell.width) > width {
      breakLine(at: cell.base == " " ? nil : lastSpace)
      if cell.base == " " { return }
    }
    if cell.base == " " { lastSpace = line.count }
    line.append(cell)
    columns += Int(cell.width)
  }

  func finished() -> [String] {
    lines + [text(of: line[...])]
  }

  /// Ends the line at the space at `space`, which goes, or after its last cell.
  private mutating func breakLine(at space: Int?) {
    let end = space ?? line.count
    lines.append(text(of: line[..<end]))
    line = Array(line.dropFirst(space == nil ? end : end + 1))
    columns = line.reduce(0) { $0 + Int($1.width) }
    lastSpace = nil
  }

  private func text(of cells: ArraySlice<Cell>) -> String {
    cells.reduce(into: "") { $1.append(to: &$0) }
  }
}
