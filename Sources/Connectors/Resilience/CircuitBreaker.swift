package import Reliability

/// Leaves a failing source alone: closed while it answers, open after failures in a row, half-open
/// while one probe finds out.
package struct CircuitBreaker: Hashable, Sendable {
  /// Whether attempts are let through.
  package enum State: Hashable, Sendable {
    /// Attempts are let through; the failures are those in a row.
    case closed(failures: Int)
    /// Attempts are refused until an instant; `pause` is the length of this refusal.
    case open(until: Timestamp, pause: Duration)
    /// One probe is under way; `pause` is how long the breaker was open before it.
    case halfOpen(pause: Duration)
  }

  /// What the breaker does at the moment.
  package private(set) var state = State.closed(failures: 0)
  private let threshold: Int
  private let firstPause: Duration
  private let longestPause: Duration

  /// Makes a closed breaker.
  ///
  /// - Parameters:
  ///   - threshold: Failed attempts in a row that open it, retries included.
  ///   - firstPause: How long it stays open first; each failed probe doubles it.
  ///   - longestPause: The bound of the doubling.
  package init(
    threshold: Int = 5, firstPause: Duration = .seconds(5), longestPause: Duration = .seconds(60)
  ) {
    self.threshold = threshold
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// Whether an attempt may start now; when the pause is over, the one that asks becomes the probe.
  ///
  /// - Returns: `nil` when it may, otherwise the instant of the next try.
  package mutating func admit(at now: Timestamp) -> Timestamp? {
    switch state {
    case .closed: return nil
    case .open(let until, let pause):
      guard Pause(until: until, length: pause).isOver(at: now) else { return until }
      state = .halfOpen(pause: pause)
      return nil
    case .halfOpen: return now
    }
  }

  /// Takes in an answer, which closes the breaker.
  package mutating func succeed() {
    state = .closed(failures: 0)
  }

  /// Takes in a failed attempt; a failed probe opens the breaker for twice as long.
  package mutating func fail(at now: Timestamp) {
    switch state {
    case .closed(let failures):
      state =
        failures + 1 < threshold
        ? .closed(failures: failures + 1) : .open(until: now + firstPause, pause: firstPause)
    case .halfOpen(let pause):
      let longer = min(pause * 2, longestPause)
      state = .open(until: now + longer, pause: longer)
    case .open: break
    }
  }

  /// Takes back a probe that ended without telling anything, such as a cancelled one.
  package mutating func abandon(at now: Timestamp) {
    if case .halfOpen(let pause) = state { state = .open(until: now, pause: pause) }
  }
}
