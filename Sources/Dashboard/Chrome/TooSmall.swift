import Reliability
package import Screen

/// What a terminal shows that is too small for any view: the size needed and the two figures that
/// count most.
package enum TooSmall {
  /// The smallest terminal with room for a view.
  package static let least = Size(columns: 60, rows: 15)

  static func isTooSmall(_ size: Size) -> Bool {
    size.columns < least.columns || size.rows < least.rows
  }

  static func draw(_ dashboard: Dashboard, on canvas: inout Canvas) {
    let states = dashboard.snapshot.serviceLevels
    let pages = dashboard.tally.pages
    let worst = states.filter { $0.budget != nil }
      .min { ($0.budget?.remaining ?? 0) < ($1.budget?.remaining ?? 0) }
    let left = worst.flatMap { state in
      state.budget.map { "\(state.slo.id) \(Numerals.budgetLeft($0.remaining)) left" }
    }
    let lines: [(String, Role)] = [
      ("PAGE \(pages)", pages > 0 ? .page : .text),
      (left ?? "no budget known yet", worst?.zone?.role ?? .noData),
      (
        "needs \(least.columns)x\(least.rows), has \(canvas.size.columns)x\(canvas.size.rows)", .dim
      ),
    ]
    var rest = canvas.bounds
    for (text, role) in lines where !rest.isEmpty {
      let used = canvas.drawWrapped(text, in: rest, role: role)
      rest = rest.splitTop(max(used, 1)).rest
    }
  }
}
