import Reliability
import TestSupport
import Testing

@Suite("Burn-rate conditions")
struct ConditionStateTests {
  private static let pageRow = BurnCondition(
    severity: .page, factor: Fraction(72, over: 5), long: .hours(1), short: .minutes(5))

  private func page(
    long: EventShare?, short: EventShare?, target: String = "0.999", minBadEvents: Int = 3
  ) throws -> ConditionState {
    ConditionState(
      Self.pageRow, objective: try .sample(target), long: long, short: short,
      minBadEvents: minBadEvents)
  }

  @Test(
    "Exactly 14.4 is not active, one bad event more is",
    arguments: [(144, 10_000), (172_800, 12_000_000), (1_440_000_000_000, 100_000_000_000_000)]
      as [(Double, Double)])
  func exactlyAtTheFactor(bad: Double, total: Double) throws {
    let at = EventShare.sample(bad: bad, of: total)
    let above = EventShare.sample(bad: bad + 1, of: total)
    #expect(try !page(long: at, short: at).isActive)
    #expect(try !page(long: above, short: at).isActive)
    #expect(try !page(long: at, short: above).isActive)
    #expect(try page(long: above, short: above).isActive)
  }

  @Test("No standard factor is exceeded by counts that are exactly at it, for any objective")
  func everyFactor() throws {
    for days in [7, 28, 30, 90] {
      for condition in BurnCondition.standard(for: .days(days)) {
        for thousandths in 901...999 {
          let objective = try #require(Objective(Fraction(Int128(thousandths), over: 1_000)))
          let limit = condition.factor * objective.budget
          guard limit < .one else { continue }
          let total = Double(limit.denominator) * 1_000
          let at = EventShare.sample(bad: Double(limit.numerator) * 1_000, of: total)
          let above = EventShare.sample(bad: Double(limit.numerator) * 1_000 + 1, of: total)
          let calm = ConditionState(
            condition, objective: objective, long: at, short: at, minBadEvents: 3)
          let burning = ConditionState(
            condition, objective: objective, long: above, short: above, minBadEvents: 3)
          #expect(!calm.isActive, "\(condition.factor) at \(objective.target)")
          #expect(burning.isActive, "\(condition.factor) at \(objective.target)")
        }
      }
    }
  }

  @Test("A bare ratio exactly at the factor is not active, the next double is")
  func bareRatios() throws {
    for condition in BurnCondition.standard(for: .days(28)) {
      for thousandths in 951...999 {
        let objective = try #require(Objective(Fraction(Int128(thousandths), over: 1_000)))
        let ratio = (condition.factor * objective.budget).doubleValue
        let at = EventShare(total: nil, bad: nil, errorRatio: ratio)
        let above = EventShare(total: nil, bad: nil, errorRatio: ratio.nextUp)
        let calm = ConditionState(
          condition, objective: objective, long: at, short: at, minBadEvents: 3)
        let burning = ConditionState(
          condition, objective: objective, long: above, short: above, minBadEvents: 3)
        #expect(!calm.isActive, "\(condition.factor) at \(objective.target)")
        #expect(burning.isActive, "\(condition.factor) at \(objective.target)")
      }
    }
  }

  @Test("An unknown window never makes a condition active, and the condition says it is unknown")
  func unknownWindows() throws {
    let burning = EventShare.sample(bad: 500, of: 1_000)
    for (long, short) in [(burning, nil), (nil, burning), (nil, nil)]
      as [(EventShare?, EventShare?)]
    {
      let state = try page(long: long, short: short)
      #expect(!state.isActive)
      #expect(!state.isKnown)
    }
    #expect(try page(long: burning, short: burning).isKnown)
  }

  @Test(
    "Traffic is low while the long window allows less than one bad event",
    arguments: [(999.0, true), (1_000.0, false), (1.0, true)])
  func lowTraffic(total: Double, isLow: Bool) throws {
    let share = EventShare.sample(bad: 0, of: total)
    #expect(try page(long: share, short: share).isLowTraffic == isLow)
  }

  @Test("Only the long window decides whether traffic is low")
  func lowTrafficOfTheLongWindow() throws {
    let long = EventShare.sample(bad: 20, of: 1_000)
    let state = try page(long: long, short: .sample(bad: 1, of: 1))
    #expect(!state.isLowTraffic)
    #expect(state.isActive)
  }

  @Test(
    "At low traffic a condition needs the least number of bad events",
    arguments: [
      (1, 3, false), (2, 3, false), (3, 3, true), (4, 3, true), (1, 1, true), (4, 5, false),
    ]
  )
  func minBadEvents(bad: Double, least: Int, isActive: Bool) throws {
    let share = EventShare.sample(bad: bad, of: 50)
    let state = try page(long: share, short: share, minBadEvents: least)
    #expect(state.isLowTraffic)
    #expect(state.isActive == isActive)
  }

  @Test("Bad events in the long window are enough, the short one may hold a single one")
  func minBadEventsInLongWindow() throws {
    let state = try page(long: .sample(bad: 3, of: 100), short: .sample(bad: 1, of: 1))
    #expect(state.isActive)
  }

  @Test("Where traffic is not low, the number of bad events does not matter")
  func enoughTraffic() throws {
    let state = try page(
      long: .sample(bad: 20, of: 1_000), short: .sample(bad: 2, of: 100), minBadEvents: 1_000)
    #expect(!state.isLowTraffic)
    #expect(state.isActive)
  }

  @Test("A complete failure at low traffic still pages", arguments: [3.0, 10, 60])
  func completeFailure(events: Double) throws {
    let state = try page(
      long: .sample(bad: events, of: events), short: .sample(bad: 1, of: 1))
    #expect(state.isLowTraffic)
    #expect(state.isActive)
  }

  @Test("A bare ratio knows no traffic and is therefore never low")
  func bareRatioTraffic() throws {
    let share = EventShare(total: nil, bad: nil, errorRatio: 0.5)
    let state = try page(long: share, short: share)
    #expect(!state.isLowTraffic)
    #expect(state.isActive)
  }
}
