/// One condition of a filter.
struct FilterCondition: Hashable, Sendable {
  enum Test: Hashable, Sendable {
    /// One of the states is among those that hold; one of the severities is the alert's.
    case states([Alert.State])
    case severities([Severity])
    /// The time since it began.
    case age(AgeBound)
    /// Part of the name of who has it; of a source that tells of it; of the SLO that it is a rule
    /// of.
    case acknowledgedBy(SearchNeedle)
    case source(SearchNeedle)
    case slo(SearchNeedle)
    /// A matcher, on labels and their stand-ins.
    case label(AlertLabel, AlertMatcher)
    /// Free text.
    case text(SearchNeedle)
  }

  /// A limit for the age, in milliseconds.
  struct AgeBound: Hashable, Sendable {
    let isLower: Bool
    let isInclusive: Bool
    let milliseconds: Int64

    func holds(for age: Int64) -> Bool {
      if age == milliseconds { return isInclusive }
      return isLower == (age > milliseconds)
    }
  }

  let test: Test
  let isNegated: Bool

  /// How much it costs beside the others: the cheapest are asked first.
  var cost: Int {
    switch test {
    case .age, .severities: 0
    case .states: 1
    case .acknowledgedBy, .slo, .source: 2
    case .label(_, let matcher):
      switch matcher.matcher.comparison {
      case .equal, .notEqual: 3
      case .matches, .doesNotMatch: 4
      }
    case .text: 5
    }
  }

  func holds(on alert: Alert, at now: Timestamp) -> Bool {
    isNegated != isFulfilled(by: alert, at: now)
  }

  private func isFulfilled(by alert: Alert, at now: Timestamp) -> Bool {
    switch test {
    case .states(let states):
      let first = alert.state
      return states.contains { $0 == first || alert.flags.contains($0) }
    case .severities(let severities): return severities.contains(alert.severity)
    case .age(let bound):
      return bound.holds(for: now.milliseconds - alert.startsAt.milliseconds)
    case .acknowledgedBy(let needle):
      guard let acknowledgement = alert.acknowledgement else { return false }
      return needle.isFound(in: acknowledgement.by)
    case .source(let needle): return alert.sources.contains { needle.isFound(in: $0) }
    case .slo(let needle): return alert.slo.map { needle.isFound(in: $0) } ?? false
    case .label(let label, let matcher): return matcher.holds(on: label.value(in: alert))
    case .text(let needle): return needle.isFound(inLowercased: alert.searchText)
    }
  }
}
