package import Reliability

/// Turns readings into the state of an SLO; pure, time is an argument.
package struct Evaluator: Sendable {
  private let slo: SLO
  private let refresh: Duration
  private let offset: Duration

  /// Makes an evaluator of one SLO.
  ///
  /// - Parameters:
  ///   - slo: The definition.
  ///   - refresh: The time between two polls of its source.
  ///   - offset: How far behind the clock the source is asked; ages and periods count from there.
  package init(slo: SLO, refresh: Duration, offset: Duration = .zero) {
    self.slo = slo
    self.refresh = refresh
    self.offset = offset
  }

  /// Everything the readings say about the SLO at an instant.
  package func state(of known: KnownReadings, at instant: Timestamp) -> ServiceLevelState {
    let now = instant - offset
    let burns = slo.burnWindows.map { window in
      ServiceLevelState.BurnWindow(
        window: window,
        state: windowState(
          named: window.description, known.burns[window], limit: limit(window), at: now))
    }
    let objective = objectiveState(known.objective, at: now)
    let coverage = coverage(known, at: now)
    let figures = Figures(slo: slo, objective: objective, burns: burns, at: now)
    let conditions = slo.conditions.map { condition in
      ConditionState(
        condition, objective: slo.objective, long: figures.share(over: condition.long),
        short: figures.share(over: condition.short), minBadEvents: slo.alerting.minBadEvents)
    }
    let verdict = verdict(on: objective, burns)
    return ServiceLevelState(
      slo: slo, status: verdict.status, reason: verdict.reason,
      observedAt: figures.observedAt, coverage: coverage?.seconds,
      coverageObservedAt: coverage?.reading.observedAt,
      coverageProvenance: coverage?.reading.provenance, period: figures.period, burnWindows: burns,
      objectiveWindow: objective, budget: figures.budget,
      forecast: figures.forecast(over: Forecast.now), trend: figures.forecast(over: Forecast.trend),
      conditions: conditions, zone: figures.budget.map { slo.policy.zone(remaining: $0.remaining) },
      isLowTraffic: conditions.contains(where: \.isLowTraffic), history: known.history,
      staleAt: staleAt(known, after: now).map { $0 + offset })
  }

  // MARK: - Windows

  private func objectiveState(_ word: KnownReadings.Word, at now: Timestamp) -> WindowState {
    if case .calendar(let period) = slo.window {
      let start = period.interval(containing: now).lowerBound
      if now - start < Budget.settlingTime {
        return WindowState(name: slo.window.name, status: .ok, reason: Budget.settlingNote)
      }
    }
    return windowState(
      named: slo.window.name, current(word, at: now), limit: limit(slo.window.nominalLength),
      at: now)
  }

  private func coverage(
    _ known: KnownReadings, at now: Timestamp
  ) -> (seconds: Double, reading: Reading)? {
    guard let reading = current(known.coverage, at: now).reading,
      case .coverage(let seconds) = reading.answer
    else { return nil }
    return (seconds, reading)
  }

  /// What was said about the SLO window, without the reading of a calendar period that is over.
  private func current(_ word: KnownReadings.Word, at now: Timestamp) -> KnownReadings.Word {
    guard case .calendar(let period) = slo.window, let reading = word.reading,
      reading.observedAt < period.interval(containing: now).lowerBound
    else { return word }
    return KnownReadings.Word(failure: word.failure)
  }

  private func windowState(
    named name: String, _ word: KnownReadings.Word?, limit: Duration, at now: Timestamp
  ) -> WindowState {
    guard let reading = word?.reading else {
      guard let failure = word?.failure else {
        return WindowState(name: name, status: .waiting, reason: "waiting for \(slo.source)")
      }
      return WindowState(name: name, status: .failed, reason: failure.message)
    }
    let found = finding(in: reading, word?.failure, limit: limit, at: now)
    return WindowState(
      name: name, status: found.status, reason: found.reason, share: found.share,
      burnRate: found.share.map { slo.objective.burnRate(errorRatio: $0.errorRatio) },
      observedAt: reading.observedAt, freshUntil: reading.observedAt + limit + offset,
      answer: reading.answer, provenance: reading.provenance)
  }

  private typealias Finding = (status: ServiceLevelStatus, reason: String?, share: EventShare?)

  private func finding(
    in reading: Reading, _ failure: ReadingFailure?, limit: Duration, at now: Timestamp
  ) -> Finding {
    let share: EventShare?
    let status: ServiceLevelStatus
    var reason: String?
    switch Measurement(reading.answer, of: slo.sli) {
    case .measured(let measured):
      share = measured
      status = reading.provenance.warnings.isEmpty ? .ok : .partial
      reason = reading.provenance.warnings.first ?? measured.note
    case .noData:
      (share, status, reason) = (nil, .noData, "no events in the window")
    case .invalid(let why):
      (share, status, reason) = (nil, .invalid, why)
    }
    if case .rejected(let message) = failure { return (.failed, message, share) }
    guard now - reading.observedAt <= limit else {
      return (.stale, failure?.message ?? "no newer answer from \(slo.source)", share)
    }
    return (status, reason, share)
  }

  private func limit(_ window: Window) -> Duration {
    Freshness.limit(for: window, refresh: refresh)
  }

  /// The first instant after `now` at which one of the readings passes its limit.
  private func staleAt(_ known: KnownReadings, after now: Timestamp) -> Timestamp? {
    let burns = slo.burnWindows.map { (known.burns[$0]?.reading, limit($0)) }
    let all = burns + [(known.objective.reading, limit(slo.window.nominalLength))]
    return all.compactMap { reading, limit in
      reading.map { $0.observedAt + limit + .milliseconds(1) }
    }.filter { $0 > now }.min()
  }

  // MARK: - The SLO as a whole

  /// The worst that is known of the windows which the shown figures rest on.
  ///
  /// A refused expression is wrong in every window; silence in a short window is no reason to doubt
  /// the long one, so only the SLO window says "no data" for the whole.
  private func verdict(
    on objective: WindowState, _ burns: [ServiceLevelState.BurnWindow]
  ) -> (status: ServiceLevelStatus, reason: String?) {
    let shortest = burns.first?.state
    let ranked: [(ServiceLevelStatus, [WindowState])] = [
      (.failed, [objective] + burns.map(\.state)),
      (.invalid, [objective] + burns.map(\.state)),
      (.waiting, [objective] + (shortest.map { [$0] } ?? [])),
      (.stale, (shortest.map { [$0] } ?? []) + [objective]),
      (.noData, [objective]),
      (.partial, [objective] + burns.map(\.state)),
    ]
    for (status, windows) in ranked {
      if let window = windows.first(where: { $0.status == status }) {
        return (status, window.reason)
      }
    }
    return (.ok, objective.reason)
  }
}

