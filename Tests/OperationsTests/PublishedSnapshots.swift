import Reliability
import Synchronization
import TestSupport

/// Collects what an engine publishes and lets a test wait for it.
final class PublishedSnapshots: Sendable {
  typealias Condition = @Sendable (Snapshot) -> Bool

  private struct State {
    var snapshots: [Snapshot] = []
    var watchers: [(condition: Condition, wake: CheckedContinuation<Snapshot, Never>)] = []
  }

  private let state = Mutex(State())

  /// Everything published so far, oldest first.
  var all: [Snapshot] { state.withLock(\.snapshots) }

  @Sendable func append(_ snapshot: Snapshot) {
    let satisfied = state.withLock { state in
      state.snapshots.append(snapshot)
      defer { state.watchers.removeAll { $0.condition(snapshot) } }
      return state.watchers.filter { $0.condition(snapshot) }
    }
    for watcher in satisfied { watcher.wake.resume(returning: snapshot) }
  }

  /// The first snapshot that fulfils a condition, published already or still to come.
  func first(where condition: @escaping Condition) async -> Snapshot {
    await withCheckedContinuation { wake in
      let found = state.withLock { state in
        let found = state.snapshots.first(where: condition)
        if found == nil { state.watchers.append((condition, wake)) }
        return found
      }
      if let found { wake.resume(returning: found) }
    }
  }
}

/// Ready-made answers of a metric source.
enum Script {
  /// A service with one bad event of 10,000 in every window, fully covered.
  static let calm: InMemoryMetricSource.Script = { demand, instant in
    switch demand.question {
    case .burn, .objective: .success(.sample(1, of: 10_000, at: instant))
    case .coverage(let window):
      .success(.coverageSample(seconds: Double(window.seconds), at: instant))
    case .history(let window, let step):
      .success(
        .historySample(
          stride(from: 0, to: window.seconds, by: step.seconds).reversed().map {
            HistorySample(at: instant - .seconds($0), errorRatio: 0.0001)
          }, at: instant))
    }
  }
}
