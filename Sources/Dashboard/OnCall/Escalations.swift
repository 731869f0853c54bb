import Reliability
import Screen

/// A page that nobody has acknowledged for so long that it goes to others.
struct Escalation: Sendable {
  let alert: Alert
  let team: TeamRoster
  let progress: EscalationPolicy.Progress
}

extension Dashboard {
  /// Whom a level of a team's policy reaches now, the operator marked; `nil` for a layer with nobody.
  func words(for level: EscalationPolicy.Level, of team: TeamRoster) -> String? {
    guard team.hasLayer(level.to) else {
      let isPerson = team.everybody.contains(level.to) || team.people[level.to] != nil
      return isPerson ? nameOrYou(level.to, in: team) : level.to
    }
    let people = team.people(in: level.to, at: now).map { nameOrYou($0, in: team) }
    return people.isEmpty ? nil : people.joined(separator: ", ")
  }

  /// The same with the layer, and with what is wrong: `Tom Okafor (secondary)`.
  private func target(of level: EscalationPolicy.Level, _ team: TeamRoster) -> String {
    guard let words = words(for: level, of: team) else { return "\(level.to) (which has nobody)" }
    if team.hasLayer(level.to) { return "\(words) (\(level.to))" }
    let isLayer = onCall.snapshot.teams.contains { $0.hasLayer(level.to) }
    return isLayer ? "\(level.to) (\(team.id) has no such layer)" : words
  }

  /// How far an alert has come in its team's policy; `nil` where none says it or somebody has it.
  func escalation(of alert: Alert) -> Escalation? {
    guard let team = onCall.snapshot.team(named: alert.team),
      let progress = team.progress(of: alert, at: now)
    else { return nil }
    return Escalation(alert: alert, team: team, progress: progress)
  }

  /// Finds what has escalated, with each news of alerts and of who is on call.
  mutating func findEscalations() {
    let found = onCall.oldestPages.compactMap { escalation(of: $0) }
    onCall.escalations = found.filter(\.progress.isEscalated).sorted {
      ($1.progress.index, $0.alert.startsAt) < ($0.progress.index, $1.alert.startsAt)
    }
    onCall.nextEscalation = found.compactMap { $0.progress.next?.at }.min()
    let snapshot = onCall.snapshot
    onCall.pagesOfNoTeam =
      snapshot.teams.isEmpty
      ? 0 : onCall.oldestPages.count { snapshot.team(named: $0.team) == nil }
  }

  /// Finds it again when time alone has passed a page on.
  mutating func noteEscalations() {
    guard let at = onCall.nextEscalation, at <= now else { return }
    findEscalations()
  }

  /// Whom an alert calls and where it goes while nobody has it; of one that somebody has, whether that
  /// is somebody who is on call.
  ///
  /// - Returns: `nil` where nothing says who is on call, and for alerts that call nobody.
  func onCallWords(on alert: Alert) -> String? {
    guard alert.severity != .info, alert.state != .resolved, !onCall.snapshot.teams.isEmpty
    else { return nil }
    guard let team = onCall.snapshot.team(named: alert.team) else {
      return alert.team.map { "nothing says who is on call for \($0)" }
        ?? "it names no team, and there are several"
    }
    let on = team.roster.shifts(at: now)
    let names = on.map { "\(team.name(of: $0.person)) (\($0.layer))" }
    let all = names.isEmpty ? "nobody" : names.joined(separator: ", ")
    if let ack = alert.acknowledgement, ack.delivery != .failed {
      let isOn = on.contains { team.person($0.person, isCalled: ack.by) }
      return isOn ? nil : "\(ack.by) has it and is not on call; on call: \(all)"
    }
    return escalation(of: alert).map { "\(all); \(escalationWords($0))" } ?? all
  }

  /// What the policy says of an alert, in words.
  func escalationWords(_ escalation: Escalation) -> String {
    let progress = escalation.progress
    let next = progress.next.map { next in
      let when = Words.length(hours: hours(until: next.at))
      return "in \(when) it goes to \(target(of: next.level, escalation.team))"
    }
    guard progress.isEscalated else { return next ?? "nobody follows" }
    let age = Words.length(hours: (now - escalation.alert.startsAt).inSeconds / 3600)
    return "nobody acknowledged for \(age), by the policy it is with "
      + "\(target(of: progress.level, escalation.team)) since "
      + "\(progress.since.timeOfDay.prefix(5)) UTC" + (next.map { "; \($0)" } ?? "")
  }
}
