/// What the configuration says of alerts and acknowledgements.
package struct AlertSettings: Hashable, Sendable {
  /// The alert that must always fire.
  package struct Watchdog: Hashable, Sendable {
    /// Its name.
    package let alert: String
    /// What else must hold of it.
    package let matchers: [LabelMatcher]

    /// Makes a watchdog.
    package init(alert: String, matchers: [LabelMatcher] = []) {
      self.alert = alert
      self.matchers = matchers
    }
  }

  /// The severities of values of the label `severity`, by the value in lower case.
  package var severities: [String: Severity]
  /// The labels in which an alert's service may stand, the first that is there counts.
  package var serviceLabels: [String]
  /// The labels in which an alert's team may stand.
  package var teamLabels: [String]
  /// The team's own part of alerts, as a filter; empty for all.
  package var scope: String
  /// Filters by name.
  package var filters: [String: String]
  /// The labels that change while the alert stays the same, such as a pod's name.
  package var volatileLabels: Set<String>
  /// How long an acknowledgement stands before it is prolonged.
  package var acknowledgementDuration: Duration
  /// Who acknowledges, as others see it.
  package var author: String
  /// The dead man's switch.
  package var watchdog: Watchdog?

  /// Makes settings; what is left out has its standard value.
  package init(
    severities: [String: Severity] = [:], serviceLabels: [String] = ["service", "job"],
    teamLabels: [String] = ["team"], scope: String = "", filters: [String: String] = [:],
    volatileLabels: Set<String> = AlertSettings.standardVolatileLabels,
    acknowledgementDuration: Duration = .seconds(900), author: String = "burnwatch",
    watchdog: Watchdog? = nil
  ) {
    self.severities = AlertSettings.standardSeverities.merging(severities) { $1 }
    self.serviceLabels = serviceLabels
    self.teamLabels = teamLabels
    self.scope = scope
    self.filters = filters
    self.volatileLabels = volatileLabels
    self.acknowledgementDuration = acknowledgementDuration
    self.author = author
    self.watchdog = watchdog
  }

  /// Labels that name one of several interchangeable instances or who told of the alert.
  package static let standardVolatileLabels: Set<String> = [
    "pod", "container", "endpoint", "replica", "prometheus", "prometheus_replica",
  ]

  private static let standardSeverities: [String: Severity] = [
    "critical": .page, "page": .page, "warning": .ticket, "error": .ticket, "ticket": .ticket,
  ]

  /// How urgent an alert with these labels is.
  package func severity(of labels: LabelSet) -> Severity {
    severities[labels["severity"].lowercased()] ?? .info
  }

  /// The service an alert with these labels is about.
  package func service(of labels: LabelSet) -> String? { first(serviceLabels, of: labels) }

  /// The team an alert with these labels belongs to.
  package func team(of labels: LabelSet) -> String? { first(teamLabels, of: labels) }

  private func first(_ names: [String], of labels: LabelSet) -> String? {
    names.lazy.map { labels[$0] }.first { !$0.isEmpty }
  }

  /// What an acknowledgement of an alert with these labels mutes: exactly them, without the volatile.
  package func acknowledgementMatchers(for labels: LabelSet) -> [LabelMatcher] {
    labels.without(volatileLabels).labels.map { LabelMatcher($0.name, .equal, $0.value) }
  }
}
