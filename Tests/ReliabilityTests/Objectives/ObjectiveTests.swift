import Reliability
import TestSupport
import Testing

@Suite("Objectives")
struct ObjectiveTests {
  @Test(
    "An objective leaves both a promise and a budget", arguments: ["0", "1", "-0.1", "1.5", "99.9"])
  func refuses(target: String) throws {
    #expect(Objective(try .sample(target)) == nil)
  }

  @Test(
    "The budget is exact",
    arguments: [
      ("0.999", "0.001"), ("0.9995", "0.0005"), ("0.99", "0.01"), ("0.995", "0.005"),
      ("0.9999", "0.0001"), ("0.5", "0.5"), ("0.000000000001", "0.999999999999"),
    ])
  func budget(target: String, budget: String) throws {
    #expect(try Objective.sample(target).budget == .sample(budget))
  }

  @Test(
    "The burn rate is the error ratio over the budget",
    arguments: [
      ("0.999", 0.0144, 14.4), ("0.999", 0.001, 1), ("0.999", 0.00065, 0.65),
      ("0.9995", 0.0007, 1.4), ("0.999", 1, 1000), ("0.99", 1, 100), ("0.999", 0, 0),
    ])
  func burnRate(target: String, errorRatio: Double, burnRate: Double) throws {
    let found = try Objective.sample(target).burnRate(errorRatio: errorRatio)
    #expect(abs(found - burnRate) <= 1e-12 * burnRate)
  }

  @Test("An error ratio that is exactly the budget burns at exactly 1, whatever the objective")
  func exactlyOnBudget() throws {
    for numerator in 1..<10_000 {
      let target = Fraction(Int128(numerator), over: 10_000)
      let objective = try #require(Objective(target))
      let ratio = Double(10_000 - numerator) / 10_000
      #expect(objective.burnRate(errorRatio: ratio) == 1, "objective \(target)")
    }
  }

  @Test("A rolling window is named by its length, a calendar window by its unit")
  func windowNames() throws {
    #expect(ObjectiveWindow.rolling(.days(28)).name == "28d")
    #expect(ObjectiveWindow.rolling(.days(28)).nominalLength == .days(28))
    for (unit, days) in [(CalendarUnit.day, 1), (.week, 7), (.month, 30), (.quarter, 90)] {
      let window = try ObjectiveWindow.calendarSample(unit)
      #expect(window.name == unit.rawValue)
      #expect(window.nominalLength == .days(days))
    }
  }
}
