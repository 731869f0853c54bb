import Operations
import Reliability
import TestSupport
import Testing

@Suite("Acknowledgements that stand")
struct StandingTests {
  private let office: Office
  private let outbox: Outbox

  init() throws {
    office = try Office()
    outbox = office.outbox()
  }

  private func at(_ seconds: Int) { office.clock.set(to: office.start + .seconds(seconds)) }

  private func acknowledge() async throws {
    await office.look(outbox)
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    at(15)
    await office.look(outbox)
    #expect(await outbox.records.map(\.state) == [.confirmed])
  }

  private var calls: [DeliveryStep] {
    get async { await office.backend.calls.map(\.step) }
  }

  @Test("It is prolonged in its last third, again and again, while the alert goes on")
  func prolonged() async throws {
    try await acknowledge()
    at(599)
    await office.look(outbox)
    #expect(await calls.count == 1)
    at(600)
    await office.look(outbox)
    #expect(await calls.last == .prolong(until: office.start + .seconds(1500)))
    for second in stride(from: 615, through: 3600, by: 15) {
      at(second)
      await office.look(outbox)
    }
    #expect(await calls.count == 1 + 6)
    #expect(await office.backend.creations == 1)
    #expect(await outbox.records.map(\.state) == [.confirmed])
    #expect(office.sentences.all.isEmpty)
  }

  @Test("While nobody knows whether the alert goes on it is not prolonged, and lapses aloud")
  func unknown() async throws {
    try await acknowledge()
    for second in stride(from: 600, through: 900, by: 15) {
      at(second)
      await office.lookInVain(outbox)
    }
    #expect(await calls.count == 1)
    #expect(await outbox.records.count == 1)
    at(901)
    await office.lookInVain(outbox)
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: lapsed at 12:15:00 UTC: nobody prolonged it."])
  }

  @Test("What the journal of somebody else has made is neither prolonged nor ended")
  func foreign() async throws {
    let other = try Office()
    try await other.outbox("q-1").submit(other.acknowledgement())
    let record = try #require(try await other.journal.records(endedAfter: other.start).first)
    _ = await office.backend.perform(.create(until: office.start + .seconds(900)), for: record)
    for second in stride(from: 15, through: 1200, by: 15) {
      at(second)
      await office.look(outbox, at: second < 600 ? [1] : [])
    }
    #expect(await calls.count == 1)
    #expect(await office.backend.living.count == 1)
  }

  @Test("The later end that kthxbye gives it is taken over, and an earlier one in a report is not")
  func adopted() async throws {
    try await acknowledge()
    await office.backend.change(endsAt: office.start + .seconds(2000))
    at(30)
    await office.look(outbox)
    #expect(await outbox.records.first?.until == office.start + .seconds(2000))
    await office.backend.change(endsAt: office.start + .seconds(1000))
    at(45)
    await office.look(outbox)
    #expect(await outbox.records.first?.until == office.start + .seconds(2000))
    at(900)
    await office.look(outbox)
    #expect(await calls.count == 1)
  }

  @Test("One that lapsed while burnwatch was away is ended, told, and never revived")
  func lapsed() async throws {
    try await acknowledge()
    await office.backend.change(state: .expired)
    at(5000)
    let later = office.outbox("p-2")
    for second in stride(from: 5000, through: 5060, by: 15) {
      at(second)
      await office.look(later)
    }
    #expect(await later.records.isEmpty)
    #expect(await office.backend.creations == 1)
    #expect(await calls.count == 1)
    #expect(office.sentences.all == ["Disk1: lapsed at 12:15:00 UTC: nobody prolonged it."])
    try await later.submit(office.acknowledgement())
    await later.workOff()
    #expect(await office.backend.creations == 2)
  }

  @Test("A silence that somebody else expires ends it, and it is not made again")
  func expiredByOthers() async throws {
    try await acknowledge()
    await office.backend.change(state: .expired)
    at(30)
    await office.look(outbox)
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: its silence was expired by somebody else."])
    at(45)
    await office.look(outbox)
    #expect(await office.backend.creations == 1)
  }

