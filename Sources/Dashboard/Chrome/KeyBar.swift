import Screen

/// The last row: the keys that do something right now, from the key map.
struct KeyBar {
  private struct Item {
    let key: String
    let label: String
    let intent: Intent

    var width: Int { DisplayWidth.of(key) + 1 + DisplayWidth.of(label) }
  }

  private let items: [Item]

  init(_ dashboard: Dashboard) {
    let shown = Binding.all.filter { binding in
      // Below the top q goes back as Esc does; one of them is enough.
      let isSecondBack = binding.intent == .quit && dashboard.label(of: binding) == "back"
      return binding.keyBarOrder != nil && !isSecondBack
        && dashboard.reasonUnavailable(binding.intent) == nil
    }.sorted { ($0.keyBarOrder ?? 0) < ($1.keyBarOrder ?? 0) }
    items = shown.compactMap { binding in
      binding.keyNames.first.map {
        Item(key: $0, label: dashboard.label(of: binding), intent: binding.intent)
      }
    }
  }

  /// Draws as many keys as fit whole; the ways out and the help are the last to be left out.
  func draw(in rect: Rect, on canvas: inout Canvas) {
    canvas.fill(rect, role: .statusBar)
    for (item, cells) in placements(in: rect) {
      let used = canvas.draw(item.key, in: cells, role: .keyName)
      canvas.draw(" \(item.label)", in: cells.splitLeft(used).rest, role: .keyLabel)
    }
  }

  /// What the key drawn at a point does; `nil` between keys and outside of the bar.
  func intent(at point: Point, in rect: Rect) -> Intent? {
    placements(in: rect).first { $0.cells.contains(point) }?.item.intent
  }

  /// The keys that fit, with the cells each takes.
  private func placements(in rect: Rect) -> [(item: Item, cells: Rect)] {
    var shown = items
    while KeyBar.width(shown) > rect.columns, !shown.isEmpty {
      shown.remove(at: max(0, shown.count - 3))
    }
    var rest = rect.splitLeft(1).rest
    return shown.map { item in
      let (cells, next) = rest.splitLeft(item.width)
      rest = next.splitLeft(2).rest
      return (item, cells)
    }
  }

  private static func width(_ items: [Item]) -> Int {
    items.reduce(1) { $0 + $1.width + 2 } - 2
  }
}
