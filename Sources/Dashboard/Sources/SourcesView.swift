import Reliability
import Screen

/// Where the Sources view's panes stand at one size.
struct SourcesLayout: Hashable, Sendable {
  let list: Rect
  let details: Rect

  init(body: Rect, rowCount: Int) {
    let split = body.splitTop(min(max(rowCount, 1) + 3, max(4, body.rows / 2)))
    list = split.top
    details = split.rest
  }

  var listHeight: Int { TableArea(in: list).rows.rows }
}

extension Dashboard {
  /// The sources of metrics, then those of alerts, then the calendars.
  var allSources: [SourceHealth] {
    snapshot.sources + alertSnapshot.sources + onCall.snapshot.sources
  }

  /// Draws the Sources view: one row a source, below it all that is known of the selected one.
  func drawSources(on canvas: inout Canvas) {
    let sources = allSources
    let layout = sourcesLayout
    let inner = Frame(
      title: "Sources", note: Words.count(sources.count, "source"), isFocused: true
    ).draw(in: layout.list, on: &canvas).inset(horizontal: 1, vertical: 0)
    guard !sources.isEmpty else {
      canvas.drawWrapped(
        "No source is configured. Add one under sources: in \(settings.configurationName).",
        in: inner, role: .notice)
      return
    }
    let table = SourceTable(width: inner.columns, sources: sources, now: now)
    let area = TableArea(in: layout.list)
    table.drawHeadings(in: area.headings.inset(horizontal: 1, vertical: 0), on: &canvas)
    for (offset, index) in sourceList.visibleRange(height: area.rows.rows).enumerated() {
      let row = area.row(offset).inset(horizontal: 1, vertical: 0)
      table.draw(
        sources[index], in: row, isSelected: index == sourceList.selection, on: &canvas)
    }
    if sources.indices.contains(sourceList.selection) {
      drawDetails(of: sources[sourceList.selection], in: layout.details, on: &canvas)
    }
  }

  private func drawDetails(
    of source: SourceHealth, in rect: Rect, on canvas: inout Canvas
  ) {
    let inner = Frame(title: source.name).draw(in: rect, on: &canvas)
      .inset(horizontal: 1, vertical: 0)
    var rest = inner
    for fact in SourceFacts(source, now: now, glyphs: glyphs).all where !rest.isEmpty {
      let (label, text) = rest.splitLeft(13)
      canvas.draw(fact.name, in: label, role: .dim)
      let used = canvas.drawWrapped(fact.text, in: text, role: fact.role)
      rest = rest.splitTop(max(used, 1)).rest
    }
  }
}

/// The table of sources.
private struct SourceTable {
  private enum Column: Int, CaseIterable {
    case marker, state, name, type, last, median, high, requests, bytes, slow, retries, next
  }

  private let layout: TableLayout
  private let now: Timestamp

  init(width: Int, sources: [SourceHealth], now: Timestamp) {
    self.now = now
    let longest = sources.map { DisplayWidth.of($0.name) }.max() ?? 0
    layout = TableLayout(Column.allCases.map { SourceTable.column($0, longest) }, width: width)
  }

  func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    layout.drawHeadings(in: rect, on: &canvas)
  }

  func draw(_ source: SourceHealth, in row: Rect, isSelected: Bool, on canvas: inout Canvas) {
    for placement in layout.placements {
      guard let column = Column(rawValue: placement.index) else { continue }
      let role: Role = column == .state ? SourceFacts.role(of: source.state) : .text
      let text =
        column == .marker
        ? (isSelected ? String(canvas.glyphs.selectionArrow) : "") : text(column, source)
      canvas.draw(
        text, in: layout.cell(placement, in: row), alignment: placement.column.alignment,
        role: role)
    }
    if isSelected { canvas.highlight(row) }
  }

  private func text(_ column: Column, _ source: SourceHealth) -> String {
    switch column {
    case .marker: ""
    case .state: source.state.rawValue
    case .name: source.name
    case .type: source.type
    case .last: source.lastSuccess.map { "\(Words.age(now - $0)) ago" } ?? "never"
    case .median: source.latency(percentile: 0.5).map(Numerals.latency) ?? "-"
    case .high: source.latency(percentile: 0.95).map(Numerals.latency) ?? "-"
    case .requests: String(source.lastPoll.requests)
    case .bytes: Numerals.bytes(source.lastPoll.bytes)
    case .slow: String(source.lastSlowRound.requests)
    case .retries: String(source.retries)
    case .next: source.nextTry.map { Words.moment($0, from: now) } ?? "-"
    }
  }

  private static func column(_ column: Column, _ longestName: Int) -> TableColumn {
    func figures(_ title: String, _ width: Int, _ priority: Int) -> TableColumn {
      TableColumn(title: title, width: .fixed(width), alignment: .trailing, priority: priority)
    }
    return switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 12)
    case .state: TableColumn(title: "STATE", width: .fixed(8), priority: 11)
    case .name:
      TableColumn(
        title: "SOURCE", width: .flexible(min: 8, max: max(8, min(longestName, 32)), weight: 1),
        priority: 10)
    case .type: TableColumn(title: "TYPE", width: .fixed(12), priority: 3)
    case .last: figures("LAST ANSWER", 11, 9)
    case .median: figures("P50", 7, 6)
    case .high: figures("P95", 7, 5)
    case .requests: figures("REQ/POLL", 8, 7)
    case .bytes: figures("PER POLL", 9, 4)
    case .slow: figures("SLOW REQ", 8, 2)
    case .retries: figures("RETRIES", 7, 1)
    case .next: figures("NEXT TRY", 8, 8)
    }
  }
}
