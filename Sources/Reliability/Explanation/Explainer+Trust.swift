// How far the figures are to be believed: what is stale or failed and why, and how much data there is.

extension Explainer {
  /// The state of the whole, and every window that is not as it should be.
  var trust: Section {
    Section(
      title: "State",
      steps: [
        Step("state", .status(state.status, reason: state.reason)),
        Step("source", .text(slo.source)),
      ] + troubles)
  }

  /// Neighboring windows with the same trouble share a step.
  private var troubles: [Step] {
    let windows = state.burnWindows.map(\.state) + [state.objectiveWindow]
    var found: [(names: [String], value: Explanation.Value)] = []
    for window in windows where window.status != .ok {
      let value = Explanation.Value.status(window.status, reason: window.reason)
      if let last = found.last, last.value == value {
        found[found.count - 1].names.append(window.name)
      } else {
        found.append(([window.name], value))
      }
    }
    return found.map { Step("state over \($0.names.joined(separator: ", "))", $0.value) }
  }

  /// How much of the SLO window has data.
  var coverage: Section {
    guard let seconds = state.coverage, let share = state.coverageShare else {
      return Section(title: "Coverage", steps: [Step("coverage", .text("unknown"))])
    }
    let queries = (state.coverageProvenance?.expressions ?? []).map {
      Step("query of coverage", .text($0))
    }
    let counted = state.coverageObservedAt.map {
      Step("evaluated", .text("\($0.rfc3339), \(self.seconds(now - $0)) ago"))
    }
    let expected = state.expectedCoverage
    let length = Formula(expectedName, expected)
    let quotient = Formula("coverage", seconds) / length
    return Section(
      title: "Coverage",
      steps: queries + [counted].compactMap(\.self) + [
        Step("coverage", .number(seconds, .seconds), note: "time with data in the SLO window")
      ] + expectedStep + [
        Step(
          "coverageShare", .number(share), by: seconds > expected ? quotient.clamped : quotient,
          note: share < 0.95
            ? "the SLO window's figures rest on this part of it alone" : nil)
      ])
  }

  private var expectedName: String {
    switch slo.window {
    case .rolling: "window"
    case .calendar: "elapsedAtCount"
    }
  }

  /// How long a period had lasted when its coverage was counted.
  private var expectedStep: [Step] {
    switch slo.window {
    case .rolling: []
    case .calendar: [Step(expectedName, .number(state.expectedCoverage, .seconds))]
    }
  }
}
