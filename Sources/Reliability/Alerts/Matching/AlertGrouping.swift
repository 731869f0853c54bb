/// How alerts are put into groups: by the values of some labels.
///
/// `service`, `team` and `severity` stand for what the configuration makes of an alert that has no
/// such label, as they do in filters.
package struct AlertGrouping: Hashable, Sendable {
  /// The names of the labels, the first heading first.
  package let names: [String]

  /// Makes a grouping; without names all alerts are one group.
  package init(by names: [String]) {
    self.names = names
  }

  /// Groups alerts.
  ///
  /// - Parameter alerts: The alerts, in the order in which they are to stand within a group.
  /// - Returns: The groups, that of the worst alert first: by state, then severity, then place.
  package func groups(of alerts: [Alert]) -> [AlertGroup] {
    let labels = names.map(AlertLabel.init)
    var numbers: [[String]: Int] = [:]
    var groups: [AlertGroup] = []
    for (position, alert) in alerts.enumerated() {
      let values = labels.map { $0.value(in: alert) }
      if let number = numbers[values] {
        groups[number].add(alert, at: position)
      } else {
        numbers[values] = groups.count
        var group = AlertGroup(
          key: zip(names, values).map { AlertGroup.Part(name: $0, value: $1) },
          worst: AlertGroup.Rank(alert))
        group.add(alert, at: position)
        groups.append(group)
      }
    }
    // Groups were found in the order of their first alerts, which the stable sort keeps.
    return groups.sorted { $0.worst < $1.worst }
  }
}

/// Alerts with equal values of some labels.
package struct AlertGroup: Hashable, Sendable {
  /// One label with the value that the alerts share.
  package struct Part: Hashable, Sendable {
    /// The label's name.
    package let name: String
    /// The value; empty for the alerts without the label.
    package let value: String

    /// The value for people; an absent one by its label, such as `no team`.
    package var title: String { value.isEmpty ? "no \(name)" : value }
  }

  /// How urgent an alert is among others.
  struct Rank: Hashable, Comparable, Sendable {
    let state: Alert.State
    let severity: Int

    init(_ alert: Alert) {
      state = alert.state
      severity = Severity.allCases.firstIndex(of: alert.severity) ?? 0
    }

    static func < (left: Rank, right: Rank) -> Bool {
      left.state == right.state ? left.severity < right.severity : left.state < right.state
    }
  }

  /// The labels by which was grouped.
  package let key: [Part]
  /// The places of the alerts in the list that was grouped, in its order.
  package private(set) var alerts: [Int] = []
  /// How many alerts there are of each kind.
  package private(set) var tally = AlertTally()
  private(set) var worst: Rank

  init(key: [Part], worst: Rank) {
    self.key = key
    self.worst = worst
  }

  /// The values for people, as a heading.
  package var title: String {
    key.isEmpty ? "all alerts" : key.map(\.title).joined(separator: " / ")
  }

  mutating func add(_ alert: Alert, at position: Int) {
    alerts.append(position)
    tally.add(alert)
    worst = min(worst, Rank(alert))
  }
}

/// How many alerts there are, by the first state that holds and by severity.
package struct AlertTally: Hashable, Sendable {
  /// All of them.
  package private(set) var total = 0
  private var states = CaseCounts()
  private var severities = CaseCounts()
  private var unattended = CaseCounts()

  /// Makes an empty tally.
  package init() {}

  /// Counts some alerts.
  package init(_ alerts: some Sequence<Alert>) {
    for alert in alerts { add(alert) }
  }

  /// How many are first of all in a state.
  package subscript(state: Alert.State) -> Int { states[AlertTally.index(of: state)] }

  /// How many have a severity.
  package subscript(severity: Severity) -> Int { severities[AlertTally.index(of: severity)] }

  /// How many of a severity want somebody now.
  package func unattended(_ severity: Severity) -> Int {
    unattended[AlertTally.index(of: severity)]
  }

  /// Counts one more.
  package mutating func add(_ alert: Alert) {
    total += 1
    states[AlertTally.index(of: alert.state)] += 1
    severities[AlertTally.index(of: alert.severity)] += 1
    if alert.isUnattended { unattended[AlertTally.index(of: alert.severity)] += 1 }
  }

  private static func index(of state: Alert.State) -> Int {
    switch state {
    case .firing: 0
    case .pending: 1
    case .acknowledged: 2
    case .silenced: 3
    case .inhibited: 4
    case .resolved: 5
    }
  }

  private static func index(of severity: Severity) -> Int {
    switch severity {
    case .page: 0
    case .ticket: 1
    case .info: 2
    }
  }
}

/// A few counts without memory of their own: there can be thousands of groups.
private struct CaseCounts: Hashable, Sendable {
  private var counts = SIMD8<Int>()

  subscript(index: Int) -> Int {
    get { counts[index] }
    set { counts[index] = newValue }
  }
}
