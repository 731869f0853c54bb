import Reliability
import Screen

extension Dashboard {
  /// The runbook that is open, as the configuration has it now or as its run began with it.
  func openRunbook(_ place: RunbookPlace) -> Runbook? {
    let record = shownRun
    let own = record.flatMap { record in runSnapshot.runs.first { $0.id == record.id } }
    return own?.runbook ?? settings.runbooks.library.runbook(named: place.runbook)
  }

  /// The steps of the open runbook as they stand: of its run, else untouched.
  func stepRecords(_ runbook: Runbook, _ place: RunbookPlace) -> [StepRecord] {
    let record = shownRun
    guard let record, record.steps.count == runbook.steps.count else {
      return runbook.steps.map { StepRecord($0, for: place.subject) }
    }
    return record.steps
  }

  /// The space of the open runbook.
  func runbookLayout(_ place: RunbookPlace) -> RunbookLayout {
    let runbook = openRunbook(place)
    let rows = (runbook?.steps.count ?? 0) + 1 + (runbook?.escalations.count ?? 0)
    return RunbookLayout(
      body: body, stepRows: rows, zoomed: isZoomed ? runbookPane.focus : nil)
  }

  /// How many steps are visible at once.
  func stepHeight(_ place: RunbookPlace) -> Int {
    let layout = runbookLayout(place)
    let escalations = openRunbook(place)?.escalations.count ?? 0
    return StepListArea(in: layout.steps, escalations: escalations).rows.rows
  }

  /// Draws the open runbook.
  func drawRunbook(_ place: RunbookPlace, on canvas: inout Canvas) {
    guard let runbook = openRunbook(place) else {
      let sentence = "There is no runbook \"\(place.runbook)\" any more. Esc goes back."
      ScrolledLines(
        lines: [Line([Span(sentence, .notice)])], title: "Runbook", isFocused: true
      ).draw(from: VirtualList(), in: body, on: &canvas)
      return
    }
    let layout = runbookLayout(place)
    drawSteps(of: runbook, place, in: layout.steps, on: &canvas)
    drawStepDetails(of: runbook, place, in: layout.details, on: &canvas)
  }

  private func drawSteps(
    of runbook: Runbook, _ place: RunbookPlace, in rect: Rect, on canvas: inout Canvas
  ) {
    guard !rect.isEmpty else { return }
    let record = shownRun
    let inner = Frame(
      title: "Runbook: \(runbook.title)", note: record?.outcome.rawValue ?? "",
      isFocused: runbookPane.focus == .steps
    ).draw(in: rect, on: &canvas)
    let area = StepListArea(in: rect, escalations: runbook.escalations.count)
    runbookHeading(runbook, place, record).draw(in: area.heading, on: &canvas)
    let steps = stepRecords(runbook, place)
    guard !steps.isEmpty else {
      canvas.drawWrapped(
        "This runbook has no steps, only text; it stands beside.",
        in: area.rows.inset(horizontal: 1, vertical: 0), role: .dim)
      return drawEscalations(of: runbook, record, in: area.escalations, on: &canvas)
    }
    let table = StepTable(width: inner.columns - 1, now: now)
    for (offset, index) in runbookPane.list.visibleRange(height: area.rows.rows).enumerated() {
      guard steps.indices.contains(index) else { continue }
      let row = area.rows.splitTop(offset).rest.splitTop(1).top
      table.draw(
        steps[index], number: index + 1, isSelected: index == runbookPane.list.selection,
        in: row.splitRight(1).rest, on: &canvas)
    }
    drawEscalations(of: runbook, record, in: area.escalations, on: &canvas)
  }

