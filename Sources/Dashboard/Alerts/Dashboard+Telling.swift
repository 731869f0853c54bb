import Reliability
import Screen

// How the operator is told of alerts without looking: the bell, the title, the marks of what
// is new.

extension Dashboard {
  /// The bell rings no more often than this.
  private static let bellPause = Duration.seconds(30)
  /// Sources that have not answered by then are waited for no longer before anything counts as new.
  private static let warmUp = Duration.seconds(30)
  /// Who presses no key for so long was away.
  private static let absence = Duration.seconds(60)

  /// Takes in what the engine says of alerts.
  mutating func take(_ snapshot: AlertSnapshot) -> [Effect] {
    alertSnapshot = snapshot
    hasHeardAlerts = true
    // Pages that nobody has come first, the newest of them before the others.
    onCall.oldestPages = snapshot.alerts.prefix { $0.severity == .page && $0.isUnattended }
      .suffix(100)
    findEscalations()
    let before = alertsPane.counts
    alertsPane.update(with: snapshot, height: alertsHeight, at: now)
    silencesPane.update(with: snapshot, height: silencesLayout.listHeight)
    sourceList.clamp(count: allSources.count)
    settle(snapshot)
    var effects: [Effect] = []
    if isWarm, hasNewPage(since: before) { owesBell = true }
    effects += bellEffects()
    if !isWarm { noteWarmth(of: snapshot) }
    return effects + titleEffects()
  }

  /// Takes note that the operator is here.
  mutating func noteKey() {
    if now - lastKeyAt > Dashboard.absence, isWarm { lookedAt = lastKeyAt }
    lastKeyAt = now
  }

  /// The window's title, when its counts have changed.
  mutating func titleEffects() -> [Effect] {
    let tally = alertsPane.counts
    let parts = [(tally.pages, "PAGE"), (tally.tickets, "TICKET"), (tally.acknowledged, "ack")]
      .filter { $0.0 > 0 }.map { "\($0.1) \($0.0)" }
    let title = parts.isEmpty ? "burnwatch" : "burnwatch: \(parts.joined(separator: ", "))"
    guard title != lastTitle else { return [] }
    lastTitle = title
    return [.title(title)]
  }

  /// What is to be known after leaving: until when acknowledgements stand without burnwatch.
  package var farewell: [String] {
    alertSnapshot.actions.compactMap { record -> String? in
      guard case .acknowledge(let target, _) = record.request.action else { return nil }
      let name = Sanitizer.line(target.name)
      switch record.state {
      case .queued: return "\(name): the acknowledgement waits in the journal."
      case .sent, .confirmed:
        return record.until.map { until in
          "\(name): acknowledged until \(until.timeOfDay) UTC; then it notifies again, unless "
            + "burnwatch runs."
        }
      case .failed, .ended: return nil
      }
    }
  }

  /// A page that nobody has, younger than all before; or more of them, because one came back.
  private func hasNewPage(since before: AlertCounts) -> Bool {
    let tally = alertsPane.counts
    guard tally.pages > 0 else { return false }
    let isYounger = tally.latestPage.map { latest in
      before.latestPage.map { latest > $0 } ?? true
    }
    return isYounger == true || tally.pages > before.pages
  }

  /// Rings for a new page, or for one that came while the bell had to pause and that nobody has yet.
  mutating func bellEffects() -> [Effect] {
    guard settings.ringsBell, alertsPane.counts.pages > 0 else {
      owesBell = false
      return []
    }
    guard owesBell, lastBell.map({ now - $0 >= Dashboard.bellPause }) ?? true else { return [] }
    owesBell = false
    lastBell = now
    return [.bell]
  }

  /// What was there when burnwatch started is not new.
  private mutating func noteWarmth(of snapshot: AlertSnapshot) {
    let isComplete = snapshot.gaps.allSatisfy { !$0.hasSuffix("has not answered yet") }
    isWarm = isComplete || now - watchedSince > Dashboard.warmUp
    lookedAt = snapshot.at
  }

  /// What was on its way is seen, or has been refused with a notice.
  private mutating func settle(_ snapshot: AlertSnapshot) {
    guard !actionsOnTheirWay.isEmpty else { return }
    let written = Set(
      snapshot.actions.compactMap { record -> Alert.ID? in
        guard case .acknowledge(let target, _) = record.request.action else { return nil }
        return target.alert
      })
    actionsOnTheirWay = actionsOnTheirWay.filter { id, since in
      !written.contains(id) && now - since < .seconds(5)
    }
  }
}
