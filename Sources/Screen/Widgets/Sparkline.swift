/// Burn rates over time, one column for each bin of samples, the newest at the right.
///
/// The scale is fixed by meaning, not by the highest sample, so that rows can be compared. Of the
/// eight levels the first three are the thirds of a burn below 1x; the next four divide the way
/// from 1x to the page factor into equal ratios (its fourth roots); all above the page factor is
/// the eighth. Exactly the page factor is the seventh, because a burn condition is active only
/// above it. The role changes at the same two steps. A sample that is not known is a dot.
package struct Sparkline: Hashable, Sendable {
  /// The burn rates, oldest first; `nil` and NaN are not known.
  package let samples: [Double?]
  /// The burn rate above which a page is due.
  package let pageFactor: Double

  /// Makes a sparkline.
  package init(samples: [Double?], pageFactor: Double) {
    self.samples = samples
    self.pageFactor = pageFactor
  }

  /// Draws the line in the first row of `rect`.
  package func draw(in rect: Rect, on canvas: inout Canvas) {
    guard !rect.isEmpty else { return }
    for (offset, burn) in bins(count: rect.columns).enumerated() {
      let point = Point(column: rect.column + offset, row: rect.row)
      if let burn {
        canvas.put(canvas.glyphs.levels[level(of: burn) - 1], at: point, role: role(of: burn))
      } else {
        canvas.put(canvas.glyphs.unknownSample, at: point, role: .unknownSample)
      }
    }
  }

  /// As many bins of the samples, each the highest known burn of its samples; with fewer
  /// samples than bins the oldest bins are not known.
  func bins(count: Int) -> [Double?] {
    let known = samples.map { sample in sample.flatMap { $0.isNaN ? nil : $0 } }
    guard known.count > count else {
      return Array(repeating: nil, count: count - known.count) + known
    }
    return (0..<count).map { bin in
      known[bin * known.count / count..<(bin + 1) * known.count / count].compactMap(\.self).max()
    }
  }

  /// The level of a burn rate, 1...8.
  func level(of burn: Double) -> Int {
    if burn > pageFactor { return 8 }
    let half = pageFactor.squareRoot()
    let quarter = half.squareRoot()
    let steps = [1.0 / 3, 2.0 / 3, 1, quarter, half, half * quarter]
    return 1 + steps.count { burn >= $0 }
  }

  private func role(of burn: Double) -> Role {
    if burn > pageFactor { return .burnPage }
    return burn >= 1 ? .burnOver : .burnLow
  }
}
