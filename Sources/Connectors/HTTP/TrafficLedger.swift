package import Reliability
internal import Synchronization

/// What questions cost and how they ended; requests that run at the same time write into it.
package final class TrafficLedger: Sendable {
  private struct Entries {
    var traffic = SourceHealth.Traffic()
    var latencies: [Double] = []
    var endings: Set<QuestionEnding> = []
  }

  private let entries = Mutex(Entries())

  /// Makes an empty ledger.
  package init() {}

  /// Requests and bytes so far.
  package var traffic: SourceHealth.Traffic { entries.withLock { $0.traffic } }

  /// The latencies so far, in seconds, in the order of the answers.
  package var latencies: [Double] { entries.withLock { $0.latencies } }

  /// The ways in which questions ended so far.
  var endings: Set<QuestionEnding> { entries.withLock { $0.endings } }

  func recordRequest() {
    entries.withLock { $0.traffic.requests += 1 }
  }

  func recordAnswer(bytes: Int, latency: Double) {
    entries.withLock {
      $0.traffic.bytes += bytes
      $0.latencies.append(latency)
    }
  }

  func recordEnding(_ ending: QuestionEnding) {
    entries.withLock { _ = $0.endings.insert(ending) }
  }
}
