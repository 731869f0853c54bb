import Connectors
import Reliability
import TestSupport
import Testing

@Suite("Resilience guard")
struct ResilienceGuardTests {
  private func makeGuard(
    concurrency: Int = 4, rate: Double = 10_000, clock: any WallClock
  ) -> ResilienceGuard {
    var policy = Resilience.Policy()
    policy.concurrency = concurrency
    policy.requestsPerSecond = rate
    return ResilienceGuard(Resilience(policy: policy), clock: clock, random: { 0 })
  }

  @Test("Many at once all get their turn")
  func crowd() async throws {
    let guardian = makeGuard(concurrency: 2, clock: SkippingClock())
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...100 {
        group.addTask {
          try await guardian.perform { () async throws(ConnectorError) -> Int in
            await Task.yield()
            return number
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 5050)
  }

  @Test("Waiting ones are told when the source is left alone")
  func crowdAtAnOutage() async {
    let guardian = makeGuard(concurrency: 1, clock: SkippingClock())
    let errors = await withTaskGroup(of: ConnectorError?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do throws(ConnectorError) {
            try await guardian.perform { () async throws(ConnectorError) -> Void in
              await Task.yield()
              throw .timedOut(.seconds(1))
            }
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: [ConnectorError?]()) { $0.append($1) }
    }
    #expect(errors.filter { $0 == .timedOut(.seconds(1)) }.count == 5)
    let left = ConnectorError.leftAlone(
      until: Fixture.now + .seconds(5), reason: "no answer within 1 s")
    #expect(errors.filter { $0 == left }.count == 15)
  }

  @Test("An error that says nothing of the source leaves the breaker as it is")
  func unsentRequests() async {
    let guardian = makeGuard(clock: SkippingClock())
    for _ in 0..<10 {
      await #expect(throws: ConnectorError.secret(.unsetVariable("T"))) {
        try await guardian.perform { () async throws(ConnectorError) -> Void in
          throw .secret(.unsetVariable("T"))
        }
      }
    }
    #expect(await guardian.isOpen == false)
  }

  /// A task that keeps its slot until the gate opens; returns once it has the slot.
  private func occupySlot(of guardian: ResilienceGuard, until gate: AsyncStream<Void>) async {
    let (starts, started) = AsyncStream<Void>.makeStream()
    Task {
      try await guardian.perform { () async throws(ConnectorError) -> Void in
        started.yield()
        for await _ in gate { break }
      }
    }
    for await _ in starts { break }
  }

  /// Starts a question that waits for a slot.
  private func startWaiter(on guardian: ResilienceGuard) async -> Task<Void, any Error> {
    let waiter = Task { try await guardian.perform { () async throws(ConnectorError) -> Void in } }
    for _ in 0..<1000 { await Task.yield() }
    return waiter
  }

  @Test("One that is cancelled while it waits for a slot goes at once", .timeLimit(.minutes(1)))
  func cancelledInQueue() async throws {
    let guardian = makeGuard(concurrency: 1, clock: SkippingClock())
    let (gate, open) = AsyncStream<Void>.makeStream()
    await occupySlot(of: guardian, until: gate)
    let cancelled = await startWaiter(on: guardian)
    let patient = await startWaiter(on: guardian)
    cancelled.cancel()
    await #expect(throws: ConnectorError.cancelled) { try await cancelled.value }
    open.yield()
    try await patient.value
  }

  @Test(
    "One that is cancelled while it waits for the rate passes its turn on",
    .timeLimit(.minutes(1)))
  func cancelledAtTheRate() async throws {
    let clock = ManualClock(at: Fixture.now)
    let guardian = makeGuard(concurrency: 1, rate: 1, clock: clock)
    let (gate, open) = AsyncStream<Void>.makeStream()
    await occupySlot(of: guardian, until: gate)
    let cancelled = await startWaiter(on: guardian)
    let patient = await startWaiter(on: guardian)
    open.yield()
    await clock.sleepers(atLeast: 1)
    cancelled.cancel()
    await #expect(throws: ConnectorError.cancelled) { try await cancelled.value }
    await clock.sleepers(atLeast: 1)
    clock.advance(by: .seconds(1))
    try await patient.value
  }
}
