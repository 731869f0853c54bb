internal import AsyncHTTPClient
internal import NIOCore
internal import NIOFoundationCompat
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOSSL
package import Reliability

/// HTTP by async-http-client, set up for one source: its TLS, its proxy, its limits.
package struct ClientTransport: HTTPTransport {
  private let client: HTTPClient
  private let address: SourceAddress
  /// The host in the URL that the library connects for; `serverName` where one is set.
  private let serverName: String?

  /// Makes a transport.
  ///
  /// - Parameters:
  ///   - settings: The source; its first URL decides scheme and proxy.
  ///   - environment: The process's environment, for proxies.
  /// - Throws: `unusableAddress` or, for certificate files, `untrusted`.
  package init(
    settings: SourceSettings, environment: [String: String]
  ) throws(ConnectorError) {
    let address = try SourceAddress(settings.urls.first ?? "")
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.decompression = .enabled(limit: .size(settings.limits.responseBytes))
    configuration.timeout = .init(connect: settings.timeout.timeAmount)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
      max(settings.limits.concurrentRequests, 1)
    configuration.connectionPool.retryConnectionEstablishment = false
    let proxy = try ProxySettings.proxy(for: address, environment: environment)
    configuration.proxy = proxy.map(HTTPClient.Configuration.Proxy.init)
    if address.isSecure {
      configuration.tlsConfiguration = try TLSConfiguration.client(settings.tls)
    }
    if let serverName = settings.tls.serverName, address.isSecure {
      configuration.dnsOverride = [serverName: address.host]
    }
    self.address = address
    serverName = address.isSecure ? settings.tls.serverName : nil
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Sends a request over a pooled connection; HTTP/1.1 only, redirections are not followed.
  package func exchange(_ request: HTTPRequest) async throws(ConnectorError) -> HTTPAnswer {
    do {
      return try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
        group.addTask { try await answer(to: request) }
        // The library's own deadline ends with the head of an answer; a body may trickle forever.
        group.addTask {
          try await Task.sleep(for: request.timeout)
          throw HTTPClientError.deadlineExceeded
        }
        defer { group.cancelAll() }
        guard let answer = try await group.next() else { throw CancellationError() }
        return answer
      }
    } catch {
      throw ConnectorError(error, request: request)
    }
  }

  private func answer(to request: HTTPRequest) async throws -> HTTPAnswer {
    let response = try await client.execute(
      clientRequest(request), timeout: request.timeout.timeAmount)
    let limit = request.answerLimit
    let promised = response.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
    guard promised <= limit else { throw NIOTooManyBytesError(maxBytes: limit) }
    var body: [UInt8] = []
    for try await part in response.body {
      guard body.count + part.readableBytes <= limit else {
        throw NIOTooManyBytesError(maxBytes: limit)
      }
      body += part.readableBytesView
    }
    // A cancelled body ends early without an error.
    try Task.checkCancellation()
    return HTTPAnswer(
      status: Int(response.status.code),
      headers: response.headers.map { HTTPField($0.name, $0.value) }, body: body)
  }

  /// Shuts the client down; requests under way fail.
  package func close() async {
    try? await client.shutdown()
  }

  private func clientRequest(_ request: HTTPRequest) -> HTTPClientRequest {
    let url = serverName.map { address.moving(request.url, toHost: $0) } ?? request.url
    var result = HTTPClientRequest(url: url)
    result.method = HTTPMethod(rawValue: request.method)
    for field in request.headers { result.headers.add(name: field.name, value: field.value) }
    if !result.headers.contains(name: "User-Agent") {
      // Some servers answer a client without a name with a page for people.
      result.headers.add(name: "User-Agent", value: "burnwatch")
    }
    if serverName != nil, !result.headers.contains(name: "Host") {
      result.headers.add(name: "Host", value: address.authority)
    }
    if !request.body.isEmpty { result.body = .bytes(ByteBuffer(bytes: request.body)) }
    return result
  }
}

extension HTTPClient.Configuration.Proxy {
  fileprivate init(_ settings: ProxySettings) {
    switch settings.kind {
    case .socks5: self = .socksServer(host: settings.host, port: settings.port)
    case .http:
      let authorization = settings.username.map { username in
        HTTPClient.Authorization.basic(username: username, password: settings.password ?? "")
      }
      self = .server(host: settings.host, port: settings.port, authorization: authorization)
    }
  }
}

extension Duration {
  fileprivate var timeAmount: TimeAmount { .milliseconds(max(milliseconds, 1)) }
}
