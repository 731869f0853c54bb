import Operations
import Reliability
import TestSupport
import Testing

@Suite("Delivering acknowledgements")
struct DeliveryTests {
  private let office: Office

  init() throws { office = try Office() }

  @Test("An acknowledgement is queued, then sent, then confirmed when a report shows its silence")
  func way() async throws {
    let outbox = office.outbox()
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    let sent = try #require(await outbox.records.first)
    #expect(sent.state == .sent)
    #expect(sent.silenceID == "s-1")
    #expect(sent.until == office.start + .seconds(900))
    await office.look(outbox)
    #expect(await outbox.records.map(\.state) == [.confirmed])
    #expect(
      try await office.events(of: record.id) == ["acknowledge", "delivered", "confirmed"])
    #expect(office.sentences.all.isEmpty)
    await office.look(outbox)
    #expect(await office.backend.calls.count == 1)
  }

  @Test("A silence, an extension and an expiry are over once they are done")
  func single() async throws {
    let outbox = office.outbox()
    let matchers = [LabelMatcher("alertname", .equal, "Disk1")]
    try await outbox.submit(
      .silence(
        SilencePlan(
          source: "am", matchers: matchers, startsAt: office.start,
          endsAt: office.start + .seconds(60), comment: "works")))
    await outbox.workOff()
    let silence = try #require(await office.backend.living.first)
    try await outbox.submit(.extendSilence(silence, until: office.start + .seconds(120)))
    await outbox.workOff()
    #expect(await office.backend.living.map(\.endsAt) == [office.start + .seconds(120)])
    try await outbox.submit(.expireSilence(silence))
    await outbox.workOff()
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test("A refusal for good ends in failed, with the reason on the row and told once")
  func refused() async throws {
    let outbox = office.outbox()
    await office.backend.answer(with: .refused(reason: "am answered 403"))
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await office.look(outbox)
    let record = try #require(await outbox.records.first)
    #expect(record.state == .failed)
    #expect(record.reason == "am answered 403")
    #expect(office.sentences.all == ["Disk1: am answered 403."])
  }

  @Test("A source that is not configured any more refuses for good")
  func unknownSource() async throws {
    let outbox = office.outbox()
    let target = AlertTarget(
      alert: office.alert(1).id, name: "Disk1", startsAt: office.start,
      backend: .pagerDuty(source: "old", incident: "Q1"))
    try await outbox.submit(.acknowledge(target, comment: ""))
    await outbox.workOff()
    #expect(await outbox.records.first?.state == .failed)
    #expect(
      office.sentences.all == ["Disk1: source old is not in the configuration any more."])
  }

  @Test("A passing failure waits, is told once, and nothing is tried before the source answers")
  func transient() async throws {
    let outbox = office.outbox()
    await office.backend.breakDown("am cannot be reached")
    let record = try await outbox.submit(office.acknowledgement())
    for _ in 0..<20 {
      await office.lookInVain(outbox)
      office.clock.advance(by: .seconds(15))
    }
    #expect(await office.backend.calls.count == 1)
    #expect(await outbox.records.first?.reason == "am cannot be reached")
    #expect(office.sentences.all == ["Disk1 waits: am cannot be reached."])
    await office.look(outbox)
    await office.backend.breakDown(nil)
    office.clock.advance(by: .seconds(15))
    await office.look(outbox)
    #expect(await office.backend.calls.count == 3)
    let sent = try #require(await outbox.records.first)
    #expect(sent.state == .sent)
    #expect(sent.reason == nil)
    #expect(office.sentences.all.count == 1)
    #expect(
      try await office.events(of: record.id) == ["acknowledge", "waiting", "delivered"])
  }

  @Test("The wait between attempts doubles from a second to half a minute, unless the server says")
  func backoff() async throws {
    let outbox = office.outbox()
    await office.backend.breakDown("am is busy")
    try await outbox.submit(office.acknowledgement())
    var waits: [Duration] = []
    for _ in 0..<8 {
      await office.look(outbox)
      let next = try #require(await outbox.records.first).nextAttempt
      waits.append(next - office.clock.now)
      office.clock.set(to: next)
    }
    #expect(waits == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
    await office.backend.answer(with: .later(reason: "am is busy", after: .seconds(77)))
    await office.look(outbox)
    let next = try #require(await outbox.records.first).nextAttempt
    #expect(next - office.clock.now == .seconds(77))
  }

  @Test("After ten minutes without a network all is delivered in order; what has ended is dropped")
  func outage() async throws {
    let outbox = office.outbox()
    await office.look(outbox, at: [1, 2, 3, 4])
    await office.backend.breakDown("am cannot be reached")
    for round in 0..<40 {
      office.clock.advance(by: .seconds(15))
      if round % 10 == 0 {
        try await outbox.submit(office.acknowledgement(round / 10 + 1))
      }
      await office.lookInVain(outbox)
    }
    #expect(await office.backend.calls.count == 4)
    #expect(await outbox.records.map(\.state) == [.queued, .queued, .queued, .queued])
    await office.backend.breakDown(nil)
    office.clock.advance(by: .seconds(15))
    await office.look(outbox, at: [1, 2, 4])
    #expect(await office.backend.order == ["p-1-1", "p-1-2", "p-1-4"])
    #expect(await outbox.records.map(\.state) == [.sent, .sent, .sent])
    #expect(
      office.sentences.all.last
        == "Disk3: dropped: the alert had ended before it could be told.")
    #expect(office.sentences.all.count == 5)
    await office.look(outbox, at: [1, 2, 4])
    #expect(await outbox.records.allSatisfy { $0.state == .confirmed })
    #expect(await office.backend.living.count == 3)
  }

  @Test("An alert that only a started Alertmanager does not know is not dropped")
  func restarted() async throws {
    let outbox = office.outbox()
    await office.look(outbox, at: [], isAuthoritative: false)
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    #expect(await office.backend.creations == 1)
    await office.look(outbox, at: [])
    try await outbox.submit(office.acknowledgement(2))
    await outbox.workOff()
    #expect(await office.backend.creations == 1)
  }

  @Test("One that may have arrived is ended outside as well when its alert has ended meanwhile")
  func droppedAfterLoss() async throws {
    let outbox = office.outbox()
    await office.backend.loseAnswers(true)
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    #expect(await office.backend.living.count == 1)
    await office.backend.loseAnswers(false)
    office.clock.advance(by: .seconds(15))
    await office.look(outbox, at: [])
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test("A lost answer makes no second silence")
  func lostAnswer() async throws {
    let outbox = office.outbox()
    await office.backend.loseAnswers(true)
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await office.backend.loseAnswers(false)
    office.clock.advance(by: .seconds(15))
    await office.look(outbox)
    #expect(await outbox.records.map(\.silenceID) == ["s-1"])
    #expect(await office.backend.creations == 1)
  }

  @Test("A failed acknowledgement leaves with its alert, any other failure after a day")
  func oldFailures() async throws {
    let outbox = office.outbox()
    await office.backend.answer(with: .refused(reason: "no"), .refused(reason: "no"))
    try await outbox.submit(office.acknowledgement())
    let silence = Silence(
      id: "x", cluster: "am", matchers: [], startsAt: office.start, endsAt: office.start,
      updatedAt: office.start, createdBy: "", comment: "", state: .active)
    try await outbox.submit(.expireSilence(silence))
    await outbox.workOff()
    #expect(await outbox.records.map(\.state) == [.failed, .failed])
    await office.look(outbox, at: [])
    office.clock.advance(by: .seconds(300))
    await office.look(outbox, at: [])
    #expect(await outbox.records.map(\.id) == ["p-1-2"])
    office.clock.advance(by: .seconds(86_400))
    await outbox.workOff()
    #expect(await outbox.records.isEmpty)
  }
}
