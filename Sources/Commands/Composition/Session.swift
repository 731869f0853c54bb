import Dashboard
import Definitions
import Operations
import Reliability

/// A configuration brought to life: the engine over its sources, and what the dashboard shows of it.
struct Session {
  let configuration: Configuration
  let configurationName: String
  /// What the head calls this dashboard.
  let title: String
  let engine: Engine
  let clock: any WallClock
  /// The shortest time between two polls of any source.
  let refresh: Duration

  /// Connects the metric sources of a configuration.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - configurationName: The file it was read from.
  ///   - title: What the head calls this dashboard; the operator's name by default.
  ///   - clock: The clock of schedule and ages.
  ///   - honorsOffsets: Whether sources are asked as far behind the clock as they say; a look at a
  ///     given instant is at that instant.
  ///   - sources: Makes the metric source of one entry, given its SLOs.
  ///   - publish: Receives snapshots, on any thread.
  init(
    _ configuration: Configuration, named configurationName: String, title: String? = nil,
    clock: any WallClock,
    honorsOffsets: Bool = true, sources: (SourceSettings, [SLO]) -> any MetricSource,
    publish: @escaping @Sendable (Snapshot) -> Void
  ) {
    self.configuration = configuration
    self.configurationName = configurationName
    self.title = title ?? configuration.identity.name
    self.clock = clock
    let subscriptions = configuration.sources.filter { $0.kind == .prometheus }.map {
      settings in
      let own = configuration.slos.filter { $0.source == settings.name }
      return Engine.Subscription(
        source: sources(settings, own), refresh: settings.refresh,
        offset: honorsOffsets ? settings.offset : .zero)
    }
    refresh = subscriptions.map(\.refresh).min() ?? .seconds(15)
    engine = Engine(
      slos: configuration.slos, subscriptions: subscriptions, clock: clock, publish: publish)
  }

  /// What of the configuration the dashboard shows as it is.
  func settings(themes: [String], canShowUnicode: Bool) -> Dashboard.Settings {
    Dashboard.Settings(
      title: title, configurationName: configurationName, themes: themes,
      canShowUnicode: canShowUnicode, alertsSentence: alertsSentence,
      onCallSentence: "No rotation is configured; this version reads none yet.")
  }

  private var alertsSentence: String {
    let names = configuration.sources.filter { $0.kind != .prometheus }.map(\.name)
    guard !names.isEmpty else {
      return "No alert source is configured; this version reads none yet. "
        + "Burning SLOs are marked above."
    }
    return
      "This version does not read alerts yet, so \(names.joined(separator: ", ")) is not asked. "
      + "Burning SLOs are marked above."
  }
}
