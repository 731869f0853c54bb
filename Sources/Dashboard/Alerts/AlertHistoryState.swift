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

  /// Adds the past to an alert's text; nothing for another alert than the one that was asked about.
  func add(of alert: Alert, now: Timestamp, glyphs: Glyphs, to text: inout AlertText) {
    guard alert.id == self.alert else { return }
    if let failure { return text.fact("history", failure, .notice) }
    guard let history else { return text.fact("history", "asking", .dim) }
    if !history.expression.isEmpty { text.fact("rule", history.expression, .text) }
    if !history.values.isEmpty {
      let last = history.values.last?.value.map { "  now \(Numerals.plain($0))" } ?? ""
      let spark = AlertHistoryState.sparkline(
        history.values, columns: max(text.room - last.count, 1), glyphs)
      text.fact("last 6 h", spark + last, .text)
    }
    text.fact("last 7 days", AlertHistoryState.firings(history, now), .text)
  }

  /// Levels between the least and the greatest value; what is unknown stays a dot.
  ///
  /// Where there are more samples than columns, a column shows the greatest of its own.
  private static func sparkline(
    _ samples: [AlertHistory.Sample], columns: Int, _ glyphs: Glyphs
  ) -> String {
    let count = min(samples.count, columns)
    let values = (0..<count).map { column in
      let own = column * samples.count / count..<(column + 1) * samples.count / count
      return samples[own].compactMap(\.value).filter(\.isFinite).max()
    }
    let known = values.compactMap(\.self)
    let (least, most) = (known.min() ?? 0, known.max() ?? 0)
    let levels = glyphs.levels
    let scalars = values.map { value -> Unicode.Scalar in
      guard let value else { return glyphs.unknownSample }
      let share = most > least ? (value - least) / (most - least) : 0
      return levels[min(Int(share * Double(levels.count)), levels.count - 1)]
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func firings(_ history: AlertHistory, _ now: Timestamp) -> String {
    guard !history.firings.isEmpty else { return "did not fire before" }
    let total = history.firings.reduce(Duration.zero) { $0 + ($1.upperBound - $1.lowerBound) }
    let last = history.firings.suffix(3).reversed().map { firing in
      let length = length(firing.upperBound - firing.lowerBound, history.resolution)
      return "\(firing.lowerBound.dateAndTime.dropLast(3)) for \(length)"
    }
    let all = length(total, history.resolution)
    return "fired \(Words.count(history.firings.count, "time")), \(all) in all; last "
      + last.joined(separator: ", ")
  }

  /// Below the resolution only that it was shorter is known.
  private static func length(_ length: Duration, _ resolution: Duration) -> String {
    length < resolution ? "under \(Words.age(resolution))" : Words.age(length)
  }
}
