internal import Foundation

/// What `burnwatch status --format json` prints, as a consumer reads it.
package struct StatusDocument: Decodable, Sendable {
  /// One service level.
  package struct ServiceLevel: Decodable, Sendable {
    package let id: String
    package let service: String
    package let name: String
    package let sli: String
    package let objective: Double
    package let window: String
    package let timeZone: String?
    package let from: String?
    package let to: String?
    package let state: String
    package let reason: String?
    package let observedAt: String?
    package let coverage: Double?
    package let windows: [String: WindowFigures]
    package let budget: BudgetFigures
    package let forecast: ForecastFigures
    package let conditions: [Condition]
    package let zone: String?
    package let lowTraffic: Bool
    package let source: String
  }

  /// The figures of one window.
  package struct WindowFigures: Decodable, Sendable {
    package let total: Double?
    package let bad: Double?
    package let errorRatio: Double?
    package let burnRate: Double?
    package let via: String?
    package let at: String?
  }

  /// The error budget.
  package struct BudgetFigures: Decodable, Sendable {
    package let remaining: Double?
    package let consumed: Double?
    package let allowedBad: Double?
    package let badLeft: Double?
    package let minutes: Double?
    package let minutesLeft: Double?
  }

  /// The forecast.
  package struct ForecastFigures: Decodable, Sendable {
    package let hoursToExhaustion: Double?
    package let basis: String
  }

  /// A burn-rate condition.
  package struct Condition: Decodable, Hashable, Sendable {
    package let severity: String
    package let factor: Double
    package let long: String
    package let short: String
    package let active: Bool

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
    package let name: String
    package let type: String
    package let state: String
    package let lastSuccess: String?
    package let lastError: String?
    package let requestsLastPoll: Int
    package let bytesLastPoll: Int
  }

  package let schema: Int
  package let at: String
  package let services: [String]
  package let slos: [ServiceLevel]
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
