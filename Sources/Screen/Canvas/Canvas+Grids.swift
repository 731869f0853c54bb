// A canvas as grids of text: for tests, snapshot files and the headless program's output.

extension Canvas {
  /// The text of every row, marks included; a covered cell adds nothing.
  package var textRows: [String] {
    (0..<size.rows).map { row in
      self.row(row).reduce(into: "") { $1.append(to: &$0) }
    }
  }

  /// The role of every cell, row by row, as ``Role/letter``.
  package var roleRows: [String] {
    (0..<size.rows).map { row in String(self.row(row).map(\.role.letter)) }
  }

  /// Which cells are highlighted, row by row: `#` for highlighted, `.` for the rest.
  package var highlightRows: [String] {
    (0..<size.rows).map { row in String(self.row(row).map { $0.isHighlighted ? "#" : "." }) }
  }
}
