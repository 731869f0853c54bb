import Definitions
import Operations
import Reliability

extension Session {
  /// A session over the configured sources as they are on the network.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - journal: Where requests and all else are kept; `nil` opens the configured one.
  ///   - isReadOnly: Whether nothing outside may be changed.
  ///   - surroundings: The environment, for secrets, proxies and names.
  ///   - clock: The clock of schedule and ages.
  ///   - honorsOffsets: Whether sources are asked as far behind the clock as they say.
  ///   - memory: What a session before this one knew.
  ///   - publish: Receives news, on any thread.
  /// - Returns: The session; nothing is asked yet.
  static func live(
    _ configuration: Configuration, journal: (any WholeJournal)? = nil, isReadOnly: Bool,
    surroundings: Surroundings, clock: any WallClock = SystemClock(), honorsOffsets: Bool = true,
    inheriting memory: Memory = Memory(), publish: @escaping @Sendable (News) -> Void = { _ in }
  ) -> Session {
    let environment = surroundings.environment
    return Session(
      configuration, clock: clock, honorsOffsets: honorsOffsets, inheriting: memory,
      sources: { LiveSources.prometheus($0, $1, environment: environment) },
      alertParts: .live(
        configuration, journal: journal ?? AlertParts.journal(configuration, surroundings),
        isReadOnly: isReadOnly, surroundings: surroundings),
      calendars: {
        LiveSources.calendar($0, of: configuration.sources, environment: environment)
      },
      publish: publish)
  }
}
