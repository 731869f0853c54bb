import Reliability
import Screen

/// The one word and role that say how a service level is: the first thing a tired person reads.
struct StateWord: Hashable, Sendable {
  let text: String
  let role: Role

  init(_ state: ServiceLevelState) {
    let rowClass = RowClass(state)
    switch rowClass {
    case .exhausted, .critical, .warning, .healthy:
      if state.status == .stale {
        (text, role) = ("stale", .stale)
        return
      }
    case .activePage, .activeTicket, .unknown: break
    }
    switch rowClass {
    case .activePage: (text, role) = ("PAGE", .page)
    case .activeTicket: (text, role) = ("TICKET", .ticket)
    case .exhausted: (text, role) = ("exhausted", .exhausted)
    case .unknown: (text, role) = StateWord.unknown(state.status)
    case .critical: (text, role) = ("critical", .critical)
    case .warning: (text, role) = ("warning", .warning)
    case .healthy where state.status == .partial: (text, role) = ("partial", .notice)
    case .healthy: (text, role) = ("ok", .healthy)
    }
  }

  private static func unknown(_ status: ServiceLevelStatus) -> (String, Role) {
    switch status {
    case .failed: ("failed", .failed)
    case .invalid: ("invalid", .failed)
    case .noData: ("no data", .noData)
    case .waiting: ("waiting", .dim)
    case .ok, .stale, .partial: ("unknown", .noData)
    }
  }
}

extension Zone {
  /// The role a zone's figures are drawn in.
  var role: Role {
    switch kind {
    case .healthy: .healthy
    case .warning: .warning
    case .critical: .critical
    case .exhausted: .exhausted
    }
  }
}
