/// A service level objective as the operator defined it.
///
/// The fields lie in one shared block, because definitions are passed on with every evaluation.
package struct SLO: Identifiable, Sendable {
  /// The identity in every file, output and journal: `service/name` unless the definition says otherwise.
  package var id: String { block.fields.id }
  /// The service that makes the promise.
  package var service: String { block.fields.service }
  /// The name within the service.
  package var name: String { block.fields.name }
  /// What kind of promise it is.
  package var category: SLICategory { block.fields.category }
  /// What is measured.
  package var sli: SLI { block.fields.sli }
  /// The share of good events that is promised.
  package var objective: Objective { block.fields.objective }
  /// The span of time over which it is promised.
  package var window: ObjectiveWindow { block.fields.window }
  /// Which burn-rate conditions apply.
  package var alerting: Alerting { block.fields.alerting }
  /// How the burn windows are obtained.
  package var route: Route { block.fields.route }
  /// The zones of its error budget.
  package var policy: BudgetPolicy { block.fields.policy }
  /// The name of the metric source that is asked.
  package var source: String { block.fields.source }
  /// What is shown beside the figures.
  package var details: Details { block.fields.details }
  /// The conditions that apply: the definition's own, or the standard ones scaled to the window.
  package var conditions: [BurnCondition] { block.conditions }
  /// The burn windows that are asked for, shortest first: the standard ones no longer than the SLO
  /// window, and whatever the conditions need besides.
  ///
  /// A rolling SLO window is asked for itself; a day of the calendar is not the last 24 hours.
  package var burnWindows: [Window] { block.burnWindows }

  private let block: Block

  private struct Fields: Hashable, Sendable {
    let id: String
    let service: String
    let name: String
    let category: SLICategory
    let sli: SLI
    let objective: Objective
    let window: ObjectiveWindow
    let alerting: Alerting
    let route: Route
    let policy: BudgetPolicy
    let source: String
    let details: Details
  }

  /// What is defined, and what follows from it whenever it is evaluated.
  private final class Block: Sendable {
    let fields: Fields
    let conditions: [BurnCondition]
    let burnWindows: [Window]

    init(_ fields: Fields) {
      self.fields = fields
      conditions = SLO.conditions(fields.alerting, over: fields.window)
      burnWindows = SLO.burnWindows(fields.alerting, over: fields.window)
    }
  }

  /// Makes a definition; what is left out has its standard value.
  package init(
    id: String, service: String, name: String, category: SLICategory, sli: SLI,
    objective: Objective, window: ObjectiveWindow, alerting: Alerting = Alerting(),
    route: Route = Route(), policy: BudgetPolicy = .standard, source: String,
    details: Details = Details()
  ) {
    block = Block(
      Fields(
        id: id, service: service, name: name, category: category, sli: sli, objective: objective,
        window: window, alerting: alerting, route: route, policy: policy, source: source,
        details: details))
  }

  private static func conditions(
    _ alerting: Alerting, over window: ObjectiveWindow
  ) -> [BurnCondition] {
    let all = alerting.conditions ?? BurnCondition.standard(for: window.nominalLength)
    return all.filter { condition in
      switch condition.severity {
      case .page: alerting.pages
      case .ticket: alerting.tickets
      case .info: true
      }
    }
  }

  private static func burnWindows(
    _ alerting: Alerting, over window: ObjectiveWindow
  ) -> [Window] {
    let length = window.nominalLength
    let needed = (alerting.conditions ?? []).flatMap { [$0.long, $0.short] }
    var windows = Set(Window.burnWindows.filter { $0 <= length } + needed)
    if case .rolling(let own) = window { windows.remove(own) }
    return windows.sorted()
  }
}

extension SLO: Hashable {
  /// Whether the definitions are equal; two copies of one are, without a look at the fields.
  package static func == (left: SLO, right: SLO) -> Bool {
    left.block === right.block || left.block.fields == right.block.fields
  }

  /// Feeds what is defined.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(block.fields)
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
