/// A grid of cells in memory: what a view draws and a terminal presents.
///
/// Drawing never fails and never reaches outside the canvas. Every row always adds up to the
/// canvas width: a wide character has its covered cell, and half of one is never left behind.
package struct Canvas: Equatable, Sendable {
  /// The size in cells.
  package let size: Size
  /// The signs that the program's own drawing uses.
  package let glyphs: Glyphs
  /// The cells, row by row.
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; `nil` hides it.
  package var cursor: Point?

  /// Makes a blank canvas.
  package init(size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// The whole canvas as a rectangle.
  package var bounds: Rect { Rect(size) }

  /// The cells of one row; empty when there is no such row.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// The cell at `point`; `nil` outside the canvas.
  package subscript(point: Point) -> Cell? {
    bounds.contains(point) ? cells[point.row * size.columns + point.column] : nil
  }

  /// Blanks a rectangle and takes its highlight away.
  package mutating func fill(_ rect: Rect, role: Role = .text) {
    let blank = Cell(" ", role: role)
    forEachRow(of: rect) { canvas, range in
      canvas.releaseHalves(at: range)
      canvas.cells.withUnsafeMutableBufferPointer { cells in
        for index in range { cells[index] = blank }
      }
    }
  }

  /// Gives the cells of a rectangle the look of ``Role/selection``; the text and roles stay.
  package mutating func highlight(_ rect: Rect) {
    forEachRow(of: rect) { canvas, range in
      for index in range { canvas.cells[index].isHighlighted = true }
    }
  }

  /// Draws one of the program's own signs; a scalar that is not one cell wide becomes the
  /// replacement sign.
  package mutating func put(_ glyph: Unicode.Scalar, at point: Point, role: Role) {
    guard bounds.contains(point) else { return }
    let isSafe = Sanitizer.treatment(of: glyph) == .shown(width: 1)
    write(Cell(isSafe ? glyph : glyphs.replacement, role: role), at: point)
  }

  /// Writes a cell of width 1 or 2 at `point`, keeping the highlight that is there.
  ///
  /// The parts that fall outside the canvas are left out; half of a wide character is a space.
  mutating func write(_ cell: Cell, at point: Point) {
    guard point.row >= 0, point.row < size.rows else { return }
    let isLeftInside = point.column >= 0 && point.column < size.columns
    guard cell.width == 2 else {
      if isLeftInside { replace(at: index(of: point), with: cell) }
      return
    }
    let right = Point(column: point.column + 1, row: point.row)
    let isRightInside = right.column >= 0 && right.column < size.columns
    switch (isLeftInside, isRightInside) {
    case (true, true):
      replace(at: index(of: point), with: Cell(" ", role: cell.role))
      replace(at: index(of: right), with: .covered(role: cell.role))
      replace(at: index(of: point), with: cell, pairsWithNext: true)
    case (true, false): replace(at: index(of: point), with: Cell(" ", role: cell.role))
    case (false, true): replace(at: index(of: right), with: Cell(" ", role: cell.role))
    case (false, false): break
    }
  }

  /// Writes printable ASCII over a run of cells that lies inside one row.
  mutating func write(ascii bytes: UnsafeBufferPointer<UInt8>, at point: Point, role: Role) {
    let start = index(of: point)
    releaseHalves(at: start..<start + bytes.count)
    cells.withUnsafeMutableBufferPointer { cells in
      for (offset, byte) in bytes.enumerated() {
        let isHighlighted = cells[start + offset].isHighlighted
        cells[start + offset] = Cell(
          Unicode.Scalar(byte), role: role, isHighlighted: isHighlighted)
      }
    }
  }

  private func index(of point: Point) -> Int {
    point.row * size.columns + point.column
  }

  private mutating func replace(at index: Int, with cell: Cell, pairsWithNext: Bool = false) {
    if !pairsWithNext { releaseHalves(at: index..<index + 1) }
    let isHighlighted = cells[index].isHighlighted
    cells[index] = cell
    cells[index].isHighlighted = isHighlighted
  }

  /// Turns the other half of a wide character that `range` cuts in two into a space.
  private mutating func releaseHalves(at range: Range<Int>) {
    guard !range.isEmpty else { return }
    if cells[range.lowerBound].width == 0 { blankHalf(at: range.lowerBound - 1) }
    if cells[range.upperBound - 1].width == 2 { blankHalf(at: range.upperBound) }
  }

  private mutating func blankHalf(at index: Int) {
    cells[index] = Cell(
      " ", role: cells[index].role, isHighlighted: cells[index].isHighlighted)
  }

  private mutating func forEachRow(of rect: Rect, _ body: (inout Canvas, Range<Int>) -> Void) {
    let inside = rect.intersection(bounds)
    guard !inside.isEmpty else { return }
    for row in inside.row..<inside.maxRow {
      let start = row * size.columns + inside.column
      body(&self, start..<start + inside.columns)
    }
  }
}
