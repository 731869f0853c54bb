/// An alert as one source tells it, before sources are merged.
package struct ReportedAlert: Hashable, Sendable {
  /// The Alertmanager cluster, the Prometheus server or the PagerDuty account: whoever names alerts.
  package let cluster: String
  /// The identity within the cluster: Alertmanager's fingerprint, or `pd:` and an incident's id.
  package let fingerprint: String
  /// The labels.
  package let labels: LabelSet
  /// The annotations, templates already expanded.
  package let annotations: LabelSet
  /// Whether it only threatens to fire.
  package let isPending: Bool
  /// When it began to fire; of a pending one, when its expression first held.
  package let startsAt: Timestamp
  /// The ids of the silences that mute it.
  package let silencedBy: [Silence.ID]
  /// The fingerprints of the alerts that inhibit it.
  package let inhibitedBy: [String]
  /// The receivers it is routed to, sorted.
  package let receivers: [String]
  /// A page about its expression; untrusted text.
  package let generatorURL: String
  /// The PagerDuty incident behind it.
  package let incident: Incident?

  /// Makes an alert.
  package init(
    cluster: String, fingerprint: String, labels: LabelSet, annotations: LabelSet = LabelSet([:]),
    isPending: Bool = false, startsAt: Timestamp, silencedBy: [Silence.ID] = [],
    inhibitedBy: [String] = [], receivers: [String] = [], generatorURL: String = "",
    incident: Incident? = nil
  ) {
    self.cluster = cluster
    self.fingerprint = fingerprint
    self.labels = labels
    self.annotations = annotations
    self.isPending = isPending
    self.startsAt = startsAt
    self.silencedBy = silencedBy
    self.inhibitedBy = inhibitedBy
    self.receivers = receivers
    self.generatorURL = generatorURL
    self.incident = incident
  }

  /// The identity across sources.
  package var id: Alert.ID { Alert.ID(cluster: cluster, fingerprint: fingerprint) }

  /// What PagerDuty knows of an incident that is still open.
  package struct Incident: Hashable, Sendable {
    /// PagerDuty's id, such as `Q1ABCDEFGHIJKL`.
    package let id: String
    /// The number that people say.
    package let number: Int
    /// Whether it is at high urgency, which pages.
    package let isHighUrgency: Bool
    /// Who acknowledged it, in the order of the acknowledgements; empty while nobody has.
    package let acknowledgements: [Acknowledged]
    /// When the acknowledgement ends by itself.
    package let acknowledgedUntil: Timestamp?
    /// Who has to do with it now, by the levels of PagerDuty's policy.
    package let assignees: [String]
    /// When PagerDuty passes it on; `nil` when it does not.
    package let escalatesAt: Timestamp?
    /// The labels of the alerts within, as far as they carry any, to find the same alert elsewhere.
    package let alertLabels: [LabelSet]
    /// Its page; untrusted text.
    package let url: String
    /// The name of the PagerDuty source, once it is joined with alerts of others.
    package var source: String?

    /// Somebody who acknowledged, and when.
    package struct Acknowledged: Hashable, Sendable {
      /// The name.
      package let by: String
      /// The time.
      package let at: Timestamp

      /// Makes an entry.
      package init(by: String, at: Timestamp) {
        self.by = by
        self.at = at
      }
    }

    /// Makes an incident.
    package init(
      id: String, number: Int, isHighUrgency: Bool, acknowledgements: [Acknowledged] = [],
      acknowledgedUntil: Timestamp? = nil, assignees: [String] = [],
      escalatesAt: Timestamp? = nil, alertLabels: [LabelSet] = [], url: String = ""
    ) {
      self.id = id
      self.number = number
      self.isHighUrgency = isHighUrgency
      self.acknowledgements = acknowledgements
      self.acknowledgedUntil = acknowledgedUntil
      self.assignees = assignees
      self.escalatesAt = escalatesAt
      self.alertLabels = alertLabels
      self.url = url
    }
  }
}
