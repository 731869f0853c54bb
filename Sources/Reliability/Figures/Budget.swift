/// How an error budget stands.
package struct Budget: Hashable, Sendable {
  /// The share consumed: 0 untouched, 1 spent, above 1 overspent.
  package let consumed: Double
  /// The share left: 1 full, 0 spent, negative overspent.
  package let remaining: Double
  /// Bad events the objective allows in the window, where events are counted.
  package let allowedBad: Double?
  /// Bad events left, where events are counted.
  package let badLeft: Double?
  /// The budget as minutes of total outage.
  package let minutes: Double
  /// Minutes of total outage left.
  package let minutesLeft: Double
  /// Why the figures are what they are, where it is not the plain arithmetic.
  package let note: String?

  /// How long a period counts as untouched: its first ratios are noise.
  package static let settlingTime = Duration.seconds(300)
  /// What is said meanwhile.
  package static let settlingNote = "period just began"

  /// Makes the budget of a rolling window: `consumed = error ratio / budget`.
  package init(rolling share: EventShare, objective: Objective, window: Window) {
    self.init(share, objective, length: window.duration, elapsed: window.duration)
  }

  /// Makes the budget of a calendar period, on the assumption of even traffic over all of it.
  ///
  /// - Parameters:
  ///   - share: The events since the period began.
  ///   - objective: The objective.
  ///   - period: The period's real first and last instant.
  ///   - now: The evaluation time, inside the period.
  package init(
    calendar share: EventShare, objective: Objective, period: Range<Timestamp>, now: Timestamp
  ) {
    self.init(
      share, objective, length: period.upperBound - period.lowerBound,
      elapsed: now - period.lowerBound)
  }

  /// Makes the full budget of a period that just began.
  package init(fullFor objective: Objective, period: Range<Timestamp>) {
    let length = period.upperBound - period.lowerBound
    consumed = 0
    remaining = 1
    allowedBad = nil
    badLeft = nil
    minutes = Budget.minutes(objective, length)
    minutesLeft = minutes
    note = Budget.settlingNote
  }

  private init(
    _ share: EventShare, _ objective: Objective, length: Duration, elapsed: Duration
  ) {
    let spending = Budget.spending(share, objective)
    let spent = spending.spent * elapsed.inSeconds
    let allowed = spending.allowed * length.inSeconds
    consumed = spent / allowed
    remaining = (allowed - spent) / allowed
    let budget = objective.budget
    let scale = length.inSeconds / elapsed.inSeconds
    allowedBad = share.total.map {
      $0 * budget.numeratorValue / budget.denominatorValue * scale
    }
    if let allowedBad, let bad = share.bad { badLeft = allowedBad - bad } else { badLeft = nil }
    minutes = Budget.minutes(objective, length)
    minutesLeft = remaining * minutes
    note = nil
  }

  /// What was spent of what is allowed, in a common unit.
  ///
  /// Whole counts stay whole, so that exactly on budget, or exactly on a zone's bound, is exact.
  private static func spending(
    _ share: EventShare, _ objective: Objective
  ) -> (spent: Double, allowed: Double) {
    let budget = objective.budget
    guard let bad = share.bad, let total = share.total, share.note == nil else {
      return (share.errorRatio, budget.doubleValue)
    }
    return (bad * budget.denominatorValue, total * budget.numeratorValue)
  }

  private static func minutes(_ objective: Objective, _ length: Duration) -> Double {
    let budget = objective.budget
    return length.inSeconds * budget.numeratorValue / (budget.denominatorValue * 60)
  }
}
