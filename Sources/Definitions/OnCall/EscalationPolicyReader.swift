import Reliability

/// Reads `escalation` of the section `oncall`: whom pages go to while nobody acknowledges them.
struct EscalationPolicyReader {
  private enum Key: String, SectionKey { case team, levels }
  private enum LevelKey: String, SectionKey { case to, after }

  /// The teams there are; `nil` where other files may define some.
  let teams: [String]?
  /// The layers of the teams of which all are known.
  let layers: [String: Set<String>]
  /// Who is known, by the short name.
  let people: Set<String>

  /// The layers of teams that have rotations only: which layers a calendar has is not known here.
  static func layers(
    of rotations: [Rotation], besides calendars: [CalendarSettings]
  ) -> [String: Set<String>] {
    let others = Set(calendars.map(\.team))
    let known = rotations.filter { !others.contains($0.name) }
    return Dictionary(known.map { ($0.name, Set($0.layers.map(\.name))) }) { $0.union($1) }
  }

  /// The policies of sections `oncall` without errors.
  func read(_ sections: [Value]) -> [EscalationPolicy] {
    var policies: [EscalationPolicy] = []
    for item in sections.lists("escalation").compactMap(\.self).joined() {
      // The first policy that fits counts, so that later ones are not about its team.
      guard let policy = policy(item, after: policies) else { continue }
      policies.append(policy)
    }
    return policies
  }

  private func policy(_ value: Value, after others: [EscalationPolicy]) -> EscalationPolicy? {
    guard let section = Section<Key>(value) else { return nil }
    let team = section[.team].map { self.team($0) }
    let items = section.required(.levels, example: "[{to: primary}, {after: 15m, to: secondary}]")?
      .items()
    let levels = (items ?? []).enumerated().map { level($1, isFirst: $0 == 0) }
    if items?.isEmpty == true { section[.levels]?.report(.shape(.emptyList)) }
    guard team != .some(nil), !levels.contains(nil) else { return nil }
    let known = levels.compactMap(\.self)
    for (index, pair) in zip(known, known.dropFirst()).enumerated()
    where pair.0.after >= pair.1.after {
      let problem = OnCallProblem.levelTooEarly(
        pair.1.after.brief, before: pair.0.after.brief)
      items?[index + 1].report(.onCall(problem))
      return nil
    }
    let covered = layers.filter { name, _ in
      (team == nil || team == name) && !others.contains { $0.team == nil || $0.team == name }
    }
    for (level, item) in zip(known, items ?? []) {
      reportMissingLayer(level, of: covered, at: item.topLevel["to"] ?? item)
    }
    return EscalationPolicy(team: team ?? nil, levels: known)
  }

  /// Warns where a level seems to mean a layer that a team does not have; any other words are fine.
  private func reportMissingLayer(
    _ level: EscalationPolicy.Level, of teams: [String: Set<String>], at value: Value
  ) {
    let isLayer = layers.values.contains { $0.contains(level.to) }
    guard !people.contains(level.to) else { return }
    for (team, own) in teams.sorted(by: { $0.key < $1.key }) where !own.contains(level.to) {
      let nearest = NearestMatch.of(level.to, among: own.sorted())
      guard isLayer || nearest != nil else { continue }
      return value.report(
        .onCall(.levelWithoutLayer(level.to, team: team, nearest: isLayer ? nil : nearest)))
    }
  }

  private func team(_ value: Value) -> String? {
    guard let name = value.text() else { return nil }
    guard let teams, !teams.contains(name) else { return name }
    value.reportUnknown(name, "team", among: teams)
    return nil
  }

  /// The first level is called at once, the others after a while.
  private func level(_ value: Value, isFirst: Bool) -> EscalationPolicy.Level? {
    guard let section = Section<LevelKey>(value) else { return nil }
    let to = section.required(.to, example: "secondary")?.text()
    let after =
      isFirst ? firstDelay(section) : section.required(.after, example: "15m")?.duration()
    guard let to, let after else { return nil }
    return EscalationPolicy.Level(after: after, to: to)
  }

  private func firstDelay(_ section: Section<LevelKey>) -> Duration? {
    guard let value = section[.after], let text = value.scalarText else { return .zero }
    guard ["0", "0s", "0m", "0h"].contains(text) else {
      value.report(.onCall(.firstLevelWaits(text)))
      return nil
    }
    return .zero
  }
}
