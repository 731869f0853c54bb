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
  }

  /// Asks, with retries, and writes what it cost into a ledger.
  package func ask(
    _ question: Question, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> Reply {
    try await guardian.perform { () async throws(ConnectorError) -> Reply in
      let (answer, used) = try await exchange(question, ledger)
      guard answer.status == 401, !used.isEmpty else { return try reply(answer, used) }
      for credential in used {
        await secrets.forget(credential.secret, value: credential.value)
      }
      let (second, fresh) = try await exchange(question, ledger)
      return try reply(second, fresh)
    }
  }

  private func reply(
    _ answer: HTTPAnswer, _ used: [Credential]
  ) throws(ConnectorError) -> Reply {
    do throws(ConnectorError) {
      return Reply(
        answer: try PrometheusAnswer(answer),
        isVictoriaMetrics: answer.field("x-server-hostname") != nil)
    } catch {
      throw error.concealing(used.flatMap(\.spellings))
    }
  }

  private func exchange(
    _ question: Question, _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> (HTTPAnswer, [Credential]) {
    let (fields, used) = try await credentials()
    let request = HTTPRequest(
      method: "POST", url: address.url(question.path),
      headers: [
        HTTPField("Content-Type", "application/x-www-form-urlencoded"),
        HTTPField("Accept", "application/json"), HTTPField("Accept-Encoding", "gzip"),
      ] + fields,
      body: FormEncoding.body(question.parameters + extraParameters),
      timeout: settings.timeout, answerLimit: settings.limits.responseBytes)
    let start = clock.now
    ledger.recordRequest()
    let answer = try await transport.exchange(request)
    ledger.recordAnswer(bytes: answer.body.count, latency: (clock.now - start).inSeconds)
    return (answer, used)
  }

  /// The server's own time-out ends a little before ours, so that it says why.
  private var extraParameters: [(String, String)] {
    let limit = settings.timeout.inSeconds * 0.9
    return [("timeout", "\(limit)")] + settings.parameters.map { ($0.name, $0.value) }
  }

  private func credentials() async throws(ConnectorError) -> ([HTTPField], [Credential]) {
    do throws(SecretError) {
      var fields: [HTTPField] = []
      var used: [Credential] = []
      for header in settings.headers {
        let value = try await secrets.value(of: header.value)
        fields.append(HTTPField(header.name, value))
        used.append(Credential(secret: header.value, value: value))
      }
      switch settings.auth {
      case .none: break
      case .bearer(let secret):
        let value = try await secrets.value(of: secret)
        fields.append(HTTPField("Authorization", "Bearer \(value)"))
        used.append(Credential(secret: secret, value: value))
      case .basic(let username, let secret):
        let value = try await secrets.value(of: secret)
        let encoded = Base64.text(Array("\(username):\(value)".utf8))
        fields.append(HTTPField("Authorization", "Basic \(encoded)"))
        used.append(Credential(secret: secret, value: value, encoded: encoded))
      }
      return (fields, used)
    } catch {
      throw .secret(error)
    }
  }
}

/// A secret with the value that went into a request.
private struct Credential {
  let secret: Secret
  let value: String
  /// What was sent in place of the value, where that is not the value itself.
  var encoded: String?

  /// The texts that give the secret away; a server may drop the padding of Base64.
  var spellings: [String] {
    [value] + (encoded.map { [$0, String($0.prefix { $0 != "=" })] } ?? [])
  }
}

extension ConnectorError {
  /// The same error without secrets that a server may have echoed.
  fileprivate func concealing(_ secrets: [String]) -> ConnectorError {
    func concealed(_ text: String) -> String {
      secrets.filter { $0.utf8.count >= 4 }.reduce(text) { $0.replacing($1, with: "…") }
    }
    switch self {
    case .status(let status, let text, let retryAfter):
      return .status(status, text: concealed(text), retryAfter: retryAfter)
    case .refused(let refusal):
      return .refused(
        Refusal(
          status: refusal.status, type: refusal.type, message: concealed(refusal.message)))
    case .unreadable(let reason): return .unreadable(reason: concealed(reason))
    case .redirected(let status, let target):
      return .redirected(status: status, target: target.map(concealed))
    case .unusableAddress, .unreachable, .timedOut, .untrusted, .answerTooLarge, .secret,
      .leftAlone, .cancelled:
      return self
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
