import Reliability
import Screen

extension SilenceEditor {
  /// Draws the form in the middle of `rect`.
  func draw(in rect: Rect, now: Timestamp, on canvas: inout Canvas) {
    let box = rect.centered(
      columns: min(rect.columns - 2, 90), rows: min(chips.count + 12, rect.rows))
    canvas.fill(box, role: .dialog)
    let title = extended == nil ? "Silence at \(cluster)" : "Extend a silence at \(cluster)"
    let inner = Frame(title: title, note: "Tab moves, Esc cancels", isFocused: true)
      .draw(in: box, on: &canvas).inset(horizontal: 1, vertical: 0)
    // The preview and the way to send are never scrolled away.
    let (preview, form) = inner.splitBottom(5)
    drawChips(in: form, on: &canvas)
    drawInputs(below: min(chips.count, max(form.rows - 3, 0)), in: form, now: now, on: &canvas)
    drawPreview(in: preview, on: &canvas)
  }

  private func drawChips(in form: Rect, on canvas: inout Canvas) {
    let room = max(form.rows - 3, 0)
    // The selected one is always among those that are shown.
    let selected: Int
    if case .chip(let index) = part { selected = index } else { selected = 0 }
    let first = max(0, min(selected - room + 1, chips.count - room))
    for (offset, chip) in chips.dropFirst(first).prefix(room).enumerated() {
      let row = form.splitTop(offset).rest.splitTop(1).top
      let (label, value) = row.splitLeft(11)
      if offset == 0 { canvas.draw("Matchers", in: label, role: .dialog) }
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
    let until = length.map { "until \((now + $0).dateAndTime.dropLast(3)) UTC" } ?? ""
    let field = next("Duration")
    draw(duration, .duration, hint: "", in: field.splitLeft(12).left, on: &canvas)
    canvas.draw("\(until)  left, right: presets", in: field.splitLeft(13).rest, role: .dim)
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
      let names = hits.prefix(12).map { hit in
        hit.facts.service.map { "\(hit.name) (\($0))" } ?? hit.name
      }
      let more = hits.count > 12 ? " and \(hits.count - 12) more" : ""
      let list = hits.isEmpty ? "" : ": \(names.joined(separator: ", "))\(more)"
      canvas.drawWrapped(
        "Hits \(Words.count(hits.count, "alert")) now\(list).", in: text.splitTop(1).rest,
        role: hits.isEmpty ? .notice : .dialog)
    }
    let label = part == .send ? "[ Enter sends ]" : "[ send ]"
    canvas.draw(label, in: button, role: .dialog)
    if part == .send { canvas.highlight(button.splitLeft(label.count).left) }
  }
}
