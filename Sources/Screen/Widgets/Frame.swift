/// A border around a pane, with a title and a note in its top edge.
package struct Frame: Hashable, Sendable {
  /// The title, at the left.
  package let title: String
  /// The note, at the right; the first to go when the frame is narrow.
  package let note: String
  /// The role of the border.
  package let borderRole: Role
  /// The role of the title.
  package let titleRole: Role

  /// Makes the frame of a pane; the pane that has the keys is the focused one.
  package init(title: String, note: String = "", isFocused: Bool = false) {
    self.init(
      title: title, note: note, borderRole: isFocused ? .borderFocused : .border,
      titleRole: .title)
  }

  /// Makes a frame with roles of its own.
  package init(title: String, note: String = "", borderRole: Role, titleRole: Role) {
    self.title = title
    self.note = note
    self.borderRole = borderRole
    self.titleRole = titleRole
  }

  /// Draws the border and returns the space inside it.
  @discardableResult
  package func draw(in rect: Rect, on canvas: inout Canvas) -> Rect {
    let inner = rect.inset(by: 1)
    guard rect.columns >= 2, rect.rows >= 2 else { return inner }
    let edges = drawBorder(in: rect, on: &canvas)
    drawCaptions(in: edges, on: &canvas)
    return inner
  }

  /// Draws the four edges and returns the top one without its corners.
  private func drawBorder(in rect: Rect, on canvas: inout Canvas) -> Rect {
    let glyphs = canvas.glyphs
    let right = rect.maxColumn - 1
    let bottom = rect.maxRow - 1
    for column in rect.column + 1..<max(rect.column + 1, right) {
      canvas.put(glyphs.horizontal, at: Point(column: column, row: rect.row), role: borderRole)
      canvas.put(glyphs.horizontal, at: Point(column: column, row: bottom), role: borderRole)
    }
    for row in rect.row + 1..<max(rect.row + 1, bottom) {
      canvas.put(glyphs.vertical, at: Point(column: rect.column, row: row), role: borderRole)
      canvas.put(glyphs.vertical, at: Point(column: right, row: row), role: borderRole)
    }
    canvas.put(glyphs.topLeft, at: rect.origin, role: borderRole)
    canvas.put(glyphs.topRight, at: Point(column: right, row: rect.row), role: borderRole)
    canvas.put(glyphs.bottomLeft, at: Point(column: rect.column, row: bottom), role: borderRole)
    canvas.put(glyphs.bottomRight, at: Point(column: right, row: bottom), role: borderRole)
    return rect.inset(horizontal: 1, vertical: 0).splitTop(1).top
  }

  /// Draws title and note with a blank on each side; a title that is cut leaves no room for a note.
  private func drawCaptions(in edge: Rect, on canvas: inout Canvas) {
    let titleWidth = title.isEmpty ? 0 : DisplayWidth.of(title) + 2
    let noteWidth = note.isEmpty ? 0 : DisplayWidth.of(note) + 2
    drawCaption(title, role: titleRole, in: edge.splitLeft(titleWidth).left, on: &canvas)
    // One piece of border between the two keeps them apart.
    guard titleWidth + 1 + noteWidth <= edge.columns else { return }
    drawCaption(note, role: .dim, in: edge.splitRight(noteWidth).right, on: &canvas)
  }

  private func drawCaption(_ text: String, role: Role, in rect: Rect, on canvas: inout Canvas) {
    guard rect.columns > 2 else { return }
    canvas.fill(rect, role: borderRole)
    canvas.draw(text, in: rect.inset(horizontal: 1, vertical: 0), role: role)
  }
}
