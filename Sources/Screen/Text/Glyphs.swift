/// The program's own signs, each one cell wide, in Unicode or in ASCII.
///
/// The Unicode set stays within box drawing, blocks, arrows and geometric shapes, whose width
/// terminals agree on. The two sets share one shape, so a view never asks which one it draws.
package struct Glyphs: Hashable, Sendable {
  /// Whether this is the Unicode set.
  package let isUnicode: Bool

  /// A horizontal line.
  package let horizontal: Unicode.Scalar
  /// A vertical line.
  package let vertical: Unicode.Scalar
  /// The top left corner of a box.
  package let topLeft: Unicode.Scalar
  /// The top right corner of a box.
  package let topRight: Unicode.Scalar
  /// The bottom left corner of a box.
  package let bottomLeft: Unicode.Scalar
  /// The bottom right corner of a box.
  package let bottomRight: Unicode.Scalar
  /// The left end of a line that divides a box.
  package let teeRight: Unicode.Scalar
  /// The right end of a line that divides a box.
  package let teeLeft: Unicode.Scalar

  /// A cell filled from the left by 0 to 8 eighths: nine signs.
  package let eighths: [Unicode.Scalar]
  /// The left end of a gauge.
  package let gaugeStart: Unicode.Scalar
  /// The right end of a gauge.
  package let gaugeEnd: Unicode.Scalar
  /// The objective on a gauge.
  package let objectiveTick: Unicode.Scalar
  /// The last hour on a gauge.
  package let lastHourMarker: Unicode.Scalar

  /// Sparkline heights, lowest first: eight signs.
  package let levels: [Unicode.Scalar]
  /// A sample that is not known.
  package let unknownSample: Unicode.Scalar

  /// Budget that is left.
  package let budgetFull: Unicode.Scalar
  /// Budget that is spent.
  package let budgetEmpty: Unicode.Scalar
  /// Budget that is overspent.
  package let budgetOver: Unicode.Scalar

  /// The mark of the selected row or button.
  package let selectionArrow: Unicode.Scalar
  /// The sign of something that rises.
  package let risingArrow: Unicode.Scalar
  /// The sign of something that falls.
  package let fallingArrow: Unicode.Scalar
  /// The end of text that was cut.
  package let ellipsis: Unicode.Scalar
  /// Done, or true.
  package let check: Unicode.Scalar
  /// Failed, or false.
  package let cross: Unicode.Scalar
  /// Running, or present.
  package let dot: Unicode.Scalar
  /// Waiting, or absent.
  package let ring: Unicode.Scalar
  /// What stands for a character that must not or cannot be drawn.
  package let replacement: Unicode.Scalar

  /// The Unicode set.
  package static let unicode = Glyphs(
    isUnicode: true,
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", teeRight: "├", teeLeft: "┤",
    eighths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    gaugeStart: "▕", gaugeEnd: "▏", objectiveTick: "│", lastHourMarker: "◆",
    levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], unknownSample: "·",
    budgetFull: "▓", budgetEmpty: "░", budgetOver: "╳",
    selectionArrow: "▶", risingArrow: "▲", fallingArrow: "▼", ellipsis: "…",
    check: "✓", cross: "✗", dot: "●", ring: "○", replacement: "\u{FFFD}")

  /// The ASCII set, for terminals and fonts without the Unicode signs.
  package static let ascii = Glyphs(
    isUnicode: false,
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", teeRight: "+", teeLeft: "+",
    eighths: [" ", " ", " ", "-", "-", "-", "=", "=", "="],
    gaugeStart: "[", gaugeEnd: "]", objectiveTick: "|", lastHourMarker: "*",
    levels: ["_", ",", "-", ":", "=", "+", "*", "#"], unknownSample: ".",
    budgetFull: "#", budgetEmpty: "-", budgetOver: "x",
    selectionArrow: ">", risingArrow: "^", fallingArrow: "v", ellipsis: "~",
    check: "+", cross: "x", dot: "*", ring: "o", replacement: "?")
}
