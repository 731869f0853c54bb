/// What a zone of the error budget means, and with it the colour role it is drawn in.
package enum ZoneKind: String, CaseIterable, Hashable, Sendable {
  /// From a full budget to a spent one.
  case healthy, warning, critical, exhausted
}

/// A named band of remaining error budget.
package struct Zone: Hashable, Sendable {
  /// The name that output shows, such as `healthy`.
  package let name: String
  /// What the zone means, however it is named.
  package let kind: ZoneKind
  /// The zone holds while the remaining budget is above this ratio; `nil` for the lowest zone.
  package let lowerBound: Fraction?
  /// Whether `gate` lets deploys through.
  package let allowsDeploys: Bool

  /// Makes a zone.
  package init(name: String, kind: ZoneKind, lowerBound: Fraction?, allowsDeploys: Bool) {
    self.name = name
    self.kind = kind
    self.lowerBound = lowerBound
    self.allowsDeploys = allowsDeploys
  }
}

/// The zones of an error budget, from full to spent.
package struct BudgetPolicy: Hashable, Sendable {
  /// The name that an SLO's `policy` refers to.
  package let name: String
  /// The zones above the lowest, in falling order of their bounds.
  package let zones: [Zone]
  /// The zone that holds when no other does.
  package let lowestZone: Zone

  /// Makes a policy.
  package init(name: String, zones: [Zone], lowestZone: Zone) {
    self.name = name
    self.zones = zones
    self.lowestZone = lowestZone
  }

  /// Healthy above 50 %, warning above 25 %, critical above 0 %, exhausted at or below.
  package static let standard = BudgetPolicy(
    name: "default",
    zones: [
      Zone(
        name: "healthy", kind: .healthy, lowerBound: Fraction(1, over: 2), allowsDeploys: true),
      Zone(
        name: "warning", kind: .warning, lowerBound: Fraction(1, over: 4), allowsDeploys: true),
      Zone(name: "critical", kind: .critical, lowerBound: .zero, allowsDeploys: true),
    ],
    lowestZone: Zone(name: "exhausted", kind: .exhausted, lowerBound: nil, allowsDeploys: false))

  /// The zone of a remaining budget, a ratio where 1 is full and a negative number is overspent.
  package func zone(remaining: Double) -> Zone {
    zones.first { zone in zone.lowerBound.map { remaining > $0.doubleValue } ?? true } ?? lowestZone
  }
}
