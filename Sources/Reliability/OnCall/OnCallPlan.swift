/// What the configuration says of who is on call.
package struct OnCallPlan: Hashable, Sendable {
  /// The rotations without errors, in the order of the files.
  package let rotations: [Rotation]
  /// The calendars without errors, in the order of the files.
  package let calendars: [CalendarSettings]
  /// The escalation policies; the first that is for a team counts.
  package let escalations: [EscalationPolicy]
  /// What is known of people beside what rotations know of their own, by the short name.
  package let people: [String: Person]
  /// Whether everything that is written could be read.
  package let isWhole: Bool

  /// Makes a plan; by default nothing says who is on call.
  package init(
    rotations: [Rotation] = [], calendars: [CalendarSettings] = [],
    escalations: [EscalationPolicy] = [], people: [String: Person] = [:],
    isWhole: Bool = true
  ) {
    self.rotations = rotations
    self.calendars = calendars
    self.escalations = escalations
    self.people = people
    self.isWhole = isWhole
  }

  /// Whether anything says who is on call.
  package var isEmpty: Bool { rotations.isEmpty && calendars.isEmpty }

  /// The names of the teams, in the order of the configuration.
  package var teams: [String] {
    var seen: Set<String> = []
    return (rotations.map(\.name) + calendars.map(\.team)).filter { seen.insert($0).inserted }
  }

  /// What is known of the people of a team, by the short name.
  package func people(of team: String) -> [String: Person] {
    rotations.filter { $0.name == team }
      .reduce([:]) { $0.merging($1.people) { first, _ in first } }
      .merging(people) { first, _ in first }
  }

  /// The zone in which a team without further word lives: that of its rotation, else of its calendar.
  package func zone(of team: String) -> NamedZone? {
    rotations.first { $0.name == team }?.timeZone
      ?? calendars.first { $0.team == team }?.timeZone
  }

  /// The escalation policy of a team.
  package func escalation(of team: String) -> EscalationPolicy? {
    escalations.first { $0.team == nil || $0.team == team }
  }
}