/// The budget and forecasts of one SLO from its evaluated windows.
private struct Figures {
  let slo: SLO
  let objective: WindowState
  let burns: [ServiceLevelState.BurnWindow]
  let now: Timestamp
  let period: Range<Timestamp>?
  let budget: Budget?

  init(
    slo: SLO, objective: WindowState, burns: [ServiceLevelState.BurnWindow], at now: Timestamp
  ) {
    self.slo = slo
    self.objective = objective
    self.burns = burns
    self.now = now
    switch slo.window {
    case .rolling(let window):
      period = nil
      budget = objective.share.map {
        Budget(rolling: $0, objective: slo.objective, window: window)
      }
    case .calendar(let calendar):
      let current = calendar.interval(containing: objective.observedAt ?? now)
      period = current
      if let share = objective.share, let observed = objective.observedAt {
        budget = Budget(
          calendar: share, objective: slo.objective, period: current, now: observed)
      } else if objective.status == .ok {
        budget = Budget(fullFor: slo.objective, period: current)
      } else {
        budget = nil
      }
    }
  }

  /// When the figures were observed: the evaluation time of the 5 m window, else of what there is.
  var observedAt: Timestamp? {
    let shown = burns.first { $0.window == .minutes(5) } ?? burns.first
    return shown?.state.observedAt ?? objective.observedAt
  }

  /// The events of a window, whichever of the burn windows or the SLO window it is.
  func share(over window: Window) -> EventShare? {
    if case .rolling(window) = slo.window { return objective.share }
    return burns.first { $0.window == window }?.state.share
  }

  func forecast(over basis: Window) -> Forecast? {
    guard let budget else { return nil }
    let burn = share(over: basis).map { slo.objective.burnRate(errorRatio: $0.errorRatio) }
    guard let burnRate = budget.remaining <= 0 ? burn ?? 0 : burn else { return nil }
    switch slo.window {
    case .rolling(let window):
      return Forecast(
        rollingRemaining: budget.remaining, window: window, burnRate: burnRate, basis: basis)
    case .calendar:
      guard let period else { return nil }
      return Forecast(
        calendarRemaining: budget.remaining, period: period, now: now, burnRate: burnRate,
        basis: basis)
    }
  }
}
