import Reliability

/// What `burnwatch status` found, and what that means for its exit code.
struct StatusReport: Hashable, Sendable {
  let snapshot: Snapshot
  /// What is known of alerts; `nil` where no source tells of any, or of another time.
  var alerts: AlertSnapshot?
  /// The runbooks, of which alerts name theirs.
  var runbooks = RunbookLibrary()
  /// Who is on call; `nil` where nothing says.
  var onCall: [TeamRoster]?

  /// Who is on call, as of the alerts.
  var teams: OnCallSnapshot {
    OnCallSnapshot(at: alerts?.at ?? snapshot.at, teams: onCall ?? [])
  }

  /// The sources that some service level still waits for.
  var silentSources: [String] {
    Set(snapshot.serviceLevels.filter { $0.status == .waiting }.map(\.slo.source)).sorted()
  }

  /// The exit code: what cannot be told beats an active condition.
  var status: ExitStatus {
    let states = snapshot.serviceLevels
    let isDeaf = alerts.map { !$0.silentSources.isEmpty || $0.isWatchdogMissing } ?? false
    if isDeaf || states.contains(where: { $0.cannotTell }) { return .cannotTell }
    let isPaged = alerts?.alerts.contains { $0.isUnattended && $0.severity == .page } ?? false
    return isPaged || states.contains { $0.activeSeverity != nil } ? .findings : .fine
  }
}

extension ServiceLevelState {
  /// Whether nothing can be said for a reason other than silence.
  fileprivate var cannotTell: Bool {
    switch status {
    case .failed, .invalid, .waiting: true
    case .ok, .stale, .partial, .noData: false
    }
  }
}
