// What async-http-client and NIO throw, as our own cases.

internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL

extension ConnectorError {
  /// Sorts a library's error; what is not known by name counts as a broken connection.
  init(_ error: any Error, request: HTTPRequest) {
    switch error {
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError: self = ConnectorError.client(error, request)
    case let error as NIOConnectionError:
      let reasons = error.connectionErrors.map { ConnectorError.reason($0.error) }
      let failure = reasons.first ?? "the name \(Excerpt(error.host)) cannot be resolved"
      self = .unreachable(reason: failure)
    case is NIOTooManyBytesError: self = .answerTooLarge(limit: request.answerLimit)
    case let error as NIOSSLError: self = .untrusted(reason: ConnectorError.words(error))
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      self = .untrusted(
        reason: "the server's certificate is not for this host; set tls.serverName to a name in it")
    case let error as BoringSSLError: self = .untrusted(reason: ConnectorError.words(error))
    default: self = ConnectorError.other(error, request)
    }
  }

  private static func client(_ error: HTTPClientError, _ request: HTTPRequest) -> ConnectorError {
    switch error {
    case .cancelled: .cancelled
    case .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
      .getConnectionFromPoolTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
      .timedOut(request.timeout)
    case .remoteConnectionClosed: .unreachable(reason: "the server closed the connection")
    case .proxyAuthenticationRequired:
      .unreachable(reason: "the proxy wants a user name and password")
    case .invalidProxyResponse: .unreachable(reason: "the proxy refused the connection")
    default: .unreachable(reason: error.shortDescription.lowercased())
    }
  }

  private static func other(_ error: any Error, _ request: HTTPRequest) -> ConnectorError {
    if case NIOHTTPDecompression.DecompressionError.limit = error {
      return .answerTooLarge(limit: request.answerLimit)
    }
    if error is NIOHTTPDecompression.DecompressionError
      || error is NIOHTTPDecompression.ExtraDecompressionError
    {
      return .unreadable(reason: "it is not the gzip it says it is")
    }
    return .unreachable(reason: reason(error))
  }

  private static func reason(_ error: any Error) -> String {
    if let error = error as? IOError { return systemWords(error.errnoCode) }
    if error is ChannelError { return "the connection was not made in time" }
    if let error = error as? HTTPParserError { return words(error) }
    return Excerpt(String(describing: error)).bare
  }

  /// The system's words for an error number, such as `connection refused`.
  private static func systemWords(_ code: CInt) -> String {
    String(cString: strerror(code)).lowercased()
  }

  private static func words(_ error: HTTPParserError) -> String {
    switch error {
    case .invalidEOFState, .closedConnection:
      "the server closed the connection in the middle of an answer"
    case .invalidChunkSize: "the answer's chunks are broken, perhaps by a proxy on the way"
    default: "the server does not speak HTTP"
    }
  }

  private static func words(_ error: any Error) -> String {
    let text = String(describing: error)
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return "the server's certificate is not trusted; check its dates, "
        + "or set tls.caFile to the CA that signed it"
    }
    if text.contains("CERTIFICATE_REQUIRED") || text.contains("HANDSHAKE_FAILURE") {
      return "the server wants a client certificate; set tls.certFile and tls.keyFile"
    }
    if text.contains("WRONG_VERSION_NUMBER") { return "the server does not speak TLS on this port" }
    return Excerpt(text).bare
  }
}
