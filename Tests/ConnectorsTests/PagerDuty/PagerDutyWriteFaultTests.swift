import Connectors
import Reliability
import TestSupport
import Testing

/// What becomes of an acknowledgement while PagerDuty, or the way to it, fails.
@Suite("PagerDuty: acknowledging under faults")
struct PagerDutyWriteFaultTests {
  private typealias Rig = PagerDutyRig

  private static let put = "PUT /incidents"
  private static let post = "POST /incidents/*/notes"
  private static let writes = ["PUT /incidents", "POST /incidents/\(Rig.id)/notes"]
  private static let done = DeliveryOutcome.done(silenceID: nil, until: Rig.now + .seconds(1800))

  /// Faults after which the incident is acknowledged, though nobody here was told.
  private static let executed: [PagerDutyFault.Kind] = [
    .lostAnswer, .malformedBody, .truncatedBody, .emptyObject,
  ]
  /// Faults that may pass, after which nothing was done.
  private static let passing: [PagerDutyFault.Kind] = [
    .reset, .badGateway, .status(500, code: 2000, message: "Internal Error"),
    .status(503, code: 2000, message: "Down"), .redirection(to: "https://login.example.com"),
  ]

  @Test("An acknowledgement whose answer was lost is not made twice", arguments: executed)
  func lostAnswer(kind: PagerDutyFault.Kind) async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(kind, with: Self.put))
      #expect(await rig.acknowledge().waitReason != nil)
      #expect(rig.standIn.writes == [Self.put], "a write is not tried again unseen")
      #expect(await rig.acknowledge() == Self.done)
      #expect(rig.standIn.writes == Self.writes)
      #expect(rig.standIn.account[Rig.id]?.notes.count == 1)
    }
  }

  @Test(
    "A note whose answer was lost is not written twice",
    arguments: [PagerDutyFault.Kind.lostAnswer, .truncatedBody])
  func lostNote(kind: PagerDutyFault.Kind) async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(kind, with: Self.post))
      let reason = try #require(await rig.acknowledge().waitReason)
      #expect(reason.hasPrefix("the incident is acknowledged, but its note is not written: "))
      #expect(await rig.acknowledge() == Self.done)
      #expect(rig.standIn.writes == Self.writes)
      #expect(rig.standIn.account[Rig.id]?.notes.count == 1)
    }
  }

  @Test("A note that fails is tried again without another acknowledgement", arguments: passing)
  func failedNote(kind: PagerDutyFault.Kind) async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(kind, with: Self.post))
      #expect(await rig.acknowledge().waitReason != nil)
      #expect(await rig.acknowledge() == Self.done)
      #expect(rig.standIn.writes == Self.writes + [Self.writes[1]])
      #expect(rig.standIn.account[Rig.id]?.notes.count == 1)
    }
  }

  @Test("An acknowledgement that fails is tried again later", arguments: passing)
  func failedAcknowledgement(kind: PagerDutyFault.Kind) async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(kind, with: Self.put))
      #expect(await rig.acknowledge().waitReason != nil)
      #expect(rig.standIn.writes == [Self.put])
      let health = try await rig.health()
      #expect(health.lastError != nil)
      #expect(await rig.acknowledge() == Self.done)
    }
  }

  @Test("Somebody who is paged anew between the two is not muted by the second attempt")
  func timesOutBetween() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(.badGateway, with: Self.post))
      #expect(await rig.acknowledge().waitReason != nil)
      rig.standIn.change { $0.timeOut(Rig.id) }
      #expect(
        await rig.acknowledge() == .gone(reason: "PagerDuty's acknowledgement has timed out"))
      #expect(rig.standIn.account[Rig.id]?.status == .triggered)
    }
  }

  @Test("429 is waited for as told, and the acknowledgement is made once")
  func rateLimit() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(PagerDutyFault(.rateLimit(reset: 30, isJSON: true), with: Self.put))
      let reason =
        #"too many requests: HTTP 429 "Rate Limit Exceeded (code 2020)", asked to wait 30 s"#
      #expect(await rig.acknowledge() == .later(reason: reason, after: .seconds(30)))
      rig.clock.advance(by: .seconds(10))
      #expect(await rig.acknowledge() == .later(reason: reason, after: .seconds(20)))
      rig.clock.advance(by: .seconds(20))
      #expect(
        await rig.acknowledge() == .done(silenceID: nil, until: rig.clock.now + .seconds(1800)))
      #expect(rig.standIn.writes == [Self.put] + Self.writes)
    }
  }

  @Test("An answer that comes too late is looked for")
  func timeOut() async throws {
    try await Rig.use(incidents: [Rig.incident()], timeout: .seconds(2)) { rig in
      rig.standIn.plan(PagerDutyFault(.slow(.seconds(60)), with: Self.put))
      #expect(await rig.acknowledge() == .later(reason: "no answer within 2 s", after: nil))
      _ = await rig.acknowledge()
      #expect(rig.standIn.account[Rig.id]?.acknowledgements.count == 1)
      #expect(rig.standIn.account[Rig.id]?.notes.count == 1)
    }
  }

  @Test("Without from, a key of the account cannot write, and the reason names the setting")
  func missingFrom() async throws {
    for from in [nil, "bob@example.com"] {
      try await Rig.use(from: from, incidents: [Rig.incident()]) { rig in
        let refusal = try #require(await rig.acknowledge().refusal)
        #expect(refusal.hasPrefix("PagerDuty does not know who acts: HTTP 400 "))
        #expect(
          refusal.hasSuffix(
            "; set from: of the source to the mail address of a PagerDuty user"))
        #expect(rig.standIn.account[Rig.id]?.status == .triggered)
      }
    }
  }

  @Test("A user's key needs no from")
  func userKey() async throws {
    try await Rig.use(key: .user("Bob"), from: nil, incidents: [Rig.incident()]) { rig in
      #expect(await rig.acknowledge() == Self.done)
      #expect(rig.standIn.account[Rig.id]?.acknowledgements.map(\.by) == ["Bob"])
    }
  }

  @Test("A key that only reads is refused with the reason")
  func readOnlyKey() async throws {
    try await Rig.use(key: .readOnly, incidents: [Rig.incident()]) { rig in
      #expect(
        await rig.acknowledge()
          == .refused(
            reason: #"not allowed: HTTP 403 "Access Denied (code 2010)"; "#
              + "check what the source's token may do, a read-only key cannot acknowledge"))
      #expect(rig.standIn.writes == [Self.put])
    }
  }

  @Test(
    "What only the operator can change is refused with the next step",
    arguments: [
      (401, "; check the source's token"), (402, "; ask its owner"),
      (413, #"PagerDuty refuses it: HTTP 413 "No (code 2001)""#),
    ])
  func refused(status: Int, ending: String) async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(
        PagerDutyFault(
          .status(status, code: 2001, message: "No"), with: Self.put, times: 2))
      let refusal = try #require(await rig.acknowledge().refusal)
      #expect(refusal.hasSuffix(ending))
    }
  }

  @Test("A note that is refused does not hide that the incident is acknowledged")
  func refusedNote() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.plan(
        PagerDutyFault(.status(400, code: 2001, message: "Too many notes"), with: Self.post))
      #expect(
        await rig.acknowledge()
          == .refused(
            reason: "the incident is acknowledged, but its note is not written: "
              + #"PagerDuty refuses it: HTTP 400 "Too many notes (code 2001)""#))
      #expect(rig.standIn.account[Rig.id]?.status == .acknowledged)
    }
  }
}
