/// When the budget runs out if the burn goes on as it is.
package struct Forecast: Hashable, Sendable {
  /// Hours until the budget is spent: 0 when it already is, `nil` when it never runs out.
  package let hoursToExhaustion: Double?
  /// The burn window the forecast rests on.
  package let basis: Window

  /// The window of the forecast "as it burns now".
  package static let now = Window.hours(1)
  /// The window of the trend.
  package static let trend = Window.hours(6)

  /// Makes the straight-line forecast of a rolling window: `remaining * window / burn`.
  ///
  /// At a burn rate of 1 or less a rolling budget never runs out, because old errors leave as fast.
  package init(rollingRemaining remaining: Double, window: Window, burnRate: Double, basis: Window)
  {
    self.basis = basis
    let hours = remaining * Double(window.seconds) / 3600 / burnRate
    hoursToExhaustion = remaining <= 0 ? 0 : burnRate > 1 ? hours : nil
  }

  /// Makes the straight-line forecast of a calendar period, beyond whose end there is a new budget.
  package init(
    calendarRemaining remaining: Double, period: Range<Timestamp>, now: Timestamp,
    burnRate: Double, basis: Window
  ) {
    self.basis = basis
    let length = (period.upperBound - period.lowerBound).inSeconds / 3600
    let left = (period.upperBound - now).inSeconds / 3600
    let hours = remaining * length / burnRate
    hoursToExhaustion = remaining <= 0 ? 0 : burnRate > 0 && hours <= left ? hours : nil
  }
}
