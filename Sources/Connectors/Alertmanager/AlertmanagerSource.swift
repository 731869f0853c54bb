package import Reliability

/// A cluster of Alertmanagers as a source of alerts and as what keeps acknowledgements and silences.
///
/// Every member is read and what they say is joined, because alerts are not passed between members;
/// only one is written to, because silences are.
package actor AlertmanagerSource: AlertSource {
  /// The name in the configuration; alerts carry it as their cluster.
  package nonisolated let name: String

  let clock: any WallClock
  private(set) var members: [Member]
  private let refresh: Duration
  /// What the members said last, the latest version of each silence.
  private(set) var silences: [Silence.ID: Silence] = [:]
  /// The alerts they told last, by fingerprint.
  private var alerts: [String: ReportedAlert] = [:]

  /// One member and what is known of it.
  struct Member {
    let client: APIClient
    var record: HealthRecord
    /// When it was started and in which version it runs, as it last said.
    var status: AlertmanagerAnswer.Status?
    var statusAt: Timestamp?
    /// Why the last look at it failed.
    var failure: String?
  }

  /// How often members are asked since when they run.
  private static let statusInterval = Duration.seconds(60)
  /// A member that runs for less has not been told of all alerts yet: Prometheus repeats them about
  /// every minute.
  static let warmUp = Duration.seconds(120)

  /// Makes a source; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - settings: How the members are reached, one URL each.
  ///   - transport: Makes the way out for the settings of one member.
  ///   - secrets: Where credentials come from.
  ///   - clock: The clock of pauses and of the health's times.
  ///   - random: Numbers in 0..<1, for jitter.
  /// - Throws: `ConnectorError` of an address or a certificate file.
  package init(
    settings: SourceSettings,
    transport: (SourceSettings) throws(ConnectorError) -> any HTTPTransport,
    secrets: SecretResolver, clock: any WallClock, random: @escaping @Sendable () -> Double
  ) throws(ConnectorError) {
    name = settings.name
    refresh = settings.refresh
    self.clock = clock
    var members: [Member] = []
    for url in settings.urls {
      let own = settings.member(at: url)
      let client = try APIClient(
        settings: own, transport: try transport(own), secrets: secrets, clock: clock,
        random: random, failure: AlertmanagerAnswer.failure)
      members.append(Member(client: client, record: try HealthRecord(own)))
    }
    self.members = members
  }

  /// Asks all members at once; one that is silent leaves what the others say.
  package func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure> {
    let looks = await looks(at: instant)
    var joined = JoinedLooks()
    for (index, look) in looks { note(look, of: index, in: &joined) }
    guard joined.count > 0 else {
      let reasons = members.compactMap(\.failure)
      return .failure(.unavailable(reasons.first ?? "no member has a url"))
    }
    silences = joined.silences
    alerts = joined.alerts(reusing: alerts)
    let known = members.compactMap { $0.status }
    let isWarm = known.allSatisfy { instant - $0.startedAt >= AlertmanagerSource.warmUp }
    return .success(
      AlertReport(
        alerts: alerts.values.sorted { $0.fingerprint < $1.fingerprint },
        silences: Array(joined.silences.values),
        isAuthoritative: joined.count == members.count && known.count == members.count && isWarm,
        remarks: remarks(unreadable: joined.unreadableCount, at: instant)))
  }

  /// How the cluster does: as well as its members together.
  package func health(at instant: Timestamp) async -> SourceHealth? {
    var parts: [SourceHealth] = []
    for member in members {
      let guardian = member.client.guardian
      parts.append(
        member.record.health(
          leftAloneUntil: await guardian.leftAloneUntil, isOpen: await guardian.isOpen,
          retries: await guardian.retries, quarantine: [], cautions: []))
    }
    return SourceHealth(
      members: parts, remarks: remarks(unreadable: 0, at: instant), name: name)
  }

  /// Closes the connections; nothing is asked afterwards.
  package func close() async {
    for member in members { await member.client.close() }
  }

  /// Keeps how a write went in the member's record.
  func note(_ error: ConnectorError?, of index: Int, in round: Round) {
    if let error {
      round.poll.recordEnding(error.ending)
      members[index].record.failed(error, at: clock.now)
    } else {
      round.poll.recordEnding(.answered)
      members[index].record.succeeded(at: clock.now)
    }
    members[index].record.finish(round)
  }

  // MARK: - Looking

  /// What one look at one member gave.
  private struct Look: Sendable {
    let round: Round
    let found: Result<Found, ConnectorError>
  }

  private struct Found: Sendable {
    let alerts: AlertmanagerAnswer.List<ReportedAlert>
    let silences: AlertmanagerAnswer.List<Silence>
    let status: AlertmanagerAnswer.Status?
    let skew: ClockSkew?
  }

  private func looks(at instant: Timestamp) async -> [(Int, Look)] {
    let name = name
    return await withTaskGroup(of: (Int, Look).self) { group in
      for (index, member) in members.enumerated() {
        let age = member.statusAt.map { instant - $0 }
        let wantsStatus =
          member.failure != nil || age.map { $0 >= AlertmanagerSource.statusInterval } ?? true
        group.addTask {
          let round = Round([.poll])
          let found = await AlertmanagerSource.look(
            at: member.client, wantsStatus: wantsStatus, name, round.poll)
          return (index, Look(round: round, found: found))
        }
      }
      var looks: [(Int, Look)] = []
      for await look in group { looks.append(look) }
      return looks.sorted { $0.0 < $1.0 }
    }
  }

  private static func look(
    at client: APIClient, wantsStatus: Bool, _ cluster: String, _ ledger: TrafficLedger
  ) async -> Result<Found, ConnectorError> {
    do throws(ConnectorError) {
      let alerts = try await client.get("/api/v2/alerts", into: ledger)
      let silences = try await client.get("/api/v2/silences", into: ledger)
      let status =
        wantsStatus
        ? try AlertmanagerAnswer.status(
          try await client.get("/api/v2/status", into: ledger).answer) : nil
      return .success(
        Found(
          alerts: try AlertmanagerAnswer.alerts(alerts.answer, cluster: cluster),
          silences: try AlertmanagerAnswer.silences(silences.answer, cluster: cluster),
          status: status, skew: alerts.skew))
    } catch {
      return .failure(error)
    }
  }

  private func note(_ look: Look, of index: Int, in joined: inout JoinedLooks) {
    let now = clock.now
    switch look.found {
    case .success(let found):
      members[index].failure = nil
      if let status = found.status {
        members[index].status = status
        members[index].statusAt = now
      }
      look.round.poll.recordEnding(.answered)
      members[index].record.succeeded(at: now, skew: found.skew)
      joined.add(found.alerts, found.silences)
    case .failure(let error):
      members[index].failure = error.message
      look.round.poll.recordEnding(error.ending)
      members[index].record.failed(error, at: now)
    }
    members[index].record.finish(look.round)
  }

  private func remarks(unreadable: Int, at instant: Timestamp) -> [String] {
    var remarks: [String] = []
    for member in members {
      if let failure = member.failure, members.count > 1 {
        remarks.append("\(member.client.address) is silent: \(failure)")
      } else if member.failure == nil, let start = member.status?.startedAt,
        instant - start < AlertmanagerSource.warmUp
      {
        remarks.append("\(member.client.address) was started just now and may not know all alerts")
      }
    }
    if unreadable > 0 { remarks.append("\(unreadable) alerts or silences could not be read") }
    return remarks
  }
}

