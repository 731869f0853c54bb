/// What every metric source implements: a Prometheus server, or the demo world.
package protocol MetricSource: Sendable {
  /// The name in the configuration.
  var name: String { get }

  /// Answers demands, all evaluated at one instant.
  ///
  /// Never throws: each demand fails or succeeds for itself. A demand that is missing from the answer
  /// leaves what is known as it was, and is due again when its interval is over.
  ///
  /// - Parameters:
  ///   - demands: What is due.
  ///   - instant: The evaluation time.
  /// - Returns: A reading or a failure for each demand that was asked.
  func readings(
    for demands: [Demand], at instant: Timestamp
  ) async -> [Demand: Result<Reading, ReadingFailure>]

  /// How the source is doing.
  func health(at instant: Timestamp) async -> SourceHealth

  /// Lets go of connections; questions under way fail, and no more may be asked.
  func close() async
}

extension MetricSource {
  /// Does nothing: a source without connections has nothing to let go of.
  package func close() async {}
}
