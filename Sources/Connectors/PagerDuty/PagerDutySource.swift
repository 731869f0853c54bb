package import Reliability

/// A PagerDuty account as a source of alerts, one for each open incident, and as what keeps
/// acknowledgements of them.
///
/// A poll reads the list of open incidents, and a bounded number of incidents by themselves: for the
/// labels of their alerts, and where one may have slipped between two pages of the list. It never
/// writes.
package actor PagerDutySource: AlertSource {
  /// The name in the configuration; alerts carry it as their cluster.
  package nonisolated let name: String

  let client: PagerDutyClient
  let clock: any WallClock
  /// What is known of acknowledgements on their way, by request.
  var told: [ActionRequest.ID: Told] = [:]
  private var record: HealthRecord
  private var alertLabels: [String: KnownLabels] = [:]
  /// The incidents that were open at the last look, or may have been.
  private var known: Set<String> = []

  /// How many incidents a poll looks at by themselves, for each of the two reasons.
  static let looksPerPoll = 10

  /// The labels of an incident's alerts, as of when it held so many.
  private struct KnownLabels {
    let alertCount: Int
    let labels: [LabelSet]
  }

  /// Makes a source; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - settings: How PagerDuty is reached, and for whom it acts.
  ///   - transport: The way out, a `ClientTransport` of the same settings.
  ///   - secrets: Where the token comes from.
  ///   - clock: The clock of pauses and of the health's times.
  ///   - random: Numbers in 0..<1, for jitter.
  /// - Throws: `ConnectorError.unusableAddress`.
  package init(
    settings: SourceSettings, transport: any HTTPTransport, secrets: SecretResolver,
    clock: any WallClock, random: @escaping @Sendable () -> Double
  ) throws(ConnectorError) {
    name = settings.name
    self.clock = clock
    client = try PagerDutyClient(
      settings: settings, transport: transport, secrets: secrets, clock: clock, random: random)
    record = try HealthRecord(settings)
  }

  /// Reads all open incidents; one page that cannot be had fails the whole look.
  package func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure> {
    let round = Round([.poll])
    defer { record.finish(round) }
    do throws(ConnectorError) {
      var list = try await client.openIncidents(into: round.poll)
      note(nil, skew: list.skew, in: round)
      let isWhole = await addSlipped(to: &list, round)
      await lookForLabels(of: list.incidents, round)
      return .success(report(list, isWhole: isWhole))
    } catch {
      note(error, in: round)
      return .failure(.unavailable(error.pagerDutyMessage))
    }
  }

  /// Puts together how requests went, the circuit breaker and what is left of the rate limit.
  package func health(at instant: Timestamp) async -> SourceHealth? {
    record.health(
      leftAloneUntil: await client.guardian.leftAloneUntil, isOpen: await client.guardian.isOpen,
      retries: await client.guardian.retries, quarantine: [],
      cautions: [client.gauge.caution(at: clock.now)].compactMap(\.self))
  }

  /// Closes the connections; nothing is asked afterwards.
  package func close() async { await client.close() }

  /// Writes down how PagerDuty did; a write counts in no round.
  func note(_ error: ConnectorError?, skew: ClockSkew? = nil, in round: Round? = nil) {
    if let error {
      round?.poll.recordEnding(error.ending)
      record.failed(error, at: clock.now, words: error.pagerDutyMessage)
    } else {
      round?.poll.recordEnding(.answered)
      record.succeeded(at: clock.now, skew: skew)
    }
  }
}

// MARK: - What belongs to a look

extension PagerDutySource {
  /// Adds incidents that are missing from a list of several pages though they are open still.
  ///
  /// While pages are read, one incident that resolves moves the others up, and the one that stood first
  /// on the next page is on none. It must not look resolved.
  ///
  /// - Returns: Whether whatever is missing now has ended.
  private func addSlipped(to list: inout OpenIncidents, _ round: Round) async -> Bool {
    let present = Set(list.incidents.map(\.id))
    let missing = list.pageCount > 1 ? known.subtracting(present).sorted() : []
    var unknown = Set(missing)
    for id in missing.prefix(PagerDutySource.looksPerPoll) {
      do throws(ConnectorError) {
        let incident = try await client.incident(id, into: round.poll)
        if let incident, incident.isOpen { list.incidents.append(incident) }
        unknown.remove(id)
      } catch {
        note(error, in: round)
        break
      }
    }
    known = Set(list.incidents.map(\.id)).union(unknown)
    return unknown.isEmpty && list.end == nil && list.unreadableCount == 0
  }

  /// Looks at the alerts of incidents that are new, then of those that hold more alerts than before.
  ///
  /// It stops at the first failure: labels are worth less than the requests, and the next poll goes on.
  private func lookForLabels(of incidents: [PagerDutyIncident], _ round: Round) async {
    let ids = Set(incidents.map(\.id))
    alertLabels = alertLabels.filter { ids.contains($0.key) }
    guard !client.gauge.isLow(at: clock.now) else { return }
    let new = incidents.filter { alertLabels[$0.id] == nil }
    let grown = incidents.filter { incident in
      alertLabels[incident.id].map { $0.alertCount != incident.alertCount } ?? false
    }
    for incident in (new + grown).prefix(PagerDutySource.looksPerPoll) {
      do throws(ConnectorError) {
        alertLabels[incident.id] = KnownLabels(
          alertCount: incident.alertCount,
          labels: try await client.alertLabels(of: incident.id, into: round.poll))
      } catch {
        return note(error, in: round)
      }
    }
  }

  private func report(_ list: OpenIncidents, isWhole: Bool) -> AlertReport {
    let alerts = list.incidents.map { incident in
      incident.alert(cluster: name, alertLabels: alertLabels[incident.id]?.labels ?? [])
    }
    return AlertReport(alerts: alerts, isAuthoritative: isWhole, remarks: remarks(list))
  }

  private func remarks(_ list: OpenIncidents) -> [String] {
    var remarks: [String] = []
    switch list.end {
    case .limit:
      remarks.append(
        "PagerDuty lists no more than \(PagerDutyClient.lastPlace) incidents, "
          + "so older ones are missing; narrow the list with query")
    case .repetition:
      remarks.append("PagerDuty's list of incidents repeats itself, so some may be missing")
    case nil: break
    }
    if list.unreadableCount > 0 {
      remarks.append("\(list.unreadableCount) incidents could not be read")
    }
    let count = list.incidents.count { alertLabels[$0.id] == nil }
    if count > 0 { remarks.append("the labels of \(count) incidents are not known yet") }
    return remarks
  }
}
