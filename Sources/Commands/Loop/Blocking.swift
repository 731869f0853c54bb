import Dispatch
import Synchronization

/// Waits for asynchronous work on a thread that is not one of its own, such as the main thread.
enum Blocking {
  /// Runs work and waits for its result.
  static func wait<Value: Sendable>(for work: @escaping @Sendable () async -> Value) -> Value? {
    wait(atMost: nil, for: work)
  }

  /// Runs work and waits for its result, but no longer than the limit.
  ///
  /// - Returns: `nil` when the limit passed first; the work then goes on, for whoever ends it.
  static func wait<Value: Sendable>(
    atMost limit: Duration?, for work: @escaping @Sendable () async -> Value
  ) -> Value? {
    let result = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      result.set(await work())
      done.signal()
    }
    let deadline = limit.map { length in
      DispatchTime.now() + .milliseconds(Int(length / .milliseconds(1)))
    }
    _ = done.wait(timeout: deadline ?? .distantFuture)
    return result.value
  }

  /// A result on its way from one thread to another.
  private final class Box<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    var value: Value? { stored.withLock { $0 } }

    func set(_ value: Value) {
      stored.withLock { $0 = value }
    }
  }
}
