import Reliability
import Screen

/// The table of alerts: its columns, and how an alert or a group's heading fills a row.
struct AlertTable {
  private enum Column: Int, CaseIterable {
    case marker, mark, severity, age, state, name, service, summary
  }

  private let layout: TableLayout
  private let now: Timestamp

  /// Lays the table out.
  ///
  /// - Parameters:
  ///   - width: The cells a row may take.
  ///   - now: The time ages are counted to.
  ///   - tally: What the names need, so that columns are no wider.
  init(width: Int, now: Timestamp, tally: AlertCounts) {
    self.now = now
    layout = TableLayout(Column.allCases.map { AlertTable.column($0, tally) }, width: width)
  }

  func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    layout.drawHeadings(in: rect, on: &canvas)
  }

  /// How a row stands out.
  struct Look {
    var isSelected = false
    var isMarked = false
    var isNew = false
    /// Whether the operator has just acknowledged it.
    var isOnItsWay = false
    /// Whether it has gone beyond whoever is called first.
    var isEscalated = false
  }

  /// Draws one alert.
  func draw(_ alert: Alert, _ look: Look, in row: Rect, on canvas: inout Canvas) {
    let words = AlertWords(
      alert, now: now, isOnItsWay: look.isOnItsWay, isEscalated: look.isEscalated)
    if look.isSelected, let cell = cell(.marker, in: row) {
      canvas.put(canvas.glyphs.selectionArrow, at: cell.origin, role: .text)
    }
    if let cell = cell(.mark, in: row) {
      canvas.draw(look.isMarked ? "*" : look.isNew ? "+" : "", in: cell, role: .notice)
    }
    let isQuiet = alert.state == .resolved || alert.state == .inhibited
    text(words.severity, .severity, words.severityRole, in: row, on: &canvas)
    text(words.age, .age, isQuiet ? .dim : .text, in: row, on: &canvas)
    text(words.state, .state, words.stateRole, in: row, on: &canvas)
    text(alert.name, .name, isQuiet ? .dim : .text, in: row, on: &canvas)
    text(alert.service ?? "", .service, isQuiet ? .dim : .text, in: row, on: &canvas)
    text(alert.summary, .summary, .dim, in: row, on: &canvas)
    if look.isSelected { canvas.highlight(names(in: row)) }
  }

  /// Draws the heading of a group.
  func draw(_ group: AlertGroup, isSelected: Bool, in row: Rect, on canvas: inout Canvas) {
    let arrow = isSelected ? String(canvas.glyphs.selectionArrow) : " "
    let line = Line([
      Span("\(arrow) ", .text), Span(group.title, .title),
      Span("  \(group.tally.clauses.joined(separator: ", "))", .dim),
    ])
    line.draw(in: row, on: &canvas)
    if isSelected { canvas.highlight(row.splitLeft(min(line.width, row.columns)).left) }
  }

  /// The part of a row that says which alert it is; figures stay out of the highlight.
  private func names(in row: Rect) -> Rect {
    guard let last = cell(.name, in: row) else { return row }
    return row.splitLeft(last.maxColumn - row.column).left
  }

  private func cell(_ column: Column, in row: Rect) -> Rect? {
    layout.cell(column.rawValue, in: row)
  }

  private func text(
    _ text: String, _ column: Column, _ role: Role, in row: Rect, on canvas: inout Canvas
  ) {
    guard let cell = cell(column, in: row) else { return }
    canvas.draw(text, in: cell, alignment: column == .age ? .trailing : .leading, role: role)
  }

  private static func column(_ column: Column, _ tally: AlertCounts) -> TableColumn {
    switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 12)
    case .mark: TableColumn(title: "", width: .fixed(1), priority: 11)
    case .severity: TableColumn(title: "SEV", width: .fixed(6), priority: 10)
    case .age: TableColumn(title: "AGE", width: .fixed(4), alignment: .trailing, priority: 7)
    case .state:
      TableColumn(
        title: "STATE",
        width: .flexible(min: 12, max: min(max(tally.longestState, 12), 22), weight: 2), priority: 8
      )
    case .name: TableColumn(title: "ALERT", width: name(tally.longestName, 36), priority: 9)
    case .service:
      TableColumn(title: "SERVICE", width: name(tally.longestService, 20), priority: 5)
    case .summary:
      TableColumn(title: "SUMMARY", width: .flexible(min: 12, max: 400, weight: 9), priority: 4)
    }
  }

  private static func name(_ longest: Int, _ most: Int) -> TableColumn.Width {
    .flexible(min: min(max(longest, 8), 14), max: max(8, min(longest, most)), weight: 6)
  }
}