/// What several members say, as one.
private struct JoinedLooks {
  private var alerts: [String: ReportedAlert] = [:]
  private(set) var silences: [Silence.ID: Silence] = [:]
  private(set) var count = 0
  private(set) var unreadableCount = 0

  /// The alerts; one that is told as before keeps its memory, so that thousands do not move with every
  /// look.
  func alerts(reusing old: [String: ReportedAlert]) -> [String: ReportedAlert] {
    alerts.mapValues { alert in
      old[alert.fingerprint].flatMap { $0 == alert ? $0 : nil } ?? alert
    }
  }

  mutating func add(
    _ alerts: AlertmanagerAnswer.List<ReportedAlert>,
    _ silences: AlertmanagerAnswer.List<Silence>
  ) {
    count += 1
    unreadableCount += alerts.unreadableCount + silences.unreadableCount
    self.alerts.merge(alerts.items.map { ($0.fingerprint, $0) }) { $0.joined(with: $1) }
    self.silences.merge(silences.items.map { ($0.id, $0) }) { one, other in
      one.updatedAt >= other.updatedAt ? one : other
    }
  }
}

extension ReportedAlert {
  /// What two members say of one alert: the earlier start, muted when either says so.
  fileprivate func joined(with other: ReportedAlert) -> ReportedAlert {
    guard self != other else { return self }
    return ReportedAlert(
      cluster: cluster, fingerprint: fingerprint, labels: labels, annotations: annotations,
      isPending: isPending, startsAt: min(startsAt, other.startsAt),
      silencedBy: Set(silencedBy + other.silencedBy).sorted(),
      inhibitedBy: Set(inhibitedBy + other.inhibitedBy).sorted(),
      receivers: Set(receivers + other.receivers).sorted(), generatorURL: generatorURL,
      incident: incident)
  }
}

extension SourceHealth {
  /// The health of a cluster: the best state of its members, unless not all are well.
  fileprivate init(members: [SourceHealth], remarks: [String], name: String) {
    let states = members.map(\.state)
    let state: State =
      states.allSatisfy { $0 == .ok } ? .ok : states.allSatisfy { $0 == .open } ? .open : .degraded
    let isWell = state == .ok
    self.init(
      name: name, type: SourceSettings.Kind.alertmanager.rawValue,
      address: members.map(\.address).joined(separator: ", "), state: state,
      lastSuccess: members.compactMap(\.lastSuccess).max(),
      lastError: members.compactMap(\.lastError).max { $0.at < $1.at },
      nextTry: isWell ? nil : members.compactMap(\.nextTry).min(),
      lastPoll: members.reduce(into: Traffic()) {
        $0.requests += $1.lastPoll.requests
        $0.bytes += $1.lastPoll.bytes
      },
      retries: members.reduce(0) { $0 + $1.retries }, latencies: members.flatMap(\.latencies),
      cautions: members.flatMap(\.cautions) + remarks)
  }
}
