import Reliability

/// Puts together what sources say of alerts: one list, most urgent first; pure.
///
/// An alert that several sources tell of is one row. Alertmanager names it, because its start is the
/// time since it fires; Prometheus alone knows what is pending; PagerDuty adds who has it.
struct AlertAssembly: Sendable {
  /// What one source said last.
  struct Report: Sendable {
    let source: String
    let kind: SourceSettings.Kind
    let report: AlertReport
  }

  /// How long an alert that is gone is still shown.
  static let afterglow = Duration.seconds(300)

  /// Values that thousands of alerts have in common, kept once.
  private var sharedFlags: Set<Set<Alert.State>> = []
  private var sharedLists: Set<[String]> = []

  let settings: AlertSettings
  let binding: AlertBinding
  /// The runbook of an SLO, by id.
  let runbooks: [SLO.ID: String]

  /// The alerts before this assembly, so that what did not change is not made anew.
  private(set) var previous: [Alert.ID: Alert]

  init(settings: AlertSettings, slos: [SLO], inheriting memory: [Alert.ID: Alert] = [:]) {
    self.settings = settings
    previous = memory
    binding = AlertBinding(slos)
    runbooks = Dictionary(
      slos.compactMap { slo in slo.details.runbook.map { (slo.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// One alert while it is put together.
  private struct Draft {
    var alert: ReportedAlert
    var sources: [String]
    var incident: ReportedAlert.Incident?
  }

  /// The list.
  ///
  /// - Parameters:
  ///   - reports: The latest report of each source.
  ///   - local: burnwatch's own alerts.
  ///   - records: The requests that are not over.
  ///   - silent: The sources in whose reports a missing alert may not be gone: those that were not
  ///     heard, and those that may not have been told of all alerts yet.
  ///   - now: The time.
  /// - Returns: The alerts, most urgent first.
  mutating func alerts(
    from reports: [Report], local: [ReportedAlert], records: [ActionRecord],
    silent: Set<String> = [], at now: Timestamp
  ) -> [Alert] {
    let ours = local.map { Draft(alert: $0, sources: [LocalAlerts.cluster]) }
    let drafts = drafts(of: reports, silent) + ours
    let silences = Dictionary(
      reports.flatMap(\.report.silences).map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    let names = Dictionary(
      drafts.map { ($0.alert.id, $0.alert.labels.alertName) },
      uniquingKeysWith: { first, _ in first })
    let own = acknowledgements(in: records)
    var current: [Alert.ID: Alert] = [:]
    current.reserveCapacity(drafts.count)
    for draft in drafts where !isWatchdog(draft.alert.labels) {
      let before = previous[draft.alert.id].flatMap { $0.state == .resolved ? nil : $0 }
      var facts = facts(of: draft, silences, names, own[draft.alert.id])
      facts.firstSeenAt = before?.firstSeenAt ?? now
      current[facts.id] = before.flatMap { $0.facts == facts ? $0 : nil } ?? Alert(facts)
    }
    let missing = previous.filter { current[$0.key] == nil }
    // What is still told of but has no row of its own has become part of another.
    let told = missing.isEmpty ? [] : Set(reports.flatMap { $0.report.alerts.map(\.id) })
    for (id, alert) in missing where !told.contains(id) {
      if let gone = gone(alert, silent, at: now) { current[id] = gone }
    }
    previous = current
    return current.values.sorted(by: AlertAssembly.isBefore)
  }

  /// Whether an alert is the one that must always fire.
  func isWatchdog(_ labels: LabelSet) -> Bool {
    guard let watchdog = settings.watchdog, labels.alertName == watchdog.alert else { return false }
    return watchdog.matchers.allSatisfy { matcher in
      (try? AlertMatcher(matcher))?.matches(labels) ?? false
    }
  }

  // MARK: - Joining

  private func drafts(of reports: [Report], _ silent: Set<String>) -> [Draft] {
    var drafts: [Draft] = []
    for report in reports where report.kind == .alertmanager {
      drafts += report.report.alerts.map { Draft(alert: $0, sources: [report.source]) }
    }
    let kept = kept(besides: drafts, of: silent)
    var index = JoinIndex(drafts.map(\.alert.labels) + kept)
    var onlyInPrometheus: [Draft] = []
    for report in reports where report.kind == .prometheus {
      for alert in report.report.alerts {
        guard !alert.isPending, let position = index.position(of: alert.labels) else {
          // The last word of a silent server tells of no row that there was not.
          if !silent.contains(report.source) || previous[alert.id] != nil {
            onlyInPrometheus.append(Draft(alert: alert, sources: [report.source]))
          }
          continue
        }
        if position < drafts.count { drafts[position].sources.append(report.source) }
      }
    }
    var rest = merged(onlyInPrometheus)
    for report in reports where report.kind == .pagerduty {
      rest += joined(report, to: &drafts, &index)
    }
    return drafts + rest
  }

  /// The labels of alerts that an Alertmanager does not tell of while it does not know all of them.
  private func kept(besides drafts: [Draft], of silent: Set<String>) -> [LabelSet] {
    guard !silent.isEmpty else { return [] }
    let told = Set(drafts.map(\.alert.id))
    return previous.values.filter { alert in
      alert.state != .resolved && silent.contains(alert.id.cluster) && !told.contains(alert.id)
    }.map(\.labels)
  }

  /// Two servers that evaluate the same rules tell the same alert; the first one names it.
  private func merged(_ drafts: [Draft]) -> [Draft] {
    var positions: [LabelSet: Int] = [:]
    var merged: [Draft] = []
    for draft in drafts {
      let key = draft.alert.labels.without(settings.volatileLabels)
      if let position = positions[key], merged[position].alert.cluster != draft.alert.cluster {
        merged[position].sources += draft.sources
      } else {
        positions[key] = merged.count
        merged.append(draft)
      }
    }
    return merged
  }

  /// An incident belongs to the alerts whose labels it carries.
  ///
  /// - Returns: Those that belong to none and stand for themselves.
  private func joined(
    _ report: Report, to drafts: inout [Draft], _ index: inout JoinIndex
  ) -> [Draft] {
    var alone: [Draft] = []
    for alert in report.report.alerts {
      var incident = alert.incident
      incident?.source = report.source
      let positions = alert.incident?.alertLabels.compactMap { index.position(of: $0) } ?? []
      for position in Set(positions) where position < drafts.count {
        drafts[position].incident = incident
        drafts[position].sources.append(report.source)
      }
      if positions.isEmpty {
        alone.append(Draft(alert: alert, sources: [report.source], incident: incident))
      }
    }
    return alone
  }

  // MARK: - Facts

  private mutating func facts(
    of draft: Draft, _ silences: [AlertSnapshot.SilenceKey: Silence],
    _ names: [Alert.ID: String], _ own: Acknowledgement?
  ) -> Alert.Facts {
    let alert = draft.alert
    let incident = draft.incident ?? alert.incident
    let muting = alert.silencedBy.compactMap { id in
      silences[AlertSnapshot.SilenceKey(cluster: alert.cluster, id: id)]
    }
    let acknowledgement = acknowledgement(own, muting, incident)
    var flags: Set<Alert.State> = [alert.isPending ? .pending : .firing]
    // One that failed is nobody's, but the row says so.
    if let acknowledgement, acknowledgement.delivery != .failed { flags.insert(.acknowledged) }
    let isAcknowledgedOnly = !muting.isEmpty && muting.allSatisfy(\.isAcknowledgement)
    if !alert.silencedBy.isEmpty, !isAcknowledgedOnly { flags.insert(.silenced) }
    if !alert.inhibitedBy.isEmpty { flags.insert(.inhibited) }
    let slo = binding.slo(of: alert.labels)
    return Alert.Facts(
      id: alert.id, labels: alert.labels, annotations: alert.annotations,
      severity: settings.severity(of: alert.labels), service: settings.service(of: alert.labels),
      team: settings.team(of: alert.labels), slo: slo,
      flags: sharedFlags.insert(flags).memberAfterInsert, startsAt: alert.startsAt,
      silences: muting,
      inhibitedBy: alert.inhibitedBy.map { fingerprint in
        names[Alert.ID(cluster: alert.cluster, fingerprint: fingerprint)] ?? fingerprint
      },
      acknowledgement: acknowledgement,
      sources: sharedLists.insert(Set(draft.sources).sorted()).memberAfterInsert,
      receivers: alert.receivers, runbook: runbook(alert.annotations, slo),
      generatorURL: alert.generatorURL, incident: incident)
  }

  /// One's own acknowledgement as far as it has come, else PagerDuty's, else a silence by others;
  /// one's own that failed counts least.
  private func acknowledgement(
    _ own: Acknowledgement?, _ muting: [Silence], _ incident: ReportedAlert.Incident?
  ) -> Acknowledgement? {
    if let own, own.delivery != .failed { return own }
    if let first = incident?.acknowledgements.first {
      return Acknowledgement(
        by: first.by, at: first.at, until: incident?.acknowledgedUntil, comment: "",
        delivery: .confirmed)
    }
    let last = muting.filter(\.isAcknowledgement).max { $0.endsAt < $1.endsAt }
    return last.map { silence in
      Acknowledgement(
        by: silence.createdBy, at: silence.startsAt, until: silence.endsAt,
        comment: silence.remark, delivery: .confirmed)
    } ?? own
  }

  /// The open acknowledgements of the journal, by alert.
  private func acknowledgements(in records: [ActionRecord]) -> [Alert.ID: Acknowledgement] {
    var undone: Set<ActionRequest.ID> = []
    var found: [Alert.ID: Acknowledgement] = [:]
    for record in records {
      if case .unacknowledge(let id, _) = record.request.action { undone.insert(id) }
    }
    for record in records where !undone.contains(record.id) {
      guard case .acknowledge(let target, let comment) = record.request.action,
        let delivery = Acknowledgement.Delivery(record.state)
      else { continue }
      found[target.alert] = Acknowledgement(
        by: record.request.actor, at: record.request.at, until: record.until, comment: comment,
        delivery: delivery, trouble: record.reason, requestID: record.id)
    }
    return found
  }

  /// The name of the runbook: the last part of its address, or what the SLO says.
  private func runbook(_ annotations: LabelSet, _ slo: SLO.ID?) -> String? {
    let address = ["runbook_url", "runbook"].lazy.map { annotations[$0] }.first { !$0.isEmpty }
    guard let address else { return slo.flatMap { runbooks[$0] } }
    let path = address.split(separator: "#").first.map(String.init) ?? address
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return [".md", ".yaml", ".yml", ".html"].first { last.hasSuffix($0) }
      .map { String(last.dropLast($0.count)) } ?? last
  }

  // MARK: - What is gone

  /// What becomes of an alert no source tells of any more.
  private func gone(_ alert: Alert, _ silent: Set<String>, at now: Timestamp) -> Alert? {
    if let resolved = alert.resolvedAt {
      return now - resolved < AlertAssembly.afterglow ? alert : nil
    }
    // While the source that names it is silent, what it said last goes on.
    guard !silent.contains(alert.id.cluster) else { return alert }
    guard !alert.flags.contains(.pending) else { return nil }
    var facts = alert.facts
    facts.flags = [.resolved]
    facts.resolvedAt = now
    facts.acknowledgement = nil
    facts.silences = []
    return Alert(facts)
  }

  /// Severity first, then what wants attention, then the newest.
  static func isBefore(_ left: Alert, _ right: Alert) -> Bool {
    let ranks = (left.rank, right.rank)
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    if left.state != right.state { return left.state < right.state }
    return left.startsAt == right.startsAt ? left.id < right.id : left.startsAt > right.startsAt
  }
}

extension Alert {
  /// What has ended comes last, whatever its severity was.
  fileprivate var rank: Int {
    state == .resolved ? Severity.allCases.count : Severity.allCases.firstIndex(of: severity) ?? 0
  }
}

extension Acknowledgement.Delivery {
  fileprivate init?(_ state: ActionRecord.State) {
    switch state {
    case .queued: self = .queued
    case .sent: self = .sent
    case .confirmed: self = .confirmed
    case .failed: self = .failed
    case .ended: return nil
    }
  }
}
