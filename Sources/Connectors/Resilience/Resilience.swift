package import Reliability

/// Decides when an attempt may start and what follows from how it ended; pure.
///
/// It bounds concurrency and rate, honors `Retry-After`, spaces retries exponentially with full
/// jitter and opens a circuit breaker after failures in a row.
package struct Resilience: Hashable, Sendable {
  /// The bounds.
  package struct Policy: Hashable, Sendable {
    /// How often one question is asked again.
    package var retries = 2
    /// The bound of the first retry's delay; it doubles with each.
    package var firstDelay = Duration.milliseconds(250)
    /// The bound of the doubling, and of the wished pause that is waited for.
    package var longestDelay = Duration.seconds(5)
    /// How many attempts may be under way at once.
    package var concurrency = 4
    /// The mean rate of attempts, retries included.
    package var requestsPerSecond = 20.0

    /// Makes the standard bounds.
    package init() {}

    /// Makes the bounds that a source's settings say.
    package init(_ limits: SourceSettings.Limits) {
      concurrency = max(limits.concurrentRequests, 1)
      requestsPerSecond = limits.requestsPerSecond
    }
  }

  /// Whether an attempt may start.
  package enum Admission: Hashable, Sendable {
    /// It may start, and holds a slot from now on.
    case admitted
    /// All slots are taken; ask again when one is free.
    case waitForSlot
    /// Ask again at an instant.
    case wait(until: Timestamp)
    /// Not now; the source is left alone until then.
    case refused(until: Timestamp)
  }

  /// How an attempt ended.
  package enum Outcome: Hashable, Sendable {
    /// The source answered, even if what it said was no.
    case answered
    /// The source is in trouble; a transient failure may pass, `retryAfter` is the server's wish.
    case failed(isTransient: Bool, retryAfter: Duration?)
    /// Nothing was learned: cancelled, or never sent.
    case abandoned
  }

  /// What follows from an outcome.
  package enum Next: Hashable, Sendable {
    /// The question is over, well or not.
    case finish
    /// The same question is asked again at an instant.
    case retry(at: Timestamp)
  }

  private let policy: Policy
  /// The circuit breaker, to be looked at.
  package private(set) var breaker: CircuitBreaker
  private var bucket: TokenBucket
  private var running = 0
  /// The pause the server wished for.
  private var hold: Pause?

  /// Makes a machine to which nothing has happened.
  package init(policy: Policy, breaker: CircuitBreaker = CircuitBreaker()) {
    self.policy = policy
    self.breaker = breaker
    bucket = TokenBucket(rate: policy.requestsPerSecond, capacity: policy.requestsPerSecond)
  }

  /// When the source is asked again, while it is left alone.
  package func leftAloneUntil(at now: Timestamp) -> Timestamp? {
    let held = hold.flatMap { $0.isOver(at: now) ? nil : $0.until }
    if case .open(let until, _) = breaker.state { return max(until, held ?? until) }
    return held
  }

  /// Asks for leave to start an attempt; `admitted` takes a slot that `end` gives back.
  package mutating func admit(at now: Timestamp) -> Admission {
    if let hold, !hold.isOver(at: now) { return .refused(until: hold.until) }
    guard running < policy.concurrency else { return .waitForSlot }
    if let until = breaker.admit(at: now) { return .refused(until: until) }
    if let until = bucket.take(at: now) {
      breaker.abandon(at: now)
      return .wait(until: until)
    }
    running += 1
    return .admitted
  }

  /// Ends an admitted attempt.
  ///
  /// - Parameters:
  ///   - outcome: How it ended.
  ///   - attempt: 0 for the first attempt of a question.
  ///   - now: The time.
  ///   - random: A number in 0..<1 for the jitter.
  /// - Returns: Whether, and when, the same question is to be asked again.
  package mutating func end(
    _ outcome: Outcome, attempt: Int, at now: Timestamp, random: Double
  ) -> Next {
    running = max(running - 1, 0)
    switch outcome {
    case .answered:
      breaker.succeed()
      return .finish
    case .abandoned:
      breaker.abandon(at: now)
      return .finish
    case .failed(let isTransient, let retryAfter):
      breaker.fail(at: now)
      if let retryAfter, now + retryAfter > hold?.until ?? now {
        hold = Pause(of: retryAfter, from: now)
      }
      guard isTransient, attempt < policy.retries, leftAloneUntil(at: now) == nil else {
        return retry(after: retryAfter, isTransient: isTransient, attempt: attempt, at: now)
      }
      return .retry(at: now + delay(attempt: attempt, random: random))
    }
  }

  /// A wished pause that is no longer than our own longest is kept within the question.
  private func retry(
    after pause: Duration?, isTransient: Bool, attempt: Int, at now: Timestamp
  ) -> Next {
    guard let pause, isTransient, attempt < policy.retries, pause <= policy.longestDelay,
      case .closed = breaker.state
    else { return .finish }
    return .retry(at: now + pause)
  }

  /// Full jitter: anything between zero and the exponential bound.
  private func delay(attempt: Int, random: Double) -> Duration {
    let bound = min(policy.firstDelay * (1 << min(attempt, 10)), policy.longestDelay)
    return .milliseconds(Int64(Double(bound.milliseconds) * min(max(random, 0), 1)))
  }
}
