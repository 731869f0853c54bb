import Reliability
import Synchronization

/// A clock on which every wait is over at once and moves the time to its end.
final class SkippingClock: WallClock {
  private let time: Mutex<Timestamp>

  init(at start: Timestamp = Fixture.now) {
    time = Mutex(start)
  }

  var now: Timestamp { time.withLock(\.self) }

  func sleep(until instant: Timestamp) async throws {
    time.withLock { $0 = max($0, instant) }
  }

  func advance(by length: Duration) {
    time.withLock { $0 = $0 + length }
  }
}
