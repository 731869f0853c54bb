import Reliability
import TestSupport

/// Two hundred services with an SLO each, on one Prometheus.
enum Fleet {
  static let count = 200
  private static let windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]

  /// Who wrote the recording rules of a service: a third each.
  enum RuleFamily: CaseIterable {
    case burnwatch, sloth, pyrra

    init(_ index: Int) {
      self = RuleFamily.allCases[index % RuleFamily.allCases.count]
    }
  }

  /// A few hours of requests of every service; the share of bad ones grows with its number.
  static func counters() -> [Backfill.Counter] {
    (0..<count).flatMap { index in
      [
        Backfill.Counter(
          "fleet_total", "service=\"\(name(index))\",code=\"200\"",
          [.init(from: .hours(7), 1000 - index)]),
        Backfill.Counter(
          "fleet_total", "service=\"\(name(index))\",code=\"500\"",
          [.init(from: .hours(7), index)]),
      ]
    }
  }

  /// The error ratio of a service in every window.
  static func errorRatio(_ index: Int) -> Double { Double(index) / 1000 }

  /// The results of recording rules for every service and burn window, named as their writers do.
  ///
  /// They say half of what the requests say, so that a figure tells where it comes from.
  static func rules() -> [Backfill.Constant] {
    (0..<count).flatMap { index in
      windows.map { window in
        Backfill.Constant(ruleSeries(index, window), errorRatio(index) / 2)
      }
    }
  }

  private static func ruleSeries(_ index: Int, _ window: String) -> String {
    let service = name(index)
    switch RuleFamily(index) {
    case .burnwatch:
      return "burnwatch:sli_error:ratio_rate\(window){burnwatch_id=\"\(service)/requests\"}"
    case .sloth:
      let labels = "sloth_id=\"\(service)-requests\",sloth_service=\"\(service)\","
      return "slo:sli_error:ratio_rate\(window){\(labels)sloth_window=\"\(window)\"}"
    case .pyrra:
      return "fleet:burnrate\(window){slo=\"\(service)-requests\"}"
    }
  }

  /// The SLOs.
  ///
  /// - Parameter broken: The one whose expression Prometheus cannot read.
  /// - Returns: Items of `slos:`.
  static func slos(broken: Int? = nil) -> [String] {
    (0..<count).map { index in
      let selector = { (codes: String) in
        "sum(increase(fleet_total{service=\"\(name(index))\"\(codes)}[{{window}}]))"
      }
      let bad = index == broken ? "frobnicate(x[{{window}}])" : selector(",code=\"500\"")
      let rules = RuleFamily(index) == .pyrra ? "rules: {pyrra: \(name(index))-requests}" : ""
      return ConfigurationText.slo(
        name(index), "requests", objective: "90",
        sli: TruthData.events(bad: bad, total: selector("")), more: rules)
    }
  }

  static func name(_ index: Int) -> String { "service-\(index)" }
}
