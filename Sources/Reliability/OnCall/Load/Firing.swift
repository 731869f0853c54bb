/// One time that an alert fired: from when to when, who was on call, and who acknowledged it.
package struct Firing: Identifiable, Hashable, Sendable {
  /// An alert and when it began to fire this time.
  package struct ID: Hashable, Sendable {
    /// The alert.
    package let alert: Alert.ID
    /// When it began.
    package let startsAt: Timestamp

    /// Makes an identity.
    package init(alert: Alert.ID, startsAt: Timestamp) {
      self.alert = alert
      self.startsAt = startsAt
    }
  }

  /// The alert and its beginning.
  package let id: ID
  /// The alert's name.
  package let name: String
  /// How urgent it is.
  package let severity: Severity
  /// Whether it is of the first degree, SEV1 or P1, which counts for more.
  package let isMajor: Bool
  /// The service it is about.
  package let service: String?
  /// The team it belongs to.
  package let team: String?
  /// When it first called somebody: its beginning, unless it was muted then.
  package let calledAt: Timestamp
  /// Who was on call when it called; `nil` while that is not known.
  package var paged: String?
  /// Who acknowledged it first.
  package var acknowledgedBy: String?
  /// When that was.
  package var acknowledgedAt: Timestamp?
  /// When it was gone; `nil` while it fires.
  package var endsAt: Timestamp?
  /// Whether somebody watched when it ended; otherwise it ended at the latest at `endsAt`.
  package var isEndSeen: Bool

  /// Makes a firing.
  package init(
    id: ID, name: String, severity: Severity, isMajor: Bool = false, service: String? = nil,
    team: String? = nil, calledAt: Timestamp? = nil, paged: String? = nil,
    acknowledgedBy: String? = nil, acknowledgedAt: Timestamp? = nil, endsAt: Timestamp? = nil,
    isEndSeen: Bool = true
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.isMajor = isMajor
    self.service = service
    self.team = team
    self.calledAt = calledAt ?? id.startsAt
    self.paged = paged
    self.acknowledgedBy = acknowledgedBy
    self.acknowledgedAt = acknowledgedAt
    self.endsAt = endsAt
    self.isEndSeen = isEndSeen
  }

  /// Makes the firing of an alert that fires now.
  init(_ alert: Alert, calledAt: Timestamp) {
    self.init(
      id: ID(alert: alert.id, startsAt: alert.startsAt), name: alert.name,
      severity: alert.severity, isMajor: Firing.isMajor(alert.labels),
      service: alert.facts.service, team: alert.facts.team, calledAt: calledAt)
  }

  /// How long nobody had it; `nil` while nobody has.
  package var timeToAcknowledge: Duration? {
    acknowledgedAt.map { max($0 - calledAt, .zero) }
  }

  /// The firing on top of what is known of it already: what another process knew stays.
  package func onTop(of known: Firing) -> Firing {
    var merged = self
    merged.paged = known.paged ?? paged
    if let first = known.acknowledgedAt, first <= acknowledgedAt ?? first {
      merged.acknowledgedAt = first
      merged.acknowledgedBy = known.acknowledgedBy
    }
    return merged
  }

  /// Whether any of it, at least its beginning, lies in a range.
  package func touches(_ range: Range<Timestamp>) -> Bool {
    id.startsAt < range.upperBound
      && (id.startsAt >= range.lowerBound || endsAt.map { $0 > range.lowerBound } ?? true)
  }

  /// The values by which tools call the first degree, in the labels that carry a degree.
  private static func isMajor(_ labels: LabelSet) -> Bool {
    let degrees: Set<String> = ["sev1", "sev-1", "sev 1", "p1"]
    return ["severity", "priority"].contains { degrees.contains(labels[$0].lowercased()) }
  }
}
