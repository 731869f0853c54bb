internal import Reliability

/// Asks PagerDuty's REST API, version 2: address, fields, credentials, resilience, decoding.
///
/// Reads are tried again after failures that may pass. Writes are not: whether one whose answer was lost
/// has been carried out is not known, and only a look can tell.
struct PagerDutyClient: Sendable {
  let guardian: ResilienceGuard
  /// What the latest answers said of the key's rate limit.
  let gauge: AllowanceGauge
  private let settings: SourceSettings
  private let address: SourceAddress
  private let transport: any HTTPTransport
  private let secrets: SecretResolver
  private let clock: any WallClock

  /// Makes a client of the settings' first URL.
  ///
  /// - Throws: `ConnectorError.unusableAddress`.
  init(
    settings: SourceSettings, transport: any HTTPTransport, secrets: SecretResolver,
    clock: any WallClock, random: @escaping @Sendable () -> Double
  ) throws(ConnectorError) {
    address = try SourceAddress(settings.urls.first ?? "")
    guardian = ResilienceGuard(
      Resilience(policy: Resilience.Policy(settings.limits)), clock: clock, random: random,
      words: { $0.pagerDutyMessage })
    gauge = AllowanceGauge()
    self.settings = settings
    self.transport = transport
    self.secrets = secrets
    self.clock = clock
  }

  /// A decoded answer, with how the server's clock stands to ours.
  struct Reply<Value: Sendable>: Sendable {
    let value: Value
    let skew: ClockSkew?
  }

  /// The version of the API is chosen by the field `Accept`.
  private static let version = "application/vnd.pagerduty+json;version=2"

  /// Shuts the connections.
  func close() async { await transport.close() }

  // MARK: - One exchange

  /// Reads, again after failures that may pass.
  func get<Value: Sendable>(
    _ path: String, _ parameters: [(String, String)] = [], into ledger: TrafficLedger,
    _ read: @Sendable (HTTPAnswer) throws(ConnectorError) -> Value
  ) async throws(ConnectorError) -> Reply<Value> {
    let query = String(decoding: FormEncoding.body(parameters), as: UTF8.self)
    let target = query.isEmpty ? path : "\(path)?\(query)"
    return try await guardian.perform { () async throws(ConnectorError) -> Reply<Value> in
      try await send("GET", target, [], ledger, read)
    }
  }

  /// Writes, once.
  func write<Value: Sendable>(
    _ method: String, _ path: String, _ body: [UInt8], into ledger: TrafficLedger,
    _ read: @Sendable (HTTPAnswer) throws(ConnectorError) -> Value
  ) async throws(ConnectorError) -> Value {
    try await guardian.performOnce { () async throws(ConnectorError) -> Reply<Value> in
      try await send(method, path, body, ledger, read)
    }.value
  }

  /// Asks again once with secrets that were read anew: what was not let in was not carried out either.
  private func send<Value: Sendable>(
    _ method: String, _ target: String, _ body: [UInt8], _ ledger: TrafficLedger,
    _ read: @Sendable (HTTPAnswer) throws(ConnectorError) -> Value
  ) async throws(ConnectorError) -> Reply<Value> {
    let first = try await exchange(method, target, body, ledger)
    guard first.answer.status == 401, !first.credentials.isEmpty else {
      return try reply(first, read)
    }
    await first.credentials.forget(in: secrets)
    return try reply(try await exchange(method, target, body, ledger), read)
  }

  /// An answer as it came, and what it was asked with.
  private struct Exchange {
    let answer: HTTPAnswer
    let credentials: Credentials
    let skew: ClockSkew?
  }

  private func exchange(
    _ method: String, _ target: String, _ body: [UInt8], _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> Exchange {
    let credentials = try await Credentials(of: settings, from: secrets)
    let request = HTTPRequest(
      method: method, url: address.url(target),
      headers: [
        HTTPField("Accept", PagerDutyClient.version),
        HTTPField("Content-Type", "application/json"), HTTPField("Accept-Encoding", "gzip"),
      ] + onBehalf(of: method) + credentials.fields,
      body: body, timeout: settings.timeout, answerLimit: settings.limits.responseBytes)
    let sent = clock.now
    ledger.recordRequest()
    let answer = try await answer(to: request)
    let received = clock.now
    ledger.recordAnswer(
      bytes: answer.body.count, latency: max(received - sent, .zero).inSeconds)
    gauge.note(RequestAllowance(answer), at: received)
    return Exchange(
      answer: answer, credentials: credentials,
      skew: answer.clockSkew(sent: sent, received: received))
  }

  /// Whom a write is done for; reads need nobody.
  private func onBehalf(of method: String) -> [HTTPField] {
    guard method != "GET", let from = settings.from else { return [] }
    return [HTTPField("From", from)]
  }

  private func answer(to request: HTTPRequest) async throws(ConnectorError) -> HTTPAnswer {
    do throws(ConnectorError) {
      return try await transport.exchange(request)
    } catch {
      guard case .unreadable(let reason, _) = error else { throw error }
      throw PagerDutyAnswer.unreadable(reason)
    }
  }

  private func reply<Value: Sendable>(
    _ exchange: Exchange, _ read: (HTTPAnswer) throws(ConnectorError) -> Value
  ) throws(ConnectorError) -> Reply<Value> {
    do throws(ConnectorError) {
      guard (200..<300).contains(exchange.answer.status) else {
        throw PagerDutyAnswer.failure(exchange.answer)
      }
      return Reply(value: try read(exchange.answer), skew: exchange.skew)
    } catch {
      throw exchange.credentials.concealed(error)
    }
  }

  /// The operator's own parameters, such as the teams that are looked at.
  var ownParameters: [(String, String)] { settings.parameters.map { ($0.name, $0.value) } }
}
