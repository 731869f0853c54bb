import Reliability
import Screen

// The Overview's pane: who is on call now and who takes over, of the operator's own team first.

extension Dashboard {
  private static let labelWidth = 11

  /// Draws who is on call.
  func drawOnCallPane(in rect: Rect, on canvas: inout Canvas) {
    let team = onCall.own
    let inner = Frame(title: "On call", note: team?.id ?? "")
      .draw(in: rect, on: &canvas).inset(horizontal: 1, vertical: 0)
    guard let team else {
      canvas.drawWrapped(onCallSentence, in: inner, role: .dim)
      return
    }
    let lines = summary(of: team, in: inner)
    for (offset, line) in lines.prefix(inner.rows).enumerated() {
      line.draw(in: inner.splitTop(offset).rest.splitTop(1).top, on: &canvas)
    }
  }

  var onCallSentence: String {
    settings.onCall.isConfigured
      ? "Working out who is on call."
      : "No rotation is configured. Write one under oncall: in \(settings.configurationName)."
  }

  private func summary(of team: TeamRoster, in rect: Rect) -> [Line] {
    let width = rect.columns
    let all = team.duties(at: now)
    // Layers of certain hours are shown in these; where nobody at all is on, that is to be seen.
    let due = all.filter { $0.shift != nil || !isPartTime($0.layer, in: team) }
    let duties = due.isEmpty ? all : due
    let escalated = onCall.escalations
    var lines = duties.prefix(2).map { dutyLine($0, in: team, width: width) }
    lines += escalationLines(escalated.filter { $0.team.id == team.id }, width: width)
    if let first = duties.first {
      lines += handOffLines(first, in: team, width: width, isRoomy: rect.rows > 9)
    }
    lines += warningLines(of: team, width: width)
    return lines + otherLines(besides: team, escalated, width: width)
  }

  // MARK: - The own team

  /// A label and a name; where there is little room the name is cut, and not what stands behind it.
  private func row(
    _ label: String, _ name: Span, _ mark: Span? = nil, width: Int
  ) -> Line {
    let used = DisplayWidth.of(label)
    let padding = String(repeating: " ", count: max(Dashboard.labelWidth - used, 1))
    let rest = mark.map { DisplayWidth.of($0.text) } ?? 0
    let room = width - used - padding.count - rest
    return Line(
      [Span(label + padding, .dim), Span(cut(name.text, to: room), name.role)]
        + [mark].compactMap(\.self))
  }

