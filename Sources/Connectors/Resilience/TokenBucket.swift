package import Reliability

/// A rate limit that allows short bursts: tokens drip in at a rate and each request takes one.
package struct TokenBucket: Hashable, Sendable {
  private let rate: Double
  private let capacity: Double
  private var tokens: Double
  private var updated: Timestamp?

  /// Makes a full bucket.
  ///
  /// - Parameters:
  ///   - rate: Tokens per second; at least one in a hundred seconds.
  ///   - capacity: The largest burst.
  package init(rate: Double, capacity: Double) {
    self.rate = max(rate, 0.01)
    self.capacity = max(capacity, 1)
    tokens = self.capacity
  }

  /// Takes a token.
  ///
  /// - Returns: `nil` when it was there, otherwise the instant at which one will be.
  package mutating func take(at now: Timestamp) -> Timestamp? {
    if let updated { tokens = min(capacity, tokens + max((now - updated).inSeconds, 0) * rate) }
    updated = now
    guard tokens < 1 else {
      tokens -= 1
      return nil
    }
    let wait = ((1 - tokens) / rate * 1000).rounded(.up)
    return now + .milliseconds(Int64(wait))
  }
}
