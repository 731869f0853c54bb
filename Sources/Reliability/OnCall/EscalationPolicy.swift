/// Whom a page goes to while nobody acknowledges it: levels, each a while after the page began.
package struct EscalationPolicy: Hashable, Sendable {
  /// One level.
  package struct Level: Hashable, Sendable {
    /// How long after the beginning of the page it is reached.
    package let after: Duration
    /// The name of a layer or a person, or any words.
    package let to: String

    /// Makes a level.
    package init(after: Duration, to: String) {
      self.after = after
      self.to = to
    }
  }

  /// How far a page has come.
  package struct Progress: Hashable, Sendable {
    /// The level it is at; 0 is whoever is paged first.
    package let index: Int
    /// The level.
    package let level: Level
    /// When it was reached.
    package let since: Timestamp
    /// The level that follows, and when it is reached; `nil` at the last.
    package let next: Next?

    /// A level that is still to come.
    package struct Next: Hashable, Sendable {
      /// The level.
      package let level: Level
      /// When it is reached.
      package let at: Timestamp
    }

    /// Whether it is beyond whoever is paged first.
    package var isEscalated: Bool { index > 0 }
  }

  /// The team it is for; `nil` for all.
  package let team: String?
  /// The levels by their delay, at least one.
  package let levels: [Level]

  /// Makes a policy; its levels are put in the order of their delays.
  ///
  /// - Returns: `nil` without a level.
  package init?(team: String? = nil, levels: [Level]) {
    guard !levels.isEmpty else { return nil }
    self.team = team
    self.levels = levels.sorted { $0.after < $1.after }
  }

  /// How far a page that began at an instant has come without anybody acknowledging it.
  package func progress(of start: Timestamp, at now: Timestamp) -> Progress {
    let index = levels.lastIndex { start + $0.after <= now } ?? 0
    let next = levels.dropFirst(index + 1).first
    return Progress(
      index: index, level: levels[index], since: start + levels[index].after,
      next: next.map { Progress.Next(level: $0, at: start + $0.after) })
  }
}

extension TeamRoster {
  /// Whom a level of the team's policy reaches at an instant: who is on in the layer of that name, or
  /// the person of that name, else the level's own words.
  ///
  /// - Returns: `nil` for a layer that has nobody.
  package func target(of level: EscalationPolicy.Level, at instant: Timestamp) -> String? {
    guard hasLayer(level.to) else { return name(of: level.to) }
    let people = people(in: level.to, at: instant).map { name(of: $0) }
    return people.isEmpty ? nil : people.joined(separator: ", ")
  }

  /// Who is on in a layer, or in several that page side by side, by the short name.
  package func people(in layer: String, at instant: Timestamp) -> [String] {
    roster.shifts(at: instant).filter { isPart($0.layer, of: layer) }.map(\.person)
  }

  /// Whether there is a layer of a name, or one of several that page side by side.
  package func hasLayer(_ name: String) -> Bool {
    roster.layers.contains { isPart($0, of: name) }
  }

  /// Whether a layer is the one of a name, or `primary: Days` of `primary`.
  private func isPart(_ layer: String, of name: String) -> Bool {
    layer == name || layer.hasPrefix("\(name): ")
  }

  /// How far an alert has come in the team's policy: a page that fires and that nobody has.
  ///
  /// - Returns: `nil` without a policy, and for what calls nobody or somebody has.
  package func progress(of alert: Alert, at now: Timestamp) -> EscalationPolicy.Progress? {
    guard let escalation, alert.severity == .page, alert.isUnattended else { return nil }
    return escalation.progress(of: alert.startsAt, at: now)
  }
}

extension OnCallSnapshot {
  /// The team that something with this team's name calls; the only team is called by what names none.
  package func team(named name: String?) -> TeamRoster? {
    guard let name else { return teams.count == 1 ? teams.first : nil }
    return teams.first { $0.id == name }
  }

  /// How far an alert has come in the policy of its team; `nil` where none says it.
  package func progress(of alert: Alert, at now: Timestamp) -> EscalationPolicy.Progress? {
    team(named: alert.facts.team)?.progress(of: alert, at: now)
  }
}
