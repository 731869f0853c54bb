import Reliability
import Screen

extension Dashboard {
  /// Draws the people of a team: when they are on, and what being on call has cost them.
  func drawPeople(of team: TeamRoster, in rect: Rect, on canvas: inout Canvas) {
    let hasKeys = onCall.focus == .people
    let inner = Frame(title: "People", note: loadNote(of: team), isFocused: hasKeys)
      .draw(in: rect, on: &canvas)
    guard !team.everybody.isEmpty else {
      canvas.drawWrapped(
        "Nobody is known yet.", in: inner.inset(horizontal: 1, vertical: 0), role: .dim)
      return
    }
    let area = TableArea(in: rect)
    let table = PeopleTable(width: area.headings.columns - 1)
    table.drawHeadings(in: area.headings.splitRight(1).rest, on: &canvas)
    for (offset, index) in onCall.people.visibleRange(height: area.rows.rows).enumerated()
    where team.everybody.indices.contains(index) {
      let person = team.everybody[index]
      let row = PeopleTable.Row(
        name: team.name(of: person) + (isYou(person, in: team) ? " (you)" : ""),
        color: personRole(person, in: team), duty: dutyWords(of: person, in: team),
        load: team.load.map { $0.load(of: person) ?? PersonLoad(none: person) })
      table.draw(
        row, isSelected: hasKeys && index == onCall.people.selection,
        in: area.row(offset).splitRight(1).rest, on: &canvas)
    }
  }

  private func loadNote(of team: TeamRoster) -> String {
    guard let load = team.load else { return "pages are not known" }
    let weeks = Int((load.range.upperBound - load.range.lowerBound).inSeconds / 604_800)
    let lost = load.unassigned > 0 ? ", \(load.unassigned) of nobody" : ""
    return "pages of \(Words.count(weeks, "week"))\(lost)"
  }

  /// When a person is on: `primary` while that is now, else `in 2 d 3 h`.
  private func dutyWords(of person: String, in team: TeamRoster) -> String {
    let own = team.roster.shifts(of: person)
    let on = own.on(at: now).map(\.layer)
    guard on.isEmpty else {
      return team.roster.layers.filter(on.contains).joined(separator: ", ")
    }
    let next = own.coming(after: now).first { _ in true }
    return next.map { "in \(Words.length(hours: hours(until: $0.from)))" } ?? "-"
  }
}

/// The table of people.
private struct PeopleTable {
  /// What a row shows.
  struct Row {
    let name: String
    let color: Role
    let duty: String
    let load: PersonLoad?
  }

  private enum Column: Int, CaseIterable {
    case marker, name, duty, pages, afterHours, nights, acknowledge, burden
  }

  private let layout: TableLayout

  init(width: Int) {
    layout = TableLayout(Column.allCases.map(PeopleTable.column), width: width)
  }

  func drawHeadings(in rect: Rect, on canvas: inout Canvas) {
    layout.drawHeadings(in: rect, on: &canvas)
  }

  func draw(_ person: Row, isSelected: Bool, in row: Rect, on canvas: inout Canvas) {
    layout.drawRow(isSelected: isSelected, in: row, on: &canvas) { index in
      let column = Column.allCases[index]
      return (text(column, person), role(column, person))
    }
  }

  private func text(_ column: Column, _ person: Row) -> String {
    let load = person.load
    return switch column {
    case .marker: ""
    case .name: person.name
    case .duty: person.duty
    case .pages: load.map { "\($0.pages)" } ?? "?"
    case .afterHours: load.map { "\($0.afterHours)" } ?? "?"
    case .nights: load.map { $0.busyNights.isEmpty ? "-" : "! \($0.busyNights.count)" } ?? "?"
    case .acknowledge: load?.timeToAcknowledge.map(Words.age) ?? "-"
    case .burden: load.map { "\($0.burden)" } ?? "?"
    }
  }

  private func role(_ column: Column, _ person: Row) -> Role {
    switch column {
    case .name: person.color
    case .nights where person.load?.busyNights.isEmpty == false: .warning
    case .marker, .duty, .burden: .text
    case .pages, .afterHours, .nights, .acknowledge: .dim
    }
  }

  private static func column(_ column: Column) -> TableColumn {
    switch column {
    case .marker: TableColumn(title: "", width: .fixed(1), priority: 12)
    case .name:
      TableColumn(title: "PERSON", width: .flexible(min: 17, max: 30, weight: 2), priority: 11)
    case .duty:
      TableColumn(title: "ON CALL", width: .flexible(min: 11, max: 24, weight: 1), priority: 10)
    case .pages: TableColumn(title: "PAGES", width: .fixed(5), alignment: .trailing, priority: 9)
    case .afterHours:
      TableColumn(title: "AFTER H", width: .fixed(7), alignment: .trailing, priority: 7)
    case .nights:
      TableColumn(title: "NIGHTS", width: .fixed(6), alignment: .trailing, priority: 6)
    case .acknowledge:
      TableColumn(title: "ACK", width: .fixed(4), alignment: .trailing, priority: 5)
    case .burden:
      TableColumn(title: "BURDEN", width: .fixed(6), alignment: .trailing, priority: 8)
    }
  }
}
