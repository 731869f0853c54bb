/// How urgent a burn-rate condition or an alert is.
package enum Severity: String, CaseIterable, Hashable, Sendable {
  /// The most urgent first.
  case page, ticket, info
}

/// A burn-rate condition on two windows: active only while both burn faster than the factor.
///
/// The long window shows that a notable share of the budget went, the short one that it still goes.
/// Source of the method and of the standard shares: the multiwindow, multi-burn-rate table of the SRE
/// workbook's chapter on alerting on SLOs.
package struct BurnCondition: Hashable, Sendable {
  /// How urgent the condition is while it is active.
  package let severity: Severity
  /// The burn rate that must be exceeded, exact.
  package let factor: Fraction
  /// The window that shows how much was spent.
  package let long: Window
  /// The window that shows that spending goes on.
  package let short: Window

  /// Makes a condition.
  package init(severity: Severity, factor: Fraction, long: Window, short: Window) {
    self.severity = severity
    self.factor = factor
    self.long = long
    self.short = short
  }

  /// The share of the budget of `window` that burning at the factor for the long window spends, a ratio.
  package func budgetShare(of window: Window) -> Fraction {
    factor.scaled(by: long.seconds, over: window.seconds)
  }

  /// Whether any error ratio can exceed the factor: a total outage burns at `1 / budget`.
  package func isReachable(with objective: Objective) -> Bool {
    factor * objective.budget < .one
  }

  /// The standard conditions, scaled to an SLO window.
  ///
  /// The factor is `share * window / long`, never below 1; rows whose long window exceeds the SLO
  /// window are left out.
  package static func standard(for window: Window) -> [BurnCondition] {
    standardRows.compactMap { row in
      guard row.long <= window else { return nil }
      let factor = row.share.scaled(by: window.seconds, over: row.long.seconds)
      return BurnCondition(
        severity: row.severity, factor: max(factor, .one), long: row.long, short: row.short)
    }
  }

  private static let standardRows:
    [(severity: Severity, share: Fraction, long: Window, short: Window)] =
      [
        (.page, Fraction(2, over: 100), .hours(1), .minutes(5)),
        (.page, Fraction(5, over: 100), .hours(6), .minutes(30)),
        (.ticket, Fraction(10, over: 100), .days(1), .hours(2)),
        (.ticket, Fraction(10, over: 100), .days(3), .hours(6)),
      ]
}
