internal import Reliability

/// Asks one server that answers paths with JSON: address, credentials, resilience.
struct APIClient: Sendable {
  let address: SourceAddress
  let guardian: ResilienceGuard
  private let settings: SourceSettings
  private let transport: any HTTPTransport
  private let secrets: SecretResolver
  private let clock: any WallClock
  private let failure: @Sendable (HTTPAnswer) -> ConnectorError

  /// Makes a client of the settings' first URL.
  ///
  /// - Parameters:
  ///   - settings: How the server is reached.
  ///   - transport: The way out.
  ///   - secrets: Where credentials come from.
  ///   - clock: The clock of pauses and latencies.
  ///   - random: Numbers in 0..<1, for jitter.
  ///   - failure: Reads the API's own way of saying no.
  /// - Throws: `ConnectorError.unusableAddress`.
  init(
    settings: SourceSettings, transport: any HTTPTransport, secrets: SecretResolver,
    clock: any WallClock, random: @escaping @Sendable () -> Double,
    failure: @escaping @Sendable (HTTPAnswer) -> ConnectorError
  ) throws(ConnectorError) {
    address = try SourceAddress(settings.urls.first ?? "")
    guardian = ResilienceGuard(
      Resilience(policy: Resilience.Policy(settings.limits)), clock: clock, random: random)
    self.settings = settings
    self.transport = transport
    self.secrets = secrets
    self.clock = clock
    self.failure = failure
  }

  /// An answer of the API, with how the server's clock stands to ours.
  struct Reply: Sendable {
    let answer: HTTPAnswer
    let skew: ClockSkew?
  }

  /// Reads, again after failures that may pass.
  func get(
    _ path: String, _ parameters: [(String, String)] = [], into ledger: TrafficLedger
  ) async throws(ConnectorError) -> Reply {
    let extra = settings.parameters.map { ($0.name, $0.value) }
    let query = String(decoding: FormEncoding.body(parameters + extra), as: UTF8.self)
    let target = query.isEmpty ? path : "\(path)?\(query)"
    return try await guardian.perform { () async throws(ConnectorError) -> Reply in
      try await send("GET", target, [], ledger)
    }
  }

  /// Writes, once: whether an attempt that broke was carried out is not known, and only a look can tell.
  func write(
    _ method: String, _ path: String, _ body: [UInt8] = [], into ledger: TrafficLedger
  ) async throws(ConnectorError) -> HTTPAnswer {
    try await guardian.performOnce { () async throws(ConnectorError) -> HTTPAnswer in
      try await send(method, path, body, ledger).answer
    }
  }

  /// Shuts the connections.
  func close() async { await transport.close() }

  private func send(
    _ method: String, _ target: String, _ body: [UInt8], _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> Reply {
    let first = try await Credentials(of: settings, from: secrets)
    let reply = try await exchange(method, target, body, first, ledger)
    guard reply.answer.status == 401, !first.isEmpty else { return try checked(reply, first) }
    await first.forget(in: secrets)
    let second = try await Credentials(of: settings, from: secrets)
    return try checked(try await exchange(method, target, body, second, ledger), second)
  }

  private func exchange(
    _ method: String, _ target: String, _ body: [UInt8], _ credentials: Credentials,
    _ ledger: TrafficLedger
  ) async throws(ConnectorError) -> Reply {
    let content = body.isEmpty ? [] : [HTTPField("Content-Type", "application/json")]
    let request = HTTPRequest(
      method: method, url: address.url(target),
      headers: content + [
        HTTPField("Accept", "application/json"), HTTPField("Accept-Encoding", "gzip"),
      ] + credentials.fields,
      body: body, timeout: settings.timeout, answerLimit: settings.limits.responseBytes)
    let sent = clock.now
    ledger.recordRequest()
    let answer = try await transport.exchange(request)
    let received = clock.now
    ledger.recordAnswer(
      bytes: answer.body.count, latency: max(received - sent, .zero).inSeconds)
    return Reply(answer: answer, skew: answer.clockSkew(sent: sent, received: received))
  }

  private func checked(
    _ reply: Reply, _ credentials: Credentials
  ) throws(ConnectorError) -> Reply {
    guard !(200..<300).contains(reply.answer.status) else { return reply }
    throw credentials.concealed(failure(reply.answer))
  }
}
