import Reliability
import Screen

/// The past of the alert that is looked at: what its rule's expression gave, and when it fired.
struct AlertHistoryState: Hashable, Sendable {
  /// The alert it is of, while it is asked for or known.
  private(set) var alert: Alert.ID?
  private(set) var history: AlertHistory?
  private(set) var failure: String?

  /// Begins to wait for an alert's past.
  mutating func await(_ id: Alert.ID) {
    guard alert != id else { return }
    alert = id
    history = nil
    failure = nil
  }

  /// Takes in what came.
  mutating func take(_ result: Result<AlertHistory, ReadingFailure>, for id: Alert.ID) {
    guard id == alert else { return }
    switch result {
    case .success(let history): (self.history, failure) = (history, nil)
    case .failure(let reason): failure = reason.message
    }
  }

  /// The past in lines; `nil` for another alert than the one that was asked about.
  func lines(for alert: Alert, now: Timestamp, glyphs: Glyphs) -> [Line]? {
    guard alert.id == self.alert else { return nil }
    if let failure { return [AlertHistoryState.line("history", failure, .failed)] }
    guard let history else { return [AlertHistoryState.line("history", "asking", .dim)] }
    var lines: [Line] = []
    if !history.expression.isEmpty {
      lines.append(AlertHistoryState.line("rule", history.expression, .text))
    }
    if !history.values.isEmpty {
      let spark = AlertHistoryState.sparkline(history.values, glyphs)
      let last = history.values.last?.value.map { "  now \(Numerals.plain($0))" } ?? ""
      lines.append(AlertHistoryState.line("last 6 h", spark + last, .text))
    }
    lines.append(
      AlertHistoryState.line("last 7 days", AlertHistoryState.firings(history, now), .text))
    return lines
  }

  private static func line(_ name: String, _ text: String, _ role: Role) -> Line {
    let padding = String(repeating: " ", count: max(14 - name.count, 1))
    return Line([Span(name + padding, .dim), Span(text, role)])
  }

  /// Levels between the least and the greatest value; what is unknown stays a dot.
  private static func sparkline(_ samples: [AlertHistory.Sample], _ glyphs: Glyphs) -> String {
    let known = samples.compactMap(\.value)
    guard let least = known.min(), let most = known.max() else { return "" }
    let levels = glyphs.levels
    return String(
      String.UnicodeScalarView(
        samples.map { sample -> Unicode.Scalar in
          guard let value = sample.value else { return glyphs.unknownSample }
          let share = most > least ? (value - least) / (most - least) : 0
          return levels[min(Int(share * Double(levels.count)), levels.count - 1)]
        }))
  }

  private static func firings(_ history: AlertHistory, _ now: Timestamp) -> String {
    guard !history.firings.isEmpty else { return "did not fire before" }
    let total = history.firings.reduce(Duration.zero) { $0 + ($1.upperBound - $1.lowerBound) }
    let last = history.firings.suffix(3).reversed().map { firing in
      "\(firing.lowerBound.dateAndTime.dropLast(3)) for \(Words.age(firing.upperBound - firing.lowerBound))"
    }
    return "fired \(Words.count(history.firings.count, "time")), \(Words.age(total)) in all; last "
      + last.joined(separator: ", ")
  }
}
