internal import Reliability

/// Who wrote a recording rule; each family has its own names and labels, preferred first.
enum RuleFamily: CaseIterable, Hashable {
  case burnwatch, sloth, pyrra

  /// The label that identifies the SLO.
  var idLabel: String {
    switch self {
    case .burnwatch: "burnwatch_id"
    case .sloth: "sloth_id"
    case .pyrra: "slo"
    }
  }
}

/// A recording rule's series as its name tells it.
struct RuleSeries: Hashable {
  /// What the series holds.
  enum Content: Hashable {
    case errorRatio(Window)
    case eventCount(Window)
    case objective
  }

  let family: RuleFamily
  let content: Content
  /// The metric a Pyrra rule is about; its rules are named after it.
  let metric: String?
  let labels: [String: String]

  /// Reads a series.
  ///
  /// - Returns: `nil` when its name is none of the known ones or a label contradicts its window.
  init?(_ labels: [String: String]) {
    guard let name = labels["__name__"], let known = RuleSeries.known(name) else { return nil }
    (family, content, metric) = known
    self.labels = labels
    if case .errorRatio(let window) = content, let stated = labels["sloth_window"],
      Window(stated) != window
    {
      return nil
    }
  }

  /// The question for every series that may be a rule's.
  static let discovery = Selector.braces([
    LabelMatcher(
      "__name__", .matches,
      [
        "burnwatch:sli_error:ratio_rate.+", "burnwatch:events:total_increase.+",
        "burnwatch:objective:ratio", "slo:sli_error:ratio_rate.+", "slo:objective:ratio",
        ".+:burnrate[0-9].*", "pyrra_objective",
      ].joined(separator: "|"))
  ])

  private static func known(_ name: String) -> (RuleFamily, Content, String?)? {
    func window(_ prefix: String) -> Window? {
      name.hasPrefix(prefix) ? Window(name.dropFirst(prefix.count)) : nil
    }
    switch name {
    case "burnwatch:objective:ratio": return (.burnwatch, .objective, nil)
    case "slo:objective:ratio": return (.sloth, .objective, nil)
    case "pyrra_objective": return (.pyrra, .objective, nil)
    default: break
    }
    if let window = window("burnwatch:sli_error:ratio_rate") {
      return (.burnwatch, .errorRatio(window), nil)
    }
    if let window = window("burnwatch:events:total_increase") {
      return (.burnwatch, .eventCount(window), nil)
    }
    if let window = window("slo:sli_error:ratio_rate") {
      return (.sloth, .errorRatio(window), nil)
    }
    let parts = name.split(separator: ":burnrate")
    guard parts.count == 2, let window = Window(parts[1]) else { return nil }
    return (.pyrra, .errorRatio(window), String(parts[0]))
  }

  /// The value of the family's id label.
  var id: String? { labels[family.idLabel] }

  /// Whether the other labels, beside the id, say that the rule is this SLO's.
  func agrees(with slo: SLO) -> Bool {
    switch family {
    case .burnwatch: true
    case .sloth:
      slo.route.slothID != nil
        || (labels["sloth_service"] ?? slo.service) == slo.service
          && (labels["sloth_slo"] ?? slo.name) == slo.name
    case .pyrra: slo.route.pyrraName != nil || metric.map(slo.sli.mentions) != false
    }
  }
}

extension RuleFamily {
  /// The value that the family's id label has for an SLO.
  func id(of slo: SLO) -> String {
    switch self {
    case .burnwatch: slo.id
    case .sloth: slo.route.slothID ?? "\(slo.service)-\(slo.name)"
    case .pyrra: slo.route.pyrraName ?? slo.name
    }
  }
}

extension SLI {
  /// Whether the indicator counts a metric, so that a rule that shares only a short name is not
  /// taken for this SLO's.
  fileprivate func mentions(_ metric: String) -> Bool {
    parts(over: .minutes(5)).contains { $0.expression.contains(metric) }
  }
}
