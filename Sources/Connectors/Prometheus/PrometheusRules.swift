internal import Foundation
internal import Reliability

/// The answer of `GET /api/v1/rules`, read into our own types.
enum PrometheusRules {
  /// Reads rules and their alerts.
  ///
  /// - Throws: `ConnectorError.unreadable`, or `refused` for an error in Prometheus's format.
  static func report(
    _ answer: HTTPAnswer, server: String
  ) throws(ConnectorError) -> AlertReport {
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(answer.body)),
      envelope.status == "success", let groups = envelope.data?.groups
    else {
      throw .unreadable(reason: answer.beginning)
    }
    var pool = StringPool()
    let wires = groups.flatMap { $0.rules ?? [] }.compactMap(\.value).filter {
      $0.type == "alerting"
    }
    let rules = wires.map { wire in
      AlertRule(
        name: wire.name, query: wire.query ?? "", labels: pool.shared(wire.labels ?? [:]),
        failure: wire.health == "err" ? wire.lastError ?? "it cannot be evaluated" : nil)
    }
    let alerts = wires.flatMap { wire in
      (wire.alerts ?? []).compactMap { $0.value?.alert(server, wire.pendingTime, &pool) }
    }
    let broken = rules.filter { $0.failure != nil }.map { rule in
      "the rule \(rule.name) cannot be evaluated: \(Excerpt(rule.failure ?? "", limit: 120).bare)"
    }
    // A rule that was not evaluated since the start of the server has no alerts yet.
    let isWarm = !wires.contains { $0.health == "unknown" }
    return AlertReport(
      alerts: alerts, isAuthoritative: isWarm, remarks: Set(broken).sorted(), rules: rules)
  }

  /// Errors come in Prometheus's envelope, as plain text or from a proxy.
  static func failure(_ answer: HTTPAnswer) -> ConnectorError {
    if let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(answer.body)),
      let message = envelope.error
    {
      return .status(answer.status, text: message, retryAfter: nil)
    }
    return AlertmanagerAnswer.failure(answer)
  }

  private struct Envelope: Decodable {
    struct Content: Decodable {
      let groups: [Group]?
    }

    let status: String
    let data: Content?
    let error: String?
  }

  private struct Group: Decodable {
    let rules: [Lossy<Rule>]?
  }

  private struct Rule: Decodable {
    let type: String
    let name: String
    let query: String?
    let labels: [String: String]?
    let health: String?
    let lastError: String?
    /// How long its expression must hold before it fires (`for`), in seconds.
    let duration: Double?
    let alerts: [Lossy<WireAlert>]?

    var pendingTime: Duration {
      .milliseconds(Int64(min(max(duration ?? 0, 0), 365 * 86_400) * 1000))
    }
  }

  private struct WireAlert: Decodable {
    let labels: [String: String]
    let annotations: [String: String]?
    let state: String
    let activeAt: String?

    func alert(
      _ server: String, _ pendingTime: Duration, _ pool: inout StringPool
    ) -> ReportedAlert? {
      guard state == "firing" || state == "pending",
        let active = activeAt.flatMap({ Timestamp(rfc3339: $0) })
      else { return nil }
      // `activeAt` is when the expression first held, also of one that fires by now.
      let start = state == "firing" ? active + pendingTime : active
      let labels = pool.shared(labels)
      return ReportedAlert(
        cluster: server, fingerprint: labels.fingerprint, labels: labels,
        annotations: pool.shared(annotations ?? [:]), isPending: state == "pending",
        startsAt: start)
    }
  }
}
