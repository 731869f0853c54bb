import Reliability
import Screen

/// The rows of the list of steps: number, state, name, kind, length.
struct StepTable {
  private enum Column: Int, CaseIterable {
    case marker, number, sign, name, kind, length
  }

  private let layout: TableLayout
  private let now: Timestamp

  init(width: Int, now: Timestamp) {
    self.now = now
    layout = TableLayout(Column.allCases.map(StepTable.column), width: width)
  }

  func draw(
    _ step: StepRecord, number: Int, isSelected: Bool, in row: Rect, on canvas: inout Canvas
  ) {
    for placement in layout.placements {
      guard let column = Column(rawValue: placement.index) else { continue }
      let text: String =
        switch column {
        case .marker: isSelected ? String(canvas.glyphs.selectionArrow) : ""
        case .number: String(number)
        case .sign: String(step.status.sign(canvas.glyphs))
        case .name: step.name
        case .kind: state(of: step)
        case .length: length(of: step)
        }
      canvas.draw(
        text, in: layout.cell(placement, in: row), alignment: placement.column.alignment,
        role: role(column, step))
    }
    if isSelected { canvas.highlight(row) }
  }

  /// The kind while nothing has happened, in brackets where it is optional, and then what has.
  private func state(of step: StepRecord) -> String {
    switch step.status {
    case .pending: step.isRequired ? step.kind.rawValue : "(\(step.kind.rawValue))"
    case .notApplicable: "left out"
    case .rollingBack: "taking back"
    case .rollbackFailed: "back failed"
    case .running, .done, .failed, .skipped, .refused, .cancelled, .interrupted, .rolledBack:
      step.status.word
    }
  }

  private func length(of step: StepRecord) -> String {
    guard step.attempts > 0, let started = step.startedAt else { return "" }
    if step.isRunning { return StepTable.compact(now - Timestamp(milliseconds: started)) }
    guard let length = step.duration, step.kind != .manual, step.kind != .link else { return "" }
    return StepTable.compact(length)
  }

  /// A length without blanks: `0.8s`, `1m40s`.
  private static func compact(_ length: Duration) -> String {
    length.brief.filter { $0 != " " }
  }

  private func role(_ column: Column, _ step: StepRecord) -> Role {
    switch column {
    case .marker: .text
    case .number, .length: .dim
    case .name: step.status == .notApplicable || step.status == .skipped ? .dim : .text
    case .sign, .kind: step.status.role
    }
  }

  private static func column(_ column: Column) -> TableColumn {
    switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 6)
    case .number: TableColumn(title: "", width: .fixed(2), alignment: .trailing, priority: 5)
    case .sign: TableColumn(title: "", width: .fixed(1), priority: 4)
    case .name: TableColumn(title: "", width: .flexible(min: 12, max: 200, weight: 1), priority: 3)
    case .kind: TableColumn(title: "", width: .fixed(11), priority: 2)
    case .length:
      TableColumn(title: "", width: .fixed(7), alignment: .trailing, priority: 1)
    }
  }
}

extension StepRecord.Status {
  /// The sign of a state; the word beside it says the same.
  func sign(_ glyphs: Glyphs) -> Unicode.Scalar {
    switch self {
    case .pending, .notApplicable, .skipped: glyphs.ring
    case .running, .rollingBack: glyphs.dot
    case .done: glyphs.check
    case .failed, .refused, .cancelled, .interrupted, .rollbackFailed: glyphs.cross
    case .rolledBack: glyphs.fallingArrow
    }
  }

  /// The role of a state.
  var role: Role {
    switch self {
    case .pending, .notApplicable, .skipped: .dim
    case .running, .rollingBack: .notice
    case .done: .healthy
    case .failed, .refused, .rollbackFailed: .failed
    case .cancelled, .interrupted, .rolledBack: .warning
    }
  }
}

/// One escalation as a line: a countdown once the runbook is run.
struct EscalationLine {
  let line: Line

  init(_ escalation: Runbook.Escalation, _ record: RunRecord?, now: Timestamp) {
    let way = escalation.by.map { " by \($0)" } ?? ""
    let target = "\(escalation.to)\(way)"
    guard let after = escalation.after else {
      let condition = escalation.condition.map { ", \($0)" } ?? ""
      line = Line([Span("escalate to ", .dim), Span("\(target)\(condition)", .text)])
      return
    }
    guard let record, !record.isOver else {
      line = Line([Span("escalate after \(after.brief) to ", .dim), Span(target, .text)])
      return
    }
    let due = Timestamp(milliseconds: record.startedAt) + after
    line =
      due > now
      ? Line([Span("escalate in \((due - now).brief) to ", .dim), Span(target, .text)])
      : Line([
        Span("escalate now to ", .warning), Span(target, .warning),
        Span(", since \((now - due).brief)", .dim),
      ])
  }
}
