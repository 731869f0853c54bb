/// A label by which alerts are filtered and grouped; three names have a stand-in where the label
/// lacks.
struct AlertLabel: Hashable, Sendable {
  private enum StandIn: Hashable, Sendable {
    case none, service, team, severity
  }

  let name: String
  private let standIn: StandIn

  /// Makes a label; `service`, `team` and `severity` fall back to what the configuration makes of
  /// an alert.
  init(_ name: String) {
    self.name = name
    switch name {
    case "service": standIn = .service
    case "team": standIn = .team
    case "severity": standIn = .severity
    default: standIn = .none
    }
  }

  /// The names that every alert can have, whatever its labels.
  static let namesWithStandIn = ["service", "severity", "team"]

  /// The value that an alert has; empty when it has none.
  func value(in alert: Alert) -> String {
    let value = alert.labels[name]
    guard value.isEmpty else { return value }
    switch standIn {
    case .none: return ""
    case .service: return alert.service ?? ""
    case .team: return alert.team ?? ""
    case .severity: return alert.severity.rawValue
    }
  }
}
