import ArgumentParser
import Definitions
import Foundation
import Operations
import Reliability

/// What the commands about who is on call share.
struct OnCallOptions: ParsableArguments {
  @OptionGroup var file: ConfigurationOption

  @Option(name: .long, help: "One team; all without it.")
  var team: String?

  @OptionGroup var waiting: SourceWait
}

/// The rotations and calendars of a configuration, each asked once.
struct OnCallDesk {
  private let engine: OnCallEngine
  private let team: String?

  /// Reads the configuration and asks all calendars once.
  ///
  /// - Parameter options: What the commands have in common.
  /// - Returns: The desk; what is wrong with calendars is on standard error.
  /// - Throws: `CommandFailure` without a usable configuration, or where nothing says who is on call.
  static func open(_ options: OnCallOptions) throws(CommandFailure) -> OnCallDesk {
    let surroundings = Surroundings.current
    let configured = try Configured.load(
      option: options.file.config, surroundings: surroundings, themes: surroundings.themes)
    Console.complain(configured.errors.flatMap(\.lines))
    let configuration = configured.configuration
    let engine = OnCallEngine(
      rotations: configuration.rotations,
      calendars: configuration.calendars.map {
        ($0, LiveSources.calendar($0, environment: surroundings.environment))
      },
      journal: AlertParts.journal(configuration, surroundings), clock: SystemClock(),
      publish: { _ in })
    guard engine.isConfigured else {
      throw CommandFailure(
        "Nothing says who is on call. Write a rotation or a calendar under oncall: in the "
          + "configuration.", .configuration)
    }
    _ = Blocking.wait(atMost: options.waiting.limit) { await engine.askAll() }
    return OnCallDesk(engine: engine, team: options.team)
  }

  /// The teams that are meant, in a stretch of time.
  ///
  /// - Parameter range: What is worked out.
  /// - Returns: The teams, at least one.
  /// - Throws: `CommandFailure` when there is no such team.
  func teams(in range: Range<Timestamp>) throws(CommandFailure) -> [TeamRoster] {
    let all = Blocking.wait { await engine.teams(in: range) } ?? []
    Console.complain(all.flatMap { team in team.remarks.map { "\(team.id): \($0)." } })
    let found = all.filter { team == nil || $0.id == team }
    guard !found.isEmpty else {
      throw CommandFailure(
        "There is no team \"\(team ?? "")\". There are \(all.map(\.id).joined(separator: ", ")).",
        .usage)
    }
    return found
  }
}
