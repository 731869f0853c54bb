import Definitions
import Operations
import Reliability

/// A configuration brought to life: the engine over its sources.
struct Session {
  let engine: Engine
  /// The shortest time between two polls of any source.
  let refresh: Duration

  /// Connects the metric sources of a configuration.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - clock: The clock of schedule and ages.
  ///   - honorsOffsets: Whether sources are asked as far behind the clock as they say; a look at a
  ///     given instant is at that instant.
  ///   - memory: What a session before this one knew.
  ///   - sources: Makes the metric source of one entry, given its SLOs.
  ///   - publish: Receives snapshots, on any thread.
  init(
    _ configuration: Configuration, clock: any WallClock, honorsOffsets: Bool = true,
    inheriting memory: [SLO: KnownReadings] = [:],
    sources: (SourceSettings, [SLO]) -> any MetricSource,
    publish: @escaping @Sendable (Snapshot) -> Void
  ) {
    let subscriptions = configuration.sources.filter { $0.kind == .prometheus }.map {
      settings in
      let own = configuration.slos.filter { $0.source == settings.name }
      return Engine.Subscription(
        source: sources(settings, own), refresh: settings.refresh,
        offset: honorsOffsets ? settings.offset : .zero)
    }
    refresh = subscriptions.map(\.refresh).min() ?? .seconds(15)
    engine = Engine(
      slos: configuration.slos, subscriptions: subscriptions, clock: clock, inheriting: memory,
      publish: publish)
  }
}
