import Reliability
import Screen

extension Dashboard {
  /// The space of the list of runbooks and of what is known of the selected one.
  var runbooksLayout: SourcesLayout {
    SourcesLayout(body: body, rowCount: settings.runbooks.library.runbooks.count)
  }

  /// Draws the Runbooks view: one row a runbook, below it how its runs went.
  func drawRunbooks(on canvas: inout Canvas) {
    let layout = runbooksLayout
    let runbooks = settings.runbooks.library.runbooks
    let inner = Frame(
      title: "Runbooks", note: Words.count(runbooks.count, "runbook"), isFocused: true
    ).draw(in: layout.list, on: &canvas)
    guard !runbooks.isEmpty else {
      canvas.drawWrapped(
        "No runbook is configured. Name their folder under runbooks: directories in "
          + "\(settings.configurationName).",
        in: inner.inset(horizontal: 1, vertical: 0), role: .dim)
      return
    }
    let area = TableArea(in: layout.list)
    let table = RunbookTable(width: area.headings.columns - 1, now: now)
    table.drawHeadings(in: area.headings.splitRight(1).rest, on: &canvas)
    for (offset, index) in runbookList.visibleRange(height: area.rows.rows).enumerated() {
      let runbook = runbooks[index]
      table.draw(
        runbook, runHistories[runbook.id] ?? RunHistory([]),
        isSelected: index == runbookList.selection,
        in: area.row(offset).splitRight(1).rest, on: &canvas)
    }
    guard let runbook = listedRunbook else { return }
    ScrolledLines(
      lines: runbookLines(runbook, width: layout.details.columns - 4), title: runbook.title,
      isFocused: false
    ).draw(from: VirtualList(), in: layout.details, on: &canvas)
  }

  private func runbookLines(_ runbook: Runbook, width: Int) -> [Line] {
    var text = AlertText(width: width, glyphs: glyphs)
    let triggers = runbook.triggers.map { trigger in
      trigger.matchers.isEmpty
        ? trigger.alert : "\(trigger.alert)\(LabelMatcher.text(of: trigger.matchers))"
    }
    if !triggers.isEmpty { text.fact("alerts", triggers.joined(separator: ", "), .text) }
    if let service = runbook.service { text.fact("service", service, .text) }
    text.fact("file", "\(runbook.origin.file):\(runbook.origin.line)", .dim)
    if let refusal = runRefusal(of: runbook), runbook.hasCommands {
      text.fact("commands", StepRefusal.forbidden(refusal).description, .failed)
    }
    if let trouble = runSnapshot.journalTrouble { text.fact("runs", trouble, .failed) }
    let own = runSnapshot.history.filter { $0.runbook == runbook.id }
    for (index, run) in own.prefix(8).enumerated() {
      let began = Timestamp(milliseconds: run.startedAt)
      let subject = run.subject.title.isEmpty ? "" : " for \(run.subject.title)"
      text.fact(
        index == 0 ? "runs" : "",
        "\(began.dateAndTime) UTC  \(run.outcome.rawValue), \(run.duration.brief), "
          + "by \(run.actor)\(subject)",
        run.outcome.role)
    }
    if own.isEmpty { text.fact("runs", "none yet", .dim) }
    return text.lines
  }
}

extension RunRecord.Outcome {
  /// The role of a run's state.
  var role: Role {
    switch self {
    case .running: .notice
    case .open: .text
    case .completed: .healthy
    case .failed: .failed
    case .interrupted, .rolledBack: .warning
    }
  }
}

/// The table of runbooks.
private struct RunbookTable {
  private enum Column: Int, CaseIterable {
    case marker, name, service, steps, runs, success, length, last
  }

  private let layout: TableLayout
  private let now: Timestamp

  init(width: Int, now: Timestamp) {
    self.now = now
    layout = TableLayout(Column.allCases.map(RunbookTable.column), width: width)
  }

  func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    layout.drawHeadings(in: rect, on: &canvas)
  }

  func draw(
    _ runbook: Runbook, _ history: RunHistory, isSelected: Bool, in row: Rect,
    on canvas: inout Canvas
  ) {
    layout.drawRow(isSelected: isSelected, in: row, on: &canvas) { index in
      let column = Column.allCases[index]
      return (text(column, runbook, history), column == .name || column == .marker ? .text : .dim)
    }
  }

  private func text(_ column: Column, _ runbook: Runbook, _ history: RunHistory) -> String {
    switch column {
    case .marker: ""
    case .name: runbook.title
    case .service: runbook.service ?? "-"
    case .steps: String(runbook.steps.count)
    case .runs: String(history.runs)
    case .success: history.successShare.map { "\(Int(($0 * 100).rounded())) %" } ?? "-"
    case .length: history.medianDuration?.brief ?? "-"
    case .last: history.lastRun.map { "\(Words.age(now - $0)) ago" } ?? "never"
    }
  }

  private static func column(_ column: Column) -> TableColumn {
    switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 12)
    case .name:
      TableColumn(title: "RUNBOOK", width: .flexible(min: 16, max: 60, weight: 3), priority: 11)
    case .service:
      TableColumn(title: "SERVICE", width: .flexible(min: 8, max: 24, weight: 1), priority: 10)
    case .steps: TableColumn(title: "STEPS", width: .fixed(5), alignment: .trailing, priority: 9)
    case .runs: TableColumn(title: "RUNS", width: .fixed(4), alignment: .trailing, priority: 8)
    case .success:
      TableColumn(title: "SUCCESS", width: .fixed(7), alignment: .trailing, priority: 6)
    case .length:
      TableColumn(title: "MEDIAN", width: .fixed(9), alignment: .trailing, priority: 5)
    case .last:
      TableColumn(title: "LAST RUN", width: .fixed(9), alignment: .trailing, priority: 7)
    }
  }
}
