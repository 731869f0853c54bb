import Reliability
import Screen

extension Dashboard {
  /// The colors of people; whoever comes after the last begins again.
  private static let personRoles: [Role] = [
    .personA, .personB, .personC, .personD, .personE, .personF,
  ]
  private static let layerWidth = 12

  /// Draws the On-call view: the shifts of a team on a timeline, below it the same in words.
  func drawOnCall(on canvas: inout Canvas) {
    guard let team = onCall.selected else {
      let inner = Frame(title: "On call", isFocused: true).draw(in: body, on: &canvas)
      canvas.drawWrapped(
        onCallSentence, in: inner.inset(horizontal: 1, vertical: 0), role: .dim)
      return
    }
    let layout = onCallLayout(of: team)
    if !layout.timeline.isEmpty { drawTimelineFrame(of: team, in: layout.timeline, on: &canvas) }
    if let rect = layout.people { drawPeople(of: team, in: rect, on: &canvas) }
    if let rect = layout.words {
      ScrolledLines(
        lines: onCallLines(team, width: rect.columns - 4), title: "In words",
        isFocused: onCall.focus == .words
      ).draw(from: onCall.scroll, in: rect, on: &canvas)
    }
  }

  /// Where the panes stand.
  func onCallLayout(of team: TeamRoster) -> OnCallLayout {
    OnCallLayout(
      body: body, layers: team.roster.layers.count, people: team.everybody.count,
      focus: onCall.focus, isZoomed: isZoomed)
  }

  private func drawTimelineFrame(of team: TeamRoster, in rect: Rect, on canvas: inout Canvas) {
    let teams = onCall.snapshot.teams.count
    let place = teams > 1 ? "team \(onCall.team + 1) of \(teams), " : ""
    let first = Timeline(now: now, offset: onCall.dayOffset, days: onCall.days, columns: 1).start
    let last = first + .seconds(86_400 * (onCall.days - 1))
    let inner = Frame(
      title: "On call: \(team.id)",
      note: "\(place)\(first.dateAndTime.prefix(10)) to \(last.dateAndTime.prefix(10)), UTC"
    ).draw(in: rect, on: &canvas).inset(horizontal: 1, vertical: 0)
    drawTimeline(of: team, in: inner, on: &canvas)
  }

  private func drawTimeline(of team: TeamRoster, in rect: Rect, on canvas: inout Canvas) {
    let width = min(Dashboard.layerWidth, rect.columns / 4)
    let timeline = Timeline(
      now: now, offset: onCall.dayOffset, days: onCall.days, columns: rect.columns - width)
    func row(_ index: Int) -> (label: Rect, cells: Rect) {
      let (label, cells) = rect.splitTop(index).rest.splitTop(1).top.splitLeft(width)
      return (label, cells)
    }
    drawDays(of: timeline, in: row(0).cells, on: &canvas)
    for (index, layer) in team.roster.layers.prefix(max(rect.rows - 2, 0)).enumerated() {
      let (label, cells) = row(index + 1)
      canvas.draw(layer, in: label.splitRight(1).rest, role: .dim)
      drawShifts(in: layer, of: team, timeline, in: cells, on: &canvas)
    }
    guard timeline.range.contains(now) else { return }
    let cells = row(min(team.roster.layers.count + 1, rect.rows - 1)).cells
    drawNow(at: timeline.column(of: now), in: cells, on: &canvas)
  }

  /// Draws the names of the days: of each where there is room, else of each Monday.
  private func drawDays(of timeline: Timeline, in rect: Rect, on canvas: inout Canvas) {
    let hasRoom = timeline.columns / timeline.days >= 7
    let isTodayShown = timeline.range.contains(now)
    // Weeks have room for the month, without which the fourth of what is not told.
    let isWide = !hasRoom && timeline.columns * 7 / timeline.days >= 12
    let today = now.rounded(downTo: .seconds(86_400))
    for index in 0..<timeline.days {
      let day = timeline.day(index)
      guard hasRoom || day.weekday == .monday || day == today else { continue }
      let column = timeline.column(of: day)
      // A Monday beside today has no room for its name.
      let distance = isTodayShown ? abs(timeline.column(of: today) - column) : Int.max
      guard hasRoom || day == today || distance > (isWide ? 9 : 6) else { continue }
      let date = isWide ? day.dateAndTime.dropFirst(5).prefix(5) : day.dayOfMonth
      let label = "\(day.weekday.shortName) \(date)"
      canvas.draw(
        label, in: rect.splitLeft(column).rest, role: day == today ? .notice : .dim)
    }
  }

  private func drawShifts(
    in layer: String, of team: TeamRoster, _ timeline: Timeline, in rect: Rect,
    on canvas: inout Canvas
  ) {
    for gap in team.gaps where gap.layer == nil || gap.layer == layer {
      let part = gap.range.clamped(to: timeline.range)
      guard !part.isEmpty else { continue }
      let columns = timeline.columns(of: part)
      let signs = String(repeating: String(glyphs.cross), count: columns.count)
      canvas.draw(signs, in: rect.splitLeft(columns.lowerBound).rest, role: .warning)
    }
    for shift in team.roster.shifts(in: layer).overlapping(timeline.range) {
      guard let part = shift.part(in: timeline.range) else { continue }
      let columns = timeline.columns(of: part.range)
      let cell = rect.splitLeft(columns.lowerBound).rest.splitLeft(columns.count).left
      draw(shift, of: team, since: timeline.start, in: cell, on: &canvas)
    }
  }

