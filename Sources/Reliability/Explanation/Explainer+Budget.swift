// From the SLO window's events to the budget and its forecast (maths.md, Budget and Forecast).

extension Explainer {
  /// What was consumed, what is left, and what that is in events and minutes.
  var budgetSection: Section {
    let title = "Budget"
    guard let figures = state.budget else {
      let why = "nothing is known of the SLO window"
      return Section(title: title, steps: [Step("remaining", .text("unknown"), note: why)])
    }
    let span = spanSteps
    guard let share = state.objectiveWindow.share else {
      let full = Step("remaining", .number(figures.remaining), note: figures.note)
      return Section(title: title, steps: span + [full] + minutes(figures))
    }
    let terms = terms(over: state.objectiveWindow.name, share)
    return Section(
      title: title,
      steps: span + [
        Step("consumed", .number(figures.consumed), by: consumed(terms)),
        Step(
          "remaining", .number(figures.remaining), by: 1 - Formula("consumed", figures.consumed)),
      ] + events(figures, terms) + minutes(figures))
  }

  /// A period's length and what has passed of it, in seconds.
  private var spanSteps: [Step] {
    guard let period = state.period else { return [] }
    let from = period.lowerBound.rfc3339
    let length = Step(
      "period", .number(periodSeconds, .seconds), note: "\(from) to \(period.upperBound.rfc3339)")
    guard let elapsed else { return [length] }
    return [
      length, Step("elapsed", .number(elapsed, .seconds), note: "\(from) to the evaluation"),
    ]
  }

  private var periodSeconds: Double {
    state.period.map { ($0.upperBound - $0.lowerBound).inSeconds } ?? 0
  }

  private var elapsed: Double? {
    guard let start = state.period?.lowerBound, let observed = state.objectiveWindow.observedAt
    else { return nil }
    return (observed - start).inSeconds
  }

  /// The length over which the budget is spent, in seconds.
  private var length: Formula {
    state.period == nil ? nominalLength : Formula("period", periodSeconds)
  }

  private func consumed(_ terms: ShareTerms) -> Formula {
    let spent = terms.errorRatio / budget
    return elapsed.map { spent * Formula("elapsed", $0) / length } ?? spent
  }

  private func events(_ figures: Budget, _ terms: ShareTerms) -> [Step] {
    guard let allowed = figures.allowedBad, let total = terms.total else { return [] }
    let far = budget * total
    let whole = elapsed.map { far * length / Formula("elapsed", $0) } ?? far
    let allowedStep = Step("allowedBad", .number(allowed), by: whole)
    guard let left = figures.badLeft, let bad = terms.bad else { return [allowedStep] }
    let leftStep = Step("badLeft", .number(left), by: Formula("allowedBad", allowed) - bad)
    return [allowedStep, leftStep]
  }

  private func minutes(_ figures: Budget) -> [Step] {
    let all = Formula("minutes", figures.minutes)
    return [
      Step("minutes", .number(figures.minutes, .minutes), by: budget * length / 60),
      Step(
        "minutesLeft", .number(figures.minutesLeft, .minutes),
        by: Formula("remaining", figures.remaining) * all),
    ]
  }

  // MARK: - Forecast

  /// When the budget runs out, by the last hour and by the last six.
  var forecasts: Section {
    Section(
      title: "Forecast",
      steps: forecast(state.forecast, over: Forecast.now)
        + forecast(state.trend, over: Forecast.trend))
  }

  private func forecast(_ forecast: Forecast?, over basis: Window) -> [Step] {
    let name = "hoursToExhaustion(\(basis))"
    guard let forecast, let figures = state.budget else {
      let why = state.budget == nil ? "the budget is" : "the burn rate over \(basis) is"
      return [Step(name, .text("unknown"), note: "\(why) unknown")]
    }
    guard figures.remaining > 0 else {
      return [Step(name, .number(0, .hours), note: "the budget is spent already")]
    }
    guard let burnRate = state.burn(over: basis)?.burnRate else { return [] }
    let burn = Formula("burnRate(\(basis))", burnRate)
    let hours = Formula("remaining", figures.remaining) * length / 3600 / burn
    if let found = forecast.hoursToExhaustion {
      return [Step(name, .number(found, .hours), by: hours)]
    }
    return [never(name, burnRate: burnRate, burn)]
  }

  /// Why a budget never runs out.
  private func never(_ name: String, burnRate: Double, _ burn: Formula) -> Step {
    guard let period = state.period else {
      let why = "at \(burn.names) of 1 or less old errors leave as fast as new ones come"
      return Step(name, .text("never"), note: why)
    }
    let end = "the period ends at \(period.upperBound.rfc3339) and a new budget begins"
    return Step(
      name, .text("never"), note: burnRate > 0 ? "before the budget is spent, \(end)" : "no burn")
  }
}
