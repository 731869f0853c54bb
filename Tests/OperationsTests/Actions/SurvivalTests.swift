import Operations
import Reliability
import TestSupport
import Testing

/// What is killed goes on where it was, and several processes do everything once.
@Suite("Outboxes that are killed or share a journal", .timeLimit(.minutes(1)))
struct SurvivalTests {
  private let office: Office

  init() throws { office = try Office() }

  /// Starts a new process and lets it look until leases of the dead one are over.
  private func restart(at alerts: [Int] = [1]) async -> Outbox {
    let outbox = office.outbox("p-2")
    for _ in 0..<8 {
      office.clock.advance(by: .seconds(15))
      await office.look(outbox, at: alerts)
    }
    return outbox
  }

  @Test(
    "Killed at any step, there is one silence after the restart, and the row is right",
    arguments: Outbox.Step.allCases)
  func killed(at step: Outbox.Step) async throws {
    let life = Life(until: step)
    let dying = office.outbox(life: life)
    _ = try? await dying.submit(office.acknowledgement())
    await dying.workOff()
    #expect(life.isOver)
    let outbox = await restart()
    #expect(await office.backend.creations == 1)
    #expect(await office.backend.living.count == 1)
    let record = try #require(await outbox.records.first)
    #expect(record.state == .confirmed)
    #expect(record.silenceID == "s-1")
    #expect(await outbox.records.count == 1)
  }

  @Test(
    "One that dies with the request of another in hand leaves it one silence",
    arguments: [Outbox.Step.leased, .delivered])
  func killedWithOthers(at step: Outbox.Step) async throws {
    let owner = office.outbox("p-1")
    try await owner.submit(office.acknowledgement())
    let life = Life(until: step)
    await office.outbox("p-2", life: life).workOff()
    #expect(life.isOver)
    office.clock.advance(by: .seconds(10))
    await office.look(owner)
    await office.look(owner)
    #expect(await office.backend.creations == 1)
    #expect(await owner.records.map(\.silenceID) == ["s-1"])
  }

  @Test("What was certainly never tried is not looked for")
  func firstAttempt() async throws {
    let outbox = office.outbox()
    await office.backend.answer(with: .later(reason: "am timed out", after: nil))
    try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    office.clock.advance(by: .seconds(2))
    await office.look(outbox)
    let until = office.start + .seconds(900)
    #expect(
      await office.backend.calls.map(\.step) == [
        .create(until: until, mayBeThere: false), .create(until: until + .seconds(2)),
      ])
  }

  @Test(
    "Killed at any step of undoing, there is no silence after the restart",
    arguments: Outbox.Step.allCases)
  func killedUndoing(at step: Outbox.Step) async throws {
    let life = Life()
    let dying = office.outbox(life: life)
    let record = try await dying.submit(office.acknowledgement())
    await dying.workOff()
    life.end(at: step)
    _ = try? await dying.submit(.unacknowledge(record.id, office.target()))
    await dying.workOff()
    #expect(life.isOver)
    let outbox = await restart()
    #expect(await office.backend.living.isEmpty)
    #expect(await office.backend.creations == 1)
    #expect(await outbox.records.isEmpty)
  }

  @Test(
    "One that was undone after its process was killed in the middle leaves no silence",
    arguments: [Outbox.Step.leased, .delivered])
  func undoneAfterDeath(at step: Outbox.Step) async throws {
    let dying = office.outbox(life: Life(until: step))
    let record = try await dying.submit(office.acknowledgement())
    await dying.workOff()
    let outbox = office.outbox("p-2")
    try await outbox.submit(.unacknowledge(record.id, office.target()))
    for _ in 0..<8 {
      office.clock.advance(by: .seconds(15))
      await office.look(outbox)
    }
    #expect(await office.backend.living.isEmpty)
    #expect(await outbox.records.isEmpty)
  }

  @Test(
    "Killed while prolonging, it is prolonged by the next process",
    arguments: [Outbox.Step.leased, .delivered, .recorded])
  func killedProlonging(at step: Outbox.Step) async throws {
    let life = Life()
    let dying = office.outbox(life: life)
    try await dying.submit(office.acknowledgement())
    await dying.workOff()
    await office.look(dying)
    office.clock.advance(by: .seconds(600))
    life.end(at: step)
    await office.look(dying)
    #expect(life.isOver)
    let outbox = await restart()
    #expect(await outbox.records.map(\.state) == [.confirmed])
    let silence = try #require(await office.backend.living.first)
    #expect(silence.endsAt >= office.start + .seconds(1500))
    #expect(await outbox.records.first?.until == silence.endsAt)
  }

  @Test("A journal that fails after the delivery costs nothing: the silence is found again")
  func journalFails() async throws {
    let outbox = office.outbox()
    let life = Life(until: .delivered)
    let dying = office.outbox("p-0", life: life)
    try await dying.submit(office.acknowledgement())
    await dying.workOff()
    #expect(await dying.records.map(\.state) == [.sent])
    office.clock.advance(by: .seconds(61))
    // At first it learns that somebody else may have told it.
    await office.look(outbox)
    await office.look(outbox)
    #expect(await outbox.records.map(\.state) == [.sent])
    #expect(await office.backend.creations == 1)
  }

  @Test("Two processes on one journal carry out a hundred requests once each")
  func shared() async throws {
    let first = office.outbox("p-1")
    let second = office.outbox("p-2")
    for number in 0..<50 {
      try await first.submit(office.acknowledgement(number))
      try await second.submit(office.acknowledgement(number + 50))
    }
    await withTaskGroup(of: Void.self) { group in
      for outbox in [first, second] { group.addTask { await outbox.workOff() } }
    }
    #expect(await office.backend.creations == 100)
    #expect(Set(await office.backend.calls.map(\.request)).count == 100)
    #expect(await office.backend.calls.count == 100)
    let records = try await office.journal.records(endedAfter: office.start)
    #expect(records.count == 100)
    #expect(records.allSatisfy { $0.state == .sent && $0.attempts == 1 })
  }

  @Test("Running, it sends what is submitted without being asked")
  func running() async throws {
    let outbox = office.outbox()
    let task = Task { await outbox.run() }
    await office.clock.sleepers(atLeast: 1)
    try await outbox.submit(office.acknowledgement())
    while await outbox.records.first?.state != .sent { await Task.yield() }
    #expect(await office.backend.creations == 1)
    task.cancel()
    await task.value
  }
}
