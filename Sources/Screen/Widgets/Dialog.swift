/// A box in the middle of a pane that asks or tells something.
package struct Dialog: Hashable, Sendable {
  /// The title.
  package let title: String
  /// The text, one paragraph each; long ones are broken, never cut sideways.
  package let lines: [String]
  /// The answers, from left to right.
  package let buttons: [String]
  /// The position of the selected answer.
  package let selected: Int

  /// Makes a dialog.
  package init(title: String, lines: [String], buttons: [String] = [], selected: Int = 0) {
    self.title = title
    self.lines = lines
    self.buttons = buttons
    self.selected = selected
  }

  /// Draws the box in the middle of `rect` and returns the space it takes.
  ///
  /// When the height is short the text is cut; the answers stay.
  @discardableResult
  package func draw(in rect: Rect, on canvas: inout Canvas) -> Rect {
    let textWidth = min(contentWidth, max(0, rect.columns - 4))
    let text = lines.flatMap { WordWrap.lines(of: $0, width: textWidth, glyphs: canvas.glyphs) }
    let answerRows = buttons.isEmpty ? 0 : 2
    let box = rect.centered(columns: textWidth + 4, rows: text.count + answerRows + 2)
    canvas.fill(box, role: .dialog)
    let frame = Frame(title: title, borderRole: .dialog, titleRole: .dialogTitle)
    let inner = frame.draw(in: box, on: &canvas).inset(horizontal: 1, vertical: 0)
    let (answers, body) = inner.splitBottom(min(answerRows, 1))
    canvas.drawWrapped(text.joined(separator: "\n"), in: body, role: .dialog)
    drawAnswers(in: answers, on: &canvas)
    return box
  }

  /// The columns that text, title and answers would like to have.
  private var contentWidth: Int {
    max(
      lines.map { DisplayWidth.of($0) }.max() ?? 0, DisplayWidth.of(title),
      width(of: buttons.indices))
  }

  /// Draws the answers at the right; when there is no room for all, the selected one is kept.
  private func drawAnswers(in rect: Rect, on canvas: inout Canvas) {
    var shown = buttons.indices
    while shown.count > 1, shown.lowerBound < selected,
      width(of: shown.lowerBound..<min(selected + 1, shown.upperBound)) > rect.columns
    {
      shown = shown.dropFirst()
    }
    var rest = rect.splitRight(width(of: shown)).right
    for index in shown {
      let (cell, next) = rest.splitLeft(width(of: index..<index + 1))
      let mark = index == selected ? "\(canvas.glyphs.selectionArrow)" : " "
      canvas.draw("[\(mark)\(buttons[index]) ]", in: cell, role: .dialog)
      if index == selected { canvas.highlight(cell) }
      rest = next.splitLeft(1).rest
    }
  }

  /// The columns of some answers, each in brackets, with a blank between two.
  private func width(of answers: Range<Int>) -> Int {
    buttons[answers].reduce(max(0, answers.count - 1)) { $0 + DisplayWidth.of($1) + 4 }
  }
}
