package import Screen

/// What a terminal shows after the bytes it has received: enough of an xterm to follow ncurses.
///
/// Colours are not followed; they are the business of a test of bytes.
package struct TerminalModel: Equatable {
  /// The size in cells.
  package private(set) var size: Size
  /// The cells row by row; an empty string is the right half of a wide character.
  var grid: [[String]]
  /// Where the cursor stands.
  package internal(set) var cursor = Point(column: 0, row: 0)
  /// The last column is filled and the next character goes to the next row.
  var isWrapPending = false
  var isInserting = false
  /// The rows that scroll.
  var region: Range<Int>
  var lastCharacter = " "
  private var mainGrid: [[String]]?
  /// The private modes that are on, by number: 25 is the visible cursor, 2004 bracketed paste.
  package internal(set) var privateModes: Set<Int> = [7, 25]
  /// Whether arrow keys send application sequences (`ESC =`).
  package internal(set) var isKeypadOn = false
  /// Whether the last change of attributes set any.
  package internal(set) var hasAttributes = false
  /// The window title; nil until one is set.
  package internal(set) var title: String?
  /// How often the bell rang.
  package internal(set) var bellCount = 0
  /// Sequences that the model does not know, for a test to insist on none.
  package internal(set) var unknownSequences: [String] = []
  var parser = Parser()

  /// Makes a blank screen.
  package init(size: Size) {
    self.size = size
    grid = Self.blank(size)
    region = 0..<size.rows
  }

  /// The rows as text, without blanks at their ends.
  package var rows: [String] {
    grid.map { row in
      let text = row.joined()
      return String(text.prefix(text.count - text.reversed().prefix { $0 == " " }.count))
    }
  }

  /// The whole screen as text.
  package var text: String { rows.joined(separator: "\n") }

  /// Whether the alternate screen is up.
  package var isAlternate: Bool { mainGrid != nil }

  /// What a program must not leave behind, in words; empty when the terminal is as it was.
  package var leftovers: [String] {
    var found: [String] = []
    if isAlternate { found.append("alternate screen") }
    if !privateModes.contains(25) { found.append("hidden cursor") }
    found += privateModes.subtracting([7, 12, 25]).sorted().map { "private mode \($0)" }
    if isKeypadOn { found.append("application keypad") }
    if hasAttributes { found.append("attributes") }
    return found
  }

  /// Takes a new size, as a terminal does when its window changes.
  package mutating func resize(to size: Size) {
    self.size = size
    grid = Self.blank(size)
    region = 0..<size.rows
    if mainGrid != nil { mainGrid = Self.blank(size) }
    cursor = Point(column: 0, row: 0)
    isWrapPending = false
  }

  /// Switches to the alternate screen and back (private mode 1049).
  mutating func setAlternate(_ isOn: Bool) {
    guard isOn != isAlternate else { return }
    if isOn {
      mainGrid = grid
      grid = Self.blank(size)
    } else {
      grid = mainGrid ?? Self.blank(size)
      mainGrid = nil
    }
  }

  /// Shows one character at the cursor.
  mutating func show(_ scalar: Unicode.Scalar) {
    let width = DisplayWidth.of(scalar) ?? 1
    guard width > 0 else {
      let column = max(0, isWrapPending ? cursor.column : cursor.column - 1)
      let base = grid[cursor.row][column].isEmpty ? max(0, column - 1) : column
      grid[cursor.row][base].unicodeScalars.append(scalar)
      return
    }
    lastCharacter = String(scalar)
    if isWrapPending || cursor.column + width > size.columns {
      cursor.column = 0
      lineFeed()
    }
    isWrapPending = false
    let place = cursor.column..<cursor.column + width
    if isInserting { insertBlanks(width) }
    eraseCells(in: place)
    grid[cursor.row][cursor.column] = String(scalar)
    if width == 2 { grid[cursor.row][cursor.column + 1] = "" }
    isWrapPending = place.upperBound == size.columns
    cursor.column = min(place.upperBound, size.columns - 1)
  }

  /// Moves down, scrolling at the last row of the scrolling region.
  mutating func lineFeed() {
    if cursor.row == region.upperBound - 1 {
      scroll(region, by: 1)
    } else {
      move(row: cursor.row + 1)
    }
  }

  /// Moves up, scrolling at the first row of the scrolling region.
  mutating func reverseLineFeed() {
    if cursor.row == region.lowerBound {
      scroll(region, by: -1)
    } else {
      move(row: cursor.row - 1)
    }
  }

  /// Moves the content of some rows up, or down when `count` is negative.
  mutating func scroll(_ rows: Range<Int>, by count: Int) {
    let content = rows.map { row in
      rows.contains(row + count) ? grid[row + count] : Self.blankRow(size)
    }
    grid.replaceSubrange(rows, with: content)
  }

  /// Moves the cursor, inside the screen.
  mutating func move(column: Int? = nil, row: Int? = nil) {
    cursor.column = min(max(0, column ?? cursor.column), size.columns - 1)
    cursor.row = min(max(0, row ?? cursor.row), size.rows - 1)
    isWrapPending = false
  }

  /// Blanks cells of the cursor's row, and the other half of wide characters at the ends.
  mutating func eraseCells(in columns: Range<Int>) {
    let columns = columns.clamped(to: 0..<size.columns)
    guard let first = columns.first, let last = columns.last else { return }
    if grid[cursor.row][first].isEmpty, first > 0 { grid[cursor.row][first - 1] = " " }
    if last + 1 < size.columns, grid[cursor.row][last + 1].isEmpty {
      grid[cursor.row][last + 1] = " "
    }
    for column in columns { grid[cursor.row][column] = " " }
  }

  /// Blanks whole rows.
  mutating func eraseRows(_ rows: Range<Int>) {
    for row in rows.clamped(to: 0..<size.rows) { grid[row] = Self.blankRow(size) }
  }

  /// Shifts the rest of the row to the right.
  mutating func insertBlanks(_ count: Int) {
    let count = min(count, size.columns - cursor.column)
    grid[cursor.row].insert(contentsOf: repeatElement(" ", count: count), at: cursor.column)
    grid[cursor.row].removeLast(count)
  }

  /// Shifts the rest of the row to the left.
  mutating func deleteCells(_ count: Int) {
    let count = min(count, size.columns - cursor.column)
    grid[cursor.row].removeSubrange(cursor.column..<cursor.column + count)
    grid[cursor.row] += repeatElement(" ", count: count)
  }

  private static func blankRow(_ size: Size) -> [String] {
    Array(repeating: " ", count: size.columns)
  }

  private static func blank(_ size: Size) -> [[String]] {
    Array(repeating: blankRow(size), count: size.rows)
  }
}
