package import Reliability

/// One alert in the words of the list, for output without a screen.
package struct AlertSummary: Hashable, Sendable {
  /// `PAGE`, `TICKET` or `info`.
  package let severity: String
  /// Since when, in its largest unit: `4m`.
  package let age: String
  /// How it is and who has it: `firing`, `ack ines`, `silenced 2h`.
  package let state: String

  /// Summarises an alert at a time.
  package init(_ alert: Alert, at now: Timestamp) {
    let words = AlertWords(alert, now: now)
    severity = words.severity
    age = words.age
    state = words.state
  }
}
