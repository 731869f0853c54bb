/// A burn-rate condition with what it found.
package struct ConditionState: Hashable, Sendable {
  /// The condition, from the definition or standard.
  package let condition: BurnCondition
  /// Whether both windows exceed the factor; unknown windows never do.
  package let isActive: Bool
  /// Whether both windows are known, so that inactive means calm.
  package let isKnown: Bool
  /// Whether the long window has too few events for one bad event to mean much.
  package let isLowTraffic: Bool

  /// Makes a condition's state by deciding it.
  ///
  /// A burn exactly at the factor is not above it: counted events are compared by products of whole
  /// numbers, bare ratios with the nearest double. While `total(long) * budget < 1` the long window must hold `minBadEvents` bad events.
  package init(
    _ condition: BurnCondition, objective: Objective, long: EventShare?, short: EventShare?,
    minBadEvents: Int
  ) {
    self.condition = condition
    isKnown = long != nil && short != nil
    let lowTraffic = long.map { ConditionState.isLowTraffic($0, objective) } ?? false
    isLowTraffic = lowTraffic
    guard let long, let short else {
      isActive = false
      return
    }
    let hasEnough = !lowTraffic || (long.bad ?? .infinity) >= Double(minBadEvents)
    isActive =
      hasEnough && ConditionState.exceeds(long, condition.factor, objective)
      && ConditionState.exceeds(short, condition.factor, objective)
  }

  private static func isLowTraffic(_ share: EventShare, _ objective: Objective) -> Bool {
    guard let total = share.total else { return false }
    return total * objective.budget.numeratorValue < objective.budget.denominatorValue
  }

  /// Whether a window burns above a factor.
  static func exceeds(
    _ share: EventShare, _ factor: Fraction, _ objective: Objective
  ) -> Bool {
    let limit = factor * objective.budget
    guard let bad = share.bad, let total = share.total else {
      return share.errorRatio > limit.doubleValue
    }
    return bad * limit.denominatorValue > limit.numeratorValue * total
  }
}
