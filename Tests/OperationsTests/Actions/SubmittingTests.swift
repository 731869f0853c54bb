import Operations
import Reliability
import TestSupport
import Testing

@Suite("Taking requests on")
struct SubmittingTests {
  private let office: Office

  init() throws { office = try Office() }

  @Test("Read-only and denied permissions keep anything from being written or sent")
  func gate() async throws {
    let gates = [
      ActionGate(isReadOnly: true), ActionGate(rules: [.acknowledge: .deny]),
    ]
    let sentences = [
      "Not done: burnwatch runs with --read-only; start it without to act.",
      "Not done: permissions.acknowledge is deny in the configuration.",
    ]
    for (gate, sentence) in zip(gates, sentences) {
      let outbox = office.outbox(gate: gate)
      let error = await #expect(throws: ActionRefusal.self) {
        try await outbox.submit(office.acknowledgement())
      }
      #expect(error?.sentence == sentence)
      await outbox.workOff()
    }
    #expect(await office.backend.calls.isEmpty)
    #expect(try await office.journal.audit(limit: 9).isEmpty)
  }

  @Test("A rule is about its own permission, and a question is no refusal")
  func rules() {
    let gate = ActionGate(rules: [.silence: .deny, .acknowledge: .confirm])
    #expect(gate.refusal(of: .acknowledge) == nil)
    #expect(gate.asksFirst(about: .acknowledge))
    #expect(gate.refusal(of: .silence) != nil)
    #expect(!gate.asksFirst(about: .silence))
  }

  @Test("A request is on disk before anything is sent")
  func writtenFirst() async throws {
    let outbox = office.outbox()
    let record = try await outbox.submit(office.acknowledgement(comment: "looking"))
    #expect(record.state == .queued)
    #expect(await office.backend.calls.isEmpty)
    #expect(try await office.journal.records(endedAfter: office.start) == [record])
    #expect(try await office.journal.audit(limit: 9).map(\.detail) == ["looking"])
  }

  @Test("Matchers that catch everything and a silence that ends before it begins are refused")
  func unsuitable() async throws {
    let outbox = office.outbox()
    let plan = SilencePlan(
      source: "am", matchers: [LabelMatcher("a", .equal, "b")], startsAt: office.start,
      endsAt: office.start, comment: "")
    let everything = AlertTarget(
      alert: office.alert(1).id, name: "Disk1", startsAt: office.start,
      backend: .alertmanager(source: "am", matchers: [LabelMatcher("a", .matches, ".*")]))
    let empty = AlertTarget(
      alert: office.alert(1).id, name: "Disk1", startsAt: office.start,
      backend: .alertmanager(source: "am", matchers: []))
    for action in [
      ActionRequest.Action.silence(plan), .acknowledge(everything, comment: ""),
      .acknowledge(empty, comment: ""),
    ] {
      await #expect(throws: ActionRefusal.self) { try await outbox.submit(action) }
    }
    #expect(try await office.journal.audit(limit: 9).isEmpty)
    #expect(
      ActionRefusal.unsuitable(reason: "the silence would end before it begins").sentence
        == "Not done: the silence would end before it begins.")
  }

  @Test("Acting twice on the same alert is one action, and on another one a second")
  func twice() async throws {
    let outbox = office.outbox()
    let first = try await outbox.submit(office.acknowledgement())
    #expect(try await outbox.submit(office.acknowledgement(comment: "again")) == first)
    #expect(try await outbox.submit(office.acknowledgement(2)).id != first.id)
    await outbox.workOff()
    #expect(try await outbox.submit(office.acknowledgement()).id == first.id)
    #expect(await office.backend.creations == 2)
  }

  @Test("Two processes that act on the same alert make one action")
  func otherProcess() async throws {
    let first = try await office.outbox("p-1").submit(office.acknowledgement())
    let second = try await office.outbox("p-2").submit(office.acknowledgement())
    #expect(second == first)
  }

  @Test("The same wish written down twice at the same moment is carried out once")
  func race() async throws {
    let outbox = office.outbox()
    for id in ["a", "b"] {
      try await office.journal.enqueue(
        ActionRequest(id: id, at: office.start, actor: "ada", action: office.acknowledgement()))
    }
    await outbox.workOff()
    #expect(await office.backend.creations == 1)
    #expect(await outbox.records.map(\.id) == ["a"])
    #expect(office.sentences.all == ["Disk1: acknowledged already by an earlier request."])
  }

  @Test("Submitting again what had failed has it tried again")
  func retry() async throws {
    let outbox = office.outbox()
    await office.backend.answer(with: .refused(reason: "am says no"))
    let first = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.failed])
    await office.look(outbox)
    #expect(await office.backend.calls.count == 1)
    let again = try await outbox.submit(office.acknowledgement())
    #expect(again.id == first.id)
    #expect(again.state == .queued)
    #expect(again.reason == nil)
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.sent])
    #expect(
      try await office.events(of: first.id) == ["acknowledge", "failed", "retry", "delivered"])
  }

  @Test("What cannot be written down is not done, and the reason is said")
  func journalFailure() async throws {
    let outbox = office.outbox()
    await office.journal.failNext(2, with: .full(path: "/var/j.db"))
    let error = await #expect(throws: ActionRefusal.self) {
      try await outbox.submit(office.acknowledgement())
    }
    #expect(
      error?.sentence == "Not done, for the disk of the journal /var/j.db is full; make room.")
    #expect(await outbox.trouble == .full(path: "/var/j.db"))
    await outbox.workOff()
    #expect(await outbox.trouble == nil)
    #expect(await office.backend.calls.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test("Where the journal can only be read nothing is sent, which is said once")
  func leaseFailure() async throws {
    let outbox = office.outbox()
    try await outbox.submit(office.acknowledgement())
    let life = Life()
    let reader = office.outbox("p-2", life: life)
    await reader.readJournal()
    life.makeReadOnly()
    for _ in 0..<3 { await reader.workOff() }
    #expect(await office.backend.calls.isEmpty)
    #expect(await reader.trouble == .full(path: "j.db"))
    #expect(office.sentences.all == ["The disk of the journal j.db is full; make room."])
    await outbox.workOff()
    #expect(await office.backend.creations == 1)
    #expect(await outbox.trouble == nil)
  }
}
