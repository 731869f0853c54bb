// Small canvases for tests, and what must hold for every canvas.

package import Screen

extension Canvas {
  /// Returns a canvas of this size after `body` has drawn on it.
  package static func drawn(
    columns: Int, rows: Int = 1, glyphs: Glyphs = .unicode, _ body: (inout Canvas) -> Void
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), glyphs: glyphs)
    body(&canvas)
    return canvas
  }

  /// The ways in which the canvas breaks its promises; empty when all is well.
  ///
  /// They are rows whose widths do not add up, halves of wide characters, and scalars that a
  /// terminal obeys or hides.
  package var brokenPromises: [String] {
    (0..<size.rows).flatMap { row in
      promisesBroken(by: Array(self.row(row))).map { "row \(row): \($0)" }
    }
  }

  private func promisesBroken(by cells: [Cell]) -> [String] {
    var problems: [String] = []
    let total = cells.reduce(0) { $0 + Int($1.width) }
    if total != size.columns { problems.append("is \(total) columns wide, not \(size.columns)") }
    for (column, cell) in cells.enumerated() {
      let next = column + 1 < cells.count ? cells[column + 1] : nil
      if (cell.width == 2) != (next?.isCovered ?? false) {
        problems.append("column \(column) is half of a wide character")
      }
      if !cell.isCovered,
        !cell.base.isHarmless || cell.base.properties.canonicalCombiningClass != .notReordered
      {
        problems.append("column \(column) holds U+\(String(cell.base.value, radix: 16))")
      }
      for mark in cell.marks where !mark.isHarmless {
        problems.append("column \(column) holds the mark U+\(String(mark.value, radix: 16))")
      }
    }
    return problems
  }
}

extension Unicode.Scalar {
  /// Whether the Unicode tables of the standard library, which the sanitiser does not use, call the
  /// scalar something that neither moves, reorders nor hides text.
  package var isHarmless: Bool {
    if properties.isDefaultIgnorableCodePoint || properties.isBidiControl { return false }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    default:
      return true
    }
  }
}
