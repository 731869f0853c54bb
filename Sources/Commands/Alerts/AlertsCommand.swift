import ArgumentParser
import Definitions
import Operations
import Reliability

/// `burnwatch alerts`: the list of alerts, for scripts, pipes and pages.
struct AlertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "Print the active alerts of all sources.",
    discussion: """
      The filter is that of the dashboard: matchers, free text, state:, sev:, age>, negation. \
      Exit code 0 when no page is unattended, 1 when one is, 2 when a source is silent.

      Examples:
        burnwatch alerts
        burnwatch alerts 'team=shop' '!acked'
        burnwatch alerts sev:page --format json
      """)

  /// How the list is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Argument(help: "A filter; without one the configured scope.")
  var filter: [String] = []

  @OptionGroup var options: AlertOptions

  @Option(name: .long, help: "text, json or markdown.")
  var format = Format.text

  @Flag(name: .long, help: "All teams, whatever the configured scope.")
  var allTeams = false

  mutating func run() throws {
    let desk = try AlertDesk.open(options, isReadOnly: true, asksWhoIsOnCall: true)
    defer { desk.close() }
    let alerts = try desk.alerts(matching: filter, allTeams: allTeams)
    switch format {
    case .text: try Console.write(AlertReportText.text(of: alerts, desk.onCall))
    case .markdown: try Console.write(AlertReportText.markdown(of: alerts, desk.onCall))
    case .json:
      try Console.write(
        json: .object([
          .init("schema", .number(1)), .init("at", .string(desk.snapshot.at.rfc3339)),
          .init(
            "alerts",
            .array(
              alerts.map { AlertReportText.json($0, desk.configuration.runbooks, desk.onCall) })),
          .init("gaps", .array(desk.snapshot.gaps.map(JSON.string))),
        ]))
    }
    let isDeaf = desk.complainOfGaps()
    let isPaged = alerts.contains { $0.isUnattended && $0.severity == .page }
    throw ExitCode((isDeaf ? ExitStatus.cannotTell : isPaged ? .findings : .fine).rawValue)
  }
}

/// `burnwatch ack`: acknowledges alerts as the dashboard's `a` does.
struct AckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Acknowledge the alerts that a filter finds.",
    discussion: """
      It is written to the journal first and then delivered. burnwatch prolongs it while the dashboard \
      runs on the same journal and the alert goes on; otherwise it lapses after acknowledge.duration.

      Examples:
        burnwatch ack alertname=DiskWillFill instance=db-1 --comment 'on it'
        burnwatch ack sev:page service=checkout --yes
      """)

  @Argument(help: "Which alerts, in the notation of the dashboard's filter.")
  var filter: [String]

  @Option(name: .long, help: "What others see beside your name.")
  var comment = ""

  @OptionGroup var options: AlertOptions
  @OptionGroup var delivery: DeliveryOptions

  mutating func run() throws {
    let desk = try AlertDesk.open(options, isReadOnly: delivery.readOnly.readOnly)
    defer { desk.close() }
    let found = try desk.alerts(matching: filter, allTeams: true).filter { $0.state != .resolved }
    guard !found.isEmpty else { throw nothing(filter, desk) }
    let clusters = desk.configuration.sources.filter { $0.kind == .alertmanager }.map(\.name)
    let plan = AcknowledgementPlan(
      found, among: desk.snapshot.alerts, comment: comment, settings: desk.configuration.alerts,
      clusters: Set(clusters))
    Console.complain(plan.remarks)
    guard !plan.actions.isEmpty else { throw ExitCode(ExitStatus.findings.rawValue) }
    let names = plan.actions.map(\.subject).joined(separator: ", ")
    if plan.actions.count > 1 || !plan.alsoMuted.isEmpty, !delivery.yes {
      let others = plan.alsoMuted.map(\.name).joined(separator: ", ")
      let lines =
        ["This acknowledges \(plan.actions.count): \(names)."]
        + (plan.alsoMuted.isEmpty ? [] : ["It also mutes \(plan.alsoMuted.count): \(others)."])
      guard AlertDesk.confirm(lines) else { throw ExitCode(ExitStatus.refused.rawValue) }
    }
    throw ExitCode(try desk.submit(plan.actions, delivery).rawValue)
  }
}

/// `burnwatch unack`: takes one's own acknowledgements back.
struct UnackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unack",
    abstract: "Take acknowledgements of this journal back.",
    discussion: """
      Examples:
        burnwatch unack alertname=DiskWillFill
      """)

  @Argument(help: "Which alerts, in the notation of the dashboard's filter.")
  var filter: [String]

  @OptionGroup var options: AlertOptions
  @OptionGroup var delivery: DeliveryOptions

  mutating func run() throws {
    let desk = try AlertDesk.open(options, isReadOnly: delivery.readOnly.readOnly)
    defer { desk.close() }
    let found = try desk.alerts(matching: filter, allTeams: true)
    let ids = Set(found.compactMap { $0.acknowledgement?.requestID })
    let actions = desk.snapshot.actions.filter { ids.contains($0.id) }
      .compactMap { record -> ActionRequest.Action? in
        guard case .acknowledge(let target, _) = record.request.action else { return nil }
        return .unacknowledge(record.id, target)
      }
    guard !actions.isEmpty else {
      throw CommandFailure(
        "No acknowledgement of this journal stands for \"\(filter.joined(separator: " "))\".",
        .findings)
    }
    throw ExitCode(try desk.submit(actions, delivery).rawValue)
  }
}

/// What to say when a filter finds nothing.
private func nothing(_ filter: [String], _ desk: AlertDesk) -> CommandFailure {
  let text = filter.joined(separator: " ")
  guard !desk.complainOfGaps() else {
    return CommandFailure("No alert is known that matches \"\(text)\".", .cannotTell)
  }
  return CommandFailure("No alert matches \"\(text)\".", .findings)
}
