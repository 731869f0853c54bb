/// The past of an alert, as its Prometheus server remembers it.
package struct AlertHistory: Hashable, Sendable {
  /// What the rule's expression gave at one time; `nil` where it gave nothing.
  package struct Sample: Hashable, Sendable {
    /// The time.
    package let at: Timestamp
    /// The value of the expression, without its comparison where it ends in one.
    package let value: Double?

    /// Makes a sample.
    package init(at: Timestamp, value: Double?) {
      self.at = at
      self.value = value
    }
  }

  /// The rule's expression.
  package let expression: String
  /// Its values over the last hours, oldest first.
  package let values: [Sample]
  /// When it fired in the last days, oldest first.
  package let firings: [Range<Timestamp>]
  /// How exactly the times of firings are known.
  package let resolution: Duration

  /// Makes a history.
  package init(
    expression: String, values: [Sample], firings: [Range<Timestamp>],
    resolution: Duration = .seconds(600)
  ) {
    self.resolution = resolution
    self.expression = expression
    self.values = values
    self.firings = firings
  }
}
