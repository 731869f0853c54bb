import ArgumentParser

/// `burnwatch status`: one look at every service level, for scripts, pipes and pages.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Print every service level once.",
    discussion: """
      Exit code 0 when nothing burns, 1 when a burn-rate condition is active, \
      2 when a source did not answer or an SLO failed. No data alone is 0.

      Examples:
        burnwatch status
        burnwatch status --format json | jq '.slos[] | .id, .budget.remaining'
        burnwatch status --at 2026-11-21T03:12:00Z
      """)

  /// How the report is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "text, json or markdown.")
  var format = Format.text

  @OptionGroup var look: OneLook

  mutating func run() throws {
    let surroundings = Surroundings.current
    let instant = try look.instant()
    let configured = try file.read(surroundings, needsLevels: true)
    let report = look.report(
      on: configured.configuration, at: instant, surroundings: surroundings)
    switch format {
    case .text: try Console.write(report.text)
    case .json: try Console.write(json: report.json)
    case .markdown: try Console.write(report.markdown)
    }
    let status = configured.errors.isEmpty ? report.status : .configuration
    throw ExitCode(status.rawValue)
  }
}
