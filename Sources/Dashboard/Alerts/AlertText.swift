import Screen

/// Lines of names and values, broken to a width.
struct AlertText {
  private static let nameColumns = 14

  private(set) var lines: [Line] = []
  /// The cells a value has in one line.
  var room: Int { max(width - AlertText.nameColumns, 1) }
  private let width: Int
  private let glyphs: Glyphs

  init(width: Int, glyphs: Glyphs) {
    self.width = width
    self.glyphs = glyphs
  }

  mutating func add(_ line: Line) {
    lines.append(line)
  }

  /// Text over the whole width; what is beyond the limit is cut, and says so.
  mutating func paragraph(_ text: String, _ role: Role, limit: Int) {
    let broken = WordWrap.lines(of: text, width: max(width, 1), limit: limit + 1, glyphs: glyphs)
    for (index, part) in broken.prefix(limit).enumerated() {
      let isCut = index == limit - 1 && broken.count > limit
      add(Line([Span(isCut ? "\(part) \(glyphs.ellipsis)" : part, role)]))
    }
  }

  /// A name in its column, the value beside it, broken where it is too long.
  ///
  /// A name longer than its column has a line of its own, so that all values stand in one column.
  mutating func fact(_ name: String, _ value: String, _ role: Role) {
    let columns = AlertText.nameColumns
    var label = Sanitizer.line(name, glyphs: glyphs)
    if DisplayWidth.of(label) >= columns, !value.isEmpty {
      add(Line([Span(label, .dim)]))
      label = ""
    }
    let broken = value.isEmpty ? [""] : WordWrap.lines(of: value, width: room, glyphs: glyphs)
    for (index, part) in broken.enumerated() {
      let name = index == 0 ? label : ""
      let padding = String(repeating: " ", count: max(columns - DisplayWidth.of(name), 0))
      add(Line([Span(name + padding, .dim), Span(part, role)]))
    }
  }
}
