/// A service level objective as the operator defined it.
package struct SLO: Identifiable, Hashable, Sendable {
  /// The identity in every file, output and journal: `service/name` unless the definition says otherwise.
  package let id: String
  package let service: String
  package let name: String
  package let category: SLICategory
  package let sli: SLI
  package let objective: Objective
  package let window: ObjectiveWindow
  package let alerting: Alerting
  package let route: Route
  package let policy: BudgetPolicy
  /// The name of the metric source that is asked.
  package let source: String
  package let details: Details

  package init(
    id: String, service: String, name: String, category: SLICategory, sli: SLI,
    objective: Objective, window: ObjectiveWindow, alerting: Alerting = Alerting(),
    route: Route = Route(), policy: BudgetPolicy = .standard, source: String,
    details: Details = Details()
  ) {
    self.id = id
    self.service = service
    self.name = name
    self.category = category
    self.sli = sli
    self.objective = objective
    self.window = window
    self.alerting = alerting
    self.route = route
    self.policy = policy
    self.source = source
    self.details = details
  }

  /// The conditions that apply: the definition's own, or the standard ones scaled to the window.
  package var conditions: [BurnCondition] {
    let all = alerting.conditions ?? BurnCondition.standard(for: window.nominalLength)
    return all.filter { condition in
      switch condition.severity {
      case .page: alerting.pages
      case .ticket: alerting.tickets
      case .info: true
      }
    }
  }

  /// The burn windows that are asked for, shortest first: the standard ones no longer than the SLO
  /// window, and whatever the conditions need besides.
  ///
  /// A rolling SLO window is asked for itself; a day of the calendar is not the last 24 hours.
  package var burnWindows: [Window] {
    let length = window.nominalLength
    let needed = (alerting.conditions ?? []).flatMap { [$0.long, $0.short] }
    var windows = Set(Window.burnWindows.filter { $0 <= length } + needed)
    if case .rolling(let own) = window { windows.remove(own) }
    return windows.sorted()
  }
}

extension SLO {
  /// Which burn-rate conditions apply.
  package struct Alerting: Hashable, Sendable {
    package let pages: Bool
    package let tickets: Bool
    /// How many bad events a condition needs in its long window while traffic is low.
    package let minBadEvents: Int
    /// Conditions that replace the standard ones.
    package let conditions: [BurnCondition]?

    package init(
      pages: Bool = true, tickets: Bool = true, minBadEvents: Int = 3,
      conditions: [BurnCondition]? = nil
    ) {
      self.pages = pages
      self.tickets = tickets
      self.minBadEvents = minBadEvents
      self.conditions = conditions
    }
  }

  /// How the burn windows are obtained.
  package struct Route: Hashable, Sendable {
    /// Recording rules where they exist, always rules, or always raw queries.
    package enum Preference: String, CaseIterable, Hashable, Sendable {
      case auto, rules, query
    }

    package let preference: Preference
    /// The value of the rules' `sloth_id` label, where it differs from this SLO's names.
    package let slothID: String?
    /// The value of the rules' `slo` label as Pyrra writes it, where it differs from this SLO's name.
    package let pyrraName: String?

    package init(
      preference: Preference = .auto, slothID: String? = nil, pyrraName: String? = nil
    ) {
      self.preference = preference
      self.slothID = slothID
      self.pyrraName = pyrraName
    }
  }

  /// What is shown beside the figures and takes no part in them.
  package struct Details: Hashable, Sendable {
    package let description: String?
    package let owner: String?
    package let labels: [String: String]
    package let runbook: String?
    package let links: [Link]
    package let dependencies: [String]

    package init(
      description: String? = nil, owner: String? = nil, labels: [String: String] = [:],
      runbook: String? = nil, links: [Link] = [], dependencies: [String] = []
    ) {
      self.description = description
      self.owner = owner
      self.labels = labels
      self.runbook = runbook
      self.links = links
      self.dependencies = dependencies
    }
  }

  /// A named URL.
  package struct Link: Hashable, Sendable {
    package let name: String
    package let url: String

    package init(name: String, url: String) {
      self.name = name
      self.url = url
    }
  }
}
