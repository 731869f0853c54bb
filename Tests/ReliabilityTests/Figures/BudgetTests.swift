import Reliability
import TestSupport
import Testing

@Suite("Error budgets of rolling windows")
struct RollingBudgetTests {
  @Test("12,000,000 events with 7,800 bad leave 35 % of 99.9 %")
  func workedExample() throws {
    let share = EventShare.sample(bad: 7_800, of: 12_000_000)
    let budget = Budget(rolling: share, objective: try .sample("0.999"), window: .days(30))
    #expect(share.errorRatio == 0.00065)
    #expect(budget.consumed == 0.65)
    #expect(budget.remaining == 0.35)
    #expect(budget.allowedBad == 12_000)
    #expect(budget.badLeft == 4_200)
    #expect(budget.minutes == 43.2)
    #expect(budget.minutesLeft == 15.12)
    #expect(budget.note == nil)
    #expect(BudgetPolicy.standard.zone(remaining: budget.remaining).kind == .warning)
  }

  @Test("Exactly 12,000 bad of 12,000,000 leave exactly nothing")
  func exactlyOnBudget() throws {
    let budget = Budget(
      rolling: .sample(bad: 12_000, of: 12_000_000), objective: try .sample("0.999"),
      window: .days(30))
    #expect(budget.consumed == 1)
    #expect(budget.remaining == 0)
    #expect(budget.badLeft == 0)
    #expect(budget.minutesLeft == 0)
    #expect(BudgetPolicy.standard.zone(remaining: budget.remaining).kind == .exhausted)
  }

  @Test(
    "Exactly on budget is exactly zero for every objective and count",
    arguments: ["0.999", "0.9995", "0.9999", "0.99", "0.95", "0.93", "0.9", "0.7", "0.999999"])
  func exactlyOnBudget(target: String) throws {
    let objective = try Objective.sample(target)
    for multiple in [1, 7, 1_000, 123_457] {
      let bad = Double(objective.budget.numerator) * Double(multiple)
      let total = Double(objective.budget.denominator) * Double(multiple)
      let counted = Budget(
        rolling: .sample(bad: bad, of: total), objective: objective, window: .days(30))
      #expect(counted.remaining == 0)
      let onlyRatio = EventShare(total: nil, bad: nil, errorRatio: objective.budget.doubleValue)
      #expect(Budget(rolling: onlyRatio, objective: objective, window: .days(30)).remaining == 0)
    }
  }

  @Test("A budget of 99.95 % with an error ratio of 0.0007 is overspent by 40 %")
  func overspent() throws {
    let budget = Budget(
      rolling: .sample(bad: 7, of: 10_000), objective: try .sample("0.9995"), window: .days(30))
    #expect(budget.consumed == 1.4)
    #expect(budget.remaining == -0.4)
    #expect(budget.badLeft == -2)
    #expect(abs(budget.minutesLeft - -8.64) < 1e-12)
  }

  @Test(
    "The budget in minutes is exact",
    arguments: [
      ("0.999", 30, 43.2), ("0.9995", 30, 21.6), ("0.9999", 30, 4.32), ("0.995", 30, 216),
      ("0.99", 30, 432), ("0.999", 28, 40.32), ("0.999", 365, 525.6),
    ])
  func minutes(target: String, days: Int, minutes: Double) throws {
    let budget = Budget(
      rolling: .sample(bad: 0, of: 1), objective: try .sample(target), window: .days(days))
    #expect(budget.minutes == minutes)
    #expect(budget.minutesLeft == minutes)
  }

  @Test(
    "One event spends nothing or the whole budget many times over",
    arguments: [(0.0, 1.0), (1.0, -999.0)])
  func oneEvent(bad: Double, remaining: Double) throws {
    let budget = Budget(
      rolling: .sample(bad: bad, of: 1), objective: try .sample("0.999"), window: .days(30))
    #expect(budget.remaining == remaining)
    #expect(budget.allowedBad == 0.001)
  }

