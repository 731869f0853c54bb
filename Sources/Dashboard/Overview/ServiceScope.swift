import Reliability

/// Which service levels are the team's own, by the same filter as alerts; worked out once a definition.
struct ServiceScope: Sendable {
  private var isOwn: [SLO.ID: Bool] = [:]

  /// The states within a scope; all of them without one.
  ///
  /// A scope sees a service level's labels, with its service, its name as `slo` and its owner as `team`.
  mutating func states(
    of all: [ServiceLevelState], within scope: AlertFilter?, at now: Timestamp
  ) -> [ServiceLevelState] {
    guard let scope else { return all }
    return all.filter { state in
      if let known = isOwn[state.id] { return known }
      let found = scope.matches(ServiceScope.stand(for: state.slo, at: now), at: now)
      isOwn[state.id] = found
      return found
    }
  }

  private static func stand(for slo: SLO, at now: Timestamp) -> Alert {
    let names = ["service": slo.service, "slo": slo.name, "team": slo.details.owner ?? ""]
    return Alert(
      Alert.Facts(
        id: Alert.ID(cluster: slo.source, fingerprint: slo.id),
        labels: LabelSet(names.merging(slo.details.labels) { $1 }), severity: .info,
        service: slo.service, team: slo.details.owner, slo: slo.id, startsAt: now,
        sources: [slo.source]))
  }
}
