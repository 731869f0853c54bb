import Reliability
import Screen

extension Dashboard {
  /// Takes in another picture; the first one tells what a longer watch would have told.
  mutating func take(_ snapshot: OnCallSnapshot) {
    noteHandOffs()
    let isFirst = onCall.snapshot.teams.isEmpty
    onCall.update(with: snapshot, for: settings.onCall, at: now)
    sourceList.clamp(count: allSources.count)
    guard isFirst, notice == nil else { return }
    onCall.look(at: now - OnCallPane.notice)
    noteHandOffs()
  }

  /// Says who has taken over since the last look, and who is about to.
  mutating func noteHandOffs() {
    guard let at = onCall.nextNews, at <= now else { return }
    let news = onCall.snapshot.teams.flatMap { changeWords(of: $0) + reminderWords(of: $0) }
    if !news.isEmpty { notice = news.joined(separator: " ") }
    onCall.look(at: now)
  }

  /// Who took over since the last look, in one sentence.
  private func changeWords(of team: TeamRoster) -> [String] {
    let changes = team.roster.layers.compactMap { layer -> (person: String?, layer: String)? in
      let people = [onCall.lookedAt, now].map { person(in: layer, of: team, at: $0) }
      guard people[0] != people[1], people[1] != nil || !isPartTime(layer, in: team) else {
        return nil
      }
      return (people[1], layer)
    }
    return sentence("took over", changes, of: team).map { ["\($0)."] } ?? []
  }

  /// Who takes over soon, in a sentence for each time.
  private func reminderWords(of team: TeamRoster) -> [String] {
    // The hand-offs that came near between the last look and now.
    let last = onCall.lookedAt + OnCallPane.notice
    let near = team.roster.layers.compactMap { layer -> (layer: String, next: HandOff)? in
      guard let next = team.roster.nextHandOff(in: layer, after: last),
        next.at <= now + OnCallPane.notice, next.at > now,
        next.to != nil || !isPartTime(layer, in: team)
      else { return nil }
      return (layer, next)
    }
    return Dictionary(grouping: near, by: \.next.at).sorted { $0.key < $1.key }.compactMap {
      at, changes in
      sentence("takes over", changes.map { ($0.next.to, $0.layer) }, of: team)
        .map { "\($0) at \(at.timeOfDay.prefix(5)) UTC." }
    }
  }

  private func sentence(
    _ verb: String, _ changes: [(person: String?, layer: String)], of team: TeamRoster
  ) -> String? {
    guard let first = changes.first else { return nil }
    func name(_ person: String?) -> String { person.map(team.name) ?? "nobody" }
    let others = changes.dropFirst().map { ", \(name($0.person)) \($0.layer)" }.joined()
    return "\(name(first.person)) \(verb) \(first.layer)\(others) of \(team.id)"
  }

  private func person(in layer: String, of team: TeamRoster, at instant: Timestamp) -> String? {
    team.roster.shifts(at: instant).first { $0.layer == layer }?.person
  }

  // MARK: - The pane of the Overview

  /// Draws who is on call now: for each layer the person, then the next hand-off.
  func drawOnCallPane(in rect: Rect, on canvas: inout Canvas) {
    let team = onCall.own
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
    let all = team.duties(at: now)
    // Layers of certain hours are shown in these; where nobody at all is on, that is to be seen.
    let due = all.filter { $0.shift != nil || !isPartTime($0.layer, in: team) }
    let duties = due.isEmpty ? all : due
    var lines = duties.prefix(2).map { dutyLine($0, in: team) }
    let escalated = escalations.filter { $0.team.id == team.id }
    if let first = escalated.first {
      let target = team.target(of: first.progress.level, at: now) ?? "nobody"
      let count = escalated.count > 1 ? ", \(escalated.count) pages" : ""
      let label = "Escalated  "
      let isShort = label.count + DisplayWidth.of(target + count) <= width
      // A long name has a row of its own.
      lines +=
        isShort
        ? [Line([Span(label, .dim), Span(target + count, .page)])]
        : [Line([Span("Escalated to", .dim), Span(count, .page)]), Line([Span(target, .page)])]
    }
    if let first = duties.first {
      lines += handOffLines(first, in: team, width: width)
    }
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

  func isPartTime(_ layer: String, in team: TeamRoster) -> Bool {
    team.roster.partTimeLayers.contains(layer)
  }

  private func dutyLine(_ duty: TeamRoster.Duty, in team: TeamRoster) -> Line {
    let label = duty.layer.prefix(1).uppercased() + duty.layer.dropFirst()
    let padded = label + String(repeating: " ", count: max(11 - label.count, 1))
    guard let shift = duty.shift else {
      return Line([
        Span(padded, .dim), Span(team.isKnown ? "nobody" : "not known", .warning),
      ])
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
    let isSoon = next.at - now <= OnCallPane.notice
    let length = Words.length(hours: hours(until: next.at))
    let moment = "\(next.at.weekday.shortName) \(next.at.timeOfDay.prefix(5)), "
    let label = "Hand-off   "
    // The word for how long is worth more than the day.
    let hasRoom = label.count + moment.count + length.count <= width
    let time = hasRoom ? moment + length : "in \(length)"
    var lines = [Line([Span(label, .dim), Span(time, isSoon ? .notice : .text)])]
    lines.append(
      Line([Span("Next       ", .dim), Span(next.to.map(team.name) ?? "nobody", .text)]))
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
    let label = "Took over  "
    let age = "\(Words.age(now - shift.from)) ago"
    let full = "\(age), from \(team.name(of: before))"
    let hasRoom = label.count + DisplayWidth.of(full) <= width
    return Line([Span(label, .dim), Span(hasRoom ? full : age, .notice)])
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
