// Sizes, points and rectangles in terminal cells. Column and row numbers begin at 0, top left.

/// A size in cells.
package struct Size: Hashable, Sendable {
  /// The width in cells, never negative.
  package let columns: Int
  /// The height in cells, never negative.
  package let rows: Int

  /// Makes a size; negative numbers count as 0.
  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// The place of one cell.
package struct Point: Hashable, Sendable {
  /// The column, 0 at the left edge.
  package var column: Int
  /// The row, 0 at the top.
  package var row: Int

  /// Makes a point.
  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of cells.
package struct Rect: Hashable, Sendable {
  /// The leftmost column.
  package let column: Int
  /// The topmost row.
  package let row: Int
  /// The width in cells, never negative.
  package let columns: Int
  /// The height in cells, never negative.
  package let rows: Int

  /// Makes a rectangle; a negative width or height counts as 0.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// Makes the rectangle of a whole area of this size.
  package init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  /// Whether the rectangle holds no cell.
  package var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The first column to the right of the rectangle.
  package var maxColumn: Int { column + columns }

  /// The first row below the rectangle.
  package var maxRow: Int { row + rows }

  /// The top left cell.
  package var origin: Point { Point(column: column, row: row) }

  /// The width and height.
  package var size: Size { Size(columns: columns, rows: rows) }

  /// Whether the cell at `point` is inside.
  package func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < maxColumn && point.row >= row && point.row < maxRow
  }

  /// The cells that both rectangles share; without any, an empty rectangle.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top,
      columns: min(maxColumn, other.maxColumn) - left, rows: min(maxRow, other.maxRow) - top)
  }

  /// The rectangle without `cells` cells on each of its four sides.
  package func inset(by cells: Int) -> Rect {
    inset(horizontal: cells, vertical: cells)
  }

  /// The rectangle without `horizontal` columns left and right and `vertical` rows above
  /// and below.
  package func inset(horizontal: Int, vertical: Int) -> Rect {
    Rect(
      column: column + min(horizontal, columns), row: row + min(vertical, rows),
      columns: columns - 2 * horizontal, rows: rows - 2 * vertical)
  }
}

extension Rect {
  /// The rectangle of this many cells in the middle, no larger than there is room.
  ///
  /// Where the middle is between two cells it is the left and the upper one.
  package func centered(columns: Int, rows: Int) -> Rect {
    let size = Size(columns: min(columns, self.columns), rows: min(rows, self.rows))
    return Rect(
      column: column + (self.columns - size.columns) / 2, row: row + (self.rows - size.rows) / 2,
      columns: size.columns, rows: size.rows)
  }
}

// The four ways to cut. Asking for more than there is gives all of it and an empty rest.
extension Rect {
  /// Cuts `rows` rows off the top.
  package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, rows), self.rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: cut),
      Rect(column: column, row: row + cut, columns: columns, rows: self.rows - cut)
    )
  }

  /// Cuts `rows` rows off the bottom.
  package func splitBottom(_ rows: Int) -> (bottom: Rect, rest: Rect) {
    let (rest, bottom) = splitTop(self.rows - min(max(0, rows), self.rows))
    return (bottom, rest)
  }

  /// Cuts `columns` columns off the left.
  package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, columns), self.columns)
    return (
      Rect(column: column, row: row, columns: cut, rows: rows),
      Rect(column: column + cut, row: row, columns: self.columns - cut, rows: rows)
    )
  }

  /// Cuts `columns` columns off the right.
  package func splitRight(_ columns: Int) -> (right: Rect, rest: Rect) {
    let (rest, right) = splitLeft(self.columns - min(max(0, columns), self.columns))
    return (right, rest)
  }
}
