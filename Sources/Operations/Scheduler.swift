package import Reliability

/// Decides which questions to one source are due; pure, time is an argument.
package struct Scheduler: Sendable {
  /// The length of the sparklines' past and the step between two of their samples.
  package static let history = (length: Window.hours(6), step: Window.minutes(5))
  /// How often the coverage of an SLO window is counted anew.
  private static let coverageInterval = Duration.seconds(1800)

  private let slos: [SLO]
  private let refresh: Duration
  private var lastAsked: [Topic: Timestamp] = [:]

  /// Makes a schedule in which everything is due at once.
  ///
  /// - Parameters:
  ///   - slos: The SLOs of one source.
  ///   - refresh: The source's time between two polls.
  package init(slos: [SLO], refresh: Duration) {
    self.slos = slos
    self.refresh = refresh
  }

  /// The burn windows that are due; they count as asked.
  package mutating func takeDueBurns(at now: Timestamp) -> [Demand] {
    slos.flatMap { slo in
      slo.burnWindows.compactMap { window in
        let interval = Freshness.interval(for: window, refresh: refresh)
        let topic = Topic(slo: slo.id, subject: .burn(window))
        return take(topic, every: interval, at: now) ? Demand(slo.id, .burn(window)) : nil
      }
    }
  }

  /// The slow clock's questions that are due; they count as asked.
  package mutating func takeDueSlow(at now: Timestamp) -> [Demand] {
    slos.flatMap { slo in
      slowQuestions(on: slo, at: now).compactMap { question, interval in
        let demand = Demand(slo.id, question)
        return take(Topic(demand), every: interval, at: now) ? demand : nil
      }
    }
  }

  private mutating func slowQuestions(
    on slo: SLO, at now: Timestamp
  ) -> [(question: Demand.Question, interval: Duration?)] {
    let past = Demand.Question.history(Scheduler.history.length, step: Scheduler.history.step)
    forgetFormerPeriod(of: slo, at: now)
    guard let window = lookback(of: slo, at: now) else { return [(past, nil)] }
    let interval = Freshness.interval(for: window, refresh: refresh)
    return [
      (.objective(window), interval), (past, nil),
      (.coverage(window), Scheduler.coverageInterval),
    ]
  }

  /// Makes demands due again, because their answer did not arrive.
  package mutating func putBack(_ demands: some Sequence<Demand>) {
    for demand in demands { lastAsked[Topic(demand)] = nil }
  }

  /// Makes the burn windows due: the operator asked for a poll now.
  package mutating func putBackBurns() {
    lastAsked = lastAsked.filter { $0.key.subject.isSlow }
  }

  /// The look-back of an SLO's whole window, `nil` while a calendar period has only just begun.
  private func lookback(of slo: SLO, at now: Timestamp) -> Window? {
    switch slo.window {
    case .rolling(let window): return window
    case .calendar(let period):
      let elapsed = now - period.interval(containing: now).lowerBound
      guard elapsed >= Budget.settlingTime else { return nil }
      return Window(seconds: Int(elapsed.components.seconds))
    }
  }

  /// What was asked about a calendar period that is over says nothing about the new one.
  private mutating func forgetFormerPeriod(of slo: SLO, at now: Timestamp) {
    guard case .calendar(let period) = slo.window else { return }
    let start = period.interval(containing: now).lowerBound
    for subject in [Subject.objective, .coverage] {
      let topic = Topic(slo: slo.id, subject: subject)
      if let last = lastAsked[topic], last < start { lastAsked[topic] = nil }
    }
  }

  /// Whether a topic is due, in which case it counts as asked; without an interval it is due once.
  private mutating func take(_ topic: Topic, every interval: Duration?, at now: Timestamp) -> Bool {
    if let last = lastAsked[topic], now >= last {
      guard let interval else { return false }
      // Polls come a little early or late; without tolerance a window would miss every other one.
      guard now - last >= interval - refresh / 4 else { return false }
    }
    lastAsked[topic] = now
    return true
  }

  /// What a demand is about, regardless of how long a calendar period's look-back has become.
  private struct Topic: Hashable, Sendable {
    let slo: SLO.ID
    let subject: Subject

    init(slo: SLO.ID, subject: Subject) {
      self.slo = slo
      self.subject = subject
    }

    init(_ demand: Demand) {
      slo = demand.slo
      subject =
        switch demand.question {
        case .burn(let window): .burn(window)
        case .objective: .objective
        case .coverage: .coverage
        case .history: .history
        }
    }
  }

  private enum Subject: Hashable, Sendable {
    case burn(Window)
    case objective, coverage, history

    var isSlow: Bool {
      switch self {
      case .burn: false
      case .objective, .coverage, .history: true
      }
    }
  }
}
