/// Finds the alert of Alertmanager that an alert of Prometheus has become on its way.
///
/// Labels are added on the way, so that the labels there are a part of those here, under the same
/// alertname. Of several alerts the one with the fewest further labels counts, so an equal one
/// before all others, and then the first.
package struct JoinIndex: Sendable {
  /// The names of the labels that are looked for, under one alertname.
  private struct Projection: Hashable {
    let alertName: String
    let names: [String]
  }

  private let alerts: [LabelSet]
  private let candidates: [String: [Int]]
  /// For each projection the values, as bytes, and the best alert that has them.
  private var projected: [Projection: [[UInt8]: Int]] = [:]
  private var postings: [LabelSet.Label: [Int]]?
  /// How many alerts may still be projected: hostile sets of names would otherwise cost their
  /// square.
  private var allowance: Int

  /// Makes an index of the labels of alerts.
  package init(_ alerts: [LabelSet]) {
    self.alerts = alerts
    candidates = Dictionary(grouping: alerts.indices) { alerts[$0].alertName }
    allowance = 1000 + 32 * alerts.count
  }

  /// Finds the alert that has all of some labels.
  ///
  /// The first question about a set of names takes time for all alerts of that alertname, the next
  /// ones do not; hence the mutation.
  ///
  /// - Parameter subset: The labels, alertname among them.
  /// - Returns: The position in the list of the index; `nil` when there is none.
  package mutating func position(of subset: LabelSet) -> Int? {
    guard !subset.isEmpty, let rivals = candidates[subset.alertName] else { return nil }
    let projection = Projection(
      alertName: subset.alertName, names: subset.labels.map(\.name))
    if projected[projection] == nil {
      guard allowance >= rivals.count else { return rarestPosition(of: subset) }
      allowance -= rivals.count
      projected[projection] = project(rivals, on: projection.names)
    }
    return projected[projection]?[JoinIndex.key(of: subset.labels)]
  }

  private func project(_ rivals: [Int], on names: [String]) -> [[UInt8]: Int] {
    var best: [[UInt8]: Int] = [:]
    for position in rivals {
      guard let labels = JoinIndex.labels(of: alerts[position], named: names) else { continue }
      let key = JoinIndex.key(of: labels)
      guard let other = best[key] else {
        best[key] = position
        continue
      }
      if isCloser(position, than: other) { best[key] = position }
    }
    return best
  }

  /// The labels of some names, which like those of an alert are sorted; `nil` when one is missing.
  private static func labels(of alert: LabelSet, named names: [String]) -> [LabelSet.Label]? {
    var rest = alert.labels[...]
    var found: [LabelSet.Label] = []
    for name in names {
      rest = rest.drop { $0.name != name }
      guard let label = rest.popFirst() else { return nil }
      found.append(label)
    }
    return found
  }

  /// The values as bytes, each behind its length, so that no value can look like two.
  private static func key(of labels: [LabelSet.Label]) -> [UInt8] {
    var key: [UInt8] = []
    for label in labels {
      withUnsafeBytes(of: UInt64(label.value.utf8.count).littleEndian) { key += $0 }
      key += label.value.utf8
    }
    return key
  }

  private func isCloser(_ position: Int, than other: Int) -> Bool {
    let (mine, theirs) = (alerts[position].labels.count, alerts[other].labels.count)
    return mine == theirs ? position < other : mine < theirs
  }
}

extension JoinIndex {
  /// Looks among the alerts that have the rarest of the labels.
  private mutating func rarestPosition(of subset: LabelSet) -> Int? {
    let postings = self.postings ?? makePostings()
    self.postings = postings
    let lists = subset.labels.map { postings[$0] ?? [] }
    let rarest = lists.min { $0.count < $1.count } ?? []
    let names = subset.labels.map(\.name)
    let key = JoinIndex.key(of: subset.labels)
    var best: Int?
    for position in rarest {
      guard let labels = JoinIndex.labels(of: alerts[position], named: names),
        JoinIndex.key(of: labels) == key
      else { continue }
      if best.map({ isCloser(position, than: $0) }) ?? true { best = position }
    }
    return best
  }

  private func makePostings() -> [LabelSet.Label: [Int]] {
    var postings: [LabelSet.Label: [Int]] = [:]
    for (position, alert) in alerts.enumerated() {
      for label in alert.labels { postings[label, default: []].append(position) }
    }
    return postings
  }
}
