import Reliability
import Screen

extension Dashboard {
  /// The person that is selected in the On-call view.
  var selectedPerson: String? {
    guard let team = onCall.selected, team.everybody.indices.contains(onCall.people.selection)
    else { return nil }
    return team.everybody[onCall.people.selection]
  }

  /// Opens the person that is selected.
  mutating func openPerson() {
    guard let team = onCall.selected, let person = selectedPerson else { return }
    travel { $0.open(.person(person, team: team.id)) }
  }

  /// Draws one person on the whole screen: how to reach them, their shifts, and what these have cost.
  func drawPerson(_ person: String, _ team: String, on canvas: inout Canvas) {
    let lines = personLines(person, team, width: body.columns - 4)
    let roster = onCall.snapshot.teams.first { $0.id == team }
    ScrolledLines(lines: lines, title: roster?.name(of: person) ?? person, isFocused: true)
      .draw(from: personScroll, in: body, on: &canvas)
  }

  /// Scrolls the person's lines.
  mutating func scrollPerson(_ person: String, _ team: String, _ movement: Movement) {
    ScrolledLines.move(
      &personScroll, movement, lineCount: personLines(person, team, width: body.columns - 4).count,
      page: ScrolledLines.page(of: body))
  }

  private func personLines(_ person: String, _ name: String, width: Int) -> [Line] {
    guard let team = onCall.snapshot.teams.first(where: { $0.id == name }) else {
      return [Line([Span("Nothing says who is on call for \(name) any more.", .notice)])]
    }
    var text = AlertText(width: width, glyphs: glyphs)
    let known = team.people[person] ?? Person(id: person)
    let you = isYou(person, in: team) ? " (you)" : ""
    text.fact("name", team.name(of: person) + you, personRole(person, in: team))
    if let contact = known.contact { text.fact("contact", contact, .text) }
    if let zone = known.timeZone.flatMap(NamedZone.init) {
      let wall = zone.wall(at: now)
      text.fact(
        "local time", "\(wall.weekday.shortName) \(wall.time.prefix(5)) in \(zone.name)", .text)
    }
    addLoad(of: person, in: team, to: &text)
    addShifts(of: person, in: team, to: &text)
    return text.lines
  }

  private func addLoad(of person: String, in team: TeamRoster, to text: inout AlertText) {
    guard let team = team.load else { return text.fact("load", "not known", .notice) }
    guard let load = team.load(of: person) else {
      return text.fact("load", "no pages in the last four weeks", .dim)
    }
    let major = load.major > 0 ? ", \(load.major) of SEV1" : ""
    text.fact(
      "load",
      "burden \(load.burden) of 100: \(Words.count(load.pages, "page")), "
        + "\(load.afterHours) after hours\(major)", .text)
    if let time = load.timeToAcknowledge {
      text.fact("answers", "acknowledged after \(Words.age(time)) (median)", .text)
    }
    for night in load.busyNights {
      text.fact(
        "broken night",
        "\(night.date): \(night.pages) pages, more than "
          + "\(PersonLoad.bearablePages)", .warning)
    }
  }

  /// The shift that is on, those to come, then those that are over.
  private func addShifts(of person: String, in team: TeamRoster, to text: inout AlertText) {
    let own = team.roster.shifts(of: person).shifts
    let coming = own.filter { $0.until > now }
    if coming.isEmpty { text.fact("shifts", "none as far as is known", .dim) }
    for (index, shift) in coming.enumerated() {
      let isOn = shift.from <= now
      let start = isOn ? "now" : "in \(Words.length(hours: hours(until: shift.from)))"
      text.fact(
        index == 0 ? "shifts" : "", "\(words(for: shift, in: team)), \(start)",
        isOn ? .notice : .text)
    }
    for (index, shift) in own.filter({ $0.until <= now }).reversed().enumerated() {
      text.fact(index == 0 ? "over" : "", words(for: shift, in: team), .dim)
    }
  }

  private func words(for shift: Shift, in team: TeamRoster) -> String {
    let kind =
      switch shift.source {
      case .rotation: ""
      case .override(let replaced):
        ", override" + (replaced.map { " instead of \(team.name(of: $0))" } ?? "")
      case .calendar(let name): ", \(name)"
      }
    return "\(stretch(shift.range)), \(shift.layer)\(kind)"
  }
}
