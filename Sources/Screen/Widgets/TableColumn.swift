/// A column of a table: its head, its width, and what it is worth when space is short.
package struct TableColumn: Hashable, Sendable {
  /// How wide a column may be, in cells.
  package enum Width: Hashable, Sendable {
    /// Always this wide.
    case fixed(Int)
    /// At least `min`, at most `max`; `weight` is the share of the space that is left over.
    case flexible(min: Int, max: Int, weight: Int)
  }

  /// The head.
  package let title: String
  /// The width.
  package let width: Width
  /// Where head and cells stand.
  package let alignment: Alignment
  /// The worth: of the columns that do not fit, the lowest goes first.
  package let priority: Int

  /// Makes a column.
  package init(
    title: String, width: Width, alignment: Alignment = .leading, priority: Int = 0
  ) {
    self.title = title
    self.width = width
    self.alignment = alignment
    self.priority = priority
  }

  var minimum: Int {
    switch width {
    case .fixed(let columns): max(0, columns)
    case .flexible(let min, _, _): max(0, min)
    }
  }

  var maximum: Int {
    switch width {
    case .fixed(let columns): max(0, columns)
    case .flexible(let min, let max, _): Swift.max(0, min, max)
    }
  }

  var weight: Int {
    switch width {
    case .fixed: 0
    case .flexible(_, _, let weight): max(0, weight)
    }
  }
}
