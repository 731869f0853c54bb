internal import Foundation
package import Reliability

/// Asks one server what time it has, who it is and how long it keeps data; each once, no retries.
package struct PrometheusProbe: Sendable {
  private let settings: SourceSettings
  private let address: SourceAddress
  private let transport: any HTTPTransport
  private let secrets: SecretResolver
  private let clock: any WallClock

  /// Makes a probe; nothing is asked yet.
  ///
  /// - Throws: `ConnectorError.unusableAddress` when the settings' first URL cannot be asked.
  package init(
    settings: SourceSettings, transport: any HTTPTransport, secrets: SecretResolver,
    clock: any WallClock
  ) throws(ConnectorError) {
    self.settings = settings
    address = try SourceAddress(settings.urls.first ?? "")
    self.transport = transport
    self.secrets = secrets
    self.clock = clock
  }

  /// An answer to the smallest query there is.
  package struct Contact: Hashable, Sendable {
    /// The time from question to answer.
    package let latency: Duration
    /// How the server's clock stands to ours; `nil` when the answer tells no time.
    package let skew: ClockSkew?
    /// Whether the answer has VictoriaMetrics's own field.
    package let isVictoriaMetrics: Bool

    /// Makes a contact.
    package init(latency: Duration, skew: ClockSkew?, isVictoriaMetrics: Bool = false) {
      self.latency = latency
      self.skew = skew
      self.isVictoriaMetrics = isVictoriaMetrics
    }
  }

  /// Asks `time()`, evaluated at the server's own now: that queries are answered, and its clock.
  ///
  /// - Throws: The reason why there is no answer, without secrets.
  package func contact() async throws(ConnectorError) -> Contact {
    let credentials = try await Credentials(of: settings, from: secrets)
    let parameters = settings.parameters.map { ($0.name, $0.value) }
    let request = HTTPRequest.query(
      address.url("/api/v1/query"), [("query", "time()")] + parameters, credentials, settings)
    let sent = clock.now
    let answer = try await transport.exchange(request)
    let received = clock.now
    do throws(ConnectorError) {
      let value = try PrometheusAnswer(answer).number
      return Contact(
        latency: received - sent, skew: skew(value, answer, sent: sent, received: received),
        isVictoriaMetrics: answer.isVictoriaMetrics)
    } catch {
      throw credentials.concealed(error)
    }
  }

  /// VictoriaMetrics evaluates half a minute ago (`-search.latencyOffset`), so its `Date` counts.
  private func skew(
    _ value: Double?, _ answer: HTTPAnswer, sent: Timestamp, received: Timestamp
  ) -> ClockSkew? {
    if !answer.isVictoriaMetrics, let time = value.flatMap(Timestamp.init(seconds:)) {
      return ClockSkew(
        serverTime: time, precision: .milliseconds(1), sent: sent, received: received)
    }
    return answer.clockSkew(sent: sent, received: received)
  }

  /// Asks for the build and the retention; whatever the server refuses stays unknown.
  package func profile(isVictoriaMetrics: Bool) async -> ServerProfile {
    let build: BuildInfo? = await status("buildinfo")
    let kind = ServerKind(
      application: build?.application, version: build?.version,
      isVictoriaMetrics: isVictoriaMetrics)
    let version = build?.version.flatMap { $0.isEmpty ? nil : $0 }
    let retention =
      isVictoriaMetrics ? await victoriaMetricsRetention() : await prometheusRetention()
    return ServerProfile(kind: kind, version: version, retention: retention)
  }

  private func prometheusRetention() async -> Retention? {
    let runtime: RuntimeInfo? = await status("runtimeinfo")
    if let text = runtime?.storageRetention { return Retention(prometheus: text) }
    let flags: [String: String]? = await status("flags")
    return flags?["storage.tsdb.retention.time"].flatMap(Retention.init(prometheus:))
  }

  /// The flags that were set, a line each, at the server's root whatever the path of its API.
  private func victoriaMetricsRetention() async -> Retention? {
    let root = "\(address.isSecure ? "https" : "http")://\(address.authority)"
    guard let body = await get("\(root)/flags") else { return nil }
    let prefix = "-retentionPeriod="
    let line = String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix(prefix) }
    let value = line?.dropFirst(prefix.count).trimmingCharacters(in: ["\""])
    return value.flatMap(Retention.init(victoriaMetrics:))
  }

  private func status<Value: Decodable>(_ topic: String) async -> Value? {
    guard let body = await get(address.url("/api/v1/status/\(topic)")) else { return nil }
    return try? JSONDecoder().decode(StatusAnswer<Value>.self, from: Data(body)).data
  }

  /// The body of a page, where there is one.
  private func get(_ url: String) async -> [UInt8]? {
    guard let credentials = try? await Credentials(of: settings, from: secrets) else { return nil }
    let request = HTTPRequest(
      method: "GET", url: url,
      headers: [HTTPField("Accept-Encoding", "gzip")] + credentials.fields, body: [],
      timeout: settings.timeout, answerLimit: settings.limits.responseBytes)
    guard let answer = try? await transport.exchange(request), answer.status == 200 else {
      return nil
    }
    return answer.body
  }
}

private struct StatusAnswer<Value: Decodable>: Decodable {
  let data: Value?
}

private struct BuildInfo: Decodable {
  let application: String?
  let version: String?
}

private struct RuntimeInfo: Decodable {
  let storageRetention: String?
}

extension PrometheusAnswer {
  /// The one number of a scalar, or of the first series of a vector.
  fileprivate var number: Double? {
    switch result {
    case .scalar(let sample): sample.value
    case .vector(let series), .matrix(let series): series.first?.samples.last?.value
    case .string: nil
    }
  }
}
