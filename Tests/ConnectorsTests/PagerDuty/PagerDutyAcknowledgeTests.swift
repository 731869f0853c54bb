import Connectors
import Reliability
import TestSupport
import Testing

/// Acknowledgements, as long as all goes well, and what others do meanwhile.
@Suite("PagerDuty: acknowledging")
struct PagerDutyAcknowledgeTests {
  private typealias Rig = PagerDutyRig

  private static let note =
    "Acknowledged by ines@bastion with burnwatch: looking at the disk [burnwatch req-1]"
  private static let until = Rig.now + .seconds(1800)
  private static let writes = ["PUT /incidents", "POST /incidents/\(Rig.id)/notes"]

  @Test("An incident is acknowledged on behalf of the operator, and a note says who and why")
  func acknowledges() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      #expect(await rig.acknowledge() == .done(silenceID: nil, until: Self.until))
      #expect(rig.standIn.writes == Self.writes)
      let writes = rig.standIn.requests.filter { $0.method != "GET" }
      #expect(writes.allSatisfy { $0.header("From") == "ines@example.com" })
      let incident = try #require(rig.standIn.account[Rig.id])
      #expect(incident.status == .acknowledged)
      #expect(incident.acknowledgements.map(\.by) == ["Ines"])
      #expect(incident.notes == [Self.note])
      let seen = try #require(try await rig.report().alerts.first?.incident)
      #expect(seen.acknowledgements == [.init(by: "Ines", at: Rig.now)])
      #expect(seen.acknowledgedUntil == Self.until)
    }
  }

  @Test("Without a comment the note says who")
  func noComment() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      _ = await rig.acknowledge(Rig.record(comment: ""))
      #expect(
        rig.standIn.account[Rig.id]?.notes
          == ["Acknowledged by ines@bastion with burnwatch [burnwatch req-1]"])
    }
  }

  @Test("A request that was carried out is not carried out again")
  func repetition() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      _ = await rig.acknowledge()
      #expect(await rig.acknowledge() == .done(silenceID: nil, until: Self.until))
      // As after a start, when only PagerDuty knows what was done.
      let other = try Rig.live(rig.standIn.url, clock: rig.clock)
      let step = DeliveryStep.create(until: Self.until)
      #expect(
        await other.perform(step, for: Rig.record()) == .done(silenceID: nil, until: Self.until))
      await other.close()
      #expect(rig.standIn.writes == Self.writes)
    }
  }

  @Test("What others have acknowledged can be acknowledged as well, and both are shown")
  func others() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.change { $0.acknowledge(Rig.id, by: "Bob", at: Rig.now - .seconds(60)) }
      _ = await rig.acknowledge()
      let seen = try #require(try await rig.report().alerts.first?.incident)
      #expect(seen.acknowledgements.map(\.by) == ["Bob", "Ines"])
    }
  }

  @Test("An incident that has resolved meanwhile is left alone")
  func resolved() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.change { $0.resolve(Rig.id) }
      #expect(await rig.acknowledge() == .gone(reason: "the incident has resolved"))
      #expect(rig.standIn.writes == [])
    }
  }

  @Test("An incident that resolves after it was looked at is over, and no error")
  func resolvesBetween() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      rig.standIn.after("GET /incidents/*/notes") { $0.resolve(Rig.id) }
      #expect(await rig.acknowledge() == .gone(reason: "the incident has resolved"))
      #expect(rig.standIn.writes == ["PUT /incidents"])
      #expect(rig.standIn.account[Rig.id]?.notes == [])
    }
  }

  @Test("An incident that PagerDuty does not know is over")
  func unknown() async throws {
    try await Rig.use { rig in
      #expect(
        await rig.acknowledge() == .gone(reason: "PagerDuty does not know the incident any more"))
    }
  }

  @Test("Prolonging leaves it to PagerDuty, and tells until when it stands")
  func prolongs() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      _ = await rig.acknowledge()
      let step = DeliveryStep.prolong(until: Rig.now + .seconds(9000))
      #expect(
        await rig.source.perform(step, for: Rig.record())
          == .done(silenceID: nil, until: Self.until))
      #expect(rig.standIn.writes == Self.writes)
      rig.standIn.change { account in
        account.acknowledgementLength = nil
        account.acknowledge(Rig.id, by: "Ines", at: Rig.now)
      }
      #expect(
        await rig.source.perform(step, for: Rig.record()) == .done(silenceID: nil, until: nil))
    }
  }

  @Test("An acknowledgement that has timed out is a new page, never acknowledged by itself")
  func timesOut() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      _ = await rig.acknowledge()
      rig.standIn.change { $0.timeOut(Rig.id) }
      let gone = DeliveryOutcome.gone(reason: "PagerDuty's acknowledgement has timed out")
      let step = DeliveryStep.prolong(until: Rig.now + .seconds(9000))
      #expect(await rig.source.perform(step, for: Rig.record()) == gone)
      #expect(await rig.acknowledge() == gone)
      #expect(rig.standIn.writes == Self.writes)
      rig.standIn.change { $0.resolve(Rig.id) }
      #expect(
        await rig.source.perform(step, for: Rig.record())
          == .gone(reason: "the incident has resolved"))
    }
  }

  @Test("An acknowledgement cannot be taken back, and nothing is asked for it")
  func ends() async throws {
    try await Rig.use(incidents: [Rig.incident()]) { rig in
      #expect(
        await rig.source.perform(.end, for: Rig.record())
          == .refused(
            reason: "PagerDuty cannot take an acknowledgement back; "
              + "it ends there by itself or with the incident"))
      #expect(rig.standIn.requests.isEmpty)
    }
  }

  @Test("What is meant for another system is refused")
  func otherBackend() async throws {
    try await Rig.use { rig in
      let target = AlertTarget(
        alert: Alert.ID(cluster: "am", fingerprint: "f"), name: "n", startsAt: Rig.now,
        backend: .local)
      let record = ActionRecord(
        ActionRequest(
          id: "r", at: Rig.now, actor: "i", action: .acknowledge(target, comment: "")))
      #expect(
        await rig.acknowledge(record)
          == .refused(reason: "PagerDuty only takes acknowledgements of its incidents"))
      #expect(rig.standIn.requests.isEmpty)
    }
  }
}
