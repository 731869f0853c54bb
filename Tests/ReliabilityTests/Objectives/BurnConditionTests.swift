import Reliability
import TestSupport
import Testing

@Suite("Standard burn-rate conditions")
struct BurnConditionTests {
  @Test(
    "Factors are the budget share times the SLO window over the long window, never below 1",
    arguments: [
      (1, ["1", "1", "1"]), (7, ["3.36", "1.4", "1", "1"]), (28, ["13.44", "5.6", "2.8", "1"]),
      (30, ["14.4", "6", "3", "1"]), (90, ["43.2", "18", "9", "3"]),
      (14, ["6.72", "2.8", "1.4", "1"]), (365, ["175.2", "73", "36.5", "73/6"]),
    ])
  func factors(days: Int, factors: [String]) {
    let conditions = BurnCondition.standard(for: .days(days))
    #expect(conditions.map(\.factor.description) == factors)
  }

  @Test("The rows of 30 days are the ones of the table")
  func rows() {
    let conditions = BurnCondition.standard(for: .days(30))
    #expect(conditions.map(\.severity) == [.page, .page, .ticket, .ticket])
    #expect(conditions.map(\.long) == [.hours(1), .hours(6), .days(1), .days(3)])
    #expect(conditions.map(\.short) == [.minutes(5), .minutes(30), .hours(2), .hours(6)])
  }

  @Test(
    "Rows whose long window exceeds the SLO window are dropped",
    arguments: [
      (Window.days(3), 4), (.days(2), 3), (.days(1), 3), (.hours(23), 2), (.hours(6), 2),
      (.hours(1), 1), (.minutes(59), 0),
    ])
  func dropped(window: Window, count: Int) {
    #expect(BurnCondition.standard(for: window).count == count)
  }

  @Test(
    "The share that a condition stands for is 2, 5, 10 and 10 %",
    arguments: zip(0..<4, ["0.02", "0.05", "0.1", "0.1"]))
  func budgetShares(row: Int, share: String) throws {
    for days in [30, 90] {
      let condition = BurnCondition.standard(for: .days(days))[row]
      #expect(try condition.budgetShare(of: .days(days)) == .sample(share))
    }
  }

  @Test("Where the factor was raised to 1, the share is the larger one that is really spent")
  func raisedShare() throws {
    let week = BurnCondition.standard(for: .days(7))
    #expect(
      week.map { $0.budgetShare(of: .days(7)).description } == ["0.02", "0.05", "1/7", "3/7"])
  }

  @Test("The often-copied claim that 14.4 for an hour spends 5 % is wrong: it is 2 %")
  func oftenCopied() throws {
    let condition = BurnCondition(
      severity: .page, factor: try .sample("14.4"), long: .hours(1), short: .minutes(5))
    #expect(condition.budgetShare(of: .days(30)) == Fraction(1, over: 50))
    #expect(condition.budgetShare(of: .days(7)) == Fraction(3, over: 35))
  }

  @Test(
    "14.4 can be exceeded from an objective of 93.06 % on, 6 from 83.34 %",
    arguments: [
      ("14.4", "0.9306", true), ("14.4", "0.9305", false), ("14.4", "0.9", false),
      ("14.4", "0.95", true), ("14.4", "0.999", true), ("6", "0.8333", false),
      ("6", "0.8334", true), ("1", "0.001", true),
    ])
  func reachability(factor: String, target: String, isReachable: Bool) throws {
    let condition = BurnCondition(
      severity: .page, factor: try .sample(factor), long: .hours(1), short: .minutes(5))
    #expect(condition.isReachable(with: try .sample(target)) == isReachable)
  }

  @Test("A factor that a total outage only equals is never exceeded")
  func equalToTotalOutage() throws {
    let condition = BurnCondition(
      severity: .page, factor: Fraction(10), long: .hours(1), short: .minutes(5))
    #expect(!condition.isReachable(with: try .sample("0.9")))
    let outage = ConditionState(
      condition, objective: try .sample("0.9"), long: .sample(bad: 100, of: 100),
      short: .sample(bad: 10, of: 10), minBadEvents: 3)
    #expect(!outage.isActive)
  }
}
