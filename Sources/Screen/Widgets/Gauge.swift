/// A service level against its objective, on a scale that is the error budget.
///
/// The tick in the middle is the objective, the right end is 100 % good, and the left end is as
/// far below the objective as the right end is above it. A fill past the tick means "met". The
/// tick's own cell belongs to neither half, so the fill touches it exactly at the objective.
package struct Gauge: Hashable, Sendable {
  /// The good ratio over the window, 0...1; `nil` leaves the track empty.
  package let value: Double?
  /// The good ratio over the last hour, 0...1; `nil` draws no marker.
  package let marker: Double?
  /// The objective as a ratio; the track stays empty unless it is between 0 and 1.
  package let objective: Double
  /// What the fill means.
  package let role: Role

  /// Makes a gauge.
  package init(value: Double?, marker: Double? = nil, objective: Double, role: Role) {
    self.value = value
    self.marker = marker
    self.objective = objective
    self.role = role
  }

  /// Draws the gauge in the first row of `rect`; it needs three columns.
  package func draw(in rect: Rect, on canvas: inout Canvas) {
    let row = rect.splitTop(1).top
    guard !row.isEmpty, row.columns >= 3 else { return }
    let glyphs = canvas.glyphs
    let track = row.inset(horizontal: 1, vertical: 0)
    let (left, rest) = track.splitLeft(track.columns / 2)
    let (tick, right) = rest.splitLeft(1)
    canvas.fill(row, role: .gaugeTrack)
    canvas.put(glyphs.gaugeStart, at: row.origin, role: .gaugeTrack)
    canvas.put(
      glyphs.gaugeEnd, at: Point(column: track.maxColumn, row: row.row), role: .gaugeTrack)
    if let place = value.flatMap(place(of:)) {
      fill(left, share: place.below, on: &canvas)
      fill(right, share: place.above, on: &canvas)
    }
    canvas.put(glyphs.objectiveTick, at: tick.origin, role: .objectiveTick)
    if let place = marker.flatMap(place(of:)) {
      let half = place.isMet ? right : left
      let share = place.isMet ? place.above : place.below
      let offset = min(Int(share * Double(half.columns)), half.columns - 1)
      let point = half.isEmpty ? tick.origin : Point(column: half.column + offset, row: row.row)
      canvas.put(glyphs.lastHourMarker, at: point, role: .lastHourMarker)
    }
  }

  /// Where a ratio lies: the filled share of the half below the objective and of the one above.
  private struct Place {
    let isMet: Bool
    let below: Double
    let above: Double
  }

  private func place(of ratio: Double) -> Place? {
    guard objective > 0, objective < 1, !ratio.isNaN else { return nil }
    // In units of the error budget: -1 at the left end, 0 at the objective, 1 at the right end.
    let position = min(max((ratio - objective) / (1 - objective), -1), 1)
    let isMet = ratio >= objective
    return Place(isMet: isMet, below: isMet ? 1 : 1 + position, above: isMet ? position : 0)
  }

  /// Fills `half` from the left.
  ///
  /// Parts of an eighth are left out, so that a level just short of the objective never looks met;
  /// the tiny addition is for rounding in the ratio itself.
  private func fill(_ half: Rect, share: Double, on canvas: inout Canvas) {
    let eighths = Int(share * Double(half.columns * 8) + 1e-9)
    for offset in 0..<half.columns {
      let part = min(max(eighths - offset * 8, 0), 8)
      guard part > 0 else { return }
      let point = Point(column: half.column + offset, row: half.row)
      canvas.put(canvas.glyphs.eighths[part], at: point, role: role)
    }
  }
}
