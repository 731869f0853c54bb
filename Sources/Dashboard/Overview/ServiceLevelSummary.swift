package import Reliability

/// One service level in the words of the Overview, for output without a screen.
package struct ServiceLevelSummary: Hashable, Sendable {
  /// The word for how it is: `PAGE`, `ok`, `no data`.
  package let state: String
  /// The service's name, as received.
  package let service: String
  /// The SLO's name within the service, as received.
  package let name: String
  /// The objective in percent: `99.9 %`.
  package let target: String
  /// The share of good events in percent, without its sign; `?` while unknown.
  package let sli: String
  /// The budget left in percent; `?` while unknown.
  package let left: String
  /// The burn rate over the last hour: `18.2x`; `?` while unknown.
  package let burn: String
  /// When the budget runs out: `in 2 d 2 h`, `exhausted`, `-` for never, `?` while unknown.
  package let runsOut: String

  /// The summaries of service levels, worst first.
  package static func worstFirst(_ states: [ServiceLevelState]) -> [ServiceLevelSummary] {
    var order = RowOrder()
    order.update(with: states)
    return order.positions.map { ServiceLevelSummary(states[$0]) }
  }

  /// What is to be known beside the figures, as clauses: why the state is not plain, how much of the
  /// window has data, whether there are too few events.
  package static func remarks(on level: ServiceLevelState) -> [String] {
    var remarks = level.status == .ok ? [] : [level.reason].compactMap(\.self)
    if let coverage = Words.coverage(of: level) { remarks.append(coverage) }
    if level.isLowTraffic {
      let least = level.slo.alerting.minBadEvents
      remarks.append(
        "low traffic, a condition needs at least \(Words.count(least, "bad event"))")
    }
    return remarks
  }

  private init(_ level: ServiceLevelState) {
    let share = level.objectiveWindow.share
    state = StateWord(level).text
    service = level.slo.service
    name = level.slo.name
    target = Numerals.target(level.slo.objective)
    sli =
      share.map { Numerals.sli(errorRatio: $0.errorRatio, objective: level.slo.objective) } ?? "?"
    left = level.budget.map { Numerals.budgetLeft($0.remaining) } ?? "?"
    burn = level.burnNow.map(Numerals.burn) ?? "?"
    runsOut = Words.exhaustion(level.forecast)
  }
}
