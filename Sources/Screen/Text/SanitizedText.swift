/// Text as the cells it takes: each a base with its marks, of width 1 or 2, safe to show.
///
/// The one place where the rules of ``Sanitizer`` are applied; canvas, measuring and printed text
/// all read from here. At most `limit` scalars of the text are looked at, so a flood of marks or
/// of invisible characters costs no more than a long line.
struct SanitizedText: Sequence, IteratorProtocol {
  private var scalars: Substring.UnicodeScalarView
  private let replacement: Unicode.Scalar
  private var remaining: Int

  init(_ text: Substring, replacement: Unicode.Scalar, limit: Int = Sanitizer.scalarLimit) {
    scalars = text.unicodeScalars
    self.replacement = replacement
    remaining = limit
  }

  /// Whether the limit was met before the end of the text.
  var isCut: Bool { remaining <= 0 && !scalars.isEmpty }

  mutating func next() -> Cell? {
    while let scalar = take() {
      var cell: Cell
      switch Sanitizer.treatment(of: scalar) {
      case .shown(let width): cell = Cell(scalar, width: UInt8(width))
      case .replaced(let other):
        if scalar == "\r", scalars.first == "\n" { continue }
        cell = Cell(other)
      case .refused: cell = Cell(replacement)
      case .mark:
        cell = Cell("\u{25CC}")
        cell.marks.append(scalar)
      case .dropped: continue
      }
      takeMarks(into: &cell)
      return cell
    }
    return nil
  }

  private mutating func takeMarks(into cell: inout Cell) {
    while remaining > 0, let scalar = scalars.first, scalar.value >= 0x80 {
      switch Sanitizer.treatment(of: scalar) {
      case .mark: cell.marks.append(scalar)
      case .dropped: break
      case .shown, .replaced, .refused: return
      }
      _ = take()
    }
  }

  private mutating func take() -> Unicode.Scalar? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    return scalars.popFirst()
  }
}
