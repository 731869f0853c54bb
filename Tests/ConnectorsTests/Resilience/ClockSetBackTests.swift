import Connectors
import Reliability
import Testing

/// A machine's clock that is set back must not turn pauses of seconds into hours.
@Suite("Pauses and a clock that is set back")
struct ClockSetBackTests {
  private let now = Fixture.now
  private let earlier = Fixture.now - .seconds(3_600)

  @Test("The circuit breaker lets a probe through")
  func breaker() {
    var breaker = CircuitBreaker(threshold: 1)
    breaker.fail(at: now)
    #expect(breaker.admit(at: now + .seconds(4)) == now + .seconds(5))
    #expect(breaker.admit(at: earlier) == nil)
  }

  @Test("A pause that the server wished for is over")
  func wishedPause() {
    var machine = Resilience(policy: Resilience.Policy())
    _ = machine.admit(at: now)
    let wish = Resilience.Outcome.failed(isTransient: true, retryAfter: .seconds(90))
    _ = machine.end(wish, attempt: 0, at: now, random: 0)
    #expect(machine.admit(at: now + .seconds(89)) == .refused(until: now + .seconds(90)))
    #expect(machine.leftAloneUntil(at: earlier) == nil)
    #expect(machine.admit(at: earlier) == .admitted)
  }

  @Test("An SLO in quarantine is asked again")
  func quarantine() throws {
    var quarantine = Quarantine()
    let demand = Demand(try Fixture.slo().id, .burn(.minutes(5)))
    quarantine.refuse(demand, message: "parse error", at: now)
    #expect(quarantine.message(for: demand, at: now + .seconds(29)) == "parse error")
    #expect(quarantine.message(for: demand, at: earlier) == nil)
  }
}
