package import Reliability

/// The engine: asks every source what is due, evaluates, and publishes immutable snapshots.
///
/// The whole flow in one place: `Scheduler` says what is due, a `MetricSource` answers,
/// `KnownReadings` keeps the answers, `Evaluator` makes states of them, `publish` hands them on.
package actor Engine {
  /// A source with its own schedule.
  package struct Subscription: Sendable {
    /// The source, by whose name SLOs refer to it.
    package let source: any MetricSource
    /// The time between two polls.
    package let refresh: Duration
    /// How far behind the clock this source is asked.
    package let offset: Duration

    /// Makes a subscription.
    package init(source: any MetricSource, refresh: Duration, offset: Duration = .zero) {
      self.source = source
      self.refresh = refresh
      self.offset = offset
    }
  }

  /// The two clocks of a source: polls of burn windows, and the slow questions.
  private enum Pace: CaseIterable {
    case poll, slow
  }

  private struct Lane {
    let subscription: Subscription
    var scheduler: Scheduler
    var busy: Set<Pace> = []
    /// What the operator asked for while it was under way.
    var again: Set<Pace> = []
  }

  let sources: [any MetricSource]
  private let slos: [SLO]
  private let evaluators: [Evaluator]
  private let clock: any WallClock
  private let publish: @Sendable (Snapshot) -> Void
  private var lanes: [Lane]
  private var known: [SLO.ID: KnownReadings]
  private var refreshCount = 0
  private var lastRefresh = 0
  /// The evaluation before any answer, in which everything waits.
  package nonisolated let firstSnapshot: Snapshot
  /// The latest evaluation.
  package private(set) var snapshot: Snapshot

  /// Makes an engine; nothing is asked before `run` or `askDue`.
  ///
  /// - Parameters:
  ///   - slos: All SLOs, in the order of the configuration.
  ///   - subscriptions: The sources; an SLO belongs to the one it names.
  ///   - clock: The clock of the schedule and of all ages.
  ///   - memory: What an engine before this one knew; it serves SLOs that are defined as they were.
  ///   - publish: Receives every snapshot that differs from the one before, on any thread.
  package init(
    slos: [SLO], subscriptions: [Subscription], clock: any WallClock,
    inheriting memory: [SLO: KnownReadings] = [:], publish: @escaping @Sendable (Snapshot) -> Void
  ) {
    sources = subscriptions.map(\.source)
    self.slos = slos
    self.clock = clock
    self.publish = publish
    evaluators = slos.map { slo in
      let own = subscriptions.first { $0.source.name == slo.source }
      return Evaluator(
        slo: slo, refresh: own?.refresh ?? .seconds(15), offset: own?.offset ?? .zero)
    }
    lanes = subscriptions.map { subscription in
      let own = slos.filter { $0.source == subscription.source.name }
      return Lane(
        subscription: subscription, scheduler: Scheduler(slos: own, refresh: subscription.refresh))
    }
    let connected = Set(subscriptions.map(\.source.name))
    let inherited = slos.compactMap { slo in memory[slo].map { (slo.id, $0) } }
    known = Engine.readings(ofUnconnected: slos.filter { !connected.contains($0.source) })
      .merging(inherited) { unconnected, _ in unconnected }
    firstSnapshot = Engine.evaluate(evaluators, slos, known, sources: [], at: clock.now)
    snapshot = firstSnapshot
  }

  /// Polls all sources until the task is cancelled.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      for index in lanes.indices {
        for pace in Pace.allCases {
          group.addTask { await self.repeatedly(pace, lane: index) }
        }
      }
      group.addTask { await self.watchAges() }
    }
  }

  /// Asks every source what is due at an instant, and waits for all answers.
  @discardableResult
  package func askDue(at instant: Timestamp) async -> Snapshot {
    await withTaskGroup(of: Void.self) { group in
      for index in lanes.indices {
        for pace in Pace.allCases {
          group.addTask { await self.ask(pace, lane: index, at: instant) }
        }
      }
    }
    return await refreshSnapshot(at: instant)
  }

  /// Asks the burn windows anew, because the operator wants it now.
  ///
  /// A poll that is under way is followed by another, for it may have asked before the news.
  package func askNow() async {
    for index in lanes.indices {
      lanes[index].scheduler.putBackBurns()
      if lanes[index].busy.contains(.poll) { lanes[index].again.insert(.poll) }
    }
    await askDue(at: clock.now)
  }

  /// What is known of each SLO, for an engine that takes over.
  package var memory: [SLO: KnownReadings] {
    Dictionary(
      slos.compactMap { slo in known[slo.id].map { (slo, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// How the SLOs stood at another instant, asked of the same sources and apart from what is known now.
  package func states(at instant: Timestamp) async -> [ServiceLevelState] {
    let subscriptions = lanes.map {
      Subscription(source: $0.subscription.source, refresh: $0.subscription.refresh)
    }
    let other = Engine(
      slos: slos, subscriptions: subscriptions, clock: StandingClock(now: instant),
      publish: { _ in })
    return await other.askDue(at: instant).serviceLevels
  }

  /// Lets go of all sources; nothing may be asked afterwards.
  package func close() async {
    for lane in lanes { await lane.subscription.source.close() }
  }

  // MARK: - One source

  private func repeatedly(_ pace: Pace, lane: Int) async {
    while !Task.isCancelled {
      let started = clock.now
      await ask(pace, lane: lane, at: started)
      let refresh = lanes[lane].subscription.refresh
      let now = clock.now
      // A clock that was set back meanwhile must not put the next poll off by as much.
      let next = min(max(started + refresh, now), now + refresh)
      guard (try? await clock.sleep(until: next)) != nil else { return }
    }
  }

  private func ask(_ pace: Pace, lane index: Int, at instant: Timestamp) async {
    guard lanes[index].busy.insert(pace).inserted else { return }
    await askOnce(pace, lane: index, at: instant)
    lanes[index].busy.remove(pace)
    if lanes[index].again.remove(pace) != nil {
      await ask(pace, lane: index, at: clock.now)
    }
  }

  private func askOnce(_ pace: Pace, lane index: Int, at instant: Timestamp) async {
    let subscription = lanes[index].subscription
    let evaluation = instant - subscription.offset
    let demands = takeDue(pace, lane: index, at: evaluation)
    guard !demands.isEmpty else { return }
    let asked = clock.now
    record(await subscription.source.readings(for: demands, at: evaluation), lane: index)
    // Everything else has aged while this source took its time.
    await refreshSnapshot(at: instant + max(clock.now - asked, .zero))
  }

  private func takeDue(_ pace: Pace, lane: Int, at instant: Timestamp) -> [Demand] {
    switch pace {
    case .poll: lanes[lane].scheduler.takeDueBurns(at: instant)
    case .slow: lanes[lane].scheduler.takeDueSlow(at: instant)
    }
  }

  private func record(_ answers: [Demand: Result<Reading, ReadingFailure>], lane: Int) {
    let indicators = Dictionary(
      slos.map { ($0.id, $0.sli) }, uniquingKeysWith: { first, _ in first })
    var unanswered: [Demand] = []
    for (demand, result) in answers {
      guard let sli = indicators[demand.slo] else { continue }
      known[demand.slo, default: KnownReadings()].record(result, for: demand.question, of: sli)
      if case .failure = result { unanswered.append(demand) }
    }
    lanes[lane].scheduler.putBack(unanswered)
  }

  /// What is known of SLOs whose source could not be set up: that nothing will ever come.
  private static func readings(ofUnconnected slos: [SLO]) -> [SLO.ID: KnownReadings] {
    let pairs = slos.map { slo in
      var known = KnownReadings()
      let failure = ReadingFailure.rejected(
        "source \(slo.source) is not set up; burnwatch check says why")
      let questions =
        slo.burnWindows.map(Demand.Question.burn) + [.objective(slo.window.nominalLength)]
      for question in questions { known.record(.failure(failure), for: question, of: slo.sli) }
      return (slo.id, known)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  // MARK: - Snapshots

  /// Figures age and sources recover without an answer having arrived; this notices.
  private func watchAges() async {
    let pulse = min(lanes.map(\.subscription.refresh).min() ?? .seconds(5), .seconds(5))
    while !Task.isCancelled {
      await refreshSnapshot(at: clock.now)
      let now = clock.now
      let next = min(snapshot.staleAt ?? now + pulse, now + pulse)
      guard (try? await clock.sleep(until: max(next, now + .milliseconds(200)))) != nil
      else { return }
    }
  }

  @discardableResult
  private func refreshSnapshot(at instant: Timestamp) async -> Snapshot {
    refreshCount += 1
    let turn = refreshCount
    var sources: [SourceHealth] = []
    for lane in lanes { sources.append(await lane.subscription.source.health(at: instant)) }
    // While this one waited for a source's health, a later one may have finished.
    guard turn > lastRefresh else { return snapshot }
    lastRefresh = turn
    let fresh = Engine.evaluate(evaluators, slos, known, sources: sources, at: instant)
    let isNews = fresh.serviceLevels != snapshot.serviceLevels || fresh.sources != snapshot.sources
    snapshot = fresh
    if isNews { publish(fresh) }
    return fresh
  }

  private static func evaluate(
    _ evaluators: [Evaluator], _ slos: [SLO], _ known: [SLO.ID: KnownReadings],
    sources: [SourceHealth], at instant: Timestamp
  ) -> Snapshot {
    let states = zip(slos, evaluators).map { slo, evaluator in
      evaluator.state(of: known[slo.id] ?? KnownReadings(), at: instant)
    }
    return Snapshot(at: instant, serviceLevels: states, sources: sources)
  }
}
