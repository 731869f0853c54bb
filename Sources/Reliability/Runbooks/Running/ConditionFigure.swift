/// What a runbook's metric condition is about: a question to ask, or a figure of the service's SLO.
package enum ConditionFigure: Hashable, Sendable {
  /// A question in PromQL, and the source that is asked.
  case question(String, source: String?)
  /// A figure that the SLO has already, with its value; `nil` while it is unknown.
  case known(Double?, of: SLO.ID)

  /// Finds what a name stands for.
  ///
  /// A named query of the runbook comes first. Of the service's SLO these names are figures:
  /// `error_rate` and `error_ratio` (the shortest window), `availability`, `success_rate` and `sli`
  /// (the SLO's window), `burn_rate` (over one hour), `error_budget` and `budget_remaining`; and a
  /// quantile of its latency histogram, such as `p95_latency`.
  ///
  /// - Returns: `nil` when the name means nothing here.
  package init?(
    _ name: String, in runbook: Runbook, service: String?, _ states: [ServiceLevelState]
  ) {
    if let query = runbook.metrics[name] {
      self = .question(query, source: nil)
      return
    }
    let own = states.filter { $0.slo.service == (service ?? runbook.service) }
    let key = name.lowercased()
    if let quantile = ConditionFigure.quantile(key) {
      guard let found = ConditionFigure.latencyQuestion(quantile, own) else { return nil }
      self = found
      return
    }
    let events = own.first { $0.slo.sli.latencyThreshold == nil } ?? own.first
    guard let state = events, let read = ConditionFigure.figures[key] else { return nil }
    self = .known(read(state), of: state.slo.id)
  }

  private static let figures: [String: @Sendable (ServiceLevelState) -> Double?] = [
    "error_rate": { $0.shortestErrorRatio }, "error_ratio": { $0.shortestErrorRatio },
    "errors": { $0.shortestErrorRatio },
    "availability": { $0.indicator }, "success_rate": { $0.indicator }, "sli": { $0.indicator },
    "burn_rate": { $0.hourlyBurnRate }, "burn": { $0.hourlyBurnRate },
    "error_budget": { $0.remainingBudget }, "budget_remaining": { $0.remainingBudget },
    "error_budget_remaining": { $0.remainingBudget },
  ]

  /// The quantile in `p95_latency`, `p99`, `latency_p99` or `p99.9_latency`, 0...1.
  private static func quantile(_ name: String) -> Double? {
    let parts = name.split(separator: "_")
    guard parts.count <= 3,
      let part = parts.first(where: { $0.first == "p" && Double($0.dropFirst()) != nil }),
      parts.allSatisfy({ $0 == part || ["latency", "duration", "seconds"].contains($0) }),
      let percent = Double(part.dropFirst()), percent > 0, percent < 100
    else { return nil }
    // 99.9 / 100 is not the number that 0.999 is.
    return (percent * 1e10).rounded() / 1e12
  }

  private static func latencyQuestion(
    _ quantile: Double, _ states: [ServiceLevelState]
  ) -> ConditionFigure? {
    for state in states {
      guard case .latency(let latency) = state.slo.sli else { continue }
      let matchers = latency.matchers.map(\.description).joined(separator: ",")
      return .question(
        "histogram_quantile(\(quantile), sum by (le) (rate(\(latency.histogram)_bucket"
          + "{\(matchers)}[5m])))", source: state.slo.source)
    }
    return nil
  }
}

extension SLI {
  /// The limit of a latency indicator in seconds; `nil` for other indicators.
  fileprivate var latencyThreshold: Fraction? {
    if case .latency(let latency) = self { latency.threshold } else { nil }
  }
}

// Only figures that are believed now: a condition on a stale one would pass or fail on the past.
extension ServiceLevelState {
  /// The error ratio of the shortest window, 0...1.
  fileprivate var shortestErrorRatio: Double? { burnWindows.first?.state.believed?.errorRatio }

  /// The share of good events over the SLO's window, 0...1.
  fileprivate var indicator: Double? { objectiveWindow.believed.map { 1 - $0.errorRatio } }

  /// The burn rate of the last hour.
  fileprivate var hourlyBurnRate: Double? {
    burn(over: .hours(1)).flatMap { $0.believed == nil ? nil : $0.burnRate }
  }

  /// The share of the budget that is left; negative when it is overspent.
  fileprivate var remainingBudget: Double? {
    objectiveWindow.believed == nil ? nil : budget?.remaining
  }
}

extension WindowState {
  fileprivate var believed: EventShare? {
    switch status {
    case .ok, .partial: share
    case .waiting, .stale, .noData, .invalid, .failed: nil
    }
  }
}
