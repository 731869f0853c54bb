import Operations
import Reliability
import TestSupport
import Testing

@Suite("Taking acknowledgements back")
struct UndoingTests {
  private let office: Office
  private let outbox: Outbox

  init() throws {
    office = try Office()
    outbox = office.outbox()
  }

  private func undo(_ record: ActionRecord, by process: Outbox? = nil) async throws {
    guard case .acknowledge(let target, _) = record.request.action else { return }
    try await (process ?? outbox).submit(.unacknowledge(record.id, target))
  }

  @Test("Before the first attempt nothing is sent")
  func early() async throws {
    try await undo(try await outbox.submit(office.acknowledgement()))
    await outbox.workOff()
    await office.look(outbox)
    #expect(await office.backend.calls.isEmpty)
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: undone before it was told."])
  }

  @Test("Afterwards its silence is ended")
  func late() async throws {
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await office.look(outbox)
    try await undo(record)
    await outbox.workOff()
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: undone by ada."])
    #expect(try await office.events(of: record.id).last == "ended")
    #expect(try await office.events(of: "p-1-2") == ["unacknowledge", "done"])
  }

  @Test("Of a delivery whose answer was lost whatever exists is ended")
  func lost() async throws {
    await office.backend.loseAnswers(true)
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await office.backend.loseAnswers(false)
    try await undo(record)
    await outbox.workOff()
    #expect(await office.backend.living.isEmpty)
    #expect(await office.backend.creations == 1)
    #expect(await outbox.records.isEmpty)
  }

  @Test("While the network is down it waits, and nothing is told or prolonged meanwhile")
  func offline() async throws {
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await office.backend.breakDown("am cannot be reached")
    try await undo(record)
    for _ in 0..<20 {
      await office.lookInVain(outbox)
      office.clock.advance(by: .seconds(15))
    }
    #expect(await outbox.records.map(\.state) == [.sent, .queued])
    #expect(await office.backend.calls.count == 2)
    #expect(office.sentences.all == ["Disk1 waits: am cannot be reached."])
    await office.backend.breakDown(nil)
    await office.look(outbox)
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test("Acknowledging again while the undoing waits is a new acknowledgement")
  func again() async throws {
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await office.backend.breakDown("am cannot be reached")
    try await undo(record)
    await outbox.workOff()
    let second = try await outbox.submit(office.acknowledgement())
    #expect(second.id != record.id)
    await outbox.workOff()
    await office.backend.breakDown(nil)
    office.clock.advance(by: .seconds(15))
    await office.look(outbox)
    #expect(await outbox.records.map(\.id) == [second.id])
    #expect(await office.backend.living.compactMap(\.requestID) == [second.id])
  }

  @Test("PagerDuty refuses: the acknowledgement stays, which is said, and it goes on")
  func refused() async throws {
    let record = try await outbox.submit(.acknowledge(office.incident, comment: ""))
    await office.pager.answer(with: .done(silenceID: nil, until: nil))
    await outbox.workOff()
    await office.pager.answer(with: .refused(reason: "PagerDuty cannot take it back"))
    try await undo(record)
    await outbox.workOff()
    #expect(await outbox.records == [try #require(await outbox.records.first)])
    #expect(await outbox.records.map(\.state) == [.sent])
    #expect(
      office.sentences.all == ["Disk1 stays acknowledged: PagerDuty cannot take it back."])
    await note(acknowledged: true)
    #expect(await outbox.records.map(\.state) == [.confirmed])
  }

