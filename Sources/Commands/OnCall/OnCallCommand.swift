import ArgumentParser
import Operations
import Reliability

/// `burnwatch oncall`: who has it, who is next, and is anybody missing.
struct OnCallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall", abstract: "Say who is on call, who is next, and what is missing.",
    subcommands: [
      OnCallWhoCommand.self, OnCallScheduleCommand.self, OnCallGapsCommand.self,
      OnCallExportCommand.self, OnCallLoadCommand.self, OnCallHandOffCommand.self,
    ])
}

/// `burnwatch oncall who`.
struct OnCallWhoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who", abstract: "Say who is on call now, or at another time.",
    discussion: """
      Exit code 0 when every team has somebody, 1 when one has nobody, 2 when that is not known.

      Examples:
        burnwatch oncall who
        burnwatch oncall who --team shop --at 2026-12-24T18:00:00+01:00 --format json
      """)

  @OptionGroup var options: OnCallOptions

  @Option(name: .long, help: "The time, RFC 3339; the default is now.")
  var at: String?

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let instant = try at.map { text throws(CommandFailure) in
      try Timestamp(option: "--at", text)
    }
    let time = instant ?? SystemClock().now
    let desk = try OnCallDesk.open(options)
    let teams = try desk.teams(in: (time - OnCallEngine.past)..<(time + OnCallEngine.future))
    switch format {
    case .text: try Console.write(OnCallReport.who(teams, at: time))
    case .json:
      try Console.write(
        json: .object([
          .init("schema", .number(1)), .init("at", .string(time.rfc3339)),
          .init("onCall", OnCallReport.json(teams, at: time)),
        ]))
    }
    let isCovered = teams.allSatisfy { !$0.roster.shifts(at: time).isEmpty }
    let isKnown = desk.isWhole && teams.allSatisfy { $0.isKnown(at: time) }
    let status: ExitStatus = isKnown ? (isCovered ? .fine : .findings) : .cannotTell
    throw ExitCode(status.rawValue)
  }
}

/// The stretch of time of a command.
struct OnCallStretch: ParsableArguments {
  @Option(name: .long, help: "The first instant, RFC 3339; the default is now.")
  var from: String?

  @Option(name: .long, help: "How many days, 1 to 366.")
  var days = 14

  mutating func validate() throws {
    guard (1...366).contains(days) else {
      throw ValidationError("--days \(days) is out of range; choose 1 to 366.")
    }
  }

  /// The stretch, half-open.
  ///
  /// - Returns: From the first instant on, so many days of 24 hours.
  /// - Throws: `CommandFailure` when `--from` is no time.
  func range() throws(CommandFailure) -> Range<Timestamp> {
    let start = try from.map { text throws(CommandFailure) in
      try Timestamp(option: "--from", text)
    }
    let first = start ?? SystemClock().now.rounded(downTo: .seconds(60))
    return first..<(first + .seconds(86_400 * days))
  }
}

/// `burnwatch oncall schedule`.
struct OnCallScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "List the shifts of the coming days.",
    discussion: """
      Exit code 0; what is wrong with calendars is on standard error.

      Examples:
        burnwatch oncall schedule
        burnwatch oncall schedule --team shop --days 56
      """)

  @OptionGroup var options: OnCallOptions
  @OptionGroup var stretch: OnCallStretch

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let range = try stretch.range()
    let teams = try OnCallDesk.open(options).teams(in: range)
    switch format {
    case .text:
      for team in teams {
        try Console.write([team.id] + OnCallReport.schedule(of: team).map { "  \($0)" })
      }
    case .json: try Console.write(json: OnCallReport.json(teams))
    }
  }
}

/// `burnwatch oncall gaps`.
struct OnCallGapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps", abstract: "List when nobody is on call, and who is on twice.",
    discussion: """
      Exit code 0 when there is nothing to mend, 1 when there is, 2 when not all is known.

      Examples:
        burnwatch oncall gaps --days 60
        burnwatch oncall gaps --team shop --format json
      """)

  @OptionGroup var options: OnCallOptions
  @OptionGroup var stretch: OnCallStretch

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let range = try stretch.range()
    let desk = try OnCallDesk.open(options)
    let teams = try desk.teams(in: range)
    let troubles = teams.flatMap(\.troubles)
    let isKnown = desk.isWhole && teams.allSatisfy(\.isKnown)
    switch format {
    case .text:
      let lines = teams.flatMap { OnCallReport.troubles(of: $0) }
      let all = "Nobody is missing, and nobody is on twice."
      let known = isKnown ? all : "Not everything is known."
      try Console.write(lines.isEmpty ? [known] : lines)
    case .json:
      try Console.write(
        json: .object([
          .init("schema", .number(1)),
          .init("troubles", .array(teams.flatMap { OnCallReport.troublesJSON(of: $0) })),
        ]))
    }
    let found: ExitStatus = troubles.isEmpty ? .fine : .findings
    throw ExitCode((isKnown ? found : .cannotTell).rawValue)
  }
}

/// How a schedule is exported.
enum OnCallFormat: String, ExpressibleByArgument, CaseIterable {
  case ics, json, markdown
}

/// `burnwatch oncall export`.
struct OnCallExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the shifts of one team as a calendar, JSON or Markdown.",
    discussion: """
      A calendar reads back as the same shifts, to the second, in the same order of layers.

      Exit code 0, or 2 when the shifts of a team are not known, which is not exported then.

      Examples:
        burnwatch oncall export --team shop --days 90 > shop.ics
        burnwatch oncall export --team shop --format markdown
      """)

  @OptionGroup var options: OnCallOptions
  @OptionGroup var stretch: OnCallStretch

  @Option(name: .long, help: "ics, json or markdown.")
  var format = OnCallFormat.ics

  mutating func run() throws {
    let range = try stretch.range()
    let desk = try OnCallDesk.open(options)
    let teams = try desk.teams(in: range)
    guard teams.count == 1 || format != .ics, let first = teams.first else {
      throw CommandFailure(
        "A calendar is of one team. Name it with --team: "
          + "\(teams.map(\.id).joined(separator: ", ")).", .usage)
    }
    // An empty file in place of a good one would be worse than none.
    if let unknown = teams.first(where: { !$0.isKnown || !desk.isWhole }) {
      throw CommandFailure(
        "\(unknown.id) is not exported, because not all of its shifts are known.", .cannotTell)
    }
    switch format {
    case .ics:
      let writer = CalendarWriter(name: first.id, people: first.people, stamp: SystemClock().now)
      try Console.write(calendar: writer.text(of: first.roster.shifts, layers: first.roster.layers))
    case .json: try Console.write(json: OnCallReport.json(teams))
    case .markdown: try Console.write(teams.flatMap { OnCallReport.markdown(of: $0) + [""] })
    }
  }
}
