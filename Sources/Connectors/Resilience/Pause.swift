internal import Reliability

/// A length of time for which something is left alone, by the wall clock.
struct Pause: Hashable {
  let until: Timestamp
  let length: Duration

  init(until: Timestamp, length: Duration) {
    self.until = until
    self.length = length
  }

  /// A pause that begins now.
  init(of length: Duration, from now: Timestamp) {
    self.init(until: now + length, length: length)
  }

  /// Whether it is over: a clock that was set back to before its beginning ends it, or an hour's
  /// step would make a pause of seconds last an hour.
  func isOver(at now: Timestamp) -> Bool {
    now >= until || now < until - length
  }
}
