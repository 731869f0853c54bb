import ArgumentParser
import Definitions
import Operations
import Reliability

/// `burnwatch status`: one look at every service level, for scripts, pipes and pages.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Print every service level once.",
    discussion: """
      Exit code 0 when nothing burns, 1 when a burn-rate condition is active,
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

  @Option(name: .long, help: "Evaluate as of this time, RFC 3339; the default is now.")
  var at: String?

  @Option(name: .long, help: "How many seconds to wait for sources.")
  var wait = 10.0

  mutating func validate() throws {
    guard (0...3600).contains(wait) else {
      throw ValidationError("--wait \(wait) is out of range; choose 0 to 3600 seconds.")
    }
  }

  mutating func run() throws {
    let surroundings = Surroundings.current
    let themes = surroundings.themes
    let clock = MovableClock(try at.map { try Timestamp(option: "--at", $0) } ?? SystemClock().now)
    let configured = try Configured.load(
      option: file.config, surroundings: surroundings, themes: themes)
    try configured.requireUsable()
    Console.complain(configured.errors.flatMap(\.lines))
    let session = Session(
      configured.configuration, named: configured.path, clock: clock,
      honorsOffsets: at == nil,
      sources: { settings, slos in
        LiveSources.prometheus(settings, slos, environment: surroundings.environment)
      }, publish: { _ in })
    let report = StatusReport(snapshot: look(at: session, clock.now))
    Console.complain(report.silentSources.map { "\($0) has not answered within \(wait) s." })
    switch format {
    case .text: try Console.write(report.text)
    case .json: try Console.write(json: report.json)
    case .markdown: try Console.write(report.markdown)
    }
    let status = configured.errors.isEmpty ? report.status : .configuration
    throw ExitCode(status.rawValue)
  }

  /// Asks everything once; what has not come when the wait is over stays waiting.
  private func look(at session: Session, _ instant: Timestamp) -> Snapshot {
    let engine = session.engine
    let limit = Duration.milliseconds(Int64(wait * 1000))
    let complete = Blocking.wait(atMost: limit) { await engine.askDue(at: instant) }
    let found = complete ?? Blocking.wait { await engine.snapshot } ?? engine.firstSnapshot
    _ = Blocking.wait { await engine.close() }
    return found
  }
}