  /// What the runbook is open for; that the journal cannot be used is more urgent.
  private func runbookHeading(
    _ runbook: Runbook, _ place: RunbookPlace, _ record: RunRecord?
  ) -> Line {
    if let trouble = runSnapshot.journalTrouble {
      return Line([Span(" \(trouble)", .failed)])
    }
    let subject = runSubject(place).title
    let what = subject.isEmpty ? runbook.service ?? "no alert" : subject
    var spans = [Span(" for ", .dim), Span(what, .text)]
    if let severity = runbook.severity { spans.append(Span("  \(severity)", .notice)) }
    if let record {
      let began = Timestamp(milliseconds: record.startedAt)
      spans.append(Span("  \(began.timeOfDay) \(record.actor)", .dim))
    }
    return Line(spans)
  }

  private func drawEscalations(
    of runbook: Runbook, _ record: RunRecord?, in rect: Rect, on canvas: inout Canvas
  ) {
    for (offset, escalation) in runbook.escalations.prefix(rect.rows).enumerated() {
      let line = EscalationLine(escalation, record, now: now).line
      line.draw(
        in: rect.splitTop(offset).rest.splitTop(1).top.inset(horizontal: 1, vertical: 0),
        on: &canvas)
    }
  }

  private func drawStepDetails(
    of runbook: Runbook, _ place: RunbookPlace, in rect: Rect, on canvas: inout Canvas
  ) {
    guard !rect.isEmpty else { return }
    let lines = stepLines(of: runbook, place, width: rect.columns - 4)
    let index = runbookPane.list.selection
    let name = runbook.steps.indices.contains(index) ? runbook.steps[index].name : runbook.title
    let title = runbook.steps.isEmpty ? name : "Step \(index + 1): \(name)"
    ScrolledLines(lines: lines, title: title, isFocused: runbookPane.focus == .details)
      .draw(from: detailsPosition(lines: lines.count, in: rect), in: rect, on: &canvas)
  }

  /// Where the text beside the steps begins: where the operator scrolled to, or at the end of what the
  /// step has written.
  func detailsPosition(lines: Int, in rect: Rect) -> VirtualList {
    if let scroll = runbookPane.scroll { return scroll }
    let record = shownRun
    let index = runbookPane.list.selection
    let run = record.flatMap { record in runSnapshot.runs.first { $0.id == record.id } }
    let hasWritten = (run?.live[index]?.output.byteCount ?? 0) > 0
    let page = ScrolledLines.page(of: rect)
    var position = VirtualList(count: max(lines - page + 1, 1))
    if hasWritten { position.moveToEnd(height: 1) }
    return position
  }

  /// The text beside the steps.
  func stepLines(of runbook: Runbook, _ place: RunbookPlace, width: Int) -> [Line] {
    let index = runbookPane.list.selection
    var text = StepText(width: width, glyphs: glyphs)
    guard runbook.steps.indices.contains(index) else {
      text.addSections(of: runbook)
      return text.lines
    }
    let record = shownRun
    let live = record.flatMap { record in
      runSnapshot.runs.first { $0.id == record.id }?.live[index]
    }
    let step = runbook.steps[index]
    text.add(
      step,
      StepPreview(
        of: step, in: runbook, for: runSubject(place), settings.runbooks.running,
        forbidden: runRefusal(of: runbook)))
    let state = stepRecords(runbook, place)[index]
    text.add(state, live, now: now)
    // What explains the runbook is for before a step is run.
    if state.attempts == 0 { text.addSections(of: runbook) }
    return text.lines
  }
}

/// Where the heading, the rows and the escalations of the list of steps stand.
struct StepListArea {
  let heading: Rect
  let rows: Rect
  let escalations: Rect

  /// Divides a pane; the escalations leave the steps at least three rows.
  ///
  /// - Parameters:
  ///   - pane: The frame's outer edge.
  ///   - count: How many lines the escalations would like.
  init(in pane: Rect, escalations count: Int) {
    let split = pane.inset(by: 1).splitTop(1)
    heading = split.top
    let room = max(split.rest.rows - 3, 0)
    (escalations, rows) = split.rest.splitBottom(min(count, room))
  }
}
