import Connectors
import Operations
import Reliability

/// Connects configured sources to the network.
enum LiveSources {
  /// Reads a calendar from its file, its address, or from one of the sources.
  static func calendar(
    _ settings: CalendarSettings, of sources: [SourceSettings], environment: [String: String]
  ) -> any ShiftSource {
    let secrets = SecretResolver(environment: environment)
    guard case .pagerDuty(let shifts) = settings.place else {
      return CalendarReader(settings, secrets: secrets, environment: environment)
    }
    guard let source = sources.first(where: { $0.name == shifts.source }) else {
      return UnreadCalendar(settings, reason: "the source \(shifts.source) has errors")
    }
    return PagerDutyShiftReader(
      settings, of: shifts, settings: source,
      transport: { own throws(ConnectorError) in
        try ClientTransport(settings: own, environment: environment)
      },
      secrets: secrets, clock: SystemClock(), random: { Double.random(in: 0..<1) })
  }

  /// The metric source of one configuration entry; nothing is asked yet.
  ///
  /// A source that cannot be set up, because of an unreadable certificate for instance, is a source
  /// that answers with the reason, so that the others are watched all the same.
  ///
  /// - Parameters:
  ///   - settings: The entry.
  ///   - slos: The SLOs that name it.
  ///   - environment: The process's environment, for secrets and proxies.
  /// - Returns: The source, or one that says why it cannot be used.
  static func prometheus(
    _ settings: SourceSettings, _ slos: [SLO], environment: [String: String]
  ) -> any MetricSource {
    do {
      return try PrometheusSource(
        settings: settings, slos: slos,
        transport: try ClientTransport(settings: settings, environment: environment),
        secrets: SecretResolver(environment: environment), clock: SystemClock(),
        random: { Double.random(in: 0..<1) })
    } catch {
      return UnusableSource(settings, reason: error.message, since: SystemClock().now)
    }
  }
}

extension LiveSources {
  /// The alerts of one configuration entry; nothing is asked yet.
  static func alerts(
    _ settings: SourceSettings, environment: [String: String]
  ) -> any AlertSource {
    let secrets = SecretResolver(environment: environment)
    let random = { @Sendable in Double.random(in: 0..<1) }
    do throws(ConnectorError) {
      switch settings.kind {
      case .prometheus:
        return try PrometheusAlertSource(
          settings: settings,
          transport: try ClientTransport(settings: settings, environment: environment),
          secrets: secrets, clock: SystemClock(), random: random)
      case .alertmanager:
        return try AlertmanagerSource(
          settings: settings,
          transport: { own throws(ConnectorError) in
            try ClientTransport(settings: own, environment: environment)
          },
          secrets: secrets, clock: SystemClock(), random: random)
      case .pagerduty:
        return try PagerDutySource(
          settings: settings,
          transport: try ClientTransport(settings: settings, environment: environment),
          secrets: secrets, clock: SystemClock(), random: random)
      }
    } catch {
      return UnusableAlertSource(settings, reason: error.message, since: SystemClock().now)
    }
  }
}

/// A source of alerts that could not be set up and says why.
struct UnusableAlertSource: AlertSource {
  let name: String
  private let reason: String
  private let record: SourceHealth?

  init(_ settings: SourceSettings, reason: String, since instant: Timestamp) {
    name = settings.name
    let told = "\(reason); correct it in the configuration and start again"
    self.reason = told
    // Of a metric source the metrics' side tells.
    record =
      settings.kind == .prometheus
      ? nil
      : SourceHealth(
        name: settings.name, type: settings.kind.rawValue, address: settings.urls.first ?? "",
        state: .open, lastError: SourceHealth.Fault(message: told, at: instant))
  }

  func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure> {
    .failure(.unavailable(reason))
  }

  func health(at instant: Timestamp) async -> SourceHealth? { record }
}

/// A source that could not be set up and says why on each of its rows and in the Sources view.
struct UnusableSource: MetricSource {
  let name: String
  private let reason: String
  private let record: SourceHealth

  init(_ settings: SourceSettings, reason: String, since instant: Timestamp) {
    name = settings.name
    self.reason = "\(reason); correct it in the configuration and start again"
    record = SourceHealth(
      name: settings.name, type: settings.kind.rawValue, address: settings.urls.first ?? "",
      state: .open, lastError: SourceHealth.Fault(message: self.reason, at: instant))
  }

  func readings(
    for demands: [Demand], at instant: Timestamp
  ) async -> [Demand: Result<Reading, ReadingFailure>] {
    Dictionary(
      demands.map { ($0, .failure(.unavailable(reason))) }, uniquingKeysWith: { first, _ in first })
  }

  func health(at instant: Timestamp) async -> SourceHealth { record }
}
