import ArgumentParser
import Operations
import Reliability

/// `burnwatch oncall load`.
struct OnCallLoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Say what being on call has cost each person.",
    discussion: """
      Pages are those that a running burnwatch has written into its journal. After hours is before \
      09:00, from 17:00 and the weekend, in the person's own time zone. The burden is 5 for each page, \
      10 more after hours, 15 more for SEV1 or P1, 100 at most.

      Exit code 0 when nobody had more than two pages in a night, 1 when somebody had.

      Examples:
        burnwatch oncall load
        burnwatch oncall load --team shop --days 90 --format json
      """)

  @OptionGroup var options: OnCallOptions

  @Option(name: .long, help: "How many days back, 1 to 366.")
  var days = 28

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func validate() throws {
    guard (1...366).contains(days) else {
      throw ValidationError("--days \(days) is out of range; choose 1 to 366.")
    }
  }

  mutating func run() throws {
    let now = SystemClock().now
    let desk = try OnCallDesk.open(options)
    let teams = try desk.teams(in: (now - .seconds(86_400 * days))..<now)
    if teams.contains(where: { $0.load == nil }) {
      throw CommandFailure(
        "The journal cannot be read, and it is what knows of pages. burnwatch doctor looks at it.",
        .output)
    }
    switch format {
    case .text: try Console.write(OnCallReport.load(of: teams))
    case .json:
      try Console.write(
        json: .object([
          .init("schema", .number(1)),
          .init("load", .array(teams.flatMap { OnCallReport.loadJSON(of: $0) })),
          .init(
            "unassigned",
            .object(teams.map { .init($0.id, .number(Double($0.load?.unassigned ?? 0))) })),
        ]))
    }
    let isBearable = teams.allSatisfy { team in
      team.load?.people.allSatisfy(\.busyNights.isEmpty) ?? true
    }
    throw ExitCode((isBearable ? ExitStatus.fine : .findings).rawValue)
  }
}
