import Connectors
import Reliability
import TestSupport
import Testing

/// What becomes of a look while PagerDuty, or the way to it, fails.
@Suite("PagerDuty: faults")
struct PagerDutyFaultTests {
  private typealias Rig = PagerDutyRig

  private static let faults: [(PagerDutyFault.Kind, String)] = [
    (
      .status(400, code: 2001, message: "Invalid Input Provided", errors: ["Bad limit"]),
      #"PagerDuty refuses it: HTTP 400 "Invalid Input Provided: Bad limit (code 2001)""#
    ),
    (
      .plainUnauthorized, #"not let in: HTTP 401 "Unauthorized"; check the source's token"#
    ),
    (
      .status(402, code: 2012, message: "Account does not have the abilities"),
      "not in the plan of the account: "
        + #"HTTP 402 "Account does not have the abilities (code 2012)"; ask its owner"#
    ),
    (
      .status(403, code: 2010, message: "Access Denied"),
      #"not allowed: HTTP 403 "Access Denied (code 2010)"; "#
        + "check what the source's token may do, a read-only key cannot acknowledge"
    ),
    (
      .status(404, code: 2100, message: "Not Found"),
      #"nothing there: HTTP 404 "Not Found (code 2100)"; check the path of the source's url"#
    ),
    (
      .status(500, code: 2000, message: "Internal Error"),
      #"the server failed: HTTP 500 "Internal Error (code 2000)""#
    ),
    (.badGateway, "the server failed: HTTP 502"),
    (
      .status(503, code: 2000, message: "Down for maintenance", errors: []),
      #"the server failed: HTTP 503 "Down for maintenance (code 2000)""#
    ),
    (.emptyObject, #"the answer is not PagerDuty's: it begins "{}""#),
    (
      .truncatedBody,
      "no connection: the server closed the connection in the middle of an answer"
    ),
    (.reset, "no connection: connection reset by peer"),
    (
      .redirection(to: "https://login.example.com/?next=x"),
      #"redirected (HTTP 302) to "https://login.example.com", which is not followed; "#
        + "check the source's url"
    ),
  ]

  @Test("It is told in one sentence, and over when PagerDuty is well", arguments: faults)
  func told(kind: PagerDutyFault.Kind, sentence: String) async throws {
    try await Rig.use { rig in
      rig.standIn.plan(PagerDutyFault(kind, times: 100))
      #expect(await rig.failure() == sentence)
      let health = try await rig.health()
      #expect(health.lastError?.message == sentence)
      #expect(health.state != .ok && health.type == "pagerduty")
      rig.standIn.recover()
      #expect(await rig.failure() == nil)
      #expect(try await rig.health().state == .ok)
    }
  }

  @Test("Half of an answer is no answer")
  func malformed() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(.malformedBody))
      let sentence = try #require(await rig.failure())
      #expect(sentence.hasPrefix(#"the answer is not PagerDuty's: it begins "{"#))
    }
  }

  @Test("A page that fails fails the look, so that no incident looks resolved")
  func secondPage() async throws {
    try await Rig.use(incidents: Rig.incidents(150)) { rig in
      _ = try await rig.report()
      rig.standIn.plan(
        PagerDutyFault(.slow(.zero), with: "GET /incidents"),
        PagerDutyFault(.status(500, code: 2000, message: "Error"), with: "GET /incidents"))
      #expect(await rig.failure() == #"the server failed: HTTP 500 "Error (code 2000)""#)
    }
  }

  @Test("No answer in time is told with the time")
  func timeOut() async throws {
    try await Rig.use(timeout: .seconds(1)) { rig in
      rig.standIn.plan(PagerDutyFault(.slow(.seconds(30))))
      #expect(await rig.failure() == "no answer within 1 s")
    }
  }

  @Test("A short pause that 429 asks for is kept within the look", arguments: [true, false])
  func shortPause(isJSON: Bool) async throws {
    try await Rig.use { rig in
      rig.standIn.plan(PagerDutyFault(.rateLimit(reset: 3, isJSON: isJSON)))
      #expect(await rig.failure() == nil)
      #expect(rig.clock.now == Rig.now + .seconds(3))
      #expect(rig.standIn.requests.count == 2)
    }
  }

  @Test("A long pause that 429 asks for is kept between looks")
  func longPause() async throws {
    try await Rig.use { rig in
      rig.standIn.plan(PagerDutyFault(.rateLimit(reset: 30, isJSON: true)))
      let sentence =
        #"too many requests: HTTP 429 "Rate Limit Exceeded (code 2020)", asked to wait 30 s"#
      #expect(await rig.failure() == sentence)
      let health = try await rig.health()
      #expect(health.nextTry == Rig.now + .seconds(30))
      rig.clock.advance(by: .seconds(29))
      #expect(await rig.failure() == sentence)
      #expect(rig.standIn.requests.count == 1, "nothing is asked meanwhile")
      rig.clock.advance(by: .seconds(1))
      #expect(await rig.failure() == nil)
      #expect(rig.standIn.requests.count == 2)
    }
  }

  @Test("Without a told pause, 429 is tried again ever later")
  func untoldPause() async throws {
    try await Rig.use { rig in
      rig.standIn.plan(PagerDutyFault(.rateLimit(reset: nil, isJSON: false), times: 2))
      #expect(await rig.failure() == nil)
      #expect(rig.standIn.requests.count == 3)
      let health = try await rig.health()
      #expect(health.retries == 2)
      #expect(rig.clock.now > Rig.now)
    }
  }

  @Test("A rate limit that is nearly used up is told until it is whole again")
  func lowAllowance() async throws {
    try await Rig.use { rig in
      var allowance = PagerDutyStandIn.Allowance()
      allowance.remaining = 21
      rig.standIn.allow(allowance)
      _ = try await rig.report()
      rig.clock.advance(by: .seconds(2))
      #expect(
        try await rig.health().cautions == [
          "only 20 of 960 requests are left for 40 s; everything that uses the same token "
            + "shares them, and a longer refresh needs fewer"
        ])
      rig.clock.advance(by: .seconds(40))
      #expect(try await rig.health().cautions == [])
    }
  }

  @Test("A used-up rate limit is waited for as told")
  func usedUp() async throws {
    try await Rig.use { rig in
      var allowance = PagerDutyStandIn.Allowance()
      allowance.remaining = 0
      rig.standIn.allow(allowance)
      #expect(await rig.failure()?.hasSuffix("asked to wait 42 s") == true)
      let health = try await rig.health()
      #expect(health.cautions.first?.hasPrefix("none of 960 requests are") == true)
    }
  }

  @Test("The token is in no message, whatever is echoed")
  func concealed() async throws {
    try await Rig.use { rig in
      rig.standIn.plan(
        PagerDutyFault(.status(403, code: 2010, message: "token=\(Rig.token) is read-only")))
      let failure = try #require(await rig.failure())
      #expect(failure.contains("token=… is read-only"))
      let outcome = await rig.acknowledge()
      let texts = [failure, "\(try await rig.health())", "\(outcome)"]
      #expect(texts.allSatisfy { !$0.contains(Rig.token) })
    }
  }

  @Test("After a 401 the token is read again, and a new one is let in")
  func freshToken() async throws {
    let directory = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(directory) }
    let path = "\(directory)/token"
    try ServerProcess.write("old-token", to: path)
    try await Rig.use { rig in
      let settings = SourceSettings(
        name: "pd", kind: .pagerduty, urls: [rig.standIn.url], auth: .token(.file(path)))
      let source = try PagerDutySource(
        settings: settings, transport: try ClientTransport(settings: settings, environment: [:]),
        secrets: SecretResolver(environment: [:]), clock: rig.clock, random: { 0.5 })
      rig.standIn.setToken("old-token")
      _ = try await source.report(at: Rig.now).get()
      try ServerProcess.write("new-token", to: path)
      rig.standIn.setToken("new-token")
      _ = try await source.report(at: Rig.now).get()
      await source.close()
      #expect(rig.standIn.requests.count == 3)
    }
  }
}
