/// The share of good events that is promised, exact and strictly between 0 and 1.
package struct Objective: Hashable, Sendable {
  /// The target, a ratio such as 999/1000.
  package let target: Fraction
  /// The error budget `1 - target`, a ratio; every figure divides by it, so it is worked out once.
  package let budget: Fraction
  private let budgetValue: Double

  /// Makes an objective.
  ///
  /// - Returns: `nil` unless `target` leaves both a promise and a budget.
  package init?(_ target: Fraction) {
    guard target > .zero, target < .one else { return nil }
    self.target = target
    budget = .one - target
    budgetValue = budget.doubleValue
  }

  /// How many times faster than allowed an error ratio spends the budget; 1 spends it exactly.
  ///
  /// The budget is rounded once, as the ratio was, so a ratio that is exactly the budget gives 1.
  package func burnRate(errorRatio: Double) -> Double {
    errorRatio / budgetValue
  }
}

/// The span of time over which an objective is promised.
package enum ObjectiveWindow: Hashable, Sendable {
  /// The last so many seconds, moving with the clock.
  case rolling(Window)
  /// A calendar period, counted from its start.
  case calendar(CalendarPeriod)

  /// The length that burn-rate factors are scaled by.
  package var nominalLength: Window {
    switch self {
    case .rolling(let window): window
    case .calendar(let period): period.unit.nominalLength
    }
  }

  /// The name that stands in output: `30d`, or `month`.
  package var name: String {
    switch self {
    case .rolling(let window): window.description
    case .calendar(let period): period.unit.rawValue
    }
  }
}