  /// Draws a shift as its beginning, the name, and a line to its end.
  private func draw(
    _ shift: Shift, of team: TeamRoster, since start: Timestamp, in cell: Rect,
    on canvas: inout Canvas
  ) {
    let role = personRole(shift.person, in: team)
    let line = String(repeating: String(glyphs.horizontal), count: cell.columns)
    canvas.draw(line, in: cell, role: role)
    // One that began before what is shown has no beginning here.
    if shift.from >= start {
      canvas.put(glyphs.vertical, at: Point(column: cell.column, row: cell.row), role: role)
    }
    // The mark is worth more than letters of the name, and letters more than the line and its beginning.
    let mark = shift.isOverride ? "*" : ""
    let room = cell.splitLeft(min(cell.columns - 1, 1)).rest
    let whole = team.name(of: shift.person)
    let space = room.columns - mark.count
    let name = space > 3 ? cut(whole, to: space) : DisplayWidth.prefix(of: whole, columns: space)
    canvas.draw(name + mark, in: room, role: role)
  }

  /// The color of a person: the same in all views and stretches of time.
  func personRole(_ person: String, in team: TeamRoster) -> Role {
    let index = team.everybody.firstIndex(of: person) ?? 0
    return Dashboard.personRoles[index % Dashboard.personRoles.count]
  }

  /// Draws where now is, with the word on the side where there is room.
  private func drawNow(at column: Int, in rect: Rect, on canvas: inout Canvas) {
    let isLate = column > rect.columns - 6
    let text = isLate ? "now ^" : "^ now"
    canvas.draw(
      text, in: rect.splitLeft(max(isLate ? column - 4 : column, 0)).rest, role: .notice)
  }

  // MARK: - In words

  /// Moves in the pane that has the keys.
  mutating func moveInOnCall(_ movement: Movement) {
    guard let team = onCall.selected else { return }
    let layout = onCallLayout(of: team)
    switch onCall.focus {
    case .people: onCall.people.move(movement, height: layout.listHeight)
    case .words:
      guard let rect = layout.words else { return }
      ScrolledLines.move(
        &onCall.scroll, movement,
        lineCount: onCallLines(team, width: rect.columns - 4).count,
        page: ScrolledLines.page(of: rect))
    }
  }

  /// Who is on and who takes over, overrides, what is missing, and where it all comes from.
  func onCallLines(_ team: TeamRoster, width: Int) -> [Line] {
    var text = AlertText(width: width, glyphs: glyphs)
    for escalation in onCall.escalations where escalation.team.id == team.id {
      text.fact(
        "escalated", "\(escalation.alert.name): \(escalationWords(escalation))", .page)
    }
    for duty in team.duties(at: now) {
      let person = duty.shift.map { nameOrYou($0.person, in: team) }
      let next = duty.next.map { next in
        " until \(moment(next.at)), \(Words.length(hours: hours(until: next.at))), then "
          + team.name(after: next) + (next.to.map { isYou($0, in: team) } ?? false ? " (you)" : "")
      }
      text.fact(
        duty.layer, (person ?? (team.isKnown ? "nobody" : "not known")) + (next ?? ""),
        person == nil ? (isPartTime(duty.layer, in: team) ? .dim : .warning) : .text)
    }
    for remark in team.remarks { text.fact("caution", remark, .stale) }
    for shift in team.overrides where shift.until > now {
      guard case .override(let replaced) = shift.source else { continue }
      let whom = replaced.map { ", instead of \(team.name(of: $0))" } ?? ""
      text.fact(
        "override",
        "\(rest(of: shift.range)): \(team.name(of: shift.person)), \(shift.layer)\(whom)",
        .text)
    }
    addTroubles(of: team, to: &text)
    text.fact("sources", team.sources.joined(separator: ", "), .dim)
    return text.lines
  }

  /// What is missing or twice; what happens again and again is told once, with how often.
  private func addTroubles(of team: TeamRoster, to text: inout AlertText) {
    let coming = team.troubles.filter { $0.range.upperBound > now }
    var alike = Dictionary(grouping: coming, by: \.sentence)
    for trouble in coming {
      guard let same = alike.removeValue(forKey: trouble.sentence) else { continue }
      let word = trouble.kind == .gap ? "missing" : "twice"
      let more = same.count - 1
      let last = same.last.map { moment($0.range.upperBound) } ?? ""
      let again = more > 0 ? "; \(Words.count(more, "more time")) until \(last)" : ""
      // Beyond the end of the picture nothing is known of how long it lasts.
      let isOpen = trouble.range.upperBound == team.roster.range.upperBound
      let when =
        isOpen ? "from \(moment(trouble.range.lowerBound)) on" : rest(of: trouble.range)
      text.fact(word, "\(when): \(trouble.sentence)\(again)", .warning)
    }
  }

  private func moment(_ instant: Timestamp) -> String {
    "\(instant.weekday.shortName) \(instant.dateAndTime.dropLast(3)) UTC"
  }

  /// What is left of a stretch of time.
  private func rest(of range: Range<Timestamp>) -> String {
    range.lowerBound > now ? stretch(range) : "now to \(moment(range.upperBound))"
  }

  func stretch(_ range: Range<Timestamp>) -> String {
    "\(moment(range.lowerBound).dropLast(4)) to \(moment(range.upperBound))"
  }
}
