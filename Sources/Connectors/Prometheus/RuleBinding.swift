package import Reliability

/// Which recording rules serve which SLO's windows; pure.
///
/// A rule is used only when its labels fit exactly one SLO, it is the only series for that SLO and
/// window, and the objective it states, if any, is the SLO's.
package struct RuleBinding: Hashable, Sendable {
  /// The series that serve one window of one SLO.
  package struct Rule: Hashable, Sendable {
    let family: RuleFamily
    /// All labels of the error ratio's series, its name among them.
    let ratio: [String: String]
    /// All labels of the event count's series, where the family has one.
    let total: [String: String]?
  }

  private let rules: [SLO.ID: [Window: Rule]]
  /// Rules that look like an SLO's and are not used, with the reason.
  package let cautions: [String]

  /// The query that finds rules.
  package static var discoveryQuery: String { RuleSeries.discovery }

  /// Makes a binding without rules.
  package init() {
    rules = [:]
    cautions = []
  }

  /// Makes a binding of what the discovery found.
  package init(slos: [SLO], series: [PrometheusAnswer.Series]) {
    var cautions: Set<String> = []
    var owned: [Owner: [(RuleSeries, Double)]] = [:]
    let named = Dictionary(
      grouping: RuleFamily.allCases.flatMap { family in
        slos.map { Owner(family: family, key: family.id(of: $0), slo: $0) }
      }, by: \.name)
    for found in series {
      guard let rule = RuleSeries(found.labels), let value = found.samples.last?.value else {
        continue
      }
      let name = Owner.Name(family: rule.family, key: rule.id ?? "")
      let owners = (named[name] ?? []).filter { rule.agrees(with: $0.slo) }
      if owners.count > 1 {
        cautions.insert(
          "the rule \(rule.text) fits \(owners.count) SLOs and is not used; "
            + "tell them apart with rules:"
        )
      } else if let owner = owners.first {
        owned[owner, default: []].append((rule, value))
      }
    }
    var rules: [SLO.ID: [Window: Rule]] = [:]
    for family in RuleFamily.allCases {
      for slo in slos {
        let owner = Owner(family: family, key: family.id(of: slo), slo: slo)
        let bound = RuleBinding.bind(owned[owner] ?? [], to: slo, &cautions)
        rules[slo.id, default: [:]].merge(bound) { preferred, _ in preferred }
      }
    }
    self.rules = rules
    self.cautions = cautions.sorted()
  }

  /// The rule of a window, where there is one.
  package func rule(for slo: SLO.ID, over window: Window) -> Rule? { rules[slo]?[window] }

  /// An SLO by the name that a family of rules has for it.
  private struct Owner: Hashable {
    struct Name: Hashable {
      let family: RuleFamily
      let key: String
    }

    let name: Name
    let slo: SLO

    init(family: RuleFamily, key: String, slo: SLO) {
      name = Name(family: family, key: key)
      self.slo = slo
    }

    static func == (left: Owner, right: Owner) -> Bool {
      left.name == right.name && left.slo.id == right.slo.id
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(slo.id)
    }
  }

  private static func bind(
    _ series: [(RuleSeries, Double)], to slo: SLO, _ cautions: inout Set<String>
  ) -> [Window: Rule] {
    var ratios: [Window: [RuleSeries]] = [:]
    var counts: [Window: [RuleSeries]] = [:]
    let target = slo.objective.target.doubleValue
    for (rule, value) in series {
      switch rule.content {
      case .errorRatio(let window): ratios[window, default: []].append(rule)
      case .eventCount(let window): counts[window, default: []].append(rule)
      case .objective:
        guard abs(value - target) <= 1e-9 else {
          cautions.insert(
            "\(rule.text) says \(value) where \(slo.id) says \(target); its rules are not used")
          return [:]
        }
      }
    }
    var bound: [Window: Rule] = [:]
    for (window, candidates) in ratios {
      guard candidates.count == 1, let ratio = candidates.first else {
        cautions.insert(
          "\(candidates.count) series hold \(slo.id) over \(window), "
            + "so its rules are not used there"
        )
        continue
      }
      let total = counts[window].flatMap { $0.count == 1 ? $0.first?.labels : nil }
      bound[window] = Rule(family: ratio.family, ratio: ratio.labels, total: total)
    }
    return bound
  }
}

extension RuleBinding {
  /// One query for all of some rules, as narrow as fits.
  ///
  /// - Parameters:
  ///   - rules: What is due.
  ///   - byteLimit: The longest query; beyond it the SLOs are not named and all of the rules'
  ///     series come.
  /// - Returns: A union of selectors, one for each family of rules.
  package static func query(for rules: [Rule], byteLimit: Int) -> String {
    let narrow = query(for: rules, namesSLOs: true)
    return narrow.utf8.count <= byteLimit ? narrow : query(for: rules, namesSLOs: false)
  }

  private static func query(for rules: [Rule], namesSLOs: Bool) -> String {
    let selectors = RuleFamily.allCases.compactMap { family -> String? in
      let series = rules.filter { $0.family == family }
        .flatMap { [$0.ratio] + ($0.total.map { [$0] } ?? []) }
      guard !series.isEmpty else { return nil }
      let labels = namesSLOs ? ["__name__", family.idLabel] : ["__name__"]
      return Selector.braces(labels.compactMap { matcher(label: $0, of: series) })
    }
    return selectors.joined(separator: " or ")
  }

  /// A matcher for the values of a label, or `nil` where a series lacks it.
  private static func matcher(label: String, of series: [[String: String]]) -> LabelMatcher? {
    let values = Set(series.map { $0[label] ?? "" }).sorted()
    guard !values.contains("") else { return nil }
    if values.count == 1 { return LabelMatcher(label, .equal, values[0]) }
    return LabelMatcher(
      label, .matches, values.map(RegularExpression.escaped).joined(separator: "|"))
  }

  /// The readings of rule-served demands in an answer.
  package static func results(
    for rules: [Demand: Rule], in answer: PrometheusAnswer, at instant: Timestamp
  ) -> [Demand: ReadingResult] {
    let values = Dictionary(
      answer.series.map { ($0.labels, $0.samples.last?.value) }, uniquingKeysWith: { $1 })
    return rules.mapValues { rule in
      let provenance = Provenance(
        route: .rules, expressions: [rule.ratio, rule.total].compactMap { $0?.selectorText },
        warnings: answer.warnings)
      let ratio = values[rule.ratio] ?? nil
      let total = rule.total.flatMap { values[$0] ?? nil }
      return .success(
        Reading(
          observedAt: instant, answer: .errorRatio(ratio, total: total), provenance: provenance))
    }
  }
}

extension RuleSeries {
  /// The series as a selector.
  fileprivate var text: String { labels.selectorText }
}

extension [String: String] {
  /// A series' labels as a selector, in the order of their names.
  fileprivate var selectorText: String {
    let matchers = filter { $0.key != "__name__" }.sorted { $0.key < $1.key }
      .map { LabelMatcher($0.key, .equal, $0.value) }
    return Selector.text(metric: self["__name__"] ?? "", matchers)
  }
}

/// Regular expressions of RE2, which Prometheus's matchers are.
enum RegularExpression {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
