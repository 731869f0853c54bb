internal import Foundation

/// What `burnwatch status --format json` prints, as a consumer reads it.
package struct StatusDocument: Decodable, Sendable {
  /// One service level.
  package struct ServiceLevel: Decodable, Sendable {
    /// The SLO's id.
    package let id: String
    /// The service's name.
    package let service: String
    /// The name within the service.
    package let name: String
    /// The category of the promise.
    package let sli: String
    /// The target, a ratio.
    package let objective: Double
    /// The SLO window's name: `30d`, or `month`.
    package let window: String
    /// The time zone of a calendar window.
    package let timeZone: String?
    /// The start of a calendar window's period, RFC 3339.
    package let from: String?
    /// The end of a calendar window's period, RFC 3339.
    package let to: String?
    /// How the figures are to be believed: `ok`, `stale`, `failed`.
    package let state: String
    /// Why the state is not `ok`.
    package let reason: String?
    /// The evaluation time of the 5 m window, RFC 3339.
    package let observedAt: String?
    /// Seconds of data behind the SLO window.
    package let coverage: Double?
    /// The figures by the window's name.
    package let windows: [String: WindowFigures]
    /// The error budget.
    package let budget: BudgetFigures
    /// When it runs out.
    package let forecast: ForecastFigures
    /// The burn-rate conditions.
    package let conditions: [Condition]
    /// The policy's zone.
    package let zone: String?
    /// Whether a long window has too few events for one to mean much.
    package let lowTraffic: Bool
    /// The name of the metric source.
    package let source: String
  }

  /// The figures of one window.
  package struct WindowFigures: Decodable, Sendable {
    /// All events.
    package let total: Double?
    /// Bad events.
    package let bad: Double?
    /// A ratio 0...1.
    package let errorRatio: Double?
    /// The burn rate, 1 spending exactly the budget.
    package let burnRate: Double?
    /// `rules` or `query`.
    package let via: String?
    /// When the source evaluated it, RFC 3339.
    package let at: String?
  }

  /// The error budget.
  package struct BudgetFigures: Decodable, Sendable {
    /// The share left: 1 full, negative overspent.
    package let remaining: Double?
    /// The share consumed.
    package let consumed: Double?
    /// Bad events that the objective allows.
    package let allowedBad: Double?
    /// Bad events left.
    package let badLeft: Double?
    /// The budget as minutes of total outage.
    package let minutes: Double?
    /// Minutes of total outage left.
    package let minutesLeft: Double?
  }

  /// The forecast.
  package struct ForecastFigures: Decodable, Sendable {
    /// Hours until the budget is spent.
    package let hoursToExhaustion: Double?
    /// The burn window the forecast rests on.
    package let basis: String
  }

  /// A burn-rate condition.
  package struct Condition: Decodable, Hashable, Sendable {
    /// `page` or `ticket`.
    package let severity: String
    /// The burn rate that must be exceeded.
    package let factor: Double
    /// The long window's name.
    package let long: String
    /// The short window's name.
    package let short: String
    /// Whether both windows exceed the factor.
    package let active: Bool

    /// Makes a condition to compare with.
    package init(_ severity: String, _ factor: Double, long: String, short: String, active: Bool) {
      self.severity = severity
      self.factor = factor
      self.long = long
      self.short = short
      self.active = active
    }
  }

  /// A source.
  package struct Source: Decodable, Sendable {
    /// The name in the configuration.
    package let name: String
    /// The configured type.
    package let type: String
    /// `ok`, `degraded` or `open`.
    package let state: String
    /// When the source last answered, RFC 3339.
    package let lastSuccess: String?
    /// The latest error's words.
    package let lastError: String?
    /// Requests of the last poll of burn windows.
    package let requestsLastPoll: Int
    /// Bytes of that poll's answers.
    package let bytesLastPoll: Int
  }

  /// The version of the format.
  package let schema: Int
  /// The time of the evaluation, RFC 3339.
  package let at: String
  /// All services, by name.
  package let services: [String]
  /// The SLOs, in the order of the configuration.
  package let slos: [ServiceLevel]
  /// The sources, in the order of the configuration.
  package let sources: [Source]

  /// Reads what a run printed.
  ///
  /// - Throws: `ServerProcess.Failure` with what was printed instead.
  package init(_ run: BurnwatchRun) throws {
    do {
      self = try JSONDecoder().decode(StatusDocument.self, from: Data(run.output))
    } catch {
      throw ServerProcess.Failure(
        "status ended with \(run.exitCode) and said \(run.complaint); \(error)")
    }
  }

  /// The service level of an id.
  ///
  /// - Throws: `ServerProcess.Failure` when there is none.
  package func slo(_ id: String) throws -> ServiceLevel {
    guard let found = slos.first(where: { $0.id == id }) else {
      throw ServerProcess.Failure("status names no \(id)")
    }
    return found
  }
}
