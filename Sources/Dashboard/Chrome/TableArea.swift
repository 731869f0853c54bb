import Screen

/// Where the headings and the rows of a framed table stand, for drawing it and for finding the row
/// under the pointer.
struct TableArea: Hashable, Sendable {
  let headings: Rect
  let rows: Rect

  /// The space inside the frame around `pane`.
  init(in pane: Rect) {
    let split = pane.inset(by: 1).splitTop(1)
    headings = split.top
    rows = split.rest
  }

  /// A table that does not fill its frame.
  init(headings: Rect, rows: Rect) {
    self.headings = headings
    self.rows = rows
  }

  /// The row that is so many rows below the headings.
  func row(_ offset: Int) -> Rect { rows.splitTop(offset).rest.splitTop(1).top }

  /// Which item of the list is drawn at a point; `nil` where there is none.
  func index(at point: Point, in list: VirtualList) -> Int? {
    let visible = list.visibleRange(height: rows.rows)
    let index = visible.lowerBound + point.row - rows.row
    return rows.contains(point) && visible.contains(index) ? index : nil
  }
}
