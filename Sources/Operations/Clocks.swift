import Foundation
package import Reliability

/// The machine's wall clock.
package struct SystemClock: WallClock {
  /// Waits are cut into slices, so that a resumed laptop or a clock that was set forward is noticed soon.
  private static let slice = Duration.seconds(5)

  /// Makes a clock; all of them show the same time.
  package init() {}

  /// The system's time, to the millisecond.
  package var now: Timestamp {
    Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
  }

  /// Waits by the monotonic clock and the wall clock, whichever is through first.
  package func sleep(until instant: Timestamp) async throws {
    let end = ContinuousClock.now + (instant - now)
    while true {
      let left = min(instant - now, end - .now)
      guard left > .zero else { return }
      try await Task.sleep(for: min(left, SystemClock.slice))
    }
  }
}

/// A clock that runs faster than the machine's: the demo's `--speed`.
package struct ScaledClock: WallClock {
  private let base: any WallClock
  private let start: Timestamp
  private let origin: Timestamp
  private let speed: Double

  /// Makes a clock.
  ///
  /// - Parameters:
  ///   - base: The clock that really passes.
  ///   - start: What this clock shows at first.
  ///   - speed: Seconds of this clock in one second of `base`.
  package init(_ base: any WallClock, startingAt start: Timestamp, speed: Double) {
    self.base = base
    self.start = start
    self.speed = speed
    origin = base.now
  }

  /// The start, plus what has passed on the base clock times the speed.
  package var now: Timestamp {
    start + .milliseconds(Int64((Double((base.now - origin).milliseconds) * speed).rounded()))
  }

  /// The least wait of a clock that runs fast: above, the demo would only be busy asking itself.
  private static let leastWait: Int64 = 100

  /// Waits on the base clock for the length divided by the speed, a fast clock at least 100 ms.
  package func sleep(until instant: Timestamp) async throws {
    let left = instant - now
    guard left > .zero else { return }
    let wait = Int64((Double(left.milliseconds) / speed).rounded(.up))
    let least = speed > 1 ? ScaledClock.leastWait : 0
    try await base.sleep(until: base.now + .milliseconds(max(wait, least)))
  }
}

/// A clock that stands at one instant: for a look at the past.
struct StandingClock: WallClock {
  let now: Timestamp

  /// Does not wait: nobody who looks at one instant is to.
  func sleep(until instant: Timestamp) async throws {}
}
