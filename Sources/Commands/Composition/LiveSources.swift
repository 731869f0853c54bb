import Connectors
import Reliability

/// Connects configured sources to the network.
enum LiveSources {
  /// The metric source of one configuration entry.
  ///
  /// - Parameters:
  ///   - settings: The entry.
  ///   - slos: The SLOs that name it.
  ///   - environment: The process's environment, for secrets and proxies.
  ///   - clock: The clock of the source's pauses and of its health.
  /// - Returns: The source; nothing is asked yet.
  /// - Throws: `CommandFailure` when its URL or a certificate file cannot be used.
  static func prometheus(
    _ settings: SourceSettings, _ slos: [SLO], environment: [String: String],
    clock: any WallClock
  ) throws(CommandFailure) -> any MetricSource {
    do {
      return try PrometheusSource(
        settings: settings, slos: slos,
        transport: try ClientTransport(settings: settings, environment: environment),
        secrets: SecretResolver(environment: environment), clock: clock,
        random: { Double.random(in: 0..<1) })
    } catch {
      throw CommandFailure("Source \(settings.name): \(error)", .configuration)
    }
  }
}
