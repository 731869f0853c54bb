import Reliability
import Screen

extension Dashboard {
  /// Takes in who is on call, and says when somebody takes over.
  mutating func takeOnCall(_ snapshot: OnCallSnapshot) {
    let before = onCall.snapshot
    onCall.update(with: snapshot)
    guard !before.teams.isEmpty, before.at > .epoch else { return }
    for team in snapshot.teams {
      guard let old = before.teams.first(where: { $0.id == team.id }) else { continue }
      for layer in team.roster.layers {
        let was = old.roster.shifts(at: before.at).first { $0.layer == layer }?.person
        let now = team.roster.shifts(at: snapshot.at).first { $0.layer == layer }?.person
        guard let now, now != was else { continue }
        notice = "\(team.name(of: now)) took over \(layer) of \(team.id)."
      }
    }
  }

  // MARK: - The pane of the Overview

  /// Draws who is on call now: for each layer the person, then the next hand-off.
  func drawOnCallPane(in rect: Rect, on canvas: inout Canvas) {
    let team = paneTeam
    let inner = Frame(title: "On call", note: team?.id ?? "")
      .draw(in: rect, on: &canvas).inset(horizontal: 1, vertical: 0)
    guard let team else {
      canvas.drawWrapped(onCallSentence, in: inner, role: .dim)
      return
    }
    let lines = paneLines(of: team, width: inner.columns)
    for (offset, line) in lines.prefix(inner.rows).enumerated() {
      line.draw(in: inner.splitTop(offset).rest.splitTop(1).top, on: &canvas)
    }
  }

  /// The team in which the operator is, else the first.
  private var paneTeam: TeamRoster? {
    let teams = onCall.snapshot.teams
    return teams.first { team in
      team.roster.shifts.contains { isYou($0.person, in: team) }
    } ?? teams.first
  }

  var onCallSentence: String {
    settings.onCall.isConfigured
      ? "Working out who is on call."
      : "No rotation is configured. Write one under oncall: in \(settings.configurationName)."
  }

  /// Whether a person is the operator.
  func isYou(_ person: String, in team: TeamRoster) -> Bool {
    team.isOperator(person, name: settings.onCall.name, email: settings.onCall.email)
  }

  private func paneLines(of team: TeamRoster, width: Int) -> [Line] {
    let duties = team.duties(at: now)
    var lines = duties.prefix(2).map { dutyLine($0, in: team) }
    if let first = duties.first {
      lines += handOffLines(first, in: team, width: width)
    }
    if let gap = team.gaps.first(where: { $0.range.upperBound > now && $0.layer == nil }) {
      let isNow = gap.range.contains(now)
      let when = isNow ? "now" : "in \(Words.length(hours: hours(until: gap.range.lowerBound)))"
      lines.append(Line([Span("Nobody is on \(when)", .warning)]))
    }
    if let remark = team.remarks.first { lines.append(Line([Span(remark, .stale)])) }
    return lines
  }

  private func dutyLine(_ duty: TeamRoster.Duty, in team: TeamRoster) -> Line {
    let label = duty.layer.prefix(1).uppercased() + duty.layer.dropFirst()
    let padded = label + String(repeating: " ", count: max(11 - label.count, 1))
    guard let shift = duty.shift else {
      return Line([Span(padded, .dim), Span("nobody", .warning)])
    }
    let you = isYou(shift.person, in: team) ? " (you)" : ""
    return Line([
      Span(padded, .dim), Span(team.name(of: shift.person), .text), Span(you, .notice),
    ])
  }

  private func handOffLines(
    _ duty: TeamRoster.Duty, in team: TeamRoster, width: Int
  ) -> [Line] {
    guard let next = duty.next else { return [] }
    let isSoon = next.at - now <= .seconds(1800)
    let length = Words.length(hours: hours(until: next.at))
    let moment = "\(next.at.weekday.shortName) \(next.at.timeOfDay.prefix(5)), "
    let label = "Hand-off   "
    // The word for how long is worth more than the day.
    let hasRoom = label.count + moment.count + length.count <= width
    let time = hasRoom ? moment + length : "in \(length)"
    var lines = [Line([Span(label, .dim), Span(time, isSoon ? .notice : .text)])]
    lines.append(
      Line([Span("Next       ", .dim), Span(next.to.map(team.name) ?? "nobody", .text)]))
    if let shift = duty.shift {
      let share = (now - shift.from).inSeconds / max((shift.until - shift.from).inSeconds, 1)
      lines.append(progress(share, width: width))
    }
    return lines
  }

  /// How much of the shift is over.
  private func progress(_ share: Double, width: Int) -> Line {
    let columns = max(min(width - 8, 24), 4)
    let full = Int((Double(columns) * min(max(share, 0), 1)).rounded())
    let done = String(repeating: String(glyphs.budgetFull), count: full)
    let rest = String(repeating: String(glyphs.budgetEmpty), count: columns - full)
    return Line([Span(done, .info), Span(rest, .gaugeTrack), Span(" shift", .dim)])
  }

  func hours(until instant: Timestamp) -> Double { (instant - now).inSeconds / 3600 }
}
