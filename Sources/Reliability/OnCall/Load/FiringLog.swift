/// Notices when alerts begin to fire, are acknowledged and end, by comparing what is seen with what was.
///
/// Pages and tickets of those who call people are noted: what is muted calls nobody, and counts from when
/// it is not muted any more.
package struct FiringLog: Sendable {
  /// What has changed.
  package struct Changes: Hashable, Sendable {
    /// The firings as they are now, those that have ended among them.
    package var firings: [Firing] = []
    /// Those that were another name of an alert, and are noted under that one.
    package var dropped: [Firing.ID] = []

    /// Whether nothing has.
    package var isEmpty: Bool { firings.isEmpty && dropped.isEmpty }
  }

  /// How long a silent source keeps others from being heard: what one names, another may have too.
  private static let patience = Duration.seconds(60)

  private let clusters: Set<String>
  private var open: [Alert.ID: Firing]
  /// What an earlier process has noted, and this one has not seen.
  private var unseen: Set<Alert.ID>
  private var muted: Set<Alert.ID> = []
  private var began: Timestamp?

  /// Makes a log.
  ///
  /// - Parameters:
  ///   - clusters: Whose alerts are noted, by the names of their sources.
  ///   - open: The firings that an earlier process has seen begin and not end.
  ///   - began: Since when it is watched; `nil` means from the first look on.
  package init(of clusters: Set<String>, open: [Firing] = [], since began: Timestamp? = nil) {
    self.clusters = clusters
    self.began = began
    // Several configurations may share a journal; of others' alerts nothing is known here.
    let own = open.filter { clusters.contains($0.id.alert.cluster) }
    self.open = Dictionary(own.map { ($0.id.alert, $0) }) { $1 }
    unseen = Set(self.open.keys)
  }

  /// Takes in what is seen now.
  ///
  /// - Parameters:
  ///   - snapshot: The alerts.
  ///   - paged: Who was on call when something called.
  /// - Returns: What has changed.
  package mutating func changes(
    with snapshot: AlertSnapshot, paged: (Firing) -> String?
  ) -> Changes {
    let began = self.began ?? snapshot.at
    self.began = began
    var changes = Changes()
    guard snapshot.silentSources.isEmpty || snapshot.at - began > FiringLog.patience else {
      return changes
    }
    var seen: Set<Alert.ID> = []
    for alert in snapshot.alerts where alert.severity != .info {
      guard clusters.contains(alert.id.cluster) else { continue }
      seen.insert(alert.id)
      if let end = alert.facts.resolvedAt {
        changes.firings += close(alert.id, at: end)
      } else if alert.facts.flags.contains(.firing) {
        changes.firings += note(alert, at: snapshot.at, paged)
      }
    }
    unseen.subtract(seen)
    muted.formIntersection(seen)
    let isCertain = snapshot.silentSources.isEmpty && snapshot.gaps.isEmpty
    for id in open.keys.filter({ !seen.contains($0) }).sorted() {
      if !unseen.contains(id) {
        // What ends is seen to; what is only gone has become part of another alert.
        if let firing = open.removeValue(forKey: id) { changes.dropped.append(firing.id) }
      } else if isCertain {
        changes.firings += close(id, at: snapshot.at)
      }
    }
    return changes
  }

  private mutating func note(
    _ alert: Alert, at now: Timestamp, _ paged: (Firing) -> String?
  ) -> [Firing] {
    var ended: [Firing] = []
    if let known = open[alert.id], known.id.startsAt != alert.startsAt {
      // It ended and began anew between two looks.
      ended = close(alert.id, at: max(alert.startsAt, known.id.startsAt))
    }
    guard alert.state == .firing || alert.state == .acknowledged || open[alert.id] != nil else {
      muted.insert(alert.id)
      return ended
    }
    var firing =
      open[alert.id]
      ?? Firing(alert, calledAt: muted.contains(alert.id) ? now : alert.startsAt)
    muted.remove(alert.id)
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
    // It ended while nobody watched, at the latest when it was not there any more.
    firing.isEndSeen = unseen.remove(id) == nil
    return [firing]
  }
}
