/// What answers single questions in PromQL: those of runbooks.
package protocol MetricAsker: Sendable {
  /// The value of an expression at an instant.
  ///
  /// - Parameters:
  ///   - expression: The question in PromQL.
  ///   - source: The source's name in the configuration; `nil` leaves the choice.
  ///   - hasPast: Whether the half hour before is wanted too.
  ///   - instant: The time of the value.
  /// - Returns: The series there are, or why none is known.
  func answer(
    to expression: String, from source: String?, hasPast: Bool, at instant: Timestamp
  ) async -> Result<MetricAnswer, ReadingFailure>
}

/// A metric source that answers single questions.
package protocol AnsweringSource: MetricSource {
  /// The value of an expression at an instant, and where it is wanted the half hour before.
  func answer(
    to expression: String, hasPast: Bool, at instant: Timestamp
  ) async -> Result<MetricAnswer, ReadingFailure>
}

/// What a metric source says to one question.
package struct MetricAnswer: Hashable, Sendable {
  /// One of the series of the answer.
  package struct Series: Hashable, Sendable {
    /// Its labels in PromQL's notation; empty without any.
    package let labels: String
    /// Its value now; `nil` when it is none or no number.
    package let value: Double?
    /// Its values before, oldest first; `nil` where there was none.
    package let past: [Double?]

    /// Makes a series.
    package init(labels: String, value: Double?, past: [Double?] = []) {
      self.labels = labels
      self.value = value
      self.past = past
    }
  }

  /// The series, as the source orders them.
  package let series: [Series]
  /// How many series there were, where not all are kept.
  package let count: Int

  /// The most series that are kept.
  package static let most = 50

  /// Makes an answer, of which the first series are kept.
  package init(_ series: [Series]) {
    self.series = Array(series.prefix(MetricAnswer.most))
    count = series.count
  }

  /// How far back the values before now begin, and between which steps they lie.
  package static let past = Window.minutes(30)
  /// The time between two values.
  package static let pastStep = Window.minutes(1)
}
