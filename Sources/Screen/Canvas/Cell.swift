/// One cell of a canvas: a spacing character, its combining marks, what it means and whether it
/// is highlighted.
///
/// A cell holds no reference, so a canvas is one flat block of memory.
package struct Cell: Hashable, Sendable {
  /// The spacing character; U+0000 in a covered cell.
  package var base: Unicode.Scalar
  /// The marks that combine with the base.
  package var marks: CombiningMarks
  /// The width in cells: 1, 2, or 0 for a cell covered by the wide character to its left.
  package var width: UInt8
  /// What the cell means.
  package var role: Role
  /// Whether the cell carries the look of ``Role/selection``.
  package var isHighlighted: Bool

  /// Makes a cell without combining marks.
  package init(
    _ base: Unicode.Scalar, width: UInt8 = 1, role: Role = .text, isHighlighted: Bool = false
  ) {
    self.base = base
    self.marks = CombiningMarks()
    self.width = width
    self.role = role
    self.isHighlighted = isHighlighted
  }

  /// A space of ordinary text.
  package static let blank = Cell(" ")

  /// The right half of a wide character.
  package static func covered(role: Role, isHighlighted: Bool = false) -> Cell {
    Cell("\0", width: 0, role: role, isHighlighted: isHighlighted)
  }

  /// Whether the cell is the right half of the wide character to its left.
  package var isCovered: Bool { width == 0 }

  /// Appends the base and its marks to `text`; nothing for a covered cell.
  package func append(to text: inout String) {
    guard !isCovered else { return }
    text.unicodeScalars.append(base)
    text.unicodeScalars.append(contentsOf: marks)
  }
}

/// Up to four combining marks in fixed storage.
///
/// Four is what a cell of wide-character ncurses holds beside its spacing character.
package struct CombiningMarks: Hashable, Sendable, RandomAccessCollection {
  /// The number of marks a cell can hold.
  package static let capacity = 4

  private var storage: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private var used: UInt8 = 0

  /// Makes an empty list of marks.
  package init() {}

  /// The first position.
  package var startIndex: Int { 0 }
  /// The position after the last mark.
  package var endIndex: Int { Int(used) }

  /// The mark at `position`.
  package subscript(position: Int) -> Unicode.Scalar {
    precondition(indices.contains(position), "Mark \(position) of \(used) does not exist")
    let value =
      switch position {
      case 0: storage.0
      case 1: storage.1
      case 2: storage.2
      default: storage.3
      }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Adds a mark and returns true; returns false, unchanged, when all places are taken.
  @discardableResult
  package mutating func append(_ mark: Unicode.Scalar) -> Bool {
    switch used {
    case 0: storage.0 = mark.value
    case 1: storage.1 = mark.value
    case 2: storage.2 = mark.value
    case 3: storage.3 = mark.value
    default: return false
    }
    used += 1
    return true
  }

  /// Compares the marks.
  package static func == (left: CombiningMarks, right: CombiningMarks) -> Bool {
    // Hardly any cell has marks, and places that are not used are 0. Not as tuples: comparing these is
    // a fifth of a frame.
    left.used == right.used
      && (left.used == 0
        || left.storage.0 == right.storage.0 && left.storage.1 == right.storage.1
          && left.storage.2 == right.storage.2 && left.storage.3 == right.storage.3)
  }

  /// Hashes the marks.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(storage.0)
    hasher.combine(storage.1)
    hasher.combine(storage.2)
    hasher.combine(storage.3)
  }
}