  /// The text, or its beginning with an ellipsis.
  func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    return DisplayWidth.prefix(of: text, columns: width - 1) + String(glyphs.ellipsis)
  }

  private func dutyLine(_ duty: TeamRoster.Duty, in team: TeamRoster, width: Int) -> Line {
    // A long name of a layer leaves the person half of the row.
    let label = cut(
      duty.layer.prefix(1).uppercased() + duty.layer.dropFirst(),
      to: max(Dashboard.labelWidth - 1, width / 2))
    guard let shift = duty.shift else {
      return row(label, Span(team.isKnown ? "nobody" : "not known", .warning), width: width)
    }
    let you = isYou(shift.person, in: team) ? Span(" (you)", .notice) : nil
    return row(label, Span(team.name(of: shift.person), .text), you, width: width)
  }

  private func escalationLines(_ escalated: [Escalation], width: Int) -> [Line] {
    guard let first = escalated.first else { return [] }
    let target = words(for: first.progress.level, of: first.team) ?? "nobody"
    let count = escalated.count > 1 ? ", \(escalated.count) pages" : ""
    let isShort = Dashboard.labelWidth + DisplayWidth.of(target + count) <= width
    // A long name has a row of its own.
    return isShort
      ? [row("Escalated", Span(target + count, .page), width: width)]
      : [
        Line([Span("Escalated to", .dim), Span(count, .page)]),
        Line([Span(cut(target, to: width), .page)]),
      ]
  }

  private func handOffLines(
    _ duty: TeamRoster.Duty, in team: TeamRoster, width: Int, isRoomy: Bool
  ) -> [Line] {
    guard let next = duty.next else { return [] }
    let role: Role = next.at - now <= OnCallPane.notice ? .notice : .text
    let length = Words.length(hours: hours(until: next.at))
    let moment = "\(next.at.weekday.shortName) \(next.at.timeOfDay.prefix(5)) UTC"
    let hasRoom = Dashboard.labelWidth + moment.count + 2 + length.count <= width
    var lines: [Line] = []
    if hasRoom {
      lines = [row("Hand-off", Span("\(moment), \(length)", role), width: width)]
    } else {
      // The word for how long is worth more than the day.
      if isRoomy { lines = [row("Hand-off", Span(moment, role), width: width)] }
      lines.append(
        row(isRoomy ? "" : "Hand-off", Span("in \(length)", role), width: width))
    }
    let you = next.to.map { isYou($0, in: team) } ?? false ? Span(" (you)", .notice) : nil
    let full = team.name(after: next)
    let hasLayerRoom =
      DisplayWidth.of(full) + (you?.text.count ?? 0) <= width - Dashboard.labelWidth
    let name = hasLayerRoom ? full : next.to.map(team.name) ?? "nobody"
    lines.append(row("Next", Span(name, .text), you, width: width))
    if let news = takeOverLine(duty, in: team, width: width) {
      lines.append(news)
    } else if let shift = duty.shift {
      let share = (now - shift.from).inSeconds / max((shift.until - shift.from).inSeconds, 1)
      lines.append(progress(share, width: width))
    }
    return lines
  }

  /// Who has just taken over, in place of how much of the shift is over.
  private func takeOverLine(
    _ duty: TeamRoster.Duty, in team: TeamRoster, width: Int
  ) -> Line? {
    guard let shift = duty.shift, now - shift.from < OnCallPane.notice,
      let before = person(in: duty.layer, of: team, at: shift.from - .milliseconds(1)),
      before != shift.person
    else { return nil }
    let age = "\(Words.age(now - shift.from)) ago"
    let full = "\(age), from \(team.name(of: before))"
    let hasRoom = Dashboard.labelWidth + DisplayWidth.of(full) <= width
    return row("Took over", Span(hasRoom ? full : age, .notice), width: width)
  }

  /// How much of the shift is over.
  private func progress(_ share: Double, width: Int) -> Line {
    let columns = max(min(width - 8, 24), 4)
    let full = Int((Double(columns) * min(max(share, 0), 1)).rounded())
    let done = String(repeating: String(glyphs.budgetFull), count: full)
    let rest = String(repeating: String(glyphs.budgetEmpty), count: columns - full)
    return Line([Span(done, .info), Span(rest, .gaugeTrack), Span(" shift", .dim)])
  }

  private func warningLines(of team: TeamRoster, width: Int) -> [Line] {
    var lines: [Line] = []
    if let gap = team.gaps.first(where: isNear) {
      let isNow = gap.range.contains(now)
      let when = isNow ? "now" : "in \(Words.length(hours: hours(until: gap.range.lowerBound)))"
      lines.append(Line([Span("Nobody is on \(when)", .warning)]))
    }
    for remark in team.remarks.prefix(1) {
      lines += WordWrap.lines(of: remark, width: width, limit: 4, glyphs: glyphs)
        .map { Line([Span($0, .stale)]) }
    }
    return lines
  }

  /// Whether nobody is on now or within a week; what lies behind that, a calendar may not know yet.
  private func isNear(_ gap: Roster.Gap) -> Bool {
    gap.layer == nil && gap.range.upperBound > now
      && gap.range.lowerBound < now + .seconds(7 * 86_400)
  }

  // MARK: - The other teams

  /// Who has it in the other teams, those first whose pages have escalated, and what calls nobody.
  private func otherLines(
    besides own: TeamRoster, _ escalated: [Escalation], width: Int
  ) -> [Line] {
    let troubled = Set(escalated.map(\.team.id))
    let others = onCall.snapshot.teams.filter { $0.id != own.id }
    let ordered =
      others.filter { troubled.contains($0.id) }
      + others.filter { !troubled.contains($0.id) }
    var lines: [Line] = []
    if onCall.pagesOfNoTeam > 0 {
      let count = Words.count(onCall.pagesOfNoTeam, "page")
      lines.append(Line([Span("\(count) of no team here", .page)]))
    }
    if !ordered.isEmpty { lines.append(Line([Span("Other teams", .heading)])) }
    return lines + ordered.map { otherLine(of: $0, escalated.first(of: $0), width: width) }
  }

  private func otherLine(of team: TeamRoster, _ escalation: Escalation?, width: Int) -> Line {
    if let escalation {
      let target = words(for: escalation.progress.level, of: team) ?? "nobody"
      return row(cut(team.id, to: 10), Span("to \(target)", .page), width: width)
    }
    let first = team.roster.shifts(at: now).first
    let name = first.map { nameOrYou($0.person, in: team) }
    let doubt = team.isKnown ? "nobody" : "not known"
    // As in the head: what a silent calendar said last may not hold any more.
    let mark = name == nil || team.remarks.isEmpty ? nil : Span("?", .stale)
    return row(
      cut(team.id, to: 10), Span(name ?? doubt, name == nil ? .warning : .text), mark,
      width: width)
  }
}

extension [Escalation] {
  fileprivate func first(of team: TeamRoster) -> Escalation? { first { $0.team.id == team.id } }
}
