import Reliability

// The JSON of `status`, version 1; docs/status-json.md describes every member. Members may be added,
// none is renamed or removed. What is unknown is null.

extension StatusReport {
  /// The report as one JSON object.
  var json: JSON {
    let services = Set(snapshot.serviceLevels.map(\.slo.service)).sorted()
    return .object([
      .init("schema", .number(1)),
      .init("at", .string(snapshot.at.rfc3339)),
      .init("services", .array(services.map(JSON.string))),
      .init("slos", .array(snapshot.serviceLevels.map(json))),
      .init(
        "alerts",
        alerts.map { .array($0.alerts.map { AlertReportText.json($0, runbooks, teams) }) } ?? .null),
      .init("onCall", onCall.map { .array($0.flatMap(duties)) } ?? .null),
      .init("sources", .array((snapshot.sources + (alerts?.sources ?? [])).map(json))),
    ])
  }

  /// Who is on in each layer of a team at the time of the report; a layer without anybody is left out.
  private func duties(_ team: TeamRoster) -> [JSON] {
    team.duties(at: snapshot.at).compactMap { duty in
      duty.shift.map { OnCallReport.json($0, duty.next, in: team) }
    }
  }

  private func json(_ state: ServiceLevelState) -> JSON {
    let slo = state.slo
    return .object(
      [
        .init("id", .string(slo.id)),
        .init("service", .string(slo.service)),
        .init("name", .string(slo.name)),
        .init("sli", .string(slo.category.rawValue)),
        .init("objective", .number(slo.objective.target.doubleValue)),
      ] + windowMembers(state) + [
        .init("state", .string(state.status.rawValue)),
        .init("reason", .string(orNull: state.reason)),
        .init("observedAt", .time(orNull: state.observedAt)),
        .init("coverage", .number(orNull: state.coverage)),
        .init("windows", .object(windows(state))),
        .init("budget", budget(state.budget)),
        .init("forecast", forecast(state.forecast)),
        .init("conditions", .array(state.conditions.map(condition))),
        .init("zone", .string(orNull: state.zone?.name)),
        .init("lowTraffic", .bool(state.isLowTraffic)),
        .init("source", .string(slo.source)),
      ])
  }

  private func windowMembers(_ state: ServiceLevelState) -> [JSON.Member] {
    let name = JSON.Member("window", .string(state.slo.window.name))
    guard case .calendar(let calendar) = state.slo.window else { return [name] }
    return [
      name, .init("timeZone", .string(calendar.timeZone)),
      .init("from", .time(orNull: state.period?.lowerBound)),
      .init("to", .time(orNull: state.period?.upperBound)),
    ]
  }

  private func windows(_ state: ServiceLevelState) -> [JSON.Member] {
    (state.burnWindows.map(\.state) + [state.objectiveWindow]).map { window in
      JSON.Member(
        window.name,
        .object([
          .init("total", .number(orNull: window.share?.total)),
          .init("bad", .number(orNull: window.share?.bad)),
          .init("errorRatio", .number(orNull: window.share?.errorRatio)),
          .init("burnRate", .number(orNull: window.burnRate)),
          .init("via", .string(orNull: window.provenance?.route.rawValue)),
          .init("at", .time(orNull: window.observedAt)),
        ]))
    }
  }

  private func budget(_ budget: Budget?) -> JSON {
    .object([
      .init("remaining", .number(orNull: budget?.remaining)),
      .init("consumed", .number(orNull: budget?.consumed)),
      .init("allowedBad", .number(orNull: budget?.allowedBad)),
      .init("badLeft", .number(orNull: budget?.badLeft)),
      .init("minutes", .number(orNull: budget?.minutes)),
      .init("minutesLeft", .number(orNull: budget?.minutesLeft)),
    ])
  }

  private func forecast(_ forecast: Forecast?) -> JSON {
    .object([
      .init("hoursToExhaustion", .number(orNull: forecast?.hoursToExhaustion)),
      .init("basis", .string((forecast?.basis ?? Forecast.now).description)),
    ])
  }

  private func condition(_ found: ConditionState) -> JSON {
    .object([
      .init("severity", .string(found.condition.severity.rawValue)),
      .init("factor", .number(found.condition.factor.doubleValue)),
      .init("long", .string(found.condition.long.description)),
      .init("short", .string(found.condition.short.description)),
      .init("active", .bool(found.isActive)),
    ])
  }

  private func json(_ source: SourceHealth) -> JSON {
    .object([
      .init("name", .string(source.name)),
      .init("type", .string(source.type)),
      .init("state", .string(source.state.rawValue)),
      .init("lastSuccess", .time(orNull: source.lastSuccess)),
      .init("lastError", .string(orNull: source.lastError?.message)),
      .init("requestsLastPoll", .number(Double(source.lastPoll.requests))),
      .init("bytesLastPoll", .number(Double(source.lastPoll.bytes))),
    ])
  }
}
