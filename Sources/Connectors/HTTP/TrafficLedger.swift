package import Reliability
internal import Synchronization

/// What one round of questions cost; requests that run at the same time write into it.
package final class TrafficLedger: Sendable {
  private struct Entries {
    var traffic = SourceHealth.Traffic()
    var latencies: [Double] = []
  }

  private let entries = Mutex(Entries())

  /// Makes an empty ledger.
  package init() {}

  /// Requests and bytes so far.
  package var traffic: SourceHealth.Traffic { entries.withLock { $0.traffic } }

  /// The latencies so far, in seconds, in the order of the answers.
  package var latencies: [Double] { entries.withLock { $0.latencies } }

  func recordRequest() {
    entries.withLock { $0.traffic.requests += 1 }
  }

  func recordAnswer(bytes: Int, latency: Double) {
    entries.withLock {
      $0.traffic.bytes += bytes
      $0.latencies.append(latency)
    }
  }
}
