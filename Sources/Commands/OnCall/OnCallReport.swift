import Reliability

/// Who is on call, as text and as JSON.
enum OnCallReport {
  // MARK: - Now

  /// One line for each layer of each team, then who is next.
  static func who(_ teams: [TeamRoster], at instant: Timestamp) -> [String] {
    let rows = teams.flatMap { team -> [[String]] in
      let duties = team.duties(at: instant)
      let nobody = team.isKnown(at: instant) ? "nobody" : "not known"
      guard !duties.isEmpty else { return [[team.id, "-", nobody]] }
      return duties.map { duty in
        [
          team.id, duty.layer, duty.shift.map { label(of: $0, in: team) } ?? nobody,
          duty.next.map { "until \($0.at.dateAndTime) UTC" } ?? "",
          duty.next.map { "then \(team.name(after: $0))" } ?? "",
        ]
      }
    }
    return Columns.text(rows)
  }

  /// A shift that is on, with who takes over, as `status` has it.
  static func json(_ shift: Shift, _ next: HandOff?, in team: TeamRoster) -> JSON {
    // Several shifts of one person in a row are one stretch.
    let end = next.map { max($0.at, shift.until) } ?? shift.until
    let stretch = Shift(
      person: shift.person, layer: shift.layer, from: shift.from, until: end, source: shift.source)
    return .object(
      members(of: stretch, in: team) + [
        .init(
          "next",
          next.map { next in
            .object(
              [
                .init("person", .string(orNull: next.to)), .init("from", .string(next.at.rfc3339)),
              ] + (next.layer.map { [.init("layer", .string($0))] } ?? []))
          } ?? .null)
      ])
  }

  /// The people who are on at an instant.
  static func json(_ teams: [TeamRoster], at instant: Timestamp) -> JSON {
    .array(
      teams.flatMap { team in
        team.duties(at: instant).compactMap { duty in
          duty.shift.map { json($0, duty.next, in: team) }
        }
      })
  }

  // MARK: - The schedule

  /// The shifts of a team by time, each with its layer and what it comes from.
  static func schedule(of team: TeamRoster) -> [String] {
    let rows = ordered(team).map { shift in
      [
        shift.from.dateAndTime, "to \(shift.until.dateAndTime) UTC", shift.layer,
        label(of: shift, in: team), words(for: shift.source, in: team),
      ]
    }
    return Columns.text(rows)
  }

  /// The shifts of teams, each without what follows it.
  static func json(_ teams: [TeamRoster]) -> JSON {
    .object([
      .init("schema", .number(1)),
      .init(
        "shifts",
        .array(
          teams.flatMap { team in ordered(team).map { .object(members(of: $0, in: team)) } })),
    ])
  }

  private static func ordered(_ team: TeamRoster) -> [Shift] {
    team.roster.shifts.sorted { ($0.from, $0.layer) < ($1.from, $1.layer) }
  }

  private static func members(of shift: Shift, in team: TeamRoster) -> [JSON.Member] {
    [
      .init("team", .string(team.id)), .init("layer", .string(shift.layer)),
      .init("person", .string(shift.person)),
      .init("name", .string(team.name(of: shift.person))),
      .init("from", .string(shift.from.rfc3339)), .init("until", .string(shift.until.rfc3339)),
      .init("source", .string(name(of: shift.source))),
    ] + replaced(by: shift).map { .init("insteadOf", .string($0)) }
  }

  private static func replaced(by shift: Shift) -> [String] {
    if case .override(let person?) = shift.source { [person] } else { [] }
  }

  // MARK: - What is missing

  /// When nobody is on and who is on twice, a line each.
  static func troubles(of team: TeamRoster) -> [String] {
    team.troubles.map { trouble in
      let range = trouble.range
      return "\(team.id): \(range.lowerBound.dateAndTime) to \(range.upperBound.dateAndTime) UTC, "
        + trouble.sentence
    }
  }

