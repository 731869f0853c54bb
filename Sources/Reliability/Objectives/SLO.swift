/// A service level objective as the operator defined it.
package struct SLO: Identifiable, Hashable, Sendable {
  /// The identity in every file, output and journal: `service/name` unless the definition says otherwise.
  package let id: String
  /// The service that makes the promise.
  package let service: String
  /// The name within the service.
  package let name: String
  /// What kind of promise it is.
  package let category: SLICategory
  /// What is measured.
  package let sli: SLI
  /// The share of good events that is promised.
  package let objective: Objective
  /// The span of time over which it is promised.
  package let window: ObjectiveWindow
  /// Which burn-rate conditions apply.
  package let alerting: Alerting
  /// How the burn windows are obtained.
  package let route: Route
  /// The zones of its error budget.
  package let policy: BudgetPolicy
  /// The name of the metric source that is asked.
  package let source: String
  /// What is shown beside the figures.
  package let details: Details

  /// Makes a definition; what is left out has its standard value.
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
    /// Whether conditions that page apply.
    package let pages: Bool
    /// Whether conditions that open a ticket apply.
    package let tickets: Bool
    /// How many bad events a condition needs in its long window while traffic is low.
    package let minBadEvents: Int
    /// Conditions that replace the standard ones.
    package let conditions: [BurnCondition]?

    /// Makes the standard conditions, or a choice of them.
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
      /// The values of `via` in a definition.
      case auto, rules, query
    }

    /// Which way is taken.
    package let preference: Preference
    /// The value of the rules' `sloth_id` label, where it differs from this SLO's names.
    package let slothID: String?
    /// The value of the rules' `slo` label as Pyrra writes it, where it differs from this SLO's name.
    package let pyrraName: String?

    /// Makes a route.
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
    /// What the promise is about, in the operator's words.
    package let description: String?
    /// The team or person in charge.
    package let owner: String?
    /// The operator's own labels, by name.
    package let labels: [String: String]
    /// The name or address of the runbook.
    package let runbook: String?
    /// Further places to look.
    package let links: [Link]
    /// The services this one needs.
    package let dependencies: [String]

    /// Makes details; none has to be there.
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
    /// The word shown for the link.
    package let name: String
    /// The address, as written.
    package let url: String

    /// Makes a link.
    package init(name: String, url: String) {
      self.name = name
      self.url = url
    }
  }
}
