package import Reliability
import Synchronization

/// A wall clock that stands still until a test moves it.
package final class ManualClock: WallClock {
  private struct Sleeper {
    let instant: Timestamp
    let wake: CheckedContinuation<Void, any Error>
  }

  private struct Watcher {
    let count: Int
    let wake: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now: Timestamp
    var nextID = 0
    var sleepers: [Int: Sleeper] = [:]
    var watchers: [Int: Watcher] = [:]
  }

  private let state: Mutex<State>

  /// Makes a clock that shows `start`.
  package init(at start: Timestamp) {
    state = Mutex(State(now: start))
  }

  /// The time it was last moved to.
  package var now: Timestamp { state.withLock(\.now) }

  /// Waits until the clock is moved to the instant or beyond.
  package func sleep(until instant: Timestamp) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wake in
        layDown(Sleeper(instant: instant, wake: wake), as: id)
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake
        .resume(throwing: CancellationError())
    }
  }

  private func layDown(_ sleeper: Sleeper, as id: Int) {
    if Task.isCancelled { return sleeper.wake.resume(throwing: CancellationError()) }
    let satisfied: [Watcher]? = state.withLock { state in
      guard sleeper.instant > state.now else { return nil }
      state.sleepers[id] = sleeper
      let asleep = state.sleepers.count
      let found = state.watchers.filter { $0.value.count <= asleep }
      for id in found.keys { state.watchers[id] = nil }
      return Array(found.values)
    }
    guard let satisfied else { return sleeper.wake.resume() }
    for watcher in satisfied { watcher.wake.resume() }
    // Cancelled between the first look and the bookkeeping: nobody else will wake this one.
    guard Task.isCancelled else { return }
    state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake
      .resume(throwing: CancellationError())
  }

  /// Moves the clock and wakes whoever waited for an instant it has reached.
  ///
  /// It may go backwards; then sleepers sleep for as long as they still had to.
  package func set(to instant: Timestamp) {
    let woken = state.withLock { state in
      let setBack = max(state.now - instant, .zero)
      state.now = instant
      state.sleepers = state.sleepers.mapValues { sleeper in
        Sleeper(instant: sleeper.instant - setBack, wake: sleeper.wake)
      }
      let due = state.sleepers.filter { $0.value.instant <= instant }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.instant < $1.instant }
    }
    for sleeper in woken { sleeper.wake.resume() }
  }

  /// Moves the clock by a length, which may be negative.
  package func advance(by length: Duration) {
    set(to: now + length)
  }

  /// Returns once at least so many tasks sleep on this clock: what was set off has come to rest.
  ///
  /// A test that is cancelled because its time is over waits no longer.
  package func sleepers(atLeast count: Int) async {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { wake in
        let isRest = state.withLock { state in
          if state.sleepers.count >= count || Task.isCancelled { return true }
          state.watchers[id] = Watcher(count: count, wake: wake)
          return false
        }
        if isRest { wake.resume() }
      }
    } onCancel: {
      state.withLock { $0.watchers.removeValue(forKey: id) }?.wake.resume()
    }
  }
}
