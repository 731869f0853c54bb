package import Reliability

/// Why a request brought no answer that can be used; each case carries what its sentence needs.
package enum ConnectorError: Error, Hashable, Sendable {
  /// The configured address cannot be asked; the reason says why.
  case unusableAddress(String, reason: String)
  /// No connection, or one that broke.
  case unreachable(reason: String)
  /// No whole answer within the limit.
  case timedOut(Duration)
  /// The TLS handshake or a certificate file failed.
  case untrusted(reason: String)
  /// The body exceeds a limit in bytes.
  case answerTooLarge(limit: Int)
  /// A redirection, which is never followed: credentials would travel along.
  case redirected(status: Int, target: String?)
  /// A status that says no, with the body's text where it had any.
  case status(Int, text: String, retryAfter: Duration?)
  /// The server understood the question and refused it.
  case refused(Refusal)
  /// An answer in another format than promised by whose API it is.
  case unreadable(reason: String, api: String = "Prometheus")
  /// A credential could not be had, so nothing was sent.
  case secret(SecretError)
  /// The source is left alone until an instant, because of what went wrong before.
  case leftAlone(until: Timestamp, reason: String)
  /// Whoever asked wants no answer any more.
  case cancelled
}

/// An error in Prometheus's own format.
package struct Refusal: Error, Hashable, Sendable {
  /// The HTTP status of the answer.
  package let status: Int
  /// Prometheus's error type, or VictoriaMetrics's status as text.
  package let type: String
  /// The server's words, of any length.
  package let message: String

  /// Makes a refusal.
  package init(status: Int, type: String, message: String) {
    self.status = status
    self.type = type
    self.message = message
  }

  /// What a refusal calls for.
  package enum Kind: Hashable, Sendable {
    /// The expression is wrong: asking again the same way would not help.
    case badQuery
    /// The query is longer than the server accepts.
    case tooLong
    /// The query reads more than the server allows at once.
    case tooHeavy
    /// The server cannot answer at the moment.
    case serverTrouble
  }

  /// What this refusal calls for, by status and the servers' known words.
  ///
  /// VictoriaMetrics puts the status into the type, so the status decides and not the type's name.
  package var kind: Kind {
    let isAboutQuery = status == 400 || status == 422
    let words = message.lowercased()
    if status == 413 || status == 414 || words.contains("too long query") { return .tooLong }
    if type == "timeout" || words.contains("query timed out") { return .tooHeavy }
    guard isAboutQuery else { return .serverTrouble }
    let isHeavy = Refusal.heavyWords.contains(where: words.contains)
    return isHeavy ? .tooHeavy : .badQuery
  }

  private static let heavyWords = [
    "too many samples", "exceeded maximum resolution", "maxsamplesperquery",
    "maxuniquetimeseries", "maxmemoryperquery", "the query exceeded the maximum",
    "err-mimir-max",
  ]
}

extension ConnectorError {
  /// Whether the source itself is in trouble, in contrast to one question or the configuration.
  package var isOutage: Bool {
    switch self {
    case .unreachable, .timedOut, .untrusted, .unreadable: true
    case .status(let status, _, _): status == 429 || status >= 500
    case .refused(let refusal): refusal.kind == .serverTrouble
    case .unusableAddress, .answerTooLarge, .redirected, .secret, .leftAlone, .cancelled: false
    }
  }

  /// Whether the same request may succeed a moment later.
  ///
  /// A time-out is not retried: it took as long as a whole poll may, and the next poll asks again.
  package var isTransient: Bool {
    switch self {
    case .unreachable: true
    case .status(let status, _, _): [429, 502, 503, 504].contains(status)
    case .refused(let refusal): refusal.kind == .serverTrouble
    case .timedOut, .untrusted, .unreadable, .unusableAddress, .answerTooLarge, .redirected,
      .secret, .leftAlone, .cancelled:
      false
    }
  }

  /// How long the server asked to be left alone.
  package var retryAfter: Duration? {
    if case .status(_, _, let retryAfter) = self { retryAfter } else { nil }
  }
}
