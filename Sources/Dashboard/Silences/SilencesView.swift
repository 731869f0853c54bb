import Reliability
import Screen

extension Dashboard {
  var silencesLayout: SourcesLayout {
    SourcesLayout(body: body, rowCount: silencesPane.silences.count)
  }

  /// Draws the Silences view: one row a silence, below it all of the selected one.
  func drawSilences(on canvas: inout Canvas) {
    let layout = silencesLayout
    let pane = silencesPane
    let inner = Frame(title: "Silences", note: silencesNote, isFocused: true)
      .draw(in: layout.list, on: &canvas)
    guard !pane.silences.isEmpty else {
      canvas.drawWrapped(
        silencesSentence, in: inner.inset(horizontal: 1, vertical: 0), role: .dim)
      return
    }
    let area = TableArea(in: layout.list)
    let table = SilenceTable(width: area.headings.columns - 1, now: now)
    table.drawHeadings(in: area.headings.splitRight(1).rest, on: &canvas)
    for (offset, index) in pane.list.visibleRange(height: area.rows.rows).enumerated() {
      let silence = pane.silences[index]
      table.draw(
        silence, count: pane.count(of: silence), isSelected: index == pane.list.selection,
        in: area.row(offset).splitRight(1).rest, on: &canvas)
    }
    if let silence = pane.selected {
      let lines = silenceLines(silence, width: layout.details.columns - 4)
      ScrolledLines(lines: lines, title: "Silence", isFocused: false)
        .draw(from: VirtualList(), in: layout.details, on: &canvas)
    }
  }

  private var silencesNote: String {
    let expired = silencesPane.expiredCount
    let hidden = silencesPane.showsExpired || expired == 0 ? "" : ", \(expired) expired hidden"
    return "\(silencesPane.activeCount) active\(hidden)"
  }

  private var silencesSentence: String {
    if settings.alertmanagers.isEmpty {
      return "No Alertmanager is configured. Add a source of type alertmanager in "
        + "\(settings.configurationName)."
    }
    let ways = [
      (Intent.toggleExpired, "e shows those that have expired"), (.silence, "s makes one"),
    ]
    .filter { reasonUnavailable($0.0) == nil }.map(\.1)
    return "No silence is active. " + (ways.isEmpty ? "" : "\(ways.joined(separator: ", ")).")
  }

  private func silenceLines(_ silence: Silence, width: Int) -> [Line] {
    var text = AlertText(width: width, glyphs: glyphs)
    text.fact("matchers", LabelMatcher.text(of: silence.matchers), .text)
    text.fact("from", "\(silence.startsAt.dateAndTime) UTC", .text)
    text.fact("until", "\(silence.endsAt.dateAndTime) UTC", .text)
    text.fact("by", silence.createdBy, .text)
    text.fact("comment", silence.remark.isEmpty ? "none" : silence.remark, .text)
    let names = silencesPane.mutedNames[silence.key] ?? []
    let hidden = silencesPane.count(of: silence) - names.count
    let more = hidden > 0 ? " and \(hidden) more" : ""
    text.fact(
      "mutes now", names.isEmpty ? "nothing" : names.joined(separator: ", ") + more,
      names.isEmpty && silence.state == .active ? .notice : .text)
    text.fact("id", "\(silence.id) at \(silence.cluster)", .dim)
    return text.lines
  }
}

/// The table of silences.
private struct SilenceTable {
  private enum Column: Int, CaseIterable {
    case marker, state, ends, by, hits, matchers, comment
  }

  private let layout: TableLayout
  private let now: Timestamp

  init(width: Int, now: Timestamp) {
    self.now = now
    layout = TableLayout(Column.allCases.map(SilenceTable.column), width: width)
  }

  func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    layout.drawHeadings(in: rect, on: &canvas)
  }

  func draw(
    _ silence: Silence, count: Int, isSelected: Bool, in row: Rect, on canvas: inout Canvas
  ) {
    layout.drawRow(isSelected: isSelected, in: row, on: &canvas) { index in
      let column = Column.allCases[index]
      return (text(column, silence, count), role(column, silence, count))
    }
  }

  private func role(_ column: Column, _ silence: Silence, _ count: Int) -> Role {
    switch (column, silence.state) {
    case (_, .expired): .dim
    case (.state, _): silence.isAcknowledgement ? .acknowledged : .silenced
    case (.hits, .active) where count == 0: .notice
    case (.marker, _), (.ends, _), (.by, _), (.hits, _), (.matchers, _), (.comment, _): .text
    }
  }

  private func text(_ column: Column, _ silence: Silence, _ count: Int) -> String {
    switch column {
    case .marker: ""
    case .state:
      silence.isAcknowledgement && silence.state == .active ? "ack" : silence.state.rawValue
    case .ends:
      switch silence.state {
      case .active: Words.moment(silence.endsAt, from: now)
      case .pending: "from \(Words.moment(silence.startsAt, from: now))"
      case .expired: "\(Words.age(now - silence.endsAt)) ago"
      }
    case .by: silence.createdBy
    case .hits: silence.state == .active ? (count == 0 ? "none" : String(count)) : "-"
    case .matchers: silence.matchers.map(\.description).joined(separator: " ")
    case .comment: silence.remark
    }
  }

  private static func column(_ column: Column) -> TableColumn {
    switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 12)
    case .state: TableColumn(title: "STATE", width: .fixed(7), priority: 11)
    case .ends: TableColumn(title: "ENDS", width: .fixed(9), priority: 10)
    case .by: TableColumn(title: "BY", width: .flexible(min: 8, max: 18, weight: 1), priority: 8)
    case .hits: TableColumn(title: "MUTES", width: .fixed(5), alignment: .trailing, priority: 9)
    case .matchers:
      TableColumn(title: "MATCHERS", width: .flexible(min: 16, max: 80, weight: 4), priority: 7)
    case .comment:
      TableColumn(title: "COMMENT", width: .flexible(min: 10, max: 200, weight: 3), priority: 6)
    }
  }
}
