/// The error budget that is left, as a bar that empties from the right.
///
/// An overspent budget shows the deficit as a share of the whole budget, from the left, in the
/// exhausted role and with a sign of its own.
package struct BudgetBar: Hashable, Sendable {
  /// The share of the budget left: 1 is all, 0 none, negative overspent; `nil` is not known.
  package let remaining: Double?
  /// What the part that is left means.
  package let role: Role

  /// Makes a bar.
  package init(remaining: Double?, role: Role) {
    self.remaining = remaining
    self.role = role
  }

  /// Draws the bar in the first row of `rect`.
  package func draw(in rect: Rect, on canvas: inout Canvas) {
    let glyphs = canvas.glyphs
    guard let remaining, !remaining.isNaN else {
      return draw(glyphs.unknownSample, role: .noData, in: rect.splitTop(1).top, on: &canvas)
    }
    let isOverspent = remaining < 0
    let row = rect.splitTop(1).top
    let (used, rest) = row.splitLeft(cells(for: abs(remaining), of: row.columns, isOverspent))
    draw(
      isOverspent ? glyphs.budgetOver : glyphs.budgetFull, role: isOverspent ? .exhausted : role,
      in: used, on: &canvas)
    draw(glyphs.budgetEmpty, role: .gaugeTrack, in: rest, on: &canvas)
  }

  /// Rounds to whole cells, but never hides what is there: some budget or deficit shows as at
  /// least one cell, and a budget that has been touched as at least one empty cell.
  private func cells(for share: Double, of columns: Int, _ isOverspent: Bool) -> Int {
    guard share > 0 else { return 0 }
    guard share < 1 else { return columns }
    let most = isOverspent ? columns : max(1, columns - 1)
    return min(max(1, Int((share * Double(columns)).rounded())), most)
  }

  private func draw(_ glyph: Unicode.Scalar, role: Role, in rect: Rect, on canvas: inout Canvas) {
    for column in rect.column..<rect.maxColumn where !rect.isEmpty {
      canvas.put(glyph, at: Point(column: column, row: rect.row), role: role)
    }
  }
}
