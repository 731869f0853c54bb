/// What an alert within an incident carries along, searched for the labels of the alert that caused it.
///
/// PagerDuty keeps what a tool sent as `custom_details` under `body.details`, and for events of version 2
/// under `body.cef_details.details`. Which keys stand there is up to the tool's configuration, so whatever
/// looks like a label counts as one.
struct AlertDetails: Decodable, Sendable {
  /// The labels; of a name that stands twice the outermost value counts.
  let labels: [(name: String, value: String)]

  /// The members below which details lie.
  private static let containers: Set<String> = [
    "cef_details", "details", "custom_details", "labels", "commonLabels",
  ]
  /// What Alertmanager's receiver for PagerDuty sends unless it is told otherwise: texts about the
  /// whole group, and no labels (notify/pagerduty and the default details in its configuration).
  private static let summaries: Set<String> = [
    "firing", "resolved", "num_firing", "num_resolved",
  ]
  private static let deepest = 4
  private static let longest = 1024
  private static let most = 64

  init(from decoder: any Decoder) throws {
    let found = AlertDetails.search(try decoder.container(keyedBy: Key.self), depth: 0, isIn: false)
    labels = Array(found.prefix(AlertDetails.most))
  }

  /// Searches a member; outside of details, where the envelope's own members stand, texts do not count.
  private static func search(
    _ container: KeyedDecodingContainer<Key>, depth: Int, isIn: Bool
  ) -> [(name: String, value: String)] {
    let keys = container.allKeys.sorted { $0.stringValue < $1.stringValue }
    let own = isIn ? keys.compactMap { label($0, in: container) } : []
    guard depth < deepest else { return own }
    let nested = keys.filter { containers.contains($0.stringValue) }.flatMap { key in
      guard let inner = try? container.nestedContainer(keyedBy: Key.self, forKey: key) else {
        return [(name: String, value: String)]()
      }
      return search(inner, depth: depth + 1, isIn: isIn || key.stringValue != "cef_details")
    }
    return own + nested
  }

  private static func label(
    _ key: Key, in container: KeyedDecodingContainer<Key>
  ) -> (name: String, value: String)? {
    let name = key.stringValue
    guard isLabelName(name), !summaries.contains(name),
      let value = try? container.decode(String.self, forKey: key), !value.isEmpty,
      value.utf8.count <= longest, !value.contains(where: \.isNewline)
    else { return nil }
    return (name, value)
  }

  /// Prometheus's own rule for names of labels.
  private static func isLabelName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
      isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
      self.stringValue = stringValue
    }

    init?(intValue: Int) {
      nil
    }
  }
}
