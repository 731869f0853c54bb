import Synchronization

package import Reliability

/// What the operator has mended in the shop by running a runbook, and when.
///
/// In the demo a step that changes production and ends well mends the service of its runbook; taking
/// it back breaks the service again.
package final class DemoRepairs: Sendable {
  private let instants = Mutex<[String: Timestamp]>([:])

  /// Nothing is mended yet.
  package init() {}

  /// Notes that a service was mended.
  package func mend(_ service: String, at instant: Timestamp) {
    instants.withLock { $0[service] = instant }
  }

  /// Notes that what mended a service was taken back.
  package func undo(_ service: String) {
    instants.withLock { $0[service] = nil }
  }

  /// Since when a service is mended; `nil` while it is not.
  package func instant(of service: String?) -> Timestamp? {
    guard let service else { return nil }
    return instants.withLock { $0[service] }
  }
}
