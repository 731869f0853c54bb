import ArgumentParser
import Definitions
import Reliability

/// `burnwatch slo explain`: every step from the source's answers to the figures of one SLO.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print why the figures of an SLO are what they are.",
    discussion: """
      Every query with its raw answer and time, and each step from there to error \
      ratios, burn rates, budget, forecast and conditions, so that each figure can \
      be recomputed by hand. Exit codes as of burnwatch status.

      Examples:
        burnwatch slo explain checkout/availability
        burnwatch slo explain checkout/availability --at 2026-11-21T03:12:00Z
        burnwatch slo explain checkout/latency --format json
      """)

  @Argument(help: "The id of the SLO, service/name unless its definition has another.")
  var id: String

  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "text or json.")
  var format = TextOrJSON.text

  @OptionGroup var look: OneLook

  mutating func run() throws {
    let surroundings = Surroundings.current
    let instant = try look.instant()
    let configured = try file.read(surroundings, needsLevels: true)
    let configuration = try configured.configuration.restricted(to: id)
    let report = look.report(
      on: configuration, at: instant, surroundings: surroundings)
    for state in report.snapshot.serviceLevels {
      let explanation = Explanation(state, at: report.snapshot.at)
      switch format {
      case .text: try Console.write(explanation.text)
      case .json: try Console.write(json: explanation.json)
      }
    }
    let status = configured.errors.isEmpty ? report.status : .configuration
    throw ExitCode(status.rawValue)
  }
}

extension Configuration {
  /// The same configuration with a single SLO, so that nothing else is asked.
  ///
  /// - Throws: `CommandFailure` with the nearest ids when there is no such SLO.
  func restricted(to id: SLO.ID) throws(CommandFailure) -> Configuration {
    guard let slo = slos.first(where: { $0.id == id }) else {
      let nearest = NearestMatch.ranked(id, among: slos.map(\.id), atMost: 3).map { "\"\($0)\"" }
      let choice = nearest.isEmpty ? "" : " The nearest are \(nearest.joined(separator: ", "))."
      throw CommandFailure(
        "There is no SLO \"\(id)\".\(choice) burnwatch status lists all.", .usage)
    }
    return Configuration(
      identity: identity, sources: sources.filter { $0.name == slo.source }, slos: [slo])
  }
}
