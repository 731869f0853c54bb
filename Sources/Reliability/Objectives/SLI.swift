/// What is measured: where the events of a service level indicator come from.
///
/// Expressions are PromQL in which `{{window}}` stands for the look-back window.
package enum SLI: Hashable, Sendable {
  /// Counts of good or bad events and of all events.
  case events(numerator: Numerator, total: String)
  /// One expression that gives the share of good events, a ratio 0...1.
  case goodRatio(String)
  /// One expression that gives the share of bad events, a ratio 0...1.
  case errorRatio(String)
  /// The share of a classic histogram's events that took at most the threshold.
  case latency(LatencySLI)
  /// The share of a counter's events that do not match a bad matcher.
  case availability(AvailabilitySLI)

  /// The numerator of an event ratio: which events it counts decides what its absence means.
  package enum Numerator: Hashable, Sendable {
    /// The expression counts good events.
    case good(String)
    /// The expression counts bad events.
    case bad(String)
  }

  /// How an answer's numerator is to be read (maths.md, "three truths").
  package var numeratorKind: NumeratorKind {
    switch self {
    case .events(.good, _): .good
    case .events(.bad, _), .availability: .bad
    case .latency: .bucket
    case .goodRatio, .errorRatio: .bad
    }
  }
}

/// Which events a numerator counts.
package enum NumeratorKind: Hashable, Sendable {
  /// Good events: absent beside a total means that all are bad.
  case good
  /// Bad events: absent beside a total means that none is.
  case bad
  /// Good events of one latency bucket: absent beside a total means a threshold that is no bucket.
  case bucket
}

/// A latency indicator on a classic histogram.
package struct LatencySLI: Hashable, Sendable {
  /// The metric's name without `_bucket` or `_count`.
  package let histogram: String
  /// The largest good latency, in seconds; it must be the upper bound of a bucket.
  package let threshold: Fraction
  /// What all events of the histogram match, such as the service.
  package let matchers: [LabelMatcher]

  /// Makes an indicator.
  package init(histogram: String, threshold: Fraction, matchers: [LabelMatcher]) {
    self.histogram = histogram
    self.threshold = threshold
    self.matchers = matchers
  }
}

/// An availability indicator on a request counter.
package struct AvailabilitySLI: Hashable, Sendable {
  /// The counter's name, such as `http_requests_total`.
  package let counter: String
  /// What all counted events match, such as the service.
  package let matchers: [LabelMatcher]
  /// What a bad event matches besides.
  package let bad: [LabelMatcher]
  /// Events that match one of these count neither as good nor as bad.
  package let excluded: [LabelMatcher]

  /// Makes an indicator.
  package init(
    counter: String, matchers: [LabelMatcher], bad: [LabelMatcher], excluded: [LabelMatcher]
  ) {
    self.counter = counter
    self.matchers = matchers
    self.bad = bad
    self.excluded = excluded
  }
}

/// What kind of promise an SLO is.
package enum SLICategory: String, CaseIterable, Hashable, Sendable {
  /// The values of `category` in a definition.
  case availability, latency, errorRate, throughput, correctness, freshness, saturation
}
