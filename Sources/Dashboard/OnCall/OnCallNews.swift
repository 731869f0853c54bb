import Reliability
import Screen

extension Dashboard {
  /// Takes in another picture; the first one tells what a longer watch would have told.
  mutating func take(_ snapshot: OnCallSnapshot) {
    noteHandOffs()
    let isFirst = onCall.snapshot.teams.isEmpty
    onCall.update(with: snapshot, for: settings.onCall, at: now)
    findEscalations()
    sourceList.clamp(count: allSources.count)
    guard isFirst, notice == nil else { return }
    onCall.look(at: now - OnCallPane.notice)
    noteHandOffs()
  }

  /// Says who has taken over since the last look, and who is about to.
  mutating func noteHandOffs() {
    guard let at = onCall.nextNews, at <= now else { return }
    let news = onCall.snapshot.teams.flatMap { changeWords(of: $0) + reminderWords(of: $0) }
    if !news.isEmpty { notice = news.joined(separator: " ") }
    onCall.look(at: now)
  }

  /// Who took over since the last look, in one sentence.
  private func changeWords(of team: TeamRoster) -> [String] {
    let changes = team.roster.layers.compactMap { layer -> (person: String?, layer: String)? in
      let people = [onCall.lookedAt, now].map { person(in: layer, of: team, at: $0) }
      guard people[0] != people[1], people[1] != nil || !isPartTime(layer, in: team) else {
        return nil
      }
      return (people[1], layer)
    }
    return sentence("took over", changes, of: team).map { ["\($0)."] } ?? []
  }

  /// Who takes over soon, in a sentence for each time.
  private func reminderWords(of team: TeamRoster) -> [String] {
    // The hand-offs that came near between the last look and now.
    let last = onCall.lookedAt + OnCallPane.notice
    let near = team.roster.layers.compactMap { layer -> (layer: String, next: HandOff)? in
      guard let next = team.roster.nextHandOff(in: layer, after: last),
        next.at <= now + OnCallPane.notice, next.at > now,
        // Whoever goes on in another layer takes that one over.
        next.layer == nil, next.to != nil || !isPartTime(layer, in: team)
      else { return nil }
      return (layer, next)
    }
    return Dictionary(grouping: near, by: \.next.at).sorted { $0.key < $1.key }.compactMap {
      at, changes in
      sentence("takes over", changes.map { ($0.next.to, $0.layer) }, of: team)
        .map { "\($0) at \(at.timeOfDay.prefix(5)) UTC." }
    }
  }

  private func sentence(
    _ verb: String, _ changes: [(person: String?, layer: String)], of team: TeamRoster
  ) -> String? {
    guard let first = changes.first else { return nil }
    func name(_ person: String?) -> String { person.map(team.name) ?? "nobody" }
    let others = changes.dropFirst().map { ", \(name($0.person)) \($0.layer)" }.joined()
    return "\(name(first.person)) \(verb) \(first.layer)\(others) of \(team.id)"
  }

  func person(in layer: String, of team: TeamRoster, at instant: Timestamp) -> String? {
    team.roster.shifts(in: layer).on(at: instant).first?.person
  }

  func isPartTime(_ layer: String, in team: TeamRoster) -> Bool {
    team.roster.partTimeLayers.contains(layer)
  }

  /// Whether a person is the operator.
  func isYou(_ person: String, in team: TeamRoster) -> Bool {
    team.isOperator(person, name: settings.onCall.name, email: settings.onCall.email)
  }

  /// The name of a person, with a mark behind the operator's own.
  func nameOrYou(_ person: String, in team: TeamRoster) -> String {
    team.name(of: person) + (isYou(person, in: team) ? " (you)" : "")
  }

  func hours(until instant: Timestamp) -> Double { (instant - now).inSeconds / 3600 }
}
