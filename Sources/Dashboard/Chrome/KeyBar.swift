import Screen

/// The last row: the keys that do something right now, from the key map.
struct KeyBar {
  private let items: [(key: String, label: String)]

  init(_ dashboard: Dashboard) {
    let shown = Binding.all.filter { binding in
      // Below the top q goes back as Esc does; one of them is enough.
      let isSecondBack = binding.intent == .quit && dashboard.label(of: binding) == "back"
      return binding.keyBarOrder != nil && !isSecondBack
        && dashboard.reasonUnavailable(binding.intent) == nil
    }.sorted { ($0.keyBarOrder ?? 0) < ($1.keyBarOrder ?? 0) }
    items = shown.compactMap { binding in
      binding.keyNames.first.map { ($0, dashboard.label(of: binding)) }
    }
  }

  /// Draws as many keys as fit whole; the ways out and the help are the last to be left out.
  func draw(in rect: Rect, on canvas: inout Canvas) {
    canvas.fill(rect, role: .statusBar)
    var shown = items
    while KeyBar.width(shown) > rect.columns, !shown.isEmpty {
      shown.remove(at: max(0, shown.count - 3))
    }
    var rest = rect.splitLeft(1).rest
    for item in shown {
      rest = rest.splitLeft(canvas.draw(item.key, in: rest, role: .keyName)).rest
      let used = canvas.draw(" \(item.label)", in: rest, role: .keyLabel)
      rest = rest.splitLeft(used + 2).rest
    }
  }

  private static func width(_ items: [(key: String, label: String)]) -> Int {
    items.reduce(1) { $0 + DisplayWidth.of($1.key) + DisplayWidth.of($1.label) + 3 } - 2
  }
}
