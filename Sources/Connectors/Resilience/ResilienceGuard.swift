package import Reliability

/// The shell around `Resilience`: runs attempts when it says so and tells it how they ended.
package actor ResilienceGuard {
  private var machine: Resilience
  private let clock: any WallClock
  private let random: @Sendable () -> Double
  private let words: @Sendable (ConnectorError) -> String
  private var waiting: [Waiter] = []
  private var lastTicket = 0
  private var lastFailure = ""

  /// One who waits for a slot; the ticket tells it from the others.
  private struct Waiter {
    let ticket: Int
    let wake: CheckedContinuation<Void, Never>
  }

  /// Retries since the start.
  package private(set) var retries = 0

  /// Makes a guard.
  ///
  /// - Parameters:
  ///   - machine: The rules.
  ///   - clock: The clock of pauses and rates.
  ///   - random: Numbers in 0..<1 for the jitter.
  ///   - words: What the last failure is called while the source is left alone.
  package init(
    _ machine: Resilience, clock: any WallClock, random: @escaping @Sendable () -> Double,
    words: @escaping @Sendable (ConnectorError) -> String = { $0.message }
  ) {
    self.machine = machine
    self.clock = clock
    self.random = random
    self.words = words
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
    try await perform(from: 0, operation)
  }

  /// Runs an operation that must not be repeated unseen, such as a write.
  ///
  /// - Throws: The attempt's error, or `leftAlone` when none was allowed.
  package func performOnce<Value: Sendable>(
    _ operation: @Sendable () async throws(ConnectorError) -> Value
  ) async throws(ConnectorError) -> Value {
    try await perform(from: .max, operation)
  }

  private func perform<Value: Sendable>(
    from first: Int, _ operation: @Sendable () async throws(ConnectorError) -> Value
  ) async throws(ConnectorError) -> Value {
    var attempt = first
    while true {
      try await enter(isRetry: attempt > first)
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

  /// Waits for a slot.
  ///
  /// One that leaves without it passes its turn on: it may have been woken for a slot that nobody
  /// else would hear of.
  private func enter(isRetry: Bool) async throws(ConnectorError) {
    do throws(ConnectorError) {
      try await awaitSlot()
      retries += isRetry ? 1 : 0
    } catch {
      wakeNext()
      throw error
    }
  }

  private func awaitSlot() async throws(ConnectorError) {
    while !Task.isCancelled {
      switch machine.admit(at: clock.now) {
      case .admitted: return
      case .waitForSlot: await waitForTurn()
      case .wait(let instant): try await sleep(until: instant)
      case .refused(let instant): throw .leftAlone(until: instant, reason: lastFailure)
      }
    }
    throw .cancelled
  }

  /// Waits until an attempt ends, or until the waiting task is cancelled.
  private func waitForTurn() async {
    lastTicket += 1
    let ticket = lastTicket
    await withTaskCancellationHandler {
      await withCheckedContinuation { wake in
        if Task.isCancelled { return wake.resume() }
        waiting.append(Waiter(ticket: ticket, wake: wake))
      }
    } onCancel: {
      Task { await self.wake(ticket) }
    }
  }

  @discardableResult
  private func end(_ outcome: Resilience.Outcome, attempt: Int) -> Resilience.Next {
    let next = machine.end(outcome, attempt: attempt, at: clock.now, random: random())
    wakeNext()
    return next
  }

  private func wakeNext() {
    if !waiting.isEmpty { waiting.removeFirst().wake.resume() }
  }

  private func wake(_ ticket: Int) {
    guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return }
    waiting.remove(at: index).wake.resume()
  }

  private func outcome(of error: ConnectorError) -> Resilience.Outcome {
    switch error {
    case .cancelled, .secret, .unusableAddress, .leftAlone: return .abandoned
    case .answerTooLarge, .redirected: return .answered
    case .unreachable, .timedOut, .untrusted, .status, .refused, .unreadable:
      guard error.isOutage else { return .answered }
      lastFailure = words(error)
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
