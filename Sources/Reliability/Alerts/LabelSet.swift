/// The labels of an alert: names with values, sorted by name, no name twice.
///
/// A sorted array takes half the memory of a dictionary, and ten thousand alerts have ten labels each.
/// An empty value is the same as no label at all (Prometheus's data model), so none is kept.
package struct LabelSet: Hashable, Sendable {
  /// A name with its value.
  package struct Label: Hashable, Sendable {
    /// The label's name.
    package let name: String
    /// The label's value, as received; never empty.
    package let value: String
  }

  /// The labels, sorted by name.
  package let labels: [Label]

  /// Makes a label set; of a name that stands twice the first value counts.
  package init(_ pairs: some Sequence<(name: String, value: String)>) {
    var seen: Set<String> = []
    labels = pairs.filter { !$0.value.isEmpty && seen.insert($0.name).inserted }
      .map(Label.init).sorted { $0.name < $1.name }
  }

  /// Makes a label set of a dictionary.
  package init(_ dictionary: [String: String]) {
    labels = dictionary.filter { !$0.value.isEmpty }.map { Label(name: $0.key, value: $0.value) }
      .sorted { $0.name < $1.name }
  }

  private init(sorted labels: [Label]) {
    self.labels = labels
  }

  /// The value of a label; an absent one is empty, as matchers see it.
  package subscript(name: String) -> String {
    labels.first { $0.name == name }?.value ?? ""
  }

  /// The name of the alert's rule.
  package var alertName: String { self["alertname"] }

  /// Whether there are no labels.
  package var isEmpty: Bool { labels.isEmpty }

  /// The labels without those of some names.
  package func without(_ names: Set<String>) -> LabelSet {
    LabelSet(sorted: labels.filter { !names.contains($0.name) })
  }

  /// The labels of some names only.
  package func only(_ names: Set<String>) -> LabelSet {
    LabelSet(sorted: labels.filter { names.contains($0.name) })
  }

  /// The names.
  package var names: Set<String> { Set(labels.map(\.name)) }

  /// As a dictionary.
  package var dictionary: [String: String] {
    Dictionary(labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The hash that Alertmanager calls the fingerprint: 64 bits of FNV-1a over each name, the byte
  /// 255, its value, and the byte 255, in the order of the names (prometheus/common,
  /// model/labelset.go).
  package var fingerprint: String {
    var hash = StableHash()
    // Go sorts names by bytes; Swift's order of strings differs beyond ASCII.
    let byBytes = labels.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for label in byBytes {
      hash.add(label.name)
      hash.add(255)
      hash.add(label.value)
      hash.add(255)
    }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension LabelSet: CustomStringConvertible {
  /// In the notation of PromQL: `{alertname="DiskFull", instance="db-1"}`.
  package var description: String {
    "{\(labels.map { LabelMatcher($0.name, .equal, $0.value).description }.joined(separator: ", "))}"
  }
}