  @Test("What PagerDuty has refused, or may not have heard, is given up when it is taken back")
  func givenUp() async throws {
    for outcome in [
      DeliveryOutcome.refused(reason: "no such user"), .later(reason: "timed out", after: nil),
    ] {
      await office.pager.answer(with: outcome, .refused(reason: "PagerDuty cannot take it back"))
      let record = try await outbox.submit(.acknowledge(office.incident, comment: ""))
      await outbox.workOff()
      try await undo(record)
      await outbox.workOff()
      #expect(await outbox.records.isEmpty)
      #expect(
        office.sentences.all.last == "Disk1: given up; PagerDuty cannot take it back.")
    }
    #expect(await office.pager.calls.count == 4)
  }

  private func note(acknowledged: Bool) async {
    let who = ReportedAlert.Incident.Acknowledged(by: "ada", at: office.clock.now)
    let incident = ReportedAlert.Incident(
      id: "Q1", number: 1, isHighUrgency: true, acknowledgements: acknowledged ? [who] : [],
      acknowledgedUntil: office.start + .seconds(1800))
    let alert = ReportedAlert(
      cluster: "pd", fingerprint: "pd:Q1", labels: LabelSet([:]), startsAt: office.start,
      incident: incident)
    await outbox.note(.success(AlertReport(alerts: [alert])), from: "pd")
    await outbox.workOff()
  }

  @Test("PagerDuty's acknowledgement is confirmed at once, and ends when PagerDuty ends it")
  func pagerDuty() async throws {
    await office.pager.answer(with: .done(silenceID: nil, until: nil))
    try await outbox.submit(.acknowledge(office.incident, comment: ""))
    await outbox.workOff()
    await note(acknowledged: false)
    #expect(await outbox.records.map(\.state) == [.sent])
    await note(acknowledged: true)
    #expect(await outbox.records.map(\.state) == [.confirmed])
    #expect(await outbox.records.first?.until == office.start + .seconds(1800))
    office.clock.advance(by: .seconds(15))
    await note(acknowledged: false)
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: PagerDuty's acknowledgement has ended."])
    #expect(await office.pager.calls.count == 1)
  }

  @Test("While another process tells it the undoing waits, and then ends what was told")
  func otherProcess() async throws {
    let record = try await outbox.submit(office.acknowledgement())
    let now = office.clock.now
    let held = try await office.journal.lease(
      record.id, by: "p-2", at: now, until: now + .seconds(60))
    var told = try #require(held)
    try await undo(record)
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.queued, .queued])
    _ = await office.backend.perform(.create(until: now + .seconds(900)), for: told)
    told.state = .sent
    told.attempts = 1
    try await office.journal.finish(told, by: "p-2", nil)
    await outbox.workOff()
    await outbox.workOff()
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test("A refusal that another process has met lets the acknowledgement go on here")
  func refusedElsewhere() async throws {
    await office.pager.answer(
      with: .done(silenceID: nil, until: nil), .refused(reason: "PagerDuty cannot take it back"))
    let record = try await outbox.submit(.acknowledge(office.incident, comment: ""))
    await outbox.workOff()
    try await undo(record)
    let second = office.outbox("p-2")
    await second.workOff()
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.sent])
    await note(acknowledged: true)
    #expect(await outbox.records.map(\.state) == [.confirmed])
  }

  @Test("What has ended already needs no undoing")
  func ended() async throws {
    try await outbox.submit(.unacknowledge("x-1", office.target()))
    await outbox.workOff()
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: the acknowledgement had ended already."])
  }

  @Test("An acknowledgement in the journal alone is confirmed, undone, and ends with its alert")
  func local() async throws {
    let record = try await outbox.submit(.acknowledge(office.own, comment: ""))
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.confirmed])
    try await undo(record)
    await outbox.workOff()
    #expect(await outbox.records.isEmpty)

    try await outbox.submit(.acknowledge(office.own, comment: ""))
    let alert = ReportedAlert(
      cluster: "local", fingerprint: "local:a/b/0", labels: LabelSet([:]), startsAt: office.start)
    await outbox.note(local: [alert], unsure: [])
    await outbox.workOff()
    await outbox.note(local: [], unsure: ["local:a/b/0"])
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.confirmed])
    await outbox.note(local: [], unsure: [])
    await outbox.workOff()
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all.last == "ErrorBudgetBurn: the alert has ended.")
  }
}