  /// The same as JSON.
  static func troublesJSON(of team: TeamRoster) -> [JSON] {
    team.troubles.map { trouble in
      .object([
        .init("team", .string(team.id)), .init("kind", .string(trouble.kind.rawValue)),
        .init("layers", .array(trouble.layers.map(JSON.string))),
        .init("people", .array(trouble.people.map(JSON.string))),
        .init("from", .string(trouble.range.lowerBound.rfc3339)),
        .init("until", .string(trouble.range.upperBound.rfc3339)),
      ])
    }
  }

  // MARK: - The load

  /// One line a person of each team, then the nights with too many pages.
  static func load(of teams: [TeamRoster]) -> [String] {
    let head = [
      "TEAM", "PERSON", "PAGES", "AFTER HOURS", "SEV1", "BUSY NIGHTS", "MEDIAN ACK", "BURDEN",
    ]
    let rows = teams.flatMap { team in
      (team.load?.people ?? []).map { load in
        [
          team.id, team.name(of: load.person), "\(load.pages)", "\(load.afterHours)",
          "\(load.major)", "\(load.busyNights.count)", load.timeToAcknowledge?.brief ?? "-",
          "\(load.burden)",
        ]
      }
    }
    let nights = teams.flatMap { team in
      (team.load?.people ?? []).flatMap { load in
        load.busyNights.map { night in
          "\(team.id): \(team.name(of: load.person)) had \(night.pages) pages in the night of "
            + "\(night.date), more than \(PersonLoad.bearablePages)."
        }
      }
    }
    let unassigned = teams.compactMap { team -> String? in
      guard let count = team.load?.unassigned, count > 0 else { return nil }
      return "\(team.id): \(count) more began while nobody is known to have been on call."
    }
    return (rows.isEmpty ? ["No page is known."] : Columns.text([head] + rows)) + nights
      + unassigned
  }

  /// The same as JSON.
  static func loadJSON(of team: TeamRoster) -> [JSON] {
    (team.load?.people ?? []).map { load in
      .object([
        .init("team", .string(team.id)), .init("person", .string(load.person)),
        .init("name", .string(team.name(of: load.person))),
        .init("pages", .number(Double(load.pages))),
        .init("afterHours", .number(Double(load.afterHours))),
        .init("major", .number(Double(load.major))),
        .init("burden", .number(Double(load.burden))),
        .init(
          "medianSecondsToAcknowledge", .number(orNull: load.timeToAcknowledge?.inSeconds)),
        .init(
          "busyNights",
          .array(
            load.busyNights.map { night in
              .object([
                .init("date", .string(night.date)), .init("pages", .number(Double(night.pages))),
              ])
            })),
      ])
    }
  }

  // MARK: - Markdown

  /// The schedule of a team as a table.
  static func markdown(of team: TeamRoster) -> [String] {
    let rows = ordered(team).map { shift in
      [
        shift.from.dateAndTime, shift.until.dateAndTime, shift.layer,
        team.name(of: shift.person), words(for: shift.source, in: team),
      ]
    }
    return ["## On call: \(Columns.escaped(team.id))", ""]
      + Columns.markdown([["from (UTC)", "until (UTC)", "layer", "person", "source"]] + rows)
  }

  // MARK: - Words

  private static func label(of shift: Shift, in team: TeamRoster) -> String {
    let name = team.name(of: shift.person)
    return team.people[shift.person]?.contact.map { "\(name) <\($0)>" } ?? name
  }

  private static func name(of source: Shift.Source) -> String {
    switch source {
    case .rotation: "rotation"
    case .override: "override"
    case .calendar(let name): name
    }
  }

  private static func words(for source: Shift.Source, in team: TeamRoster) -> String {
    switch source {
    case .rotation: "rotation"
    case .override(let replaced):
      replaced.map { "override, instead of \(team.name(of: $0))" } ?? "override"
    case .calendar(let name): name
    }
  }
}
