import Screen

/// The menu of sort orders, a list in a box in the middle of the screen.
struct SortMenu: Hashable, Sendable {
  private(set) var list = VirtualList(count: SortKey.allCases.count)
  private let current: SortKey

  init(selecting key: SortKey) {
    current = key
    let index = SortKey.allCases.firstIndex(of: key) ?? 0
    list.select(index, height: SortKey.allCases.count)
  }

  var chosen: SortKey { SortKey.allCases[list.selection] }

  mutating func move(_ movement: Movement) {
    list.move(movement, height: SortKey.allCases.count)
  }

  func draw(in rect: Rect, on canvas: inout Canvas) {
    let columns = min(36, rect.columns)
    let rows = min(SortKey.allCases.count + 2, rect.rows)
    let box = Rect(
      column: rect.column + (rect.columns - columns) / 2,
      row: rect.row + (rect.rows - rows) / 2, columns: columns, rows: rows)
    canvas.fill(box, role: .dialog)
    let inner = Frame(title: "Sort by", note: "Enter, Esc", isFocused: true)
      .draw(in: box, on: &canvas)
    for (index, key) in SortKey.allCases.prefix(inner.rows).enumerated() {
      let row = Rect(column: inner.column, row: inner.row + index, columns: inner.columns, rows: 1)
      let mark = key == current ? " (now)" : ""
      canvas.draw(key.title + mark, in: row.inset(horizontal: 1, vertical: 0), role: .dialog)
      if index == list.selection { canvas.highlight(row) }
    }
  }
}
