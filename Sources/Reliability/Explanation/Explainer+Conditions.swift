// What the burn-rate conditions compare, and in which zone of its policy the budget is.

extension Explainer {
  /// One section for each condition.
  var conditions: [Section] {
    guard !state.conditions.isEmpty else {
      let off = Step("active", .text("none"), note: "page and ticket are switched off")
      return [Section(title: "Conditions", steps: [off])]
    }
    return state.conditions.enumerated().map { section(number: $0 + 1, $1) }
  }

  private func section(number: Int, _ found: ConditionState) -> Section {
    let condition = found.condition
    let factor = Formula("factor(\(number))", condition.factor)
    let length = Formula("length(\(number))", Fraction(condition.long.seconds))
    let comparisons = [
      above(condition.long, "long window above", (factor, condition.factor)),
      above(condition.short, "short window above", (factor, condition.factor)),
    ]
    return Section(
      title: "Condition \(number): \(condition.severity.rawValue), "
        + "\(condition.long) and \(condition.short)",
      steps: [
        Step(factor.names, .exact(condition.factor), note: factorNote(condition)),
        Step(
          length.names, .number(Double(condition.long.seconds), .seconds),
          note: "the long window, \(condition.long)"),
        Step(
          "budgetShare(\(number))",
          .exact(condition.budgetShare(of: slo.window.nominalLength)),
          by: factor * length / nominalLength, note: "spent by the long window at the factor"),
      ] + comparisons + lowTraffic(condition, found) + [
        Step("active", .verdict(found.isActive), note: found.isKnown ? nil : "a window is unknown")
      ])
  }

  private func factorNote(_ condition: BurnCondition) -> String {
    let origin =
      slo.alerting.conditions == nil
      ? "the standard one for \(slo.window.nominalLength)" : "the definition's own"
    return condition.isReachable(with: slo.objective)
      ? origin : "\(origin), never exceeded: a total outage burns at 1 / budget"
  }

  /// Whether a window burns above the factor, by products as it is decided.
  private func above(
    _ window: Window, _ name: String, _ factor: (term: Formula, value: Fraction)
  ) -> Step {
    guard let known = state.burn(over: window), let share = known.share else {
      return Step(name, .text("unknown"), note: "no error ratio over \(window)")
    }
    let terms = terms(over: known.name, share)
    let limit = factor.term * budget
    let holds = ConditionState.exceeds(share, factor.value, slo.objective)
    guard let bad = terms.bad, let total = terms.total else {
      return Step(name, .verdict(holds), by: terms.errorRatio.above(limit))
    }
    return Step(name, .verdict(holds), by: bad.above(limit * total))
  }

  /// The rule for windows in which one bad event means little.
  private func lowTraffic(_ condition: BurnCondition, _ found: ConditionState) -> [Step] {
    guard let known = state.burn(over: condition.long), let share = known.share else { return [] }
    let terms = terms(over: known.name, share)
    guard let total = terms.total else {
      return [Step("low traffic", .text("unknown"), note: "events are not counted")]
    }
    let low = Step(
      "low traffic", .verdict(found.isLowTraffic), by: (total * budget).below(1))
    guard found.isLowTraffic, let bad = terms.bad, let count = share.bad else { return [low] }
    let least = slo.alerting.minBadEvents
    return [
      low,
      Step(
        "enough bad events", .verdict(count >= Double(least)),
        by: bad.atLeast(Formula("\(least)", Fraction(least))), note: "minBadEvents is \(least)"),
    ]
  }

  // MARK: - Zone

  /// The zones from the fullest down to the one that holds.
  var zone: Section {
    let title = "Zone, policy \(slo.policy.name)"
    guard let found = state.zone, let figures = state.budget else {
      let why = "the budget is unknown"
      return Section(title: title, steps: [Step("zone", .text("unknown"), note: why)])
    }
    let remaining = Formula("remaining", figures.remaining)
    let reached = slo.policy.zones.firstIndex(of: found).map { $0 + 1 } ?? slo.policy.zones.count
    let tried = slo.policy.zones.prefix(reached).map { zone in
      Step(
        zone.name, .verdict(zone == found),
        by: zone.lowerBound.map { remaining.above(Formula($0.description, $0)) })
    }
    let gate = found.allowsDeploys ? "deploys pass the gate" : "the gate refuses deploys"
    return Section(title: title, steps: tried + [Step("zone", .text(found.name), note: gate)])
  }
}
