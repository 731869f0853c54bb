import Reliability
import Synchronization

/// A clock that stands still until a key script lets time pass.
final class MovableClock: WallClock {
  private let time: Mutex<Timestamp>

  init(_ start: Timestamp) {
    time = Mutex(start)
  }

  var now: Timestamp { time.withLock { $0 } }

  func move(by length: Duration) {
    time.withLock { $0 = $0 + length }
  }

  func sleep(until instant: Timestamp) async throws {
    time.withLock { $0 = max($0, instant) }
  }
}
