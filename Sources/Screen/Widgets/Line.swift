/// A piece of text with one meaning.
package struct Span: Hashable, Sendable {
  /// The text, as received.
  package let text: String
  /// What it means.
  package let role: Role

  /// Makes a span.
  package init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}

/// One line of spans.
package struct Line: Hashable, Sendable {
  /// The spans from left to right, with nothing between them.
  package let spans: [Span]

  /// Makes a line.
  package init(_ spans: [Span]) {
    self.spans = spans
  }

  /// The columns the whole line takes.
  package var width: Int {
    spans.reduce(0) { $0 + DisplayWidth.of($1.text) }
  }

  /// Draws the line in the first row of `rect`, cut with one ellipsis at its end, and returns the
  /// columns it takes.
  @discardableResult
  package func draw(
    in rect: Rect, on canvas: inout Canvas, alignment: Alignment = .leading
  ) -> Int {
    guard !rect.isEmpty else { return 0 }
    let width = width
    let isCut = width > rect.columns
    let room = isCut ? rect.columns - 1 : rect.columns
    let start = rect.column + alignment.indent(of: width, in: rect.columns)
    var used = 0
    var lastRole = Role.text
    for span in spans where used < room {
      let point = Point(column: start + used, row: rect.row)
      used += canvas.draw(
        span.text, at: point, maxWidth: room - used, role: span.role, ellipsis: false)
      lastRole = span.role
    }
    guard isCut else { return used }
    canvas.put(
      canvas.glyphs.ellipsis, at: Point(column: rect.maxColumn - 1, row: rect.row), role: lastRole)
    return rect.columns
  }
}
