/// The one clock of the program: schedule, ages and time-outs of what the operator did use it.
///
/// The demo's runs faster than the machine's, a test's stands still until it is moved.
package protocol WallClock: Sendable {
  /// The time now.
  var now: Timestamp { get }

  /// Waits until an instant of this clock, but no longer than it was ahead at the call: a clock that is
  /// set back must not stop the program for as long.
  ///
  /// - Throws: `CancellationError` when the task is cancelled first.
  func sleep(until instant: Timestamp) async throws
}
