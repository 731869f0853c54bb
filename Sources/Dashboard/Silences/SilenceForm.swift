import Reliability
import Screen

extension SilenceEditor {
  /// The rows of a typed line each, below the matchers.
  private var inputRows: Int { extended == nil ? 3 : 1 }

  /// Draws the form in the middle of `rect`.
  func draw(in rect: Rect, now: Timestamp, on canvas: inout Canvas) {
    let box = rect.centered(
      columns: min(rect.columns - 2, 90), rows: min(chips.count + inputRows + 7, rect.rows))
    canvas.fill(box, role: .dialog)
    let title = extended == nil ? "Silence at \(cluster)" : "Extend a silence at \(cluster)"
    let inner = Frame(title: title, note: keys, isFocused: true)
      .draw(in: box, on: &canvas).inset(horizontal: 1, vertical: 0)
    // The preview and the way to send are never scrolled away.
    let (preview, form) = inner.splitBottom(5)
    drawChips(in: form, on: &canvas)
    drawInputs(
      below: min(chips.count, max(form.rows - inputRows, 0)), in: form, now: now, on: &canvas)
    drawPreview(in: preview, on: &canvas)
  }

  /// The keys of the part that has them.
  private var keys: String {
    switch part {
    case .chip: "Space on or off, Tab moves, Esc cancels"
    case .addition: "Enter adds, Tab moves, Esc cancels"
    case .duration, .comment, .send: "Tab moves, Esc cancels"
    }
  }

  private func drawChips(in form: Rect, on canvas: inout Canvas) {
    let room = max(form.rows - inputRows, 0)
    // The selected one is always among those that are shown.
    let selected: Int
    if case .chip(let index) = part { selected = index } else { selected = 0 }
    let first = max(0, min(selected - room + 1, chips.count - room))
    for (offset, chip) in chips.dropFirst(first).prefix(room).enumerated() {
      let row = form.splitTop(offset).rest.splitTop(1).top
      let (label, value) = row.splitLeft(11)
      if offset == 0 { canvas.draw("Matchers", in: label, role: .dialog) }
      if offset == 1, chips.count > room {
        canvas.draw("\(chips.count - room) more", in: label, role: .dim)
      }
      let mark = extended != nil ? "" : chip.isUsed ? "[x] " : "[ ] "
      canvas.draw("\(mark)\(chip.matcher)", in: value, role: chip.isUsed ? .dialog : .dim)
      if part == .chip(first + offset) { canvas.highlight(value) }
    }
  }

  private func drawInputs(
    below top: Int, in form: Rect, now: Timestamp, on canvas: inout Canvas
  ) {
    var rest = form.splitTop(top).rest
    func next(_ name: String) -> Rect {
      let (row, below) = rest.splitTop(1)
      rest = below
      canvas.draw(name, in: row.splitLeft(10).left, role: .dialog)
      return row.splitLeft(11).rest
    }
    if extended == nil {
      draw(addition, .addition, hint: "label=\"value\"", in: next("Add"), on: &canvas)
    }
    let until = length.map { "until \(end(of: $0, at: now).dateAndTime.dropLast(3)) UTC" } ?? ""
    let field = next(extended == nil ? "Duration" : "Longer by")
    draw(duration, .duration, hint: "", in: field.splitLeft(12).left, on: &canvas)
    let hint = field.splitLeft(13).rest
    let presets = part == .duration ? "\(until)  left, right: presets" : until
    canvas.draw(presets.count > hint.columns ? until : presets, in: hint, role: .dim)
    if extended == nil { draw(comment, .comment, hint: "why", in: next("Comment"), on: &canvas) }
  }

  private func draw(
    _ input: TextInput, _ part: Part, hint: String, in rect: Rect, on canvas: inout Canvas
  ) {
    if part == self.part {
      input.draw(in: rect, on: &canvas)
    } else {
      canvas.draw(
        input.value.isEmpty ? hint : input.value, in: rect,
        role: input.value.isEmpty ? .dim : .dialog)
    }
  }

  private func drawPreview(in rect: Rect, on canvas: inout Canvas) {
    let (button, text) = rect.splitBottom(1)
    if let trouble {
      canvas.drawWrapped("\(trouble).", in: text.splitTop(1).rest, role: .inputError)
    } else {
      canvas.drawWrapped(
        preview, in: text.splitTop(1).rest, role: hitCount == 0 ? .notice : .dialog)
    }
    let label = part == .send ? "[ Enter sends ]" : "[ send ]"
    canvas.draw(label, in: button, role: .dialog)
    if part == .send { canvas.highlight(button.splitLeft(label.count).left) }
  }

  /// What the silence would hit, the counts first: the names may be cut.
  private var preview: String {
    let others = leftOut == 0 ? "" : "; \(leftOut) chosen of another source stay"
    let names = hitNames.prefix(12).joined(separator: ", ")
    let more = hitNames.count > 12 ? " and more" : ""
    let list = hitNames.isEmpty ? "" : ": \(names)\(more)"
    return "Hits \(Words.count(hitCount, "alert")) now\(others)\(list)."
  }
}
