import ArgumentParser
import Reliability

/// `burnwatch runbook`: what to do when something burns, from the command line.
struct RunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook", abstract: "List, show, run and account for runbooks.",
    subcommands: [
      RunbookListCommand.self, RunbookShowCommand.self, RunbookRunCommand.self,
      RunbookHistoryCommand.self, RunbookExportCommand.self,
    ])
}

/// What the commands about runbooks share.
struct RunbookOptions: ParsableArguments {
  @OptionGroup var file: ConfigurationOption

  @Option(
    name: .long,
    help: "The alert it is for: a fingerprint, or a filter that finds exactly one.")
  var alert: String?

  @OptionGroup var waiting: SourceWait
}

/// `burnwatch runbook list`.
struct RunbookListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runbooks, the best first with --alert.",
    discussion: """
      Examples:
        burnwatch runbook list
        burnwatch runbook list --alert 'ErrorBudgetBurn service=checkout'
      """)

  @OptionGroup var options: RunbookOptions

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let desk = try RunbookDesk.open(options, isReadOnly: true)
    defer { desk.close() }
    let found = try desk.listed()
    let histories = desk.histories()
    switch format {
    case .text: try Console.write(RunbookReport.list(found, histories))
    case .json:
      try Console.write(
        json: .object([
          .init("schema", .number(1)),
          .init(
            "runbooks", .array(found.map { RunbookReport.json($0.runbook, $0.reason, histories) })),
        ]))
    }
  }
}

/// `burnwatch runbook show`.
struct RunbookShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a runbook and what each of its steps would do.",
    discussion: """
      With --alert the places for labels are filled, as they would be when it runs.

      Examples:
        burnwatch runbook show checkout-errors
        burnwatch runbook show checkout-errors --alert 'ErrorBudgetBurn service=checkout'
      """)

  @Argument(help: "The name of the runbook.")
  var name: String

  @OptionGroup var options: RunbookOptions

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let desk = try RunbookDesk.open(options, isReadOnly: true)
    defer { desk.close() }
    let runbook = try desk.runbook(named: name)
    let subject = try desk.subject(for: runbook)
    desk.note(.view(runbook.id, subject))
    let steps = desk.previews(of: runbook, for: subject)
    switch format {
    case .text: try Console.write(RunbookReport.text(runbook, subject, steps))
    case .json: try Console.write(json: RunbookReport.json(runbook, subject, steps))
    }
  }
}

/// `burnwatch runbook history`.
struct RunbookHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the runs of the journal, the latest first.",
    discussion: """
      Examples:
        burnwatch runbook history
        burnwatch runbook history checkout-errors --format json
      """)

  @Argument(help: "The name of a runbook; all without one.")
  var name: String?

  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "How many runs at most.")
  var limit = 50

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let runs = try RunbookDesk.runs(file, name).prefix(max(limit, 0))
    switch format {
    case .text: try Console.write(RunbookReport.text(of: Array(runs)))
    case .json:
      try Console.write(
        json: .object([
          .init("schema", .number(1)), .init("runs", .array(runs.map(RunbookReport.json))),
        ]))
    }
  }
}

/// `burnwatch runbook export`.
struct RunbookExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print one run as Markdown, ready for an incident channel.",
    discussion: """
      Examples:
        burnwatch runbook export 3f2a9c1e
        burnwatch runbook export last
      """)

  @Argument(help: "The beginning of the run's id, or last.")
  var id: String

  @OptionGroup var file: ConfigurationOption

  mutating func run() throws {
    let runs = try RunbookDesk.runs(file, nil)
    let found = id == "last" ? Array(runs.prefix(1)) : runs.filter { $0.id.hasPrefix(id) }
    guard found.count == 1, let record = found.first else {
      let what = found.isEmpty ? "There is no run" : "There are \(found.count) runs"
      throw CommandFailure(
        "\(what) \"\(id)\" in the journal. burnwatch runbook history lists them.", .usage)
    }
    try Console.write(RunReport(record).lines)
  }
}
