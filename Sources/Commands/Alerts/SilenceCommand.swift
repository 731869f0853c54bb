import ArgumentParser
import Dashboard
import Definitions
import Operations
import Reliability

/// `burnwatch silence`: lists, makes, and ends silences of Alertmanager.
struct SilenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence",
    abstract: "List, make and expire silences.",
    subcommands: [SilenceListCommand.self, SilenceAddCommand.self, SilenceExpireCommand.self])
}

/// `burnwatch silence list`.
struct SilenceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print the silences with how many alerts each mutes now.")

  @OptionGroup var options: AlertOptions

  @Flag(name: .long, help: "Expired ones too.")
  var expired = false

  @Option(name: .long, help: "text, json or markdown.")
  var format = AlertsCommand.Format.text

  mutating func run() throws {
    let desk = try AlertDesk.open(options, isReadOnly: true)
    defer { desk.close() }
    let silences = desk.snapshot.silences.filter { expired || $0.state != .expired }
    switch format {
    case .text: try Console.write(AlertReportText.text(of: silences, in: desk.snapshot))
    case .markdown: try Console.write(AlertReportText.markdown(of: silences, in: desk.snapshot))
    case .json:
      let items = silences.map { AlertReportText.json($0, in: desk.snapshot) }
      try Console.write(
        json: .object([
          .init("schema", .number(1)), .init("at", .string(desk.snapshot.at.rfc3339)),
          .init("silences", .array(items)),
        ]))
    }
    let isDeaf = desk.complainOfGaps()
    throw ExitCode((isDeaf ? ExitStatus.cannotTell : .fine).rawValue)
  }
}

/// `burnwatch silence add`.
struct SilenceAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Silence the alerts on which all matchers hold.",
    discussion: """
      Examples:
        burnwatch silence add 'alertname="DiskWillFill"' 'instance=~"db-.*"' --for 2h --comment 'new disk'
      """)

  @Argument(help: "Matchers: label=\"value\", with = != =~ or !~.")
  var matchers: [String]

  @Option(name: .customLong("for"), help: "How long: 30m, 2h, 3d.")
  var length = "2h"

  @Option(name: .long, help: "Why; others see it.")
  var comment: String

  @Option(name: .long, help: "The Alertmanager source, where there are several.")
  var source: String?

  @OptionGroup var options: AlertOptions
  @OptionGroup var delivery: DeliveryOptions

  mutating func run() throws {
    guard let list = LabelMatcher.list(parsing: matchers.map(quoted).joined(separator: ",")),
      !list.isEmpty
    else {
      let text = matchers.joined(separator: " ")
      throw CommandFailure(
        "\"\(text)\" is no list of matchers. Write label=\"value\", with = != =~ or !~.", .usage)
    }
    guard let length = Duration(typed: length) else {
      throw CommandFailure("--for \"\(self.length)\" is no length. Write 30m, 2h or 3d.", .usage)
    }
    let desk = try AlertDesk.open(options, isReadOnly: delivery.readOnly.readOnly)
    defer { desk.close() }
    let cluster = try cluster(of: desk)
    let compiled = list.compactMap { try? AlertMatcher($0) }
    let hits = desk.snapshot.alerts.filter { alert in
      alert.id.cluster == cluster && alert.state != .resolved && compiled.matches(alert.labels)
    }
    Console.complain(["It hits \(Words.count(hits.count, "alert")) now: \(names(hits))."])
    if hits.count > 1, !delivery.yes, !AlertDesk.confirm([]) {
      throw ExitCode(ExitStatus.refused.rawValue)
    }
    let now = SystemClock().now
    let plan = SilencePlan(
      source: cluster, matchers: list, startsAt: now, endsAt: now + length, comment: comment)
    throw ExitCode(try desk.submit([.silence(plan)], delivery).rawValue)
  }

  /// A value without quotes is taken as it stands, as `burnwatch ack` takes it.
  private func quoted(_ matcher: String) -> String {
    guard !matcher.hasSuffix("\""), !matcher.hasSuffix("'"), !matcher.hasSuffix("}"),
      let sign = ["!~", "=~", "!=", "="].first(where: matcher.contains),
      let range = matcher.firstRange(of: sign),
      let comparison = LabelMatcher.Comparison(rawValue: sign)
    else { return matcher }
    let name = String(matcher[..<range.lowerBound])
    return LabelMatcher(name, comparison, String(matcher[range.upperBound...])).description
  }

  private func names(_ hits: [Alert]) -> String {
    let shown = hits.prefix(10).map(\.name).joined(separator: ", ")
    return hits.isEmpty ? "none" : hits.count > 10 ? "\(shown) and more" : shown
  }

  private func cluster(of desk: AlertDesk) throws(CommandFailure) -> String {
    let names = desk.configuration.sources.filter { $0.kind == .alertmanager }.map(\.name)
    if let source {
      guard names.contains(source) else {
        throw CommandFailure(
          "--source \"\(source)\" is no Alertmanager of the configuration; there are: "
            + "\(names.isEmpty ? "none" : names.joined(separator: ", ")).", .usage)
      }
      return source
    }
    guard let first = names.first, names.count == 1 else {
      throw CommandFailure(
        names.isEmpty
          ? "No Alertmanager is configured. Add a source of type alertmanager."
          : "There are several Alertmanagers; choose one with --source: "
            + "\(names.joined(separator: ", ")).", .usage)
    }
    return first
  }
}

/// `burnwatch silence expire`.
struct SilenceExpireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expire",
    abstract: "End silences now, by id.")

  @Argument(help: "The ids, as silence list prints them.")
  var ids: [String]

  @OptionGroup var options: AlertOptions
  @OptionGroup var delivery: DeliveryOptions

  mutating func run() throws {
    let desk = try AlertDesk.open(options, isReadOnly: delivery.readOnly.readOnly)
    defer { desk.close() }
    let actions = try ids.map { id throws(CommandFailure) -> ActionRequest.Action in
      guard let silence = desk.snapshot.silences.first(where: { $0.id == id }) else {
        throw CommandFailure(
          "There is no silence \"\(id)\". burnwatch silence list prints the ids.", .findings)
      }
      guard silence.state != .expired else {
        throw CommandFailure("The silence \"\(id)\" has expired already.", .findings)
      }
      return .expireSilence(silence)
    }
    throw ExitCode(try desk.submit(actions, delivery).rawValue)
  }
}
