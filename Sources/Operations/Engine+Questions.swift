package import Reliability

// Single questions of runbooks go to the sources that the figures come from.

extension Engine: MetricAsker {
  /// The value of an expression, from the source of a name, or else from the first that answers
  /// questions.
  package func answer(
    to expression: String, from source: String?, hasPast: Bool, at instant: Timestamp
  ) async -> Result<MetricAnswer, ReadingFailure> {
    let found = sources.first { $0.name == source } ?? sources.first
    guard let found = found as? any AnsweringSource else {
      return .failure(.rejected("no metric source answers questions"))
    }
    return await found.answer(to: expression, hasPast: hasPast, at: instant)
  }
}
