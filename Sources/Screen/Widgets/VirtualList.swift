/// The scroll position and selection of a list that is drawn only where it is seen.
///
/// It knows how many rows there are, never the rows themselves, so its cost does not depend on the
/// length. The height is an argument because only the drawing knows it.
package struct VirtualList: Hashable, Sendable {
  /// The number of rows.
  package private(set) var count: Int
  /// The selected row; 0 when the list is empty.
  package private(set) var selection: Int
  /// The first visible row.
  package private(set) var offset: Int

  /// Makes a list at its start.
  package init(count: Int = 0) {
    self.count = max(0, count)
    selection = 0
    offset = 0
  }

  /// Whether there is a row to select.
  package var isEmpty: Bool { count == 0 }

  /// The rows to draw in `height` rows: the selection is always among them, and no row
  /// stays blank while there are rows to show.
  package func visibleRange(height: Int) -> Range<Int> {
    guard height > 0, count > 0 else { return 0..<0 }
    let first = firstRow(height: height)
    return first..<min(count, first + height)
  }

  /// Selects a row, or the nearest there is, and scrolls as little as needed to show it.
  package mutating func select(_ row: Int, height: Int) {
    selection = min(max(0, row), max(0, count - 1))
    offset = firstRow(height: height)
  }

  /// Moves the selection by `rows`, downwards when positive, and stops at either end.
  package mutating func move(by rows: Int, height: Int) {
    let target = selection.addingReportingOverflow(rows)
    let end = rows > 0 ? count - 1 : 0
    select(target.overflow ? end : target.partialValue, height: height)
  }

  /// Moves the selection by a number of whole pages, keeping one row of the page before in view.
  package mutating func movePages(by pages: Int, height: Int) {
    move(by: pages * max(1, height - 1), height: height)
  }

  /// Selects the first row.
  package mutating func moveToStart(height: Int) {
    select(0, height: height)
  }

  /// Selects the last row.
  package mutating func moveToEnd(height: Int) {
    select(count - 1, height: height)
  }

  /// Takes a new number of rows; the selection stays on its row or moves to the last.
  package mutating func clamp(count: Int) {
    self.count = max(0, count)
    selection = min(selection, max(0, self.count - 1))
    offset = min(offset, selection)
  }

  private func firstRow(height: Int) -> Int {
    guard height > 0, count > 0 else { return 0 }
    let lowest = max(0, selection - height + 1)
    let highest = min(selection, max(0, count - height))
    return min(max(offset, lowest), highest)
  }
}
