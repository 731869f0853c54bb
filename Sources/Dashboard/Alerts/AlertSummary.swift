package import Reliability

/// One alert in the words of the list, for output without a screen.
package struct AlertSummary: Hashable, Sendable {
  /// `PAGE`, `TICKET` or `info`.
  package let severity: String
  /// Since when, in its largest unit: `4m`.
  package let age: String
  /// How it is and who has it: `firing`, `escalated`, `ack ines`, `silenced 2h`.
  package let state: String

  /// Summarises an alert at a time.
  ///
  /// - Parameters:
  ///   - alert: The alert.
  ///   - now: The time.
  ///   - onCall: Who is on call, for whether it has escalated.
  package init(_ alert: Alert, at now: Timestamp, onCall: OnCallSnapshot) {
    let words = AlertWords(
      alert, now: now, isEscalated: onCall.progress(of: alert, at: now)?.isEscalated ?? false)
    severity = words.severity
    age = words.age
    state = words.state
  }
}
