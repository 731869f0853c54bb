package import Reliability

/// A metric source whose answers are written by a test, and which can be made to hang.
package actor InMemoryMetricSource: MetricSource {
  /// One call of `readings`.
  package struct Round: Hashable, Sendable {
    /// What was asked.
    package let demands: [Demand]
    /// The evaluation time it was asked for.
    package let instant: Timestamp
  }

  /// What to say to a demand at an instant; `nil` leaves it out of the answer.
  package typealias Script =
    @Sendable (Demand, Timestamp) -> Result<Reading, ReadingFailure>?

  /// The name that SLOs refer to.
  package nonisolated let name: String
  /// Everything asked so far, oldest first; a hanging question counts as asked.
  package private(set) var rounds: [Round] = []
  /// Whether the engine has let go of the source.
  package private(set) var isClosed = false
  private var script: Script
  private var health: SourceHealth
  private var isHanging = false
  private var nextID = 0
  private var hanging: [Int: CheckedContinuation<Void, Never>] = [:]
  private var watchers: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []

  /// Makes a source that answers at once.
  package init(name: String, script: @escaping Script) {
    self.name = name
    self.script = script
    health = SourceHealth(name: name, type: "memory", address: "memory:\(name)")
  }

  // MARK: - The seam

  /// Notes the round and answers by the script, after `release` while it hangs.
  package func readings(
    for demands: [Demand], at instant: Timestamp
  ) async -> [Demand: Result<Reading, ReadingFailure>] {
    rounds.append(Round(demands: demands, instant: instant))
    tellWatchers()
    if isHanging { await hang() }
    var answers: [Demand: Result<Reading, ReadingFailure>] = [:]
    for demand in demands {
      answers[demand] =
        Task.isCancelled ? .failure(.unavailable("cancelled")) : script(demand, instant)
    }
    return answers
  }

  /// What the test reported last; without a report, well and never asked.
  package func health(at instant: Timestamp) -> SourceHealth { health }

  /// Notes that the source was closed.
  package func close() {
    isClosed = true
  }

  // MARK: - What a test does with it

  /// Replaces the script; questions that hang are answered by the new one.
  package func answer(with script: @escaping Script) {
    self.script = script
  }

  /// Replaces what the source says of itself.
  package func report(_ health: SourceHealth) {
    self.health = health
  }

  /// From now on questions stay unanswered until `release` or until their task is cancelled.
  package func startHanging() {
    isHanging = true
  }

  /// Answers everything that hangs and hangs no more.
  package func release() {
    isHanging = false
    for question in hanging.values { question.resume() }
    hanging = [:]
  }

  /// Returns once the source was asked so many times.
  package func asked(times count: Int) async {
    guard rounds.count < count else { return }
    await withCheckedContinuation { watchers.append((count, $0)) }
  }

  private func tellWatchers() {
    let asked = rounds.count
    for watcher in watchers where watcher.count <= asked { watcher.wake.resume() }
    watchers.removeAll { $0.count <= asked }
  }

  private func hang() async {
    nextID += 1
    let id = nextID
    await withTaskCancellationHandler {
      await withCheckedContinuation { question in
        if Task.isCancelled { question.resume() } else { hanging[id] = question }
      }
    } onCancel: {
      Task { await self.giveUp(id) }
    }
  }

  private func giveUp(_ id: Int) {
    hanging.removeValue(forKey: id)?.resume()
  }
}
