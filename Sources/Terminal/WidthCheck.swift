import Screen

/// Compares burnwatch's width table with the C library's, by which ncurses moves its cursor.
enum WidthCheck {
  /// The program's own signs that the C library gives another width.
  ///
  /// Other characters are checked one by one as they are drawn; this is for the notice at start.
  static func differences(measuredBy width: (Unicode.Scalar) -> Int) -> [Unicode.Scalar] {
    let glyphs = Glyphs.unicode
    let signs =
      glyphs.eighths + glyphs.levels + [
        glyphs.horizontal, glyphs.vertical, glyphs.topLeft, glyphs.topRight, glyphs.bottomLeft,
        glyphs.bottomRight, glyphs.teeLeft, glyphs.teeRight, glyphs.gaugeStart, glyphs.gaugeEnd,
        glyphs.objectiveTick, glyphs.lastHourMarker, glyphs.unknownSample, glyphs.budgetFull,
        glyphs.budgetEmpty, glyphs.budgetOver, glyphs.selectionArrow, glyphs.risingArrow,
        glyphs.fallingArrow, glyphs.ellipsis, glyphs.check, glyphs.cross, glyphs.dot, glyphs.ring,
        glyphs.replacement,
      ]
    return Set(signs).filter { width($0) != 1 }.sorted { $0.value < $1.value }
  }
}
