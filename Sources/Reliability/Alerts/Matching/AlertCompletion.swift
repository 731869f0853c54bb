/// What can stand at the cursor in a filter's text: names of labels, values, words of keywords.
package struct AlertCompletion: Hashable, Sendable {
  /// How many candidates there are at most, and how many alerts are looked at for them.
  package static let limit = 20
  private static let alertLimit = 20_000

  /// The scalars that a candidate takes the place of.
  package let replaced: Range<Int>
  /// What can stand there, the most frequent first.
  package let candidates: [String]

  /// Finds the candidates at the cursor.
  ///
  /// - Parameters:
  ///   - text: The text of the filter.
  ///   - cursor: The place of the cursor, counted in Unicode scalars.
  ///   - alerts: The alerts whose labels are proposed, the most urgent first.
  /// - Returns: The candidates; none where free text stands.
  package static func candidates(
    for text: String, cursor: Int, in alerts: [Alert]
  ) -> AlertCompletion {
    let spot = CompletionSpot(text, cursor: cursor)
    let vocabulary = AlertVocabulary(alerts.prefix(alertLimit))
    return AlertCompletion(
      replaced: spot.range,
      candidates: Array(spot.candidates(from: vocabulary).prefix(limit)))
  }

  /// The text with a candidate in its place.
  ///
  /// - Parameters:
  ///   - candidate: One of the candidates.
  ///   - text: The text for which they were found.
  /// - Returns: The new text, and the place of the cursor behind the candidate.
  package func applying(_ candidate: String, to text: String) -> (text: String, cursor: Int) {
    let scalars = Array(text.unicodeScalars)
    let start = min(replaced.lowerBound, scalars.count)
    let end = min(max(replaced.upperBound, start), scalars.count)
    let changed = scalars[..<start] + candidate.unicodeScalars + scalars[end...]
    return (String(scalars: changed), start + candidate.unicodeScalars.count)
  }
}

/// What of alerts can be proposed.
struct AlertVocabulary {
  private let alerts: ArraySlice<Alert>

  init(_ alerts: ArraySlice<Alert>) {
    self.alerts = alerts
  }

  /// The names of all labels.
  func names() -> [String] {
    var counts: [String: Int] = [:]
    for alert in alerts {
      for label in alert.labels.labels { counts[label.name, default: 0] += 1 }
    }
    for name in AlertLabel.namesWithStandIn where counts[name] == nil { counts[name] = 1 }
    return AlertVocabulary.byFrequency(counts)
  }

  /// The values of a label.
  func values(of label: AlertLabel) -> [String] { counted { [label.value(in: $0)] } }

  /// What a keyword can be followed by.
  func words(of keyword: FilterKeyword) -> [String] {
    switch keyword {
    case .state, .is: FilterWords.proposed
    case .sev: Severity.allCases.map(\.rawValue)
    case .by: counted { [$0.acknowledgement?.by ?? ""] }
    case .source: counted { $0.sources }
    case .slo: counted { [$0.slo ?? ""] }
    }
  }

  private func counted(_ values: (Alert) -> [String]) -> [String] {
    var counts: [String: Int] = [:]
    for alert in alerts {
      for value in values(alert) where !value.isEmpty { counts[value, default: 0] += 1 }
    }
    return AlertVocabulary.byFrequency(counts)
  }

  private static func byFrequency(_ counts: [String: Int]) -> [String] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }
}
