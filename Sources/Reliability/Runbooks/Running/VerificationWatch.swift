/// A condition that is waited for: when it has held long enough, and when there is no more time.
package struct VerificationWatch: Hashable, Sendable {
  /// A value that was seen.
  package struct Sample: Hashable, Sendable {
    /// When.
    package let at: Timestamp
    /// The value; `nil` when there was none.
    package let value: Double?
  }

  /// What a value leads to.
  package enum Verdict: Hashable, Sendable {
    /// The condition does not hold, or not for long enough yet.
    case waiting
    /// It has held for as long as asked.
    case met
    /// There is no more time.
    case late
  }

  /// The condition.
  package let verification: RunbookStep.Verification
  /// When the wait began.
  package let startedAt: Timestamp
  /// The values so far, oldest first.
  package private(set) var samples: [Sample] = []
  /// Since when the condition has held without a break.
  package private(set) var holdsSince: Timestamp?
  /// Why there is no value, as the source says it.
  package private(set) var trouble: String?

  /// The most values that are kept.
  private static let mostSamples = 240

  /// Begins to wait.
  package init(_ verification: RunbookStep.Verification, at now: Timestamp) {
    self.verification = verification
    startedAt = now
  }

  /// When there is no more time.
  package var deadline: Timestamp { startedAt + verification.within }

  /// Takes in an answer.
  ///
  /// A condition that has begun to hold in time is given the time that it must hold; a missing value
  /// breaks it, for nobody knows what it would have been.
  package mutating func take(
    _ answer: Result<MetricAnswer, ReadingFailure>, at now: Timestamp
  ) -> Verdict {
    var value: Double?
    switch answer {
    case .success(let answer):
      value = answer.series.first?.value
      trouble =
        answer.count > 1
        ? "the query has \(answer.count) series; the first counts"
        : value == nil ? "the query has no value" : nil
    case .failure(let failure): trouble = failure.message
    }
    samples = samples.suffix(VerificationWatch.mostSamples - 1) + [Sample(at: now, value: value)]
    if let value, verification.bound.admits(value) {
      let since = holdsSince ?? now
      holdsSince = since
      if now - since >= verification.holds { return .met }
      return since <= deadline ? .waiting : .late
    }
    holdsSince = nil
    return now >= deadline ? .late : .waiting
  }

  /// How often the value is asked for: often enough to see it hold, and no load for the source.
  package var interval: Duration {
    let shares = [verification.within / 20, verification.holds / 3].filter { $0 > .zero }
    let shortest = shares.min() ?? .seconds(5)
    return min(max(shortest, .seconds(1)), .seconds(10))
  }
}
