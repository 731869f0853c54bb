import Reliability

/// How the looks at one calendar have gone, for the Sources view.
struct CalendarRecord: Sendable {
  private let refresh: Duration
  /// The calendar as a source.
  private(set) var health: SourceHealth

  init(_ settings: CalendarSettings) {
    refresh = settings.refresh
    health = SourceHealth(
      name: settings.name, type: "calendar", address: CalendarRecord.address(of: settings))
  }

  /// Takes in a look, and why its calendar is not used.
  mutating func note(_ look: CalendarLook, failure: String?, at now: Timestamp) {
    health.lastPoll = look.traffic
    health.latencies = (health.latencies + look.latencies).suffix(SourceHealth.latencyCount)
    if let failure {
      health.lastError = SourceHealth.Fault(message: failure, at: now)
    } else {
      health.lastSuccess = now
    }
    health.state = failure == nil ? .ok : .degraded
    health.nextTry = failure == nil ? nil : now + refresh
  }

  /// Where it is; the address of a feed may hold a token.
  private static func address(of settings: CalendarSettings) -> String {
    switch settings.place {
    case .file(let path): path
    case .feed: "a feed, whose address is not shown"
    case .pagerDuty(let shifts):
      switch shifts.kind {
      case .policy: "the escalation policy \(shifts.id) of \(shifts.source)"
      case .schedule: "the schedule \(shifts.id) of \(shifts.source)"
      }
    }
  }
}
