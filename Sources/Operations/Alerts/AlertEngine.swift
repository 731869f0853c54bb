package import Reliability

/// Watches the sources of alerts and publishes immutable snapshots of one list.
///
/// The whole flow in one place: an `AlertSource` reports, `LocalAlerts` adds what burns without a rule,
/// `AlertAssembly` joins all of it with what `Outbox` has acknowledged, `publish` hands it on.
package actor AlertEngine {
  /// A source with its pace.
  package struct Subscription: Sendable {
    /// The source.
    package let source: any AlertSource
    /// What kind of server it is, which decides how it is joined.
    package let kind: SourceSettings.Kind
    /// The time between two looks.
    package let refresh: Duration

    /// Makes a subscription.
    package init(source: any AlertSource, kind: SourceSettings.Kind, refresh: Duration) {
      self.source = source
      self.kind = kind
      self.refresh = refresh
    }
  }

  /// What the engine tells.
  package enum News: Sendable {
    /// Something is different.
    case snapshot(AlertSnapshot)
    /// Something happened to what the operator did, as a sentence.
    case sentence(String)
  }

  /// The gate and the way out of everything the operator does.
  package nonisolated let outbox: Outbox
  private let subscriptions: [Subscription]
  private let slos: [SLO]
  private let settings: AlertSettings
  private let clock: any WallClock
  private let publish: @Sendable (News) -> Void
  private let outboxNews: AsyncStream<Outbox.News>
  private let (changes, changeBell) = AsyncStream.makeStream(
    of: Void.self, bufferingPolicy: .bufferingNewest(1))
  /// The sources that were told something since they were last asked.
  private var told: Set<String> = []
  private let levels: AsyncStream<[ServiceLevelState]>
  private let levelNews: AsyncStream<[ServiceLevelState]>.Continuation
  private let knownAt: Timestamp?
  private let tidy: @Sendable () -> Void
  private var assembly: AlertAssembly
  private var local: LocalAlerts
  private var own: [ReportedAlert] = []
  private var words: [String: AlertWorld.Word] = [:]
  private var health: [String: SourceHealth] = [:]
  private var states: [ServiceLevelState] = []
  private var records: [ActionRecord] = []
  private var watchdogMissingSince: Timestamp?
  private var lastFired: Timestamp?
  private var busy: Set<String> = []
  /// The sources that are to be asked once more as soon as they have answered.
  private var again: Set<String> = []
  /// The latest snapshot.
  package private(set) var snapshot: AlertSnapshot

  /// The longest time in which ages and endings go unnoticed.
  private static let pulse = Duration.seconds(5)
  /// So many alerts leave megabytes behind when their answer has been read.
  private static let many = 500

  /// Makes an engine; nothing is asked before `run` or `askAll`.
  ///
  /// - Parameters:
  ///   - subscriptions: The sources, in the order of the configuration.
  ///   - settings: What the configuration says of alerts.
  ///   - slos: All SLOs.
  ///   - setup: Who acts, and what they may do.
  ///   - journal: Where requests are kept.
  ///   - backends: Who carries requests out.
  ///   - clock: The clock of polls and ages.
  ///   - memory: The alerts that an engine before this one knew.
  ///   - knownAt: When it knew them, where that was in another process.
  ///   - tidy: Called when a large answer has been taken in, on any thread.
  ///   - publish: Receives news, on any thread.
  package init(
    subscriptions: [Subscription], settings: AlertSettings, slos: [SLO], setup: Outbox.Setup,
    journal: any JournalStore, backends: [any ActionBackend], clock: any WallClock,
    inheriting memory: [Alert.ID: Alert] = [:], knownAt: Timestamp? = nil,
    tidy: @escaping @Sendable () -> Void = {}, publish: @escaping @Sendable (News) -> Void
  ) {
    self.subscriptions = subscriptions
    self.slos = slos
    self.settings = settings
    self.clock = clock
    self.publish = publish
    self.knownAt = knownAt
    self.tidy = tidy
    assembly = AlertAssembly(settings: settings, slos: slos, inheriting: memory)
    local = LocalAlerts(inheriting: memory)
    (levels, levelNews) = AsyncStream.makeStream(
      of: [ServiceLevelState].self, bufferingPolicy: .bufferingNewest(1))
    let (news, continuation) = AsyncStream.makeStream(of: Outbox.News.self)
    outboxNews = news
    outbox = Outbox(
      setup, journal: journal, backends: backends, clock: clock,
      tell: { continuation.yield($0) })
    snapshot = AlertSnapshot(at: clock.now, alerts: [])
  }

  /// Whether there is any source of alerts.
  package nonisolated var hasSources: Bool { !subscriptions.isEmpty }

  /// Watches until the task is cancelled.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      for index in subscriptions.indices {
        group.addTask { await self.repeatedly(index) }
      }
      group.addTask { await self.outbox.run() }
      group.addTask {
        for await news in self.outboxNews { await self.take(news) }
      }
      group.addTask { await self.showChanges() }
      group.addTask {
        for await states in self.levels { await self.note(states) }
      }
      group.addTask {
        while (try? await self.clock.sleep(until: self.clock.now + AlertEngine.pulse)) != nil {
          await self.refresh()
        }
      }
    }
  }

  /// Asks all sources now, and waits for them.
  @discardableResult
  package func askAll() async -> AlertSnapshot {
    await withTaskGroup(of: Void.self) { group in
      for index in subscriptions.indices { group.addTask { await self.ask(index) } }
    }
    return snapshot
  }

  /// Leaves word of how the SLOs stand, without waiting.
  package nonisolated func tell(_ states: [ServiceLevelState]) {
    levelNews.yield(states)
  }

  /// The alerts that are known, for an engine that takes over.
  package var memory: [Alert.ID: Alert] { assembly.previous }

  /// Takes in how the SLOs stand.
  package func note(_ states: [ServiceLevelState]) async {
    self.states = states
    await refresh()
  }

  /// Takes in the outbox's records as they are, for looks without `run`.
  package func noteRecords() async {
    records = await outbox.records
    await refresh()
  }

  /// The past of an alert, from the first source that knows its rule.
  package func history(of id: Alert.ID) async -> Result<AlertHistory, ReadingFailure> {
    guard let alert = assembly.previous[id] else {
      return .failure(.rejected("the alert has ended"))
    }
    for source in subscriptions.compactMap({ $0.source as? any AlertHistorian }) {
      if let found = await source.history(of: alert.labels, at: clock.now) { return found }
    }
    return .failure(.rejected("no Prometheus source evaluates its rule"))
  }

  /// Lets go of all sources.
  package func close() async {
    for subscription in subscriptions { await subscription.source.close() }
  }

  // MARK: - Asking

  private func repeatedly(_ index: Int) async {
    let refresh = subscriptions[index].refresh
    while !Task.isCancelled {
      let started = clock.now
      await ask(index)
      let now = clock.now
      let next = min(max(started + refresh, now), now + refresh)
      guard (try? await clock.sleep(until: next)) != nil else { return }
    }
  }

  private func ask(_ index: Int) async {
    let subscription = subscriptions[index]
    let name = key(of: subscription)
    guard busy.insert(name).inserted else {
      // It may have answered before the news.
      again.insert(name)
      return
    }
    repeat {
      again.remove(name)
      await askOnce(subscription, name)
    } while again.contains(name) && !Task.isCancelled
    busy.remove(name)
  }

  private func askOnce(_ subscription: Subscription, _ name: String) async {
    let result = await subscription.source.report(at: clock.now)
    health[name] = await subscription.source.health(at: clock.now)
    var word = words[name] ?? AlertWorld.Word()
    word.take(result, at: clock.now)
    words[name] = word
    await outbox.note(result, from: subscription.source.name)
    await refresh()
    if snapshot.alerts.count >= AlertEngine.many { tidy() }
  }

  /// A Prometheus server may be both a source of metrics and of alerts; kinds never share a name here.
  private func key(of subscription: Subscription) -> String { subscription.source.name }

  /// Takes in what became of requests.
  ///
  /// What was just told to a source is looked for there at once: the row says "confirmed" then.
  private func take(_ news: Outbox.News) {
    let known = Dictionary(records.map { ($0.id, $0.state) }, uniquingKeysWith: { $1 })
    let fresh = news.records.filter { $0.state == .sent && known[$0.id] != .sent }
    told.formUnion(fresh.compactMap(\.request.action.source))
    records = news.records
    if let sentence = news.sentence { publish(.sentence(sentence)) }
    changeBell.yield()
  }

  /// Shows what became of requests; hundreds that are delivered at once are shown together.
  private func showChanges() async {
    for await _ in changes {
      await refresh()
      let sources = told
      told = []
      for (index, subscription) in subscriptions.enumerated()
      where sources.contains(subscription.source.name) {
        await ask(index)
      }
    }
  }

  // MARK: - Snapshots

  private func refresh() async {
    let trouble = await outbox.trouble
    await tellLabels()
    // The time is taken after waiting, so that no snapshot is older than the one before.
    let fresh = assemble(at: clock.now, trouble)
    let isNews = !fresh.saysTheSame(as: snapshot)
    snapshot = fresh
    if isNews { publish(.snapshot(fresh)) }
    // Without figures nothing can be told of burnwatch's own alerts.
    guard !states.isEmpty else { return }
    await outbox.note(local: own, unsure: LocalAlerts.unsure(in: states))
  }

  private func assemble(at now: Timestamp, _ trouble: JournalError?) -> AlertSnapshot {
    let reports = subscriptions.compactMap { subscription -> AlertAssembly.Report? in
      words[key(of: subscription)]?.report.map {
        AlertAssembly.Report(
          source: subscription.source.name, kind: subscription.kind, report: $0)
      }
    }
    let isComplete = subscriptions.allSatisfy { subscription in
      words[key(of: subscription)].map { $0.report != nil && $0.failure == nil } ?? false
    }
    own = local.alerts(of: states, besides: watched(by: reports), at: now)
    let alerts = assembly.alerts(
      from: reports, local: own, records: records, silent: silentSources, at: now)
    if alerts.contains(where: { $0.flags.contains(.firing) }) { lastFired = now }
    let silences = reports.flatMap(\.report.silences).sorted(by: AlertEngine.isBefore)
    return AlertSnapshot(
      at: now, alerts: alerts, silences: silences, mutedCounts: mutedCounts(reports),
      sources: subscriptions.compactMap { health[key(of: $0)] }, gaps: gaps(at: now),
      silentSources: subscriptions.map { key(of: $0) }.filter {
        words[$0]?.failure != nil || words[$0] == nil
      },
      watchdog: watchdog(in: reports, isComplete: isComplete, at: now),
      // To the minute, so that a firing alert does not make every look a different one.
      lastFired: lastFired.map { Timestamp(milliseconds: $0.milliseconds / 60_000 * 60_000) },
      actions: records, journalTrouble: trouble.map { "\($0)" })
  }

  /// The sources that cannot tell now that an alert has ended.
  private var silentSources: Set<String> {
    let silent = subscriptions.map { key(of: $0) }.filter { name in
      guard let word = words[name], word.failure == nil else { return true }
      return word.report?.isAuthoritative != true
    }
    let isWaiting = states.isEmpty || states.contains { $0.status == .waiting }
    return Set(silent + (isWaiting ? [LocalAlerts.cluster] : []))
  }

  /// The SLOs that some rule upstream watches.
  private func watched(by reports: [AlertAssembly.Report]) -> Set<SLO.ID> {
    var found: Set<SLO.ID> = []
    for report in reports {
      found.formUnion(
        (report.report.rules ?? []).compactMap { assembly.binding.slo(of: $0.labels) })
      found.formUnion(report.report.alerts.compactMap { assembly.binding.slo(of: $0.labels) })
    }
    return found
  }

  private func mutedCounts(
    _ reports: [AlertAssembly.Report]
  ) -> [AlertSnapshot.SilenceKey: Int] {
    var counts: [AlertSnapshot.SilenceKey: Int] = [:]
    for report in reports {
      for alert in report.report.alerts {
        for id in alert.silencedBy {
          counts[AlertSnapshot.SilenceKey(cluster: alert.cluster, id: id), default: 0] += 1
        }
      }
    }
    return counts
  }

  /// Active, pending, expired; the first to end first, the last to have ended first.
  private static func isBefore(_ left: Silence, _ right: Silence) -> Bool {
    let order = Silence.State.allCases
    let ranks = (order.firstIndex(of: left.state) ?? 0, order.firstIndex(of: right.state) ?? 0)
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    if left.endsAt == right.endsAt { return left.id < right.id }
    return left.state == .expired ? left.endsAt > right.endsAt : left.endsAt < right.endsAt
  }

  /// Why the list may not be all there is.
  private func gaps(at now: Timestamp) -> [String] {
    let past = knownAt.map { "shown is what was known at \($0.dateAndTime) UTC; " } ?? ""
    return subscriptions.flatMap { subscription -> [String] in
      let name = subscription.source.name
      guard let word = words[key(of: subscription)] else {
        return ["\(past)\(name) has not answered yet"]
      }
      if let failure = word.failure {
        let since = word.failedSince.map { " since \($0.timeOfDay) UTC" } ?? ""
        return ["\(word.report == nil ? past : "")\(name) is silent\(since): \(failure)"]
      }
      return (word.report?.remarks ?? []).map { "\(name): \($0)" }
    }
  }

  private func watchdog(
    in reports: [AlertAssembly.Report], isComplete: Bool, at now: Timestamp
  ) -> AlertSnapshot.Watchdog {
    guard let name = settings.watchdog?.alert else { return .unconfigured }
    let fires = reports.contains { report in
      report.report.alerts.contains { !$0.isPending && assembly.isWatchdog($0.labels) }
    }
    if fires {
      watchdogMissingSince = nil
      return .firing(name)
    }
    guard isComplete || watchdogMissingSince != nil else { return .awaited(name) }
    let since = watchdogMissingSince ?? now
    watchdogMissingSince = since
    return .missing(name, since: since)
  }

  /// Acknowledgements follow their alert by its labels where another source tells of its end.
  private func tellLabels() async {
    for record in records {
      guard case .acknowledge(let target, _) = record.request.action,
        let alert = assembly.previous[target.alert]
      else { continue }
      await outbox.note(labels: alert.labels, of: record.id)
    }
  }
}

extension AlertWorld.Word {
  /// Takes in a report or a failure.
  mutating func take(_ result: Result<AlertReport, ReadingFailure>, at now: Timestamp) {
    switch result {
    case .success(let report):
      self.report = report
      reportedAt = now
      failure = nil
      failedSince = nil
    case .failure(let failure):
      self.failure = failure.message
      failedSince = failedSince ?? now
    }
  }
}
