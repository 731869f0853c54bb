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

  /// The box in the middle of `rect`.
  static func box(in rect: Rect) -> Rect {
    rect.centered(columns: 36, rows: SortKey.allCases.count + 2)
  }

  /// The order drawn at a point of the box; `nil` where there is none.
  static func key(at point: Point, in box: Rect) -> SortKey? {
    zip(SortKey.allCases, rows(of: box)).first { $1.contains(point) }?.0
  }

  func draw(in rect: Rect, on canvas: inout Canvas) {
    let box = SortMenu.box(in: rect)
    canvas.fill(box, role: .dialog)
    Frame(title: "Sort by", note: "Enter, Esc", isFocused: true).draw(in: box, on: &canvas)
    for (key, row) in zip(SortKey.allCases, SortMenu.rows(of: box)) {
      let mark = key == current ? " (now)" : ""
      canvas.draw(key.title + mark, in: row.inset(horizontal: 1, vertical: 0), role: .dialog)
      if key == chosen { canvas.highlight(row) }
    }
  }

  private static func rows(of box: Rect) -> [Rect] {
    let inner = box.inset(by: 1)
    return (0..<inner.rows).map { inner.splitTop($0).rest.splitTop(1).top }
  }
}
