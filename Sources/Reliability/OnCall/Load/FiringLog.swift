/// Notices when alerts begin to fire, are acknowledged and end, by comparing what is seen with what was.
///
/// Pages and tickets are noted; an alert that was muted when it began has called nobody, and is not.
package struct FiringLog: Sendable {
  /// How long a silent source keeps others from being heard: the same alert of two sources has two
  /// names until both have answered.
  private static let patience = Duration.seconds(60)

  private var open: [Alert.ID: Firing]
  private var began: Timestamp?

  /// Makes a log.
  ///
  /// - Parameter open: The firings that an earlier process has seen begin and not end.
  package init(open: [Firing] = []) {
    self.open = Dictionary(open.map { ($0.id.alert, $0) }) { $1 }
  }

  /// Takes in what is seen now.
  ///
  /// - Parameters:
  ///   - snapshot: The alerts.
  ///   - paged: Who was on call for an alert when it began.
  /// - Returns: The firings that have changed, those that have ended among them.
  package mutating func changes(
    with snapshot: AlertSnapshot, paged: (Firing) -> String?
  ) -> [Firing] {
    let began = self.began ?? snapshot.at
    self.began = began
    let isWhole = snapshot.silentSources.isEmpty
    guard isWhole || snapshot.at - began > FiringLog.patience else { return [] }
    var changed: [Firing] = []
    var seen: Set<Alert.ID> = []
    for alert in snapshot.alerts where alert.severity != .info {
      guard alert.facts.flags.contains(.firing), alert.facts.resolvedAt == nil else { continue }
      seen.insert(alert.id)
      changed += note(alert, paged)
    }
    let gone = open.keys.filter { !seen.contains($0) }
    guard isWhole || !gone.isEmpty else { return changed }
    let resolved = Dictionary(
      snapshot.alerts.compactMap { alert in
        alert.facts.resolvedAt.map { (alert.id, $0) }
      }, uniquingKeysWith: { $1 })
    for id in gone.sorted() {
      // Of a source that is silent nothing is certain but what it has said to have ended.
      guard let end = resolved[id] ?? (isWhole ? snapshot.at : nil) else { continue }
      changed += close(id, at: end)
    }
    return changed
  }

  private mutating func note(_ alert: Alert, _ paged: (Firing) -> String?) -> [Firing] {
    var ended: [Firing] = []
    let known = open[alert.id]
    if let known, known.id.startsAt != alert.startsAt {
      // It ended and began anew between two looks.
      ended = close(alert.id, at: max(alert.startsAt, known.id.startsAt))
    }
    let isLoud = alert.state == .firing || alert.state == .acknowledged
    guard var firing = open[alert.id] ?? (isLoud ? Firing(alert) : nil) else { return ended }
    if firing.paged == nil { firing.paged = paged(firing) }
    if firing.acknowledgedAt == nil, let given = alert.acknowledgement, given.delivery != .failed {
      firing.acknowledgedBy = given.by
      firing.acknowledgedAt = given.at
    }
    guard open[alert.id] != firing else { return ended }
    open[alert.id] = firing
    return ended + [firing]
  }

  private mutating func close(_ id: Alert.ID, at end: Timestamp) -> [Firing] {
    guard var firing = open.removeValue(forKey: id) else { return [] }
    firing.endsAt = max(end, firing.id.startsAt)
    return [firing]
  }
}
