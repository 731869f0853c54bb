import CTerminal

/// Ends the sleep of the thread that waits for events.
package enum WakeUp {
  /// Makes the present wait, or the next one, return.
  ///
  /// It is safe on every thread, and cheap in a burst: one wake-up is pending at most.
  @Sendable
  package static func signal() {
    bw_wake()
  }
}
