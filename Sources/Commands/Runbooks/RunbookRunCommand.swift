import ArgumentParser
import Foundation
import Operations
import Reliability

/// `burnwatch runbook run`: the steps of a runbook one after the other, each shown before it runs.
struct RunbookRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a runbook, or some of its steps.",
    discussion: """
      Every command is shown and asked about, one that changes production by typing a word; --yes asks \
      nothing. A step that somebody does by hand is asked about; with --yes it stays open. \
      Exit code 0 when nothing failed, 1 when a required step did, 77 when it was refused.

      Examples:
        burnwatch runbook run checkout-errors --dry-run
        burnwatch runbook run checkout-errors --alert 'ErrorBudgetBurn service=checkout'
        burnwatch runbook run checkout-errors --step 3 --yes --format json
        burnwatch runbook run checkout-errors --resume 3f2a9c1e
      """)

  @Argument(help: "The name of the runbook.")
  var name: String

  @OptionGroup var options: RunbookOptions
  @OptionGroup var readOnly: ReadOnlyOption

  @Option(name: .long, help: "A step by its number or name; may be given several times.")
  var step: [String] = []

  @Option(name: .long, help: "Go on with a run of the journal, by the beginning of its id.")
  var resume: String?

  @Flag(name: .long, help: "Say what every step would run, and run nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Run without asking.")
  var yes = false

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  mutating func run() throws {
    let isText = format == .text
    let desk = try RunbookDesk.open(
      options, isReadOnly: readOnly.readOnly,
      processes: { isText ? EchoingProcesses($0) : $0 })
    defer { desk.close() }
    let runbook = try desk.runbook(named: name)
    let record = try resumed(runbook, desk)
    // A run goes on with the labels it began with.
    let subject = try record?.subject ?? desk.subject(for: runbook)
    let steps = desk.previews(of: runbook, for: subject)
    let chosen = try RunbookRunCommand.indices(of: step, in: steps)
    if dryRun { throw ExitCode(try tell(runbook, subject, chosen.map { steps[$0] }).rawValue) }
    var walk = RunbookWalk(
      desk: desk, runbook: runbook, subject: subject, steps: steps, asks: !yes, isQuiet: !isText,
      record: record)
    desk.look(atMost: options.waiting.limit)
    let status = try walk.run(chosen)
    try report(walk.record)
    if let trouble = desk.journalTrouble {
      throw CommandFailure("The record of this run may not be complete, for \(trouble).", .journal)
    }
    throw ExitCode(status.rawValue)
  }

  /// Prints what would happen.
  private func tell(
    _ runbook: Runbook, _ subject: RunSubject, _ steps: [RunbookReport.Step]
  ) throws -> ExitStatus {
    switch format {
    case .text:
      try Console.write(RunbookReport.text(runbook, subject, steps) + ["", "Nothing was run."])
    case .json: try Console.write(json: RunbookReport.json(runbook, subject, steps))
    }
    return steps.contains { $0.preview.refusal != nil && $0.step.runsProgram } ? .findings : .fine
  }

  private func report(_ record: RunRecord?) throws {
    guard let record else { return }
    switch format {
    case .text:
      try Console.write(["", "Run \(record.id.prefix(8)): \(record.outcome.rawValue)."])
    case .json:
      try Console.write(
        json: .object([.init("schema", .number(1)), .init("run", RunbookReport.json(record))]))
    }
  }

  private func resumed(
    _ runbook: Runbook, _ desk: RunbookDesk
  ) throws(CommandFailure) -> RunRecord? {
    guard let resume else { return nil }
    let runs = Blocking.wait { await desk.runner.snapshot.history } ?? []
    let found = runs.filter { $0.id.hasPrefix(resume) && $0.runbook == runbook.id }
    guard found.count == 1, let record = found.first else {
      throw CommandFailure(
        "--resume \"\(resume)\" finds \(found.count) runs of \(runbook.id). "
          + "burnwatch runbook history \(runbook.id) lists them.", .usage)
    }
    guard record.edition == runbook.edition else {
      throw CommandFailure(
        "\(runbook.id) has changed since the run \(record.id.prefix(8)). Begin a new one without "
          + "--resume.", .usage)
    }
    return record
  }

  /// The steps that are meant: all of them, or those named by number or name.
  static func indices(
    of names: [String], in steps: [RunbookReport.Step]
  ) throws(CommandFailure) -> [Int] {
    guard !names.isEmpty else { return Array(steps.indices) }
    var found: [Int] = []
    for name in names {
      if let number = Int(name), steps.indices.contains(number - 1) {
        found.append(number - 1)
      } else if let index = steps.firstIndex(where: { $0.step.name == name }) {
        found.append(index)
      } else {
        throw CommandFailure(
          "--step \"\(name)\" is no step; give a number from 1 to \(steps.count), or a name.",
          .usage)
      }
    }
    return found
  }
}
