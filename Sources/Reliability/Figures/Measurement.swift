/// What an answer means: counts turned into an error ratio, or the reason why there is none.
package enum Measurement: Hashable, Sendable {
  /// An error ratio, with counts where there are any.
  case measured(EventShare)
  /// No events, so neither 0 % nor 100 %.
  case noData
  /// The indicator is wrong; the reason names the value.
  case invalid(String)
}

/// The share of bad events in a window.
package struct EventShare: Hashable, Sendable {
  /// All events, where the source counts them.
  package let total: Double?
  /// Bad events, where the source counts them.
  package let bad: Double?
  /// A ratio 0...1.
  package let errorRatio: Double
  /// What was clamped, in words.
  package let note: String?

  /// Makes a share; nothing is checked or clamped here.
  package init(total: Double?, bad: Double?, errorRatio: Double, note: String? = nil) {
    self.total = total
    self.bad = bad
    self.errorRatio = errorRatio
    self.note = note
  }
}

extension Measurement {
  /// How far outside 0...1 extrapolation may carry a ratio before the indicator counts as wrong.
  private static let tolerance = 0.1

  /// Reads an answer by the rules of maths.md, Ratios.
  ///
  /// - Parameters:
  ///   - answer: What the source said.
  ///   - sli: The indicator, which decides what an absent numerator means.
  package init(_ answer: Reading.Answer, of sli: SLI) {
    switch answer {
    case .events(let numerator, let total, let nearestBuckets):
      self = Measurement.ofEvents(numerator, total, sli, nearestBuckets)
    case .errorRatio(let ratio, let total):
      self = Measurement.ofRatio(ratio, total)
    case .coverage, .history:
      self = .noData
    }
  }

  private static func ofRatio(_ ratio: Double?, _ total: Double?) -> Measurement {
    guard let ratio, !ratio.isNaN, total != 0, total?.isNaN != true else { return .noData }
    guard ratio.isFinite else { return .invalid("the error ratio is \(ratio)") }
    if let total, !total.isFinite || total < 0 {
      return .invalid("the number of all events is \(brief(total))")
    }
    return clamped(ratio, total: total)
  }

  private static func ofEvents(
    _ numerator: Double?, _ total: Double?, _ sli: SLI, _ nearestBuckets: [String]
  ) -> Measurement {
    guard let total, !total.isNaN, total != 0 else { return .noData }
    guard total.isFinite, total > 0 else {
      return .invalid("the number of all events is \(brief(total))")
    }
    guard let numerator else { return absentNumerator(total: total, sli, nearestBuckets) }
    guard numerator.isFinite else {
      return .invalid("the number of counted events is \(brief(numerator))")
    }
    switch sli.numeratorKind {
    case .bad: return clamped(numerator / total, bad: numerator, total: total)
    case .good, .bucket:
      return clamped((total - numerator) / total, bad: total - numerator, total: total)
    }
  }

  private static func absentNumerator(
    total: Double, _ sli: SLI, _ nearestBuckets: [String]
  ) -> Measurement {
    switch sli.numeratorKind {
    case .bad: return .measured(EventShare(total: total, bad: 0, errorRatio: 0))
    case .good: return .measured(EventShare(total: total, bad: total, errorRatio: 1))
    case .bucket:
      guard case .latency(let latency) = sli else { return .noData }
      let wrong = "\(latency.histogram) has no bucket le=\"\(latency.threshold)\""
      guard !nearestBuckets.isEmpty else { return .invalid(wrong) }
      return .invalid("\(wrong); the nearest are \(nearestBuckets.joined(separator: " and "))")
    }
  }

  private static func clamped(
    _ ratio: Double, bad: Double? = nil, total: Double?
  ) -> Measurement {
    guard ratio >= -tolerance, ratio <= 1 + tolerance else {
      return .invalid("the error ratio is \(brief(ratio)), outside 0 to 1")
    }
    let inside = min(max(ratio, 0), 1)
    let isInside = inside == ratio
    let badEvents = isInside ? bad : nil
    return .measured(
      EventShare(
        total: total, bad: badEvents ?? total.map { inside * $0 }, errorRatio: inside,
        note: isInside ? nil : "an error ratio of \(ratio) was taken as \(inside)"))
  }

  /// A value to four decimals: the sentence is read for its size.
  private static func brief(_ value: Double) -> String {
    abs(value) < 1e9 ? "\((value * 1e4).rounded() / 1e4)" : "\(value)"
  }
}