  @Test("All bad spends the budget as many times as it fits into everything")
  func allBad() throws {
    let budget = Budget(
      rolling: .sample(bad: 500, of: 500), objective: try .sample("0.99"), window: .days(30))
    #expect(budget.consumed == 100)
    #expect(budget.remaining == -99)
  }

  @Test("A bare ratio has a budget but no counts")
  func bareRatio() throws {
    let budget = Budget(
      rolling: EventShare(total: nil, bad: nil, errorRatio: 0.00065),
      objective: try .sample("0.999"), window: .days(30))
    #expect(abs(budget.remaining - 0.35) < 1e-12)
    #expect(budget.allowedBad == nil)
    #expect(budget.badLeft == nil)
  }

  @Test("A clamped ratio decides where the counts are outside of the total")
  func clamped() throws {
    let answer = Reading.Answer.events(numerator: 105, total: 100, nearestBuckets: [])
    guard case .measured(let share) = Measurement(answer, of: .badEventsSample) else {
      Issue.record("5 % outside is clamped")
      return
    }
    let budget = Budget(rolling: share, objective: try .sample("0.9"), window: .days(30))
    #expect(abs(budget.consumed - 10) < 1e-12)
    #expect(budget.allowedBad == 10)
    #expect(budget.badLeft == -90)
  }
}

@Suite("Error budgets of calendar periods")
struct CalendarBudgetTests {
  private let start: Timestamp
  private let november: Range<Timestamp>

  init() throws {
    start = try .sample("2026-11-01T00:00:00Z")
    november = start..<(try .sample("2026-12-01T00:00:00Z"))
  }

  @Test(
    "Consumed is the pace times the part of the period that has passed",
    arguments: [(30, 0.65, 0.65), (15, 0.65, 0.325), (3, 14.4, 1.44), (10, 3, 1), (10, 0, 0)])
  func consumed(daysElapsed: Int, pace: Double, consumed: Double) throws {
    let objective = try Objective.sample("0.999")
    let share = EventShare.sample(bad: pace * 1_000, of: 1_000_000)
    let budget = Budget(
      calendar: share, objective: objective, period: november,
      now: start + .seconds(86_400 * daysElapsed))
    #expect(abs(budget.consumed - consumed) < 1e-12)
    #expect(abs(budget.remaining - (1 - consumed)) < 1e-12)
    #expect(abs(objective.burnRate(errorRatio: share.errorRatio) - pace) < 1e-12)
  }

  @Test("Allowed bad events are those of the whole period at the traffic so far")
  func allowed() throws {
    let budget = Budget(
      calendar: .sample(bad: 300, of: 1_000_000), objective: try .sample("0.999"),
      period: november, now: start + .seconds(86_400 * 10))
    #expect(budget.allowedBad == 3_000)
    #expect(budget.badLeft == 2_700)
    #expect(budget.remaining == 0.9)
    #expect(budget.minutes == 43.2)
    #expect(abs(budget.minutesLeft - 38.88) < 1e-12)
  }

  @Test("A period that was spent exactly so far has exactly nothing left", arguments: 1...29)
  func exactlySpent(day: Int) throws {
    // A pace of 30/day for so many days is the whole budget.
    let budget = Budget(
      calendar: .sample(bad: 30, of: 1_000 * Double(day)), objective: try .sample("0.999"),
      period: november, now: start + .seconds(86_400 * day))
    #expect(budget.remaining == 0)
  }

  @Test("Minutes follow the period's real length")
  func realLength() throws {
    let march = try #require(CalendarPeriod(.month, timeZone: "America/New_York"))
      .interval(containing: try .sample("2026-03-20T00:00:00Z"))
    let budget = Budget(fullFor: try .sample("0.999"), period: march)
    #expect(budget.minutes == 44.58)
  }

  @Test("A period that just began is untouched and says so")
  func justBegan() throws {
    let budget = Budget(fullFor: try .sample("0.999"), period: november)
    #expect(budget.remaining == 1)
    #expect(budget.consumed == 0)
    #expect(budget.allowedBad == nil)
    #expect(budget.minutesLeft == 43.2)
    #expect(budget.note == "period just began")
    #expect(Budget.settlingTime == .seconds(300))
  }
}
