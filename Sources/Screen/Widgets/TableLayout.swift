/// Where the columns of a table stand at one width; computed once, used for every row.
package struct TableLayout: Hashable, Sendable {
  /// A column that found a place.
  package struct Placement: Hashable, Sendable {
    /// The position of the column among all the columns given.
    package let index: Int
    /// The column.
    package let column: TableColumn
    /// The first cell, counted from the left edge of the table.
    package let offset: Int
    /// The width in cells.
    package let columns: Int
  }

  /// The columns that are shown, from left to right.
  package let placements: [Placement]

  /// Lays columns out with `gap` blank cells between two of them.
  ///
  /// Columns that do not fit at their least width are left out, the lowest priority first and of
  /// equals the rightmost. What is left over goes to the flexible columns by weight, up to their
  /// greatest width. A last column that still does not fit is cut to the width of the table.
  package init(_ columns: [TableColumn], width: Int, gap: Int = 1) {
    let shown = TableLayout.fitting(columns, width: width, gap: gap)
    let gaps = gap * max(0, shown.count - 1)
    let widths = TableLayout.widths(of: shown.map { columns[$0] }, total: width - gaps)
    var offset = 0
    var placements: [Placement] = []
    for (index, columnWidth) in zip(shown, widths) {
      placements.append(
        Placement(index: index, column: columns[index], offset: offset, columns: columnWidth))
      offset += columnWidth + gap
    }
    self.placements = placements
  }

  /// The cell of a column, by its position among all the columns given, in a row of the
  /// table; `nil` when the column is not shown.
  package func cell(_ index: Int, in row: Rect) -> Rect? {
    placements.first { $0.index == index }.map { cell($0, in: row) }
  }

  /// The cell of a placed column in a row of the table.
  package func cell(_ placement: Placement, in row: Rect) -> Rect {
    Rect(
      column: row.column + placement.offset, row: row.row, columns: placement.columns,
      rows: row.rows
    ).intersection(row)
  }

  /// Draws the heads of the columns in the first row of `rect`.
  package func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    // One look for the whole row: switching it off and on between heads costs more than the heads.
    canvas.fill(rect.splitTop(1).top, role: .heading)
    for placement in placements {
      canvas.draw(
        placement.column.title, in: cell(placement, in: rect),
        alignment: placement.column.alignment, role: .heading)
    }
  }

  private static func fitting(_ columns: [TableColumn], width: Int, gap: Int) -> [Int] {
    var shown = Array(columns.indices)
    func needed() -> Int {
      shown.reduce(gap * max(0, shown.count - 1)) { $0 + columns[$1].minimum }
    }
    while shown.count > 1, needed() > width {
      // Of equal priorities `min(by:)` finds the first, so look from the right.
      let least = shown.reversed().min { columns[$0].priority < columns[$1].priority }
      shown.removeAll { $0 == least }
    }
    return width > 0 ? shown : []
  }

  /// Shares `total` cells: the least widths first, then the rest by weight, cell by cell rounded
  /// down, with the remainder to the leftmost that can still grow.
  private static func widths(of columns: [TableColumn], total: Int) -> [Int] {
    var widths = columns.map { min($0.minimum, max(0, total)) }
    var left = total - widths.reduce(0, +)
    while left > 0 {
      let growing = columns.indices.filter {
        columns[$0].weight > 0 && widths[$0] < columns[$0].maximum
      }
      guard !growing.isEmpty else { break }
      let weights = growing.reduce(0) { $0 + columns[$1].weight }
      let available = left
      for index in growing where left > 0 {
        let share = max(1, available * columns[index].weight / weights)
        let grown = min(share, left, columns[index].maximum - widths[index])
        widths[index] += grown
        left -= grown
      }
    }
    return widths
  }

  /// Draws a row of texts; the first column has the arrow of the selection.
  ///
  /// - Parameters:
  ///   - isSelected: Whether the row is the selected one.
  ///   - row: Where it is drawn.
  ///   - canvas: What is drawn on.
  ///   - cell: The text and the role of a column, by its place.
  package func drawRow(
    isSelected: Bool, in row: Rect, on canvas: inout Canvas,
    _ cell: (Int) -> (text: String, role: Role)
  ) {
    for placement in placements {
      let (text, role) = cell(placement.index)
      let arrow = isSelected ? String(canvas.glyphs.selectionArrow) : ""
      canvas.draw(
        placement.index == 0 ? arrow : text, in: self.cell(placement, in: row),
        alignment: placement.column.alignment, role: role)
    }
    if isSelected { canvas.highlight(row) }
  }
}
