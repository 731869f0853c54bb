package import Reliability

/// Asks one server of Prometheus's kind: address, parameters, credentials, decoding.
package struct PrometheusClient: Sendable {
  private let settings: SourceSettings
  private let address: SourceAddress
  private let transport: any HTTPTransport
  private let secrets: SecretResolver
  private let guardian: ResilienceGuard
  private let clock: any WallClock

  /// Makes a client.
  ///
  /// - Throws: `ConnectorError.unusableAddress` when the settings' first URL cannot be asked.
  package init(
    settings: SourceSettings, transport: any HTTPTransport, secrets: SecretResolver,
    guardian: ResilienceGuard, clock: any WallClock
  ) throws(ConnectorError) {
    self.settings = settings
    address = try SourceAddress(settings.urls.first ?? "")
    self.transport = transport
    self.secrets = secrets
    self.guardian = guardian
    self.clock = clock
  }

  /// A query with its times.
  package enum Question: Hashable, Sendable {
    /// A query evaluated at one instant.
    case instant(String, at: Timestamp)
    /// Both ends are included.
    case range(String, from: Timestamp, to: Timestamp, step: Window)

    var path: String {
      switch self {
      case .instant: "/api/v1/query"
      case .range: "/api/v1/query_range"
      }
    }

    var parameters: [(String, String)] {
      switch self {
      case .instant(let query, let at): [("query", query), ("time", at.unixText)]
      case .range(let query, let from, let to, let step):
        [
          ("query", query), ("start", from.unixText), ("end", to.unixText),
          ("step", String(step.seconds)),
        ]
      }
    }
  }

  /// An answer and what kind of server gave it.
  package struct Reply: Hashable, Sendable {
    /// The decoded answer.
    package let answer: PrometheusAnswer
    /// Whether the answer has VictoriaMetrics's own field `X-Server-Hostname`.
    package let isVictoriaMetrics: Bool
    /// How the server's clock stands to ours, by the answer's `Date`; `nil` without one.
    package let skew: ClockSkew?
  }

  /// Asks, with retries, and writes what it cost into a ledger.
  package func ask(
    _ question: Question, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> Reply {
    try await guardian.perform { () async throws(ConnectorError) -> Reply in
      let first = try await exchange(question, ledger)
      guard first.answer.status == 401, !first.credentials.isEmpty else {
        return try reply(first)
      }
      await first.credentials.forget(in: secrets)
      return try reply(try await exchange(question, ledger))
    }
  }

  /// An answer as it came, and what it was asked with.
  private struct Exchange {
    let answer: HTTPAnswer
    let credentials: Credentials
    let sent: Timestamp
    let received: Timestamp
  }

  private func reply(_ exchange: Exchange) throws(ConnectorError) -> Reply {
    let answer = exchange.answer
    do throws(ConnectorError) {
      return Reply(
        answer: try PrometheusAnswer(answer), isVictoriaMetrics: answer.isVictoriaMetrics,
        skew: answer.clockSkew(sent: exchange.sent, received: exchange.received))
    } catch {
      throw exchange.credentials.concealed(error)
    }
  }

  private func exchange(
    _ question: Question, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> Exchange {
    let credentials = try await Credentials(of: settings, from: secrets)
    let request = HTTPRequest.query(
      address.url(question.path), question.parameters + extraParameters, credentials, settings)
    let sent = clock.now
    ledger.recordRequest()
    let answer = try await transport.exchange(request)
    let received = clock.now
    // The clock may have been set back meanwhile.
    let latency = max(received - sent, .zero)
    ledger.recordAnswer(bytes: answer.body.count, latency: latency.inSeconds)
    return Exchange(
      answer: answer, credentials: credentials, sent: sent, received: received)
  }

  /// The server's own time-out ends a little before ours, so that it says why.
  private var extraParameters: [(String, String)] {
    let limit = settings.timeout.inSeconds * 0.9
    return [("timeout", "\(limit)")] + settings.parameters.map { ($0.name, $0.value) }
  }
}

extension HTTPRequest {
  /// A query with its parameters in a form.
  static func query(
    _ url: String, _ parameters: [(String, String)], _ credentials: Credentials,
    _ settings: SourceSettings
  ) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: url,
      headers: [
        HTTPField("Content-Type", "application/x-www-form-urlencoded"),
        HTTPField("Accept", "application/json"), HTTPField("Accept-Encoding", "gzip"),
      ] + credentials.fields,
      body: FormEncoding.body(parameters), timeout: settings.timeout,
      answerLimit: settings.limits.responseBytes)
  }
}

extension HTTPAnswer {
  /// Whether the answer has VictoriaMetrics's own field `X-Server-Hostname`.
  var isVictoriaMetrics: Bool { field("x-server-hostname") != nil }

  /// How the clock behind the `Date` field stands to ours; the field has whole seconds.
  func clockSkew(sent: Timestamp, received: Timestamp) -> ClockSkew? {
    field("date").flatMap(HTTPDate.timestamp).map { time in
      ClockSkew(serverTime: time, precision: .seconds(1), sent: sent, received: received)
    }
  }
}

extension Timestamp {
  /// Unix seconds with three decimals, as query parameters want them.
  var unixText: String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: max(0, 3 - rest.count)))\(rest)"
  }
}
