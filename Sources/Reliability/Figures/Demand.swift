/// One question to a metric source: an SLO and what about it.
///
/// Never PromQL; turning questions into queries is the connector's.
package struct Demand: Hashable, Sendable {
  /// The id of the SLO that is asked about.
  package let slo: SLO.ID
  /// What is asked about it.
  package let question: Question

  /// Makes a demand.
  package init(_ slo: SLO.ID, _ question: Question) {
    self.slo = slo
    self.question = question
  }

  /// What is asked about an SLO.
  package enum Question: Hashable, Sendable {
    /// The events of a burn window.
    case burn(Window)
    /// The events of the whole SLO window; the look-back is its length, or a period's elapsed time.
    case objective(Window)
    /// For how much of the look-back there is data.
    case coverage(Window)
    /// The error ratio every `step` over the look-back, each over one step.
    case history(Window, step: Window)
  }

  /// Whether this is asked on the slow clock and counted apart from the poll's requests.
  package var isSlow: Bool {
    switch question {
    case .burn: false
    case .objective, .coverage, .history: true
    }
  }
}

/// A metric source's answer to one demand.
package struct Reading: Hashable, Sendable {
  /// The evaluation time of the query.
  package let observedAt: Timestamp
  /// What the source said, not yet interpreted.
  package let answer: Answer
  /// How the source came to it.
  package let provenance: Provenance

  /// Makes a reading.
  package init(observedAt: Timestamp, answer: Answer, provenance: Provenance) {
    self.observedAt = observedAt
    self.answer = answer
    self.provenance = provenance
  }

  /// What the source said.
  package enum Answer: Hashable, Sendable {
    /// Event counts as they came; `nil` is an absent series, which is not zero. `nearestBuckets` are
    /// existing `le` values around a latency threshold whose bucket is absent.
    case events(numerator: Double?, total: Double?, nearestBuckets: [String])
    /// A ready-made error ratio and, where the source knows it, the number of events behind it.
    case errorRatio(Double?, total: Double?)
    /// Seconds of the look-back with data.
    case coverage(seconds: Double)
    /// Error ratios of the recent past, oldest first.
    case history([HistorySample])
  }
}

/// Where a figure came from: what "why this number" shows.
package struct Provenance: Hashable, Sendable {
  /// Whether a recording rule or a raw query gave the value.
  package enum Route: String, Hashable, Sendable {
    /// `rules`: a recording rule's series; `query`: the indicator's own expressions.
    case rules, query
  }

  /// The way the value came.
  package let route: Route
  /// The expressions asked, numerator first.
  package let expressions: [String]
  /// The source's own warnings; any of them means the number may be incomplete.
  package let warnings: [String]

  /// Makes a provenance.
  package init(route: Route, expressions: [String] = [], warnings: [String] = []) {
    self.route = route
    self.expressions = expressions
    self.warnings = warnings
  }
}

/// The error ratio of one step of an SLO's recent past.
package struct HistorySample: Hashable, Sendable {
  /// The end of the step.
  package let at: Timestamp
  /// The error ratio 0...1 over the step, or `nil` where nothing is known.
  package let errorRatio: Double?

  /// Makes a sample.
  package init(at: Timestamp, errorRatio: Double?) {
    self.at = at
    self.errorRatio = errorRatio
  }
}

/// Why a demand has no reading.
package enum ReadingFailure: Error, Hashable, Sendable {
  /// The source could not be reached or did not answer properly; the last good values stay and age.
  case unavailable(String)
  /// The source refused the SLO's expression; asking again the same way would not help.
  case rejected(String)

  /// The source's words.
  package var message: String {
    switch self {
    case .unavailable(let message), .rejected(let message): message
    }
  }
}
