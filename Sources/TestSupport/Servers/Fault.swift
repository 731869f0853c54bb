/// The ways in which a source, or the way to it, fails, with what the operator is then told.
///
/// The table in docs/reliability.md has a row for each. A source with the settings below is asked
/// through a fault server, by a name where that matters.
package enum Fault: String, CaseIterable, Sendable {
  /// A case's raw value is what happens, as docs/reliability.md names it.
  case refusal = "refuses connections"
  case silence = "accepts connections and never answers"
  case lateness = "answers after 30 s"
  case internalError = "answers 500"
  case unavailability = "answers 503 with plain text, as Prometheus does while it starts"
  case rateLimit = "answers 429 with Retry-After"
  case otherProtocol = "speaks something other than HTTP"
  case garbage = "answers 200 with garbage"
  case webPage = "answers 200 with a web page, as a login in front of it does"
  case halfBody = "sends half a body and closes"
  case tricklingBody = "sends a body in drops, without end"
  case endlessBody = "sends a body as fast as it is taken, without end"
  case gzipBomb = "sends a gzip bomb"
  case largeAnswer = "answers well, with 10 MB"
  case wrongType = "answers well, with the wrong content type"
  case wrongEncoding = "says gzip and sends none"
  case badChunks = "sends chunks whose sizes are no numbers"
  case redirection = "redirects to another host"
  case expiredCertificate = "shows a certificate that has expired"
  case otherCertificate = "shows a certificate for another name"
  case reset = "resets the connection in the middle of an answer"
  case lostName = "its name does not resolve"
  case lostNetwork = "the network swallows every packet, as when a VPN drops"
  case clockAhead = "its clock is an hour ahead"
  case clockBehind = "its clock is an hour behind"

  /// The source's `timeout` under which the sentences hold.
  package static let timeout = "1s"
  /// The source's `limits.responseBytes` under which the sentences hold.
  package static let responseBytes = 16 << 20
  /// The name by which the source is asked where its name matters.
  package static let host = "prom.test"

  /// What the operator is told.
  package enum Outcome: Hashable, Sendable {
    /// The source is in trouble: the last error says this.
    case trouble(String)
    /// Figures arrive, with a caution.
    case caution(String)
    /// Figures arrive as if nothing were wrong.
    case none
  }

  /// What the Sources view says of it; `elsewhere` is where a redirection leads to.
  package func outcome(elsewhere: String = "https://login.example.com") -> Outcome {
    switch self {
    case .refusal: .trouble("no connection: connection refused")
    case .silence, .lateness, .tricklingBody, .lostNetwork: .trouble("no answer within 1 s")
    case .internalError: .trouble(#"the server failed: HTTP 500 "disk on fire""#)
    case .unavailability: .trouble(#"the server failed: HTTP 503 "Service Unavailable""#)
    case .rateLimit: .trouble(#"too many requests: HTTP 429 "slow down", asked to wait 2 s"#)
    case .otherProtocol: .trouble("no connection: the server does not speak HTTP")
    case .garbage: .trouble(#"the answer is not Prometheus's: it begins "%PDF-1.7""#)
    case .webPage: .trouble(#"the answer is not Prometheus's: it begins "Sign in""#)
    case .halfBody:
      .trouble("no connection: the server closed the connection in the middle of an answer")
    case .endlessBody, .gzipBomb:
      .trouble(
        "the answer is larger than 16777216 bytes; raise limits.responseBytes or ask for less")
    case .wrongEncoding:
      .trouble("the answer is not Prometheus's: it is not the gzip it says it is")
    case .badChunks:
      .trouble("no connection: the answer's chunks are broken, perhaps by a proxy on the way")
    case .redirection:
      .trouble(
        #"redirected (HTTP 307) to "\#(elsewhere)", which is not followed; "#
          + "check the source's url")
    case .expiredCertificate:
      .trouble(
        "no trusted connection: the server's certificate is not trusted; check its dates, "
          + "or set tls.caFile to the CA that signed it")
    case .otherCertificate:
      .trouble(
        "no trusted connection: the server's certificate is not for this host; "
          + "set tls.serverName to a name in it")
    case .reset: .trouble("no connection: connection reset by peer")
    case .lostName: .trouble(#"no connection: the name "prom.test" cannot be resolved"#)
    case .clockAhead:
      .caution(
        "its clock is 60 min ahead of this machine's, so figures are older than they look; "
          + "set both clocks by NTP")
    case .clockBehind:
      .caution(
        "its clock is 60 min behind this machine's, so the newest part of every window is empty; "
          + "set both clocks by NTP")
    case .largeAnswer, .wrongType: .none
    }
  }

  /// Whether the source is asked over TLS.
  package var needsTLS: Bool { self == .expiredCertificate || self == .otherCertificate }
}

extension Fault {
  /// What brings a fault about.
  package enum Cause: Sendable {
    /// The server answers like this.
    case answers(FaultServer.Reply)
    /// Nobody listens.
    case refusal
    /// Packets are lost.
    case lostNetwork
    /// The name is unknown.
    case lostName
    /// The server shows a certificate for this name, valid for so many days from now on.
    case certificate(serverName: String, days: Int)
  }

  /// What brings it about, at a server in front of the one on port `upstream`; `elsewhere` is where a
  /// redirection leads to.
  package func cause(upstream: Int, elsewhere: String) -> Cause {
    switch self {
    case .refusal: .refusal
    case .lostNetwork: .lostNetwork
    case .lostName: .lostName
    case .expiredCertificate: .certificate(serverName: "localhost", days: -1)
    case .otherCertificate: .certificate(serverName: "other.example", days: 2)
    case .silence, .lateness, .internalError, .unavailability, .rateLimit, .otherProtocol,
      .garbage, .webPage, .halfBody, .tricklingBody, .endlessBody, .gzipBomb, .largeAnswer,
      .wrongType, .wrongEncoding, .badChunks, .redirection, .reset, .clockAhead, .clockBehind:
      .answers(reply(upstream: upstream, elsewhere: elsewhere))
    }
  }

  /// Whether a server alone can bring it about, without names and certificates.
  package var isOfServer: Bool {
    switch self {
    case .lostName, .expiredCertificate, .otherCertificate: false
    case .refusal, .silence, .lateness, .internalError, .unavailability, .rateLimit,
      .otherProtocol, .garbage, .webPage, .halfBody, .tricklingBody, .endlessBody, .gzipBomb,
      .largeAnswer, .wrongType, .wrongEncoding, .badChunks, .redirection, .reset, .lostNetwork,
      .clockAhead, .clockBehind:
      true
    }
  }

  private func reply(upstream: Int, elsewhere: String) -> FaultServer.Reply {
    switch self {
    case .silence, .refusal, .expiredCertificate, .otherCertificate, .lostName, .lostNetwork:
      return .silence
    case .lateness:
      return .later(.seconds(30), .relay(port: upstream))
    case .internalError:
      return .answer(status: 500, type: "text/plain", "disk on fire")
    case .unavailability:
      return .answer(status: 503, type: "text/plain", "Service Unavailable")
    case .rateLimit:
      return Fault.answer(429, [("Retry-After", "2")], "slow down")
    case .otherProtocol:
      return .raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), then: .close)
    case .garbage:
      return .answer(status: 200, type: "application/json", "%PDF-1.7")
    case .webPage:
      return .answer(status: 200, type: "text/html", "<html><body><h1>Sign in</h1></body></html>")
    case .halfBody:
      return .half(promised: 500, body: #"{"status":"#)
    case .tricklingBody:
      return .endless(Fault.chunkedHead, piece: Fault.chunk(1), every: .milliseconds(50))
    case .endlessBody:
      return .endless(Fault.chunkedHead, piece: Fault.chunk(1 << 20), every: .milliseconds(2))
    case .gzipBomb:
      return Fault.answer(
        200, [("Content-Encoding", "gzip")], bytes: Gzip.bomb(unpackingTo: 64 << 20))
    case .largeAnswer:
      let padding = [UInt8](repeating: UInt8(ascii: " "), count: 10_000_000)
      return Fault.relay(upstream) { $0.body += padding }
    case .wrongType:
      return Fault.relay(upstream) { $0.fields = [("Content-Type", "image/png")] }
    case .wrongEncoding:
      return Fault.answer(200, [("Content-Encoding", "gzip")], #"{"status":"success"}"#)
    case .badChunks:
      return .raw(Fault.chunkedHead + Array("what\r\n{}\r\n".utf8), then: .keep)
    case .redirection:
      return Fault.answer(307, [("Location", elsewhere)], "")
    case .reset:
      return .half(promised: 500, body: #"{"status":"#, then: .reset)
    case .clockAhead:
      return Fault.relay(upstream) { $0.shiftDate(by: .seconds(3600)) }
    case .clockBehind:
      return Fault.relay(upstream) { $0.shiftDate(by: .seconds(-3600)) }
    }
  }

  private static func answer(
    _ status: Int, _ fields: [(name: String, value: String)], _ text: String
  ) -> FaultServer.Reply {
    answer(status, fields, bytes: Array(text.utf8))
  }

  private static func answer(
    _ status: Int, _ fields: [(name: String, value: String)], bytes: [UInt8]
  ) -> FaultServer.Reply {
    .answer(FaultServer.Answer(status: status, fields: fields, body: bytes))
  }

  private static func relay(
    _ port: Int, _ change: @escaping @Sendable (inout FaultServer.Answer) -> Void
  ) -> FaultServer.Reply {
    .relay(port: port) { answer in
      var answer = answer
      change(&answer)
      return answer
    }
  }

  private static let chunkedHead = Array(
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

  private static func chunk(_ length: Int) -> [UInt8] {
    Array("\(String(length, radix: 16))\r\n".utf8)
      + [UInt8](repeating: UInt8(ascii: " "), count: length) + Array("\r\n".utf8)
  }
}

extension FaultServer.Answer {
  fileprivate mutating func shiftDate(by length: Duration) {
    fields = fields.map { field in
      guard field.name.lowercased() == "date" else { return field }
      return (field.name, HTTPClock.shifted(field.value, by: length) ?? field.value)
    }
  }
}

extension FaultServer {
  /// Brings about what a server alone can; another cause changes nothing.
  package func inflict(_ cause: Fault.Cause) async throws {
    switch cause {
    case .answers(let reply): behave { _ in reply }
    case .refusal: try await refuse()
    case .lostNetwork: try await vanish()
    case .lostName, .certificate: break
    }
  }

  /// Stands in front of another server again, as if nothing had been.
  package func recover(upstream port: Int) async throws {
    behave { _ in .relay(port: port) }
    if !isListening { try await listen() }
  }
}
