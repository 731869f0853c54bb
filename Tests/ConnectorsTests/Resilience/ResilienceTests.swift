import Connectors
import Reliability
import Testing

@Suite("Resilience")
struct ResilienceTests {
  private let now = Fixture.now
  private let failure = Resilience.Outcome.failed(isTransient: true, retryAfter: nil)

  private func machine(
    concurrency: Int = 4, rate: Double = 1000, threshold: Int = 5
  ) -> Resilience {
    var policy = Resilience.Policy()
    policy.concurrency = concurrency
    policy.requestsPerSecond = rate
    return Resilience(policy: policy, breaker: CircuitBreaker(threshold: threshold))
  }

  @Test("A failure that may pass is retried twice, with jitter below an exponential bound")
  func retries() {
    var machine = machine()
    var next: [Resilience.Next] = []
    for attempt in 0...2 {
      #expect(machine.admit(at: now) == .admitted)
      next.append(machine.end(failure, attempt: attempt, at: now, random: 0.5))
    }
    #expect(
      next == [
        .retry(at: now + .milliseconds(125)), .retry(at: now + .milliseconds(250)), .finish,
      ])
  }

  @Test("A failure that will not pass is not retried")
  func lastingFailures() {
    var machine = machine()
    _ = machine.admit(at: now)
    let outcome = Resilience.Outcome.failed(isTransient: false, retryAfter: nil)
    #expect(machine.end(outcome, attempt: 0, at: now, random: 0) == .finish)
  }

  @Test("Five failures in a row open the breaker for five seconds; one probe decides")
  func breaker() {
    var machine = machine()
    for attempt in 0..<5 {
      #expect(machine.admit(at: now) == .admitted)
      _ = machine.end(failure, attempt: attempt, at: now, random: 0)
    }
    let reopen = now + .seconds(5)
    #expect(machine.admit(at: now) == .refused(until: reopen))
    #expect(machine.leftAloneUntil(at: now) == reopen)
    #expect(machine.admit(at: reopen) == .admitted)
    #expect(machine.admit(at: reopen) == .refused(until: reopen))
    #expect(machine.end(.answered, attempt: 0, at: reopen, random: 0) == .finish)
    #expect(machine.breaker.state == .closed(failures: 0))
  }

  @Test("Each failed probe doubles the pause, up to a minute")
  func growingPauses() {
    var machine = machine(threshold: 1)
    var instant = now
    var pauses: [Duration] = []
    for _ in 0..<6 {
      #expect(machine.admit(at: instant) == .admitted)
      _ = machine.end(failure, attempt: 9, at: instant, random: 0)
      let next = machine.leftAloneUntil(at: instant) ?? instant
      pauses.append(next - instant)
      instant = next
    }
    #expect(pauses == [5, 10, 20, 40, 60, 60].map { .seconds($0) })
  }

  @Test("An answer in between starts the count anew")
  func answersReset() {
    var machine = machine()
    for round in 0..<9 {
      #expect(machine.admit(at: now) == .admitted)
      _ = machine.end(round == 4 ? .answered : failure, attempt: 9, at: now, random: 0)
    }
    #expect(machine.breaker.state == .closed(failures: 4))
  }

  @Test("A probe that tells nothing leaves the next one its turn")
  func abandonedProbe() {
    var machine = machine(threshold: 1)
    _ = machine.admit(at: now)
    _ = machine.end(failure, attempt: 9, at: now, random: 0)
    let later = now + .seconds(5)
    #expect(machine.admit(at: later) == .admitted)
    _ = machine.end(.abandoned, attempt: 0, at: later, random: 0)
    #expect(machine.admit(at: later) == .admitted)
  }

  @Test("No more run at a time than allowed")
  func concurrency() {
    var machine = machine(concurrency: 2)
    #expect(machine.admit(at: now) == .admitted)
    #expect(machine.admit(at: now) == .admitted)
    #expect(machine.admit(at: now) == .waitForSlot)
    _ = machine.end(.answered, attempt: 0, at: now, random: 0)
    #expect(machine.admit(at: now) == .admitted)
  }

  @Test("A burst is let through, then requests come at the rate")
  func rate() {
    var machine = machine(concurrency: 99, rate: 2)
    #expect(machine.admit(at: now) == .admitted)
    #expect(machine.admit(at: now) == .admitted)
    #expect(machine.admit(at: now) == .wait(until: now + .milliseconds(500)))
    #expect(machine.admit(at: now + .milliseconds(500)) == .admitted)
  }

  @Test("A short wished pause is kept within the question, a long one ends it")
  func retryAfter() {
    var machine = machine()
    _ = machine.admit(at: now)
    let short = Resilience.Outcome.failed(isTransient: true, retryAfter: .seconds(3))
    #expect(
      machine.end(short, attempt: 0, at: now, random: 0) == .retry(at: now + .seconds(3)))
    #expect(machine.admit(at: now) == .refused(until: now + .seconds(3)))
    #expect(machine.admit(at: now + .seconds(3)) == .admitted)
    let long = Resilience.Outcome.failed(isTransient: true, retryAfter: .seconds(90))
    #expect(machine.end(long, attempt: 1, at: now, random: 0) == .finish)
    #expect(machine.leftAloneUntil(at: now) == now + .seconds(90))
  }
}
