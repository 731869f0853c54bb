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
  /// Whether everything that the configuration says of who is on call could be read.
  let isWhole: Bool
  private let team: String?

  /// Reads the configuration and asks all calendars once.
  ///
  /// - Parameter options: What the commands have in common.
  /// - Returns: The desk; what is wrong with calendars is on standard error.
  /// - Throws: `CommandFailure` without a usable configuration, or where nothing says who is on call.
  static func open(_ options: OnCallOptions) throws(CommandFailure) -> OnCallDesk {
    let surroundings = Surroundings.current
    let configuration = try options.file.read(surroundings).configuration
    let engine = OnCallEngine(
      configuration.onCall,
      sources: configuration.onCall.calendars.map {
        LiveSources.calendar(
          $0, of: configuration.sources, environment: surroundings.environment)
      },
      journal: AlertParts.journal(configuration, surroundings), clock: SystemClock(),
      publish: { _ in })
    try requireConfigured(engine)
    _ = Blocking.wait(atMost: options.waiting.limit) { await engine.askAll() }
    let pending = Blocking.wait { await engine.pendingCalendars } ?? []
    Console.complain(
      pending.map {
        "\($0) has not answered within \(options.waiting.seconds) s; what it said last counts."
      })
    return OnCallDesk(
      engine: engine, isWhole: configuration.onCall.isWhole, team: options.team)
  }

  /// Refuses to go on where nothing says who is on call.
  static func requireConfigured(_ engine: OnCallEngine) throws(CommandFailure) {
    guard engine.isConfigured else {
      throw CommandFailure(
        "Nothing says who is on call. Write a rotation or a calendar under oncall: in the "
          + "configuration.", .configuration)
    }
  }

  /// The team of a name.
  static func team(
    _ name: String, among all: [TeamRoster]
  ) throws(CommandFailure) -> TeamRoster {
    guard let found = all.first(where: { $0.id == name }) else {
      let names = all.map(\.id).joined(separator: ", ")
      throw CommandFailure("There is no team \"\(name)\". Possible here: \(names).", .usage)
    }
    return found
  }

  /// The teams that are meant, in a stretch of time.
  ///
  /// - Parameter range: What is worked out.
  /// - Returns: The teams, at least one.
  /// - Throws: `CommandFailure` when there is no such team.
  func teams(in range: Range<Timestamp>) throws(CommandFailure) -> [TeamRoster] {
    let all = Blocking.wait { await engine.teams(in: range) } ?? []
    Console.complain(all.flatMap { team in team.remarks.map { "\(team.id): \($0)." } })
    guard let team else { return all }
    return [try Self.team(team, among: all)]
  }
}