  @Test("A report from before another process has told it does not end it")
  func otherProcess() async throws {
    await office.look(outbox)
    let second = office.outbox("p-2")
    await office.look(second)
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await second.workOff()
    #expect(await second.records.map(\.state) == [.sent])
    at(15)
    await office.look(second)
    #expect(await second.records.map(\.state) == [.confirmed])
  }

  @Test("It ends with its alert, absent for five minutes by sure reports")
  func absence() async throws {
    try await acknowledge()
    at(30)
    await office.look(outbox, at: [])
    at(329)
    await office.look(outbox, at: [])
    #expect(await office.backend.living.count == 1)
    at(330)
    await office.look(outbox, at: [])
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
    #expect(office.sentences.all == ["Disk1: the alert has ended."])
  }

  @Test("A look in vain and a return of the alert begin the five minutes anew")
  func interrupted() async throws {
    try await acknowledge()
    for (second, alerts) in [(30, []), (300, [1]), (315, []), (590, [])] {
      at(second)
      await office.look(outbox, at: alerts)
    }
    at(595)
    await office.lookInVain(outbox)
    at(598)
    await office.look(outbox, at: [])
    at(890)
    await office.look(outbox, at: [])
    #expect(await office.backend.living.count == 1)
    at(898)
    await office.look(outbox, at: [])
    #expect(await office.backend.living.isEmpty)
  }

  @Test("An Alertmanager that has started anew with an empty list ends nothing")
  func restarted() async throws {
    try await acknowledge()
    for second in stride(from: 30, through: 890, by: 10) {
      at(second)
      await office.look(outbox, at: [], isAuthoritative: false)
    }
    #expect(await office.backend.living.count == 1)
    #expect(await calls.count == 1)
  }

  @Test("An end that Alertmanager does not take now is tried again, ever more rarely")
  func stubborn() async throws {
    try await acknowledge()
    at(30)
    await office.look(outbox, at: [])
    await office.backend.breakDown("am is busy")
    for second in 330...360 {
      at(second)
      await office.look(outbox, at: [])
    }
    #expect(await calls.count { $0 == .end } == 5)
    await office.backend.breakDown(nil)
    at(400)
    await office.look(outbox, at: [])
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test("Of twins one is expired once, and the recorded one stays")
  func twins() async throws {
    try await acknowledge()
    await office.backend.duplicate()
    let report = await office.backend.report([office.alert(1)])
    for second in [30, 31, 32] {
      at(second)
      await outbox.note(.success(report), from: "am")
      await outbox.workOff()
    }
    #expect(await office.backend.living.map(\.id) == ["s-1"])
    #expect(await calls.count == 2)
    #expect(await outbox.records.map(\.silenceID) == ["s-1"])
    #expect(try await office.events(of: "p-1-1").last == "twin expired")
  }

  @Test("A twin that cannot be expired now is tried again with the next report")
  func stubbornTwin() async throws {
    try await acknowledge()
    await office.backend.duplicate()
    await office.backend.breakDown("am is busy")
    at(30)
    await office.look(outbox)
    at(31)
    await outbox.workOff()
    #expect(await calls.count == 2)
    await office.backend.breakDown(nil)
    at(45)
    await office.look(outbox)
    #expect(await office.backend.living.map(\.id) == ["s-1"])
    #expect(try await office.events(of: "p-1-1").last == "twin expired")
  }

  @Test("A prolongation that is refused fails on the row; one that comes too late ends it")
  func prolongingFails() async throws {
    try await acknowledge()
    await office.look(outbox, at: [1, 2])
    try await outbox.submit(office.acknowledgement(2))
    await outbox.workOff()
    await office.look(outbox, at: [1, 2])
    await office.backend.answer(
      with: .refused(reason: "am says no"), .gone(reason: "its silence has ended"))
    at(700)
    await office.look(outbox, at: [1, 2])
    #expect(await outbox.records.map(\.state) == [.failed])
    #expect(
      office.sentences.all == ["Disk1: am says no.", "Disk2: its silence has ended."])
  }
}
