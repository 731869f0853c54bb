import Reliability
import Screen

/// An alert in the words and roles of the list: what a tired person reads first.
struct AlertWords: Hashable, Sendable {
  private let alert: Alert
  private let now: Timestamp
  /// Whether the operator has just acknowledged it and nothing has come back yet.
  private let isOnItsWay: Bool
  /// Whether it has gone beyond whoever is called first.
  private let isEscalated: Bool

  init(_ alert: Alert, now: Timestamp, isOnItsWay: Bool = false, isEscalated: Bool = false) {
    self.alert = alert
    self.now = now
    self.isOnItsWay = isOnItsWay
    self.isEscalated = isEscalated
  }

  var severity: String {
    switch alert.severity {
    case .page: "PAGE"
    case .ticket: "TICKET"
    case .info: "info"
    }
  }

  /// Loud only while nobody has it.
  var severityRole: Role {
    switch (alert.state, alert.severity) {
    case (.firing, .page): .page
    case (.firing, .ticket): .ticket
    case (.firing, .info): .info
    case (.acknowledged, _): .acknowledged
    case (.silenced, _), (.inhibited, _), (.resolved, _): .silenced
    case (.pending, _): .dim
    }
  }

  var age: String { Words.age(now - alert.startsAt) }

  /// How it is, who has it and until when: `ack ines 12m`, `silenced 2h`, `firing`.
  var state: String {
    if isOnItsWay, alert.acknowledgement == nil || hasFailed { return "ack, writing" }
    switch alert.state {
    case .firing:
      if hasFailed { return "ack failed" }
      if isEscalated { return "escalated" }
      return alert.id.cluster == Alert.ID.localCluster ? "firing local" : "firing"
    case .pending: return "pending"
    case .inhibited: return "inhibited"
    case .resolved:
      return alert.resolvedAt.map { "ended \(Words.age(now - $0)) ago" } ?? "ended"
    case .silenced: return "silenced" + remaining(alert.muting?.endsAt)
    case .acknowledged: return acknowledgement
    }
  }

  var stateRole: Role {
    switch alert.state {
    case .firing:
      isOnItsWay ? .acknowledged : hasFailed ? .failed : isEscalated ? .page : .text
    case .pending, .inhibited, .resolved: .dim
    case .silenced: .silenced
    case .acknowledged: .acknowledged
    }
  }

  /// Whether one's own acknowledgement was refused, so that still nobody has the alert.
  private var hasFailed: Bool { alert.acknowledgement?.delivery == .failed }

  private var acknowledgement: String {
    guard let acknowledgement = alert.acknowledgement else { return "ack" }
    return switch acknowledgement.delivery {
    case .queued: acknowledgement.trouble == nil ? "ack, sending" : "ack, waiting"
    case .sent: "ack \(acknowledgement.by), sent"
    case .failed: "ack failed"
    case .confirmed: "ack \(acknowledgement.by)"
    }
  }

  private func remaining(_ end: Timestamp?) -> String {
    end.map { " \(Words.age($0 - now))" } ?? ""
  }
}
