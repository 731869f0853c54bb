import Reliability

/// A live filter over rows: every word must be found, `!word` must not.
struct RowFilter: Hashable, Sendable {
  let text: String
  private let wanted: [String]
  private let unwanted: [String]

  init(_ text: String = "") {
    self.text = text
    let words = text.lowercased().split(separator: " ").map(String.init)
    wanted = words.filter { !$0.hasPrefix("!") }
    unwanted = words.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
      .filter { !$0.isEmpty }
  }

  var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

  /// Whether a service level is to be shown.
  func matches(_ state: ServiceLevelState) -> Bool {
    guard !isEmpty else { return true }
    let slo = state.slo
    let words = [slo.id, slo.service, slo.name, slo.source, StateWord(state).text]
    let haystack = words.joined(separator: "\n").lowercased()
    return wanted.allSatisfy { haystack.contains($0) }
      && !unwanted.contains { haystack.contains($0) }
  }
}
