package import Reliability

/// The alerts of the simulated shop, and an Alertmanager without a network that keeps what is
/// acknowledged and silenced.
///
/// What fires depends only on the start and the instant asked about.
package actor DemoAlerts: AlertSource, ActionBackend {
  /// The name of the configured source it stands in for.
  package nonisolated let name: String
  private let start: Timestamp
  private let clock: any WallClock
  private let repairs: DemoRepairs
  private var silences: [Silence]
  private var count = 0

  /// Opens the shop's Alertmanager, in which colleagues have been at work already.
  ///
  /// - Parameters:
  ///   - name: The name of the configured source it stands in for.
  ///   - start: When the demo begins.
  ///   - clock: The demo's clock.
  ///   - repairs: What the operator mends in the shop.
  package init(
    name: String, start: Timestamp, clock: any WallClock, repairs: DemoRepairs = DemoRepairs()
  ) {
    self.name = name
    self.repairs = repairs
    self.start = start
    self.clock = clock
    silences = [
      Silence(
        id: "demo-1", cluster: name,
        matchers: [
          LabelMatcher("alertname", .equal, "LatencyBudgetBurn"),
          LabelMatcher("service", .equal, "payments"),
        ],
        startsAt: start - .seconds(1800), endsAt: start + .seconds(14_400),
        updatedAt: start - .seconds(1800), createdBy: "tom",
        comment: "ACK! waiting for the database team", state: .active),
      Silence(
        id: "demo-2", cluster: name,
        matchers: [LabelMatcher("instance", .equal, "search-3")],
        startsAt: start - .seconds(7200), endsAt: start + .seconds(7200),
        updatedAt: start - .seconds(7200), createdBy: "mei",
        comment: "new disk arrives today", state: .active),
    ]
  }

  /// What fires, and the silences as they stand.
  package func report(at instant: Timestamp) -> Result<AlertReport, ReadingFailure> {
    age(at: instant)
    let minute = minute(at: instant)
    let firing = DemoAlert.script.compactMap { alert -> (DemoAlert, Timestamp)? in
      let mended = repairs.instant(of: alert.labels["service"]).map { self.minute(at: $0) }
      return alert.start(at: minute, mendedAt: mended)
        .map { (alert, start + .seconds(Int64($0 * 60))) }
    }
    let alerts = firing.map { alert, began in
      let inhibitors = firing.filter { $0.0.labels.alertName == alert.inhibitedBy }
      return ReportedAlert(
        cluster: name, fingerprint: alert.labels.fingerprint, labels: alert.labels,
        annotations: alert.annotations, startsAt: began, silencedBy: muting(alert.labels),
        inhibitedBy: inhibitors.map(\.0.labels.fingerprint), receivers: ["on-call"],
        generatorURL: "https://prometheus.example.com/graph")
    }
    return .success(AlertReport(alerts: alerts, silences: silences))
  }

  /// A server that always answers.
  package func health(at instant: Timestamp) -> SourceHealth? {
    SourceHealth(
      name: name, type: "demo", address: "simulated", lastSuccess: instant,
      lastPoll: SourceHealth.Traffic(requests: 2, bytes: 9400), latencies: [0.006, 0.007, 0.006])
  }

  /// Makes, prolongs and ends silences as Alertmanager does.
  package func perform(_ step: DeliveryStep, for record: ActionRecord) -> DeliveryOutcome {
    switch (step, record.request.action) {
    case (.create(let until, _), .acknowledge(let target, let comment)):
      guard case .alertmanager(_, let matchers) = target.backend else { break }
      let text = comment.isEmpty ? "acknowledged with burnwatch" : comment
      return add(matchers, until, "\(Silence.acknowledgementPrefix) \(text)", record)
    case (.create, .silence(let plan)):
      return add(plan.matchers, plan.endsAt, plan.comment, record)
    case (.create, .extendSilence(let silence, let until)): return change(silence.id, until)
    case (.create, .expireSilence(let silence)): return change(silence.id, clock.now)
    case (.prolong(let until), _): return change(record.silenceID ?? "", until)
    case (.end, _): return change(record.silenceID ?? "", clock.now)
    case (.create, .unacknowledge): break
    }
    return .refused(reason: "the demo shop cannot do this")
  }

  private func add(
    _ matchers: [LabelMatcher], _ end: Timestamp, _ comment: String, _ record: ActionRecord
  ) -> DeliveryOutcome {
    count += 1
    let silence = Silence(
      id: "demo-own-\(count)", cluster: name, matchers: matchers, startsAt: clock.now, endsAt: end,
      updatedAt: clock.now, createdBy: record.request.actor,
      comment: RequestMark.marked(comment, record.id), state: .active)
    silences.append(silence)
    return .done(silenceID: silence.id, until: end)
  }

  private func change(_ id: Silence.ID, _ end: Timestamp) -> DeliveryOutcome {
    guard let index = silences.firstIndex(where: { $0.id == id && $0.state != .expired }) else {
      return .gone(reason: "its silence has ended")
    }
    silences[index] = silences[index].ending(at: end, now: clock.now)
    age(at: clock.now)
    return .done(silenceID: id, until: end)
  }

  private func age(at now: Timestamp) {
    silences = silences.map { $0.endsAt <= now ? $0.ending(at: $0.endsAt, now: now) : $0 }
  }

  private func muting(_ labels: LabelSet) -> [Silence.ID] {
    silences.filter { silence in
      silence.state == .active
        && silence.matchers.allSatisfy { (try? AlertMatcher($0))?.matches(labels) ?? false }
    }.map(\.id)
  }

  private func minute(at instant: Timestamp) -> Double { (instant - start).inSeconds / 60 }
}

/// The alerting rules of the simulated shop: what is pending, and which SLOs have rules upstream.
package actor DemoRules: AlertSource {
  /// The name of the configured source it stands in for.
  package nonisolated let name: String
  private let start: Timestamp

  /// Opens the shop's rules.
  package init(name: String, start: Timestamp) {
    self.name = name
    self.start = start
  }

  /// The rules, and what is about to fire.
  package func report(at instant: Timestamp) -> Result<AlertReport, ReadingFailure> {
    let minute = (instant - start).inSeconds / 60
    let pending = DemoAlert.script.filter { $0.isPending(at: minute) }.map { alert in
      ReportedAlert(
        cluster: name, fingerprint: alert.labels.fingerprint, labels: alert.labels,
        annotations: alert.annotations, isPending: true,
        startsAt: start + .seconds(Int64((alert.pendsAt ?? minute) * 60)))
    }
    let rules = DemoAlert.script.map { alert in
      AlertRule(name: alert.labels.alertName, query: "", labels: alert.labels)
    }
    return .success(AlertReport(alerts: pending, rules: rules))
  }

  /// Nothing: the shop's metrics tell how it does.
  package func health(at instant: Timestamp) -> SourceHealth? { nil }
}

extension Silence {
  /// The silence with another end, expired when that has come.
  fileprivate func ending(at end: Timestamp, now: Timestamp) -> Silence {
    Silence(
      id: id, cluster: cluster, matchers: matchers, startsAt: startsAt, endsAt: end,
      updatedAt: now, createdBy: createdBy, comment: comment, state: end <= now ? .expired : state)
  }
}
