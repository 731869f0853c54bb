/// What every source of alerts implements: an Alertmanager cluster, Prometheus's rules, PagerDuty, the
/// demo world.
package protocol AlertSource: Sendable {
  /// The name in the configuration.
  var name: String { get }

  /// Asks for everything that is active now.
  ///
  /// - Returns: What the source says, or why it says nothing.
  func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure>

  /// How the source is doing; `nil` where its metrics' side tells already.
  func health(at instant: Timestamp) async -> SourceHealth?

  /// Lets go of connections; nothing may be asked afterwards.
  func close() async
}

extension AlertSource {
  /// Does nothing: a source without connections has nothing to let go of.
  package func close() async {}
}

/// A source that remembers the past of alerts.
package protocol AlertHistorian: AlertSource {
  /// The past of the alert with these labels.
  ///
  /// - Returns: `nil` when the source has no such rule.
  func history(
    of labels: LabelSet, at instant: Timestamp
  ) async -> Result<AlertHistory, ReadingFailure>?
}

/// What a source of alerts says at one time.
package struct AlertReport: Hashable, Sendable {
  /// The alerts that are active, pending ones among them.
  package let alerts: [ReportedAlert]
  /// The silences, expired ones among them.
  package let silences: [Silence]
  /// Whether an alert that is missing has ended: every member answered and has run long enough to have
  /// been told of all alerts.
  package let isAuthoritative: Bool
  /// What the reader should know: members that are silent or have only just started, as clauses.
  package let remarks: [String]
  /// The alerting rules there are, where the source knows.
  package let rules: [AlertRule]?

  /// Makes a report.
  package init(
    alerts: [ReportedAlert], silences: [Silence] = [], isAuthoritative: Bool = true,
    remarks: [String] = [], rules: [AlertRule]? = nil
  ) {
    self.alerts = alerts
    self.silences = silences
    self.isAuthoritative = isAuthoritative
    self.remarks = remarks
    self.rules = rules
  }
}

/// An alerting rule of a Prometheus server.
package struct AlertRule: Hashable, Sendable {
  /// The name that its alerts carry as `alertname`.
  package let name: String
  /// The expression.
  package let query: String
  /// The labels that it adds.
  package let labels: LabelSet
  /// What is wrong with it, while it cannot be evaluated.
  package let failure: String?

  /// Makes a rule.
  package init(name: String, query: String, labels: LabelSet, failure: String? = nil) {
    self.name = name
    self.query = query
    self.labels = labels
    self.failure = failure
  }
}

/// What carries out requests at one backend.
package protocol ActionBackend: Sendable {
  /// The name of the source in the configuration.
  var name: String { get }

  /// Carries out an action; doing it twice for one request does it once.
  ///
  /// - Parameters:
  ///   - step: What is to be done, with until when an acknowledgement is to stand.
  ///   - record: The request with what is known of earlier attempts.
  /// - Returns: What became of it.
  func perform(_ step: DeliveryStep, for record: ActionRecord) async -> DeliveryOutcome
}

/// What is to be done at a backend now.
package enum DeliveryStep: Hashable, Sendable {
  /// Make the silence or acknowledge the incident, or find that it was done already; nobody needs to
  /// look for it where it was certainly never tried.
  case create(until: Timestamp, mayBeThere: Bool = true)
  /// Let an acknowledgement stand longer.
  case prolong(until: Timestamp)
  /// End it.
  case end
}

/// What became of an attempt.
package enum DeliveryOutcome: Hashable, Sendable {
  /// Done; with the silence's id and until when it stands.
  case done(silenceID: Silence.ID?, until: Timestamp?)
  /// It is not there any more: expired by others, or resolved.
  case gone(reason: String)
  /// Not now; the same may work later.
  case later(reason: String, after: Duration?)
  /// Never like this.
  case refused(reason: String)
}
