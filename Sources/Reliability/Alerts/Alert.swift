/// An alert as the operator sees it: what all sources say of it, with its acknowledgement.
///
/// The fields lie in one shared block: lists of ten thousand are copied, filtered and compared with every
/// poll.
package struct Alert: Identifiable, Sendable {
  /// Who names an alert, and how.
  package struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The cluster, server or account; `local` for burnwatch's own alerts.
    package let cluster: String
    /// Alertmanager's fingerprint, `pd:ID` or `local:SLO/ROW`.
    package let fingerprint: String

    /// Makes an identity.
    package init(cluster: String, fingerprint: String) {
      self.cluster = cluster
      self.fingerprint = fingerprint
    }

    package static func < (left: ID, right: ID) -> Bool {
      (left.cluster, left.fingerprint) < (right.cluster, right.fingerprint)
    }

    /// The cluster of burnwatch's own alerts, which no rule upstream tells.
    package static let localCluster = "local"

    /// Both parts, for audit and messages.
    package var description: String { "\(cluster)/\(fingerprint)" }
  }

  /// What an alert is, first of all; of several that hold the first counts.
  package enum State: String, CaseIterable, Hashable, Sendable, Comparable {
    /// Somebody has it; muted; muted by another alert; on; threatening; gone since a short time.
    case acknowledged, silenced, inhibited, firing, pending, resolved

    package static func < (left: State, right: State) -> Bool { left.urgency < right.urgency }

    /// What wants attention comes first.
    private var urgency: Int {
      switch self {
      case .firing: 0
      case .pending: 1
      case .acknowledged: 2
      case .silenced: 3
      case .inhibited: 4
      case .resolved: 5
      }
    }
  }

  /// Everything that is known of an alert, to make one of.
  package struct Facts: Hashable, Sendable {
    /// The identity.
    package var id: ID
    /// The labels as the source that names it has them.
    package var labels: LabelSet
    /// The annotations.
    package var annotations: LabelSet
    /// How urgent it is, by the configuration's severities.
    package var severity: Severity
    /// The service it is about, by the configuration's labels.
    package var service: String?
    /// The team it belongs to, by the configuration's labels.
    package var team: String?
    /// The SLO that it is a rule of.
    package var slo: SLO.ID?
    /// All states that hold.
    package var flags: Set<State>
    /// When it began to fire, or to be pending.
    package var startsAt: Timestamp
    /// When this process first saw it.
    package var firstSeenAt: Timestamp
    /// When it was gone, for one that has resolved just now.
    package var resolvedAt: Timestamp?
    /// The silences that mute it, acknowledgements among them.
    package var silences: [Silence]
    /// The alerts that inhibit it, by name where they are known.
    package var inhibitedBy: [String]
    /// Who has it.
    package var acknowledgement: Acknowledgement?
    /// The names of the sources that tell of it, sorted.
    package var sources: [String]
    /// Where it is routed to, sorted.
    package var receivers: [String]
    /// The name of the runbook that belongs to it.
    package var runbook: String?
    /// A page about its expression; untrusted text.
    package var generatorURL: String
    /// The PagerDuty incident behind it.
    package var incident: ReportedAlert.Incident?

    /// Makes facts; what is left out is not known.
    package init(
      id: ID, labels: LabelSet, annotations: LabelSet = LabelSet([:]), severity: Severity,
      service: String? = nil, team: String? = nil, slo: SLO.ID? = nil,
      flags: Set<State> = [.firing], startsAt: Timestamp, firstSeenAt: Timestamp? = nil,
      resolvedAt: Timestamp? = nil,
      silences: [Silence] = [], inhibitedBy: [String] = [],
      acknowledgement: Acknowledgement? = nil, sources: [String] = [], receivers: [String] = [],
      runbook: String? = nil, generatorURL: String = "", incident: ReportedAlert.Incident? = nil
    ) {
      self.id = id
      self.labels = labels
      self.annotations = annotations
      self.severity = severity
      self.service = service
      self.team = team
      self.slo = slo
      self.flags = flags
      self.startsAt = startsAt
      self.firstSeenAt = firstSeenAt ?? startsAt
      self.resolvedAt = resolvedAt
      self.silences = silences
      self.inhibitedBy = inhibitedBy
      self.acknowledgement = acknowledgement
      self.sources = sources
      self.receivers = receivers
      self.runbook = runbook
      self.generatorURL = generatorURL
      self.incident = incident
    }
  }

  /// Everything that is known, as a copy; where one thing is wanted of thousands of alerts, the
  /// properties below cost a fraction.
  package var facts: Facts { block.facts }
  /// The service it is about.
  package var service: String? { block.facts.service }
  /// The team it belongs to.
  package var team: String? { block.facts.team }
  /// The SLO that it is a rule of.
  package var slo: SLO.ID? { block.facts.slo }
  /// All states that hold.
  package var flags: Set<State> { block.facts.flags }
  /// When this process first saw it.
  package var firstSeenAt: Timestamp { block.facts.firstSeenAt }
  /// When it was gone, for one that has resolved just now.
  package var resolvedAt: Timestamp? { block.facts.resolvedAt }
  /// The silences that mute it, acknowledgements among them.
  package var silences: [Silence] { block.facts.silences }
  /// The alerts that inhibit it, by name where they are known.
  package var inhibitedBy: [String] { block.facts.inhibitedBy }
  /// The names of the sources that tell of it, sorted.
  package var sources: [String] { block.facts.sources }
  /// Where it is routed to, sorted.
  package var receivers: [String] { block.facts.receivers }
  /// The name of the runbook that belongs to it.
  package var runbook: String? { block.facts.runbook }
  /// A page about its expression; untrusted text.
  package var generatorURL: String { block.facts.generatorURL }
  /// The PagerDuty incident behind it.
  package var incident: ReportedAlert.Incident? { block.facts.incident }
  /// The identity.
  package var id: ID { block.facts.id }
  /// The rule's name; of an alert without one its first label.
  package var name: String { block.name }
  /// What it says to people: its summary, else its description or message.
  package var summary: String { block.summary }
  /// The labels.
  package var labels: LabelSet { block.facts.labels }
  /// The annotations.
  package var annotations: LabelSet { block.facts.annotations }
  /// How urgent it is.
  package var severity: Severity { block.facts.severity }
  /// The first state that holds.
  package var state: State { block.state }
  /// When it began.
  package var startsAt: Timestamp { block.facts.startsAt }
  /// Who has it.
  package var acknowledgement: Acknowledgement? { block.facts.acknowledgement }
  /// Everything that free text finds, in lower case, a line each.
  package var searchText: String { block.searchText }
  /// Whether it wants somebody now: firing, and neither acknowledged nor muted.
  package var isUnattended: Bool { block.state == .firing }
  /// The silence that mutes it longest, acknowledgements apart.
  package var muting: Silence? {
    block.facts.silences.filter { !$0.isAcknowledgement }.max { $0.endsAt < $1.endsAt }
  }

  private let block: Block

  /// Makes an alert.
  package init(_ facts: Facts) {
    block = Block(facts)
  }

  private final class Block: Sendable {
    let facts: Facts
    let name: String
    let state: State
    let summary: String
    let searchText: String

    init(_ facts: Facts) {
      self.facts = facts
      let ruleName = facts.labels.alertName
      name = ruleName.isEmpty ? facts.labels.labels.first?.value ?? facts.id.fingerprint : ruleName
      state = State.allCases.first(where: facts.flags.contains) ?? .firing
      let said = ["summary", "description", "message"].lazy.map { facts.annotations[$0] }
      summary = said.first { !$0.isEmpty } ?? ""
      let words =
        facts.labels.labels.map { "\($0.name)=\($0.value)" }
        + facts.annotations.labels.map(\.value)
        + [facts.service, facts.team, facts.acknowledgement?.by].compactMap(\.self)
      searchText = words.joined(separator: "\n").lowercased()
    }
  }
}

extension Alert: Hashable {
  /// Whether everything is equal; two copies of one alert are, without a look at the facts.
  package static func == (left: Alert, right: Alert) -> Bool {
    left.block === right.block || left.block.facts == right.block.facts
  }

  /// Feeds the identity, which tells almost all alerts apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(block.facts.id)
  }
}
