internal import Synchronization

/// Something that goes wrong at a stand-in for PagerDuty, with some requests and so many times.
package struct PagerDutyFault: Sendable {
  /// What goes wrong.
  package enum Kind: Hashable, Sendable {
    /// Answers 429, as JSON or not, with the seconds until the rate limit is whole again.
    case rateLimit(reset: Int?, isJSON: Bool)
    /// Answers a status with an error in PagerDuty's format.
    case status(Int, code: Int, message: String, errors: [String]? = nil)
    /// Answers 502 with a web page, as a proxy on the way does.
    case badGateway
    /// Answers 401 with plain text.
    case plainUnauthorized
    /// Does as it is told, and answers with half of the JSON.
    case malformedBody
    /// Does as it is told, and closes in the middle of the answer.
    case truncatedBody
    /// Resets the connection and does nothing.
    case reset
    /// Does as it is told, and resets the connection: the answer is lost.
    case lostAnswer
    /// Does as it is told, and answers later.
    case slow(Duration)
    /// Does as it is told, and answers with an object of no meaning.
    case emptyObject
    /// Redirects to another host.
    case redirection(to: String)
  }

  /// What goes wrong.
  package let kind: Kind
  /// The requests with which it does, such as `PUT /incidents`; every asterisk stands for an id, and
  /// `nil` means all.
  package let target: String?
  /// With how many of them.
  package var times: Int

  /// Makes a fault.
  package init(_ kind: Kind, with target: String? = nil, times: Int = 1) {
    self.kind = kind
    self.target = target
    self.times = times
  }

  func strikes(_ request: FaultServer.Request) -> Bool {
    target.map(request.matches) ?? true
  }
}

extension PagerDutyStandIn {
  func reply(to request: Request) -> FaultServer.Reply {
    let fault = state.withLock { state -> PagerDutyFault? in
      guard let index = state.faults.firstIndex(where: { $0.strikes(request) }) else { return nil }
      let fault = state.faults[index]
      state.faults[index].times -= 1
      if state.faults[index].times <= 0 { state.faults.remove(at: index) }
      return fault
    }
    return fault.map { reply(to: request, with: $0.kind) } ?? .answer(answer(to: request))
  }

  private func reply(to request: Request, with fault: PagerDutyFault.Kind) -> FaultServer.Reply {
    switch fault {
    case .rateLimit(let reset, let isJSON):
      var answer = isJSON ? Self.error(429, 2020, "Rate Limit Exceeded") : Self.plain(429)
      if let reset {
        answer.fields += [("ratelimit-reset", "\(reset)"), ("ratelimit-remaining", "0")]
      }
      return .answer(answer)
    case .status(let status, let code, let message, let errors):
      return .answer(Self.error(status, code, message, errors))
    case .badGateway:
      return .answer(
        status: 502, type: "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>")
    case .plainUnauthorized: return .answer(Self.plain(401))
    case .malformedBody:
      var answer = answer(to: request)
      answer.body.removeLast(answer.body.count / 2)
      return .answer(answer)
    case .truncatedBody:
      let answer = answer(to: request)
      return .raw(answer.bytes(promising: answer.body.count + 100), then: .close)
    case .reset: return .raw([], then: .reset)
    case .lostAnswer:
      _ = answer(to: request)
      return .raw([], then: .reset)
    case .slow(let delay): return .later(delay, .answer(answer(to: request)))
    case .emptyObject:
      _ = answer(to: request)
      return .json("{}")
    case .redirection(let target):
      return .answer(FaultServer.Answer(status: 302, fields: [("Location", target)]))
    }
  }

  private static func plain(_ status: Int) -> FaultServer.Answer {
    FaultServer.Answer(
      status: status, fields: [("Content-Type", "text/plain")],
      body: Array((status == 401 ? "Unauthorized" : "Too Many Requests").utf8))
  }
}
