package import Screen

/// An endless row of canvases with wide, marked and highlighted cells in changing places: the same
/// ones for the same seed, so that a test knows what another process draws.
package struct RandomCanvases {
  private var state: UInt64
  private let size: Size

  private static let words = [
    "checkout", "burn 14.4x", "日本語", "한글", "e\u{301}a\u{300}", "─┼│", "▕██▌◆│▏", "🔥 hot", "naïve",
    "                    ", "ＡＢ", "x", "●○▲",
  ]

  /// Makes a row of canvases of this size.
  package init(seed: UInt64, size: Size) {
    state = seed
    self.size = size
  }

  /// Returns the next canvas, which shares most of its rows with none before it.
  package mutating func next() -> Canvas {
    var canvas = Canvas(size: size)
    for row in 0..<size.rows {
      for _ in 0..<random(below: 5) {
        let place = Point(column: random(below: size.columns), row: row)
        let role = Role.allCases[random(below: Role.allCases.count)]
        canvas.draw(Self.words[random(below: Self.words.count)], at: place, role: role)
      }
      if random(below: 4) == 0 {
        canvas.highlight(Rect(column: 0, row: row, columns: random(below: size.columns), rows: 1))
      }
    }
    if random(below: 2) == 0 {
      canvas.cursor = Point(column: random(below: size.columns), row: random(below: size.rows))
    }
    return canvas
  }

  /// A linear congruential generator (Knuth's MMIX constants); the high bits are the good ones.
  private mutating func random(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
