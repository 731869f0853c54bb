package import Reliability

/// The alerting rules of a Prometheus server, or a relative, as a source of alerts: pending and firing.
///
/// Asked are rules and not alerts, because a rule that cannot be evaluated has no alerts and looks calm.
package actor PrometheusAlertSource: AlertHistorian {
  /// The name in the configuration; alerts carry it as their cluster.
  package nonisolated let name: String

  private let client: APIClient
  /// Whether the server has said that it knows no rules, as VictoriaMetrics does without vmalert.
  private var hasNoRules = false
  /// The rules as last seen.
  private var rules: [AlertRule] = []

  /// Makes a source; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - settings: How the server is reached.
  ///   - transport: The way out, a `ClientTransport` of the same settings.
  ///   - secrets: Where credentials come from.
  ///   - clock: The clock of pauses.
  ///   - random: Numbers in 0..<1, for jitter.
  /// - Throws: `ConnectorError.unusableAddress`.
  package init(
    settings: SourceSettings, transport: any HTTPTransport, secrets: SecretResolver,
    clock: any WallClock, random: @escaping @Sendable () -> Double
  ) throws(ConnectorError) {
    name = settings.name
    client = try APIClient(
      settings: settings, transport: transport, secrets: secrets, clock: clock, random: random,
      failure: PrometheusRules.failure)
  }

  /// Asks for all alerting rules with their alerts.
  package func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure> {
    guard !hasNoRules else { return .success(AlertReport(alerts: [], isAuthoritative: false)) }
    do throws(ConnectorError) {
      let answer = try await client.get(
        "/api/v1/rules", [("type", "alert")], into: TrafficLedger()
      ).answer
      let report = try PrometheusRules.report(answer, server: name)
      rules = report.rules ?? []
      return .success(report)
    } catch {
      // 400 and 404 are the answers of servers that evaluate no rules; that is no trouble.
      if case .status(let status, _, _) = error, [400, 404].contains(status) {
        hasNoRules = true
        return .success(AlertReport(alerts: [], isAuthoritative: false))
      }
      return .failure(.unavailable(error.message))
    }
  }

  /// The rule's values over six hours and its firings over seven days.
  package func history(
    of labels: LabelSet, at instant: Timestamp
  ) async -> Result<AlertHistory, ReadingFailure>? {
    guard let rule = rules.first(where: { $0.name == labels.alertName }) else { return nil }
    let ledger = TrafficLedger()
    do throws(ConnectorError) {
      let query = RuleHistory(rule: rule, labels: labels)
      let values = try await range(
        query.expression, RuleHistory.recent, RuleHistory.recentStep, at: instant, ledger)
      let firings = try await range(
        query.firingSeries, RuleHistory.past, RuleHistory.pastStep, at: instant, ledger)
      return .success(query.history(values: values, firings: firings, at: instant))
    } catch {
      return .failure(.unavailable(error.message))
    }
  }

  private func range(
    _ query: String, _ length: Window, _ step: Window, at instant: Timestamp,
    _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> [PrometheusAnswer.Series] {
    let parameters = [
      ("query", query), ("start", (instant - length.duration).unixText),
      ("end", instant.unixText), ("step", String(step.seconds)),
    ]
    let answer = try await client.get("/api/v1/query_range", parameters, into: ledger).answer
    return try PrometheusAnswer(answer).series
  }

  /// Nothing: the server's row is that of its metrics.
  package func health(at instant: Timestamp) async -> SourceHealth? { nil }

  /// Closes the connections; nothing is asked afterwards.
  package func close() async { await client.close() }
}
