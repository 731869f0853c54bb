import Screen

/// Lines that scroll as a whole, in a frame that says how many more there are.
///
/// The position is kept by a `VirtualList` whose selection is the first visible line.
struct ScrolledLines {
  let lines: [Line]
  let title: String
  let isFocused: Bool

  /// Draws what is visible from the position on; at the end the last page stays whole.
  func draw(from position: VirtualList, in rect: Rect, on canvas: inout Canvas) {
    let page = ScrolledLines.page(of: rect)
    let first = min(position.selection, max(lines.count - page, 0))
    let rest = lines.count - first - page
    let inner = Frame(
      title: title, note: rest > 0 ? "\(Words.count(rest, "more line"))" : "", isFocused: isFocused
    ).draw(in: rect, on: &canvas).inset(horizontal: 1, vertical: 0)
    for (offset, line) in lines.dropFirst(first).prefix(inner.rows).enumerated() {
      line.draw(
        in: Rect(column: inner.column, row: inner.row + offset, columns: inner.columns, rows: 1),
        on: &canvas)
    }
  }

  /// How many lines a frame of this size shows.
  static func page(of rect: Rect) -> Int { max(rect.rows - 2, 0) }

  /// Moves a position by lines or pages, and no further than the last page.
  static func move(
    _ position: inout VirtualList, _ movement: Movement, lineCount: Int, page: Int
  ) {
    let start = position.selection
    position.clamp(count: max(lineCount - page + 1, 1))
    switch movement {
    case .down, .up, .toStart, .toEnd: position.move(movement, height: 1)
    case .pageDown: position.select(start + max(page - 1, 1), height: 1)
    case .pageUp: position.select(start - max(page - 1, 1), height: 1)
    case .halfPageDown: position.select(start + max(page / 2, 1), height: 1)
    case .halfPageUp: position.select(start - max(page / 2, 1), height: 1)
    }
  }
}
