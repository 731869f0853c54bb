package import Reliability

/// The shell around `Resilience`: runs attempts when it says so and tells it how they ended.
package actor ResilienceGuard {
  private var machine: Resilience
  private let clock: any WallClock
  private let random: @Sendable () -> Double
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var lastFailure = ""

  /// Retries since the start.
  package private(set) var retries = 0

  /// Makes a guard.
  ///
  /// - Parameters:
  ///   - machine: The rules.
  ///   - clock: The clock of pauses and rates.
  ///   - random: Numbers in 0..<1 for the jitter.
  package init(
    _ machine: Resilience, clock: any WallClock, random: @escaping @Sendable () -> Double
  ) {
    self.machine = machine
    self.clock = clock
    self.random = random
  }

  /// When the source is asked again, while it is left alone.
  package var leftAloneUntil: Timestamp? { machine.leftAloneUntil(at: clock.now) }

  /// Whether the circuit breaker keeps the source from being asked.
  package var isOpen: Bool {
    switch machine.breaker.state {
    case .open, .halfOpen: true
    case .closed: false
    }
  }

  /// Runs an operation, again after failures that may pass.
  ///
  /// - Throws: The last attempt's error, or `leftAlone` when none was allowed.
  package func perform<Value: Sendable>(
    _ operation: @Sendable () async throws(ConnectorError) -> Value
  ) async throws(ConnectorError) -> Value {
    var attempt = 0
    while true {
      try await enter(isRetry: attempt > 0)
      do throws(ConnectorError) {
        let value = try await operation()
        end(.answered, attempt: attempt)
        return value
      } catch {
        switch end(outcome(of: error), attempt: attempt) {
        case .finish: throw error
        case .retry(let instant):
          try await sleep(until: instant)
          attempt += 1
        }
      }
    }
  }

  private func enter(isRetry: Bool) async throws(ConnectorError) {
    while true {
      guard !Task.isCancelled else {
        wakeAll()
        throw .cancelled
      }
      switch machine.admit(at: clock.now) {
      case .admitted:
        retries += isRetry ? 1 : 0
        return
      case .waitForSlot:
        await withCheckedContinuation { waiting.append($0) }
      case .wait(let instant):
        try await sleep(until: instant)
      case .refused(let instant):
        wakeAll()
        throw .leftAlone(until: instant, reason: lastFailure)
      }
    }
  }

  @discardableResult
  private func end(_ outcome: Resilience.Outcome, attempt: Int) -> Resilience.Next {
    let next = machine.end(outcome, attempt: attempt, at: clock.now, random: random())
    if !waiting.isEmpty { waiting.removeFirst().resume() }
    return next
  }

  private func wakeAll() {
    let woken = waiting
    waiting = []
    for continuation in woken { continuation.resume() }
  }

  private func outcome(of error: ConnectorError) -> Resilience.Outcome {
    switch error {
    case .cancelled, .secret, .unusableAddress, .leftAlone: return .abandoned
    case .answerTooLarge, .redirected: return .answered
    case .unreachable, .timedOut, .untrusted, .status, .refused, .unreadable:
      guard error.isOutage else { return .answered }
      lastFailure = error.message
      return .failed(isTransient: error.isTransient, retryAfter: error.retryAfter)
    }
  }

  private func sleep(until instant: Timestamp) async throws(ConnectorError) {
    do {
      try await clock.sleep(until: instant)
    } catch {
      throw .cancelled
    }
  }
}
