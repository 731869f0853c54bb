import Logging
import Reliability
import Synchronization

/// Writes down what changes from one snapshot to the next: sources that fail and recover, conditions
/// that become active, service levels that can no longer be told.
///
/// It knows figures, names and messages of servers only: no header, no address with credentials, no
/// secret ever reaches it.
final class SnapshotLog: Sendable {
  /// One thing worth writing down.
  struct Entry: Hashable, Sendable {
    let level: Logger.Level
    let text: String
  }

  private let logger: Logger
  private let last = Mutex<Snapshot?>(nil)

  init(_ logger: Logger) {
    self.logger = logger
  }

  /// Takes in a snapshot, in the order in which they are published.
  func note(_ snapshot: Snapshot) {
    let before = last.withLock { last in
      defer { last = snapshot }
      return last
    }
    for entry in SnapshotLog.entries(from: before, to: snapshot) {
      logger.log(level: entry.level, "\(entry.text)")
    }
  }

  /// What changed, in words.
  static func entries(from before: Snapshot?, to after: Snapshot) -> [Entry] {
    let sources = Dictionary(
      (before?.sources ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let levels = Dictionary(
      (before?.serviceLevels ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return after.sources.flatMap { entries(from: sources[$0.name], to: $0) }
      + after.serviceLevels.flatMap { entries(from: levels[$0.id], to: $0) }
  }

  private static func entries(from before: SourceHealth?, to after: SourceHealth) -> [Entry] {
    var entries: [Entry] = []
    if before?.state != after.state {
      let message = after.state == .ok ? nil : after.lastError?.message
      entries.append(
        Entry(
          level: after.state == .ok ? .info : .warning,
          text: (["source \(after.name): \(after.state.rawValue)"] + [message].compactMap(\.self))
            .joined(separator: ": ")))
    }
    let held = Set((before?.quarantine ?? []).map(\.slo))
    for refused in after.quarantine where !held.contains(refused.slo) {
      entries.append(
        Entry(
          level: .warning,
          text: "source \(after.name): refuses \(refused.slo): \(refused.message)"))
    }
    return entries
  }

  private static func entries(
    from before: ServiceLevelState?, to after: ServiceLevelState
  ) -> [Entry] {
    var entries: [Entry] = []
    if before?.status != after.status {
      let isFine = after.status == .ok || after.status == .waiting
      entries.append(
        Entry(
          level: isFine ? .info : .warning,
          text: (["\(after.id): \(after.status.rawValue)"] + [after.reason].compactMap(\.self))
            .joined(separator: ": ")))
    }
    if before?.activeSeverity != after.activeSeverity, before != nil || after.activeSeverity != nil
    {
      let text = after.activeSeverity.map { "burning, \($0.rawValue)" } ?? "burns no more"
      entries.append(Entry(level: .notice, text: "\(after.id): \(text)"))
    }
    return entries
  }
}
