import Dashboard
import Operations
import Reliability
import Screen

/// Alerts and silences as text, Markdown and JSON; docs/status-json.md describes an alert, docs/cli.md a
/// silence.
enum AlertReportText {
  private static let headings = ["SEV", "AGE", "STATE", "ALERT", "SERVICE", "SUMMARY"]

  /// A line an alert, columns flush, as of the time of who is on call.
  static func text(of alerts: [Alert], _ onCall: OnCallSnapshot) -> [String] {
    guard !alerts.isEmpty else { return ["No alert."] }
    return Columns.text([headings] + alerts.map { cells(of: $0, onCall) })
  }

  /// The same as a table of Markdown.
  static func markdown(of alerts: [Alert], _ onCall: OnCallSnapshot) -> [String] {
    guard !alerts.isEmpty else { return ["No alert."] }
    return Columns.markdown([headings] + alerts.map { cells(of: $0, onCall) })
  }

  private static func cells(of alert: Alert, _ onCall: OnCallSnapshot) -> [String] {
    let summary = AlertSummary(alert, at: onCall.at, onCall: onCall)
    return [
      summary.severity, summary.age, summary.state, alert.name, alert.service ?? "",
      alert.summary,
    ]
  }

  /// An alert as a member of `alerts`.
  ///
  /// - Parameters:
  ///   - alert: The alert.
  ///   - library: The runbooks, of which the best is named.
  ///   - onCall: Who is on call, for whom it goes to while nobody acknowledges it.
  /// - Returns: The member.
  static func json(
    _ alert: Alert, _ library: RunbookLibrary, _ onCall: OnCallSnapshot
  ) -> JSON {
    let runbook = library.matches(for: alert).first?.runbook.id
    let facts = alert.facts
    let flags = Alert.State.allCases.filter(facts.flags.contains)
    return .object([
      .init("fingerprint", .string(alert.id.fingerprint)),
      .init("cluster", .string(alert.id.cluster)),
      .init("name", .string(alert.name)),
      .init("severity", .string(alert.severity.rawValue)),
      .init("state", .string(alert.state.rawValue)),
      .init("flags", .array(flags.map { .string($0.rawValue) })),
      .init("startsAt", .time(orNull: alert.startsAt)),
      .init("service", .string(orNull: facts.service)),
      .init("team", .string(orNull: facts.team)),
      .init("slo", .string(orNull: facts.slo)),
      .init("labels", .object(facts.labels.labels.map { .init($0.name, .string($0.value)) })),
      .init(
        "annotations", .object(facts.annotations.labels.map { .init($0.name, .string($0.value)) })),
      .init("sources", .array(facts.sources.map(JSON.string))),
      .init("acknowledgement", alert.acknowledgement.map(json) ?? .null),
      .init("escalation", escalation(of: alert, onCall)),
      .init("silences", .array(facts.silences.map { .string($0.id) })),
      .init("runbook", .string(orNull: runbook ?? facts.runbook)),
    ])
  }

  /// The level of the team's policy that a page nobody has is at, and the one that follows.
  private static func escalation(of alert: Alert, _ onCall: OnCallSnapshot) -> JSON {
    guard let progress = onCall.progress(of: alert, at: onCall.at) else { return .null }
    return .object([
      .init("level", .number(Double(progress.index + 1))),
      .init("to", .string(progress.level.to)), .init("since", .time(orNull: progress.since)),
      .init(
        "next",
        progress.next.map { next in
          .object([.init("to", .string(next.level.to)), .init("at", .time(orNull: next.at))])
        } ?? .null),
    ])
  }

  private static func json(_ acknowledgement: Acknowledgement) -> JSON {
    .object([
      .init("by", .string(acknowledgement.by)),
      .init("at", .time(orNull: acknowledgement.at)),
      .init("until", .time(orNull: acknowledgement.until)),
      .init("comment", .string(acknowledgement.comment)),
      .init("delivery", .string(acknowledgement.delivery.rawValue)),
    ])
  }

  // MARK: - Silences

  private static let silenceHeadings = [
    "STATE", "UNTIL", "BY", "MUTES", "MATCHERS", "COMMENT", "ID",
  ]

  /// A line a silence.
  static func text(of silences: [Silence], in snapshot: AlertSnapshot) -> [String] {
    guard !silences.isEmpty else { return ["No silence."] }
    return Columns.text([silenceHeadings] + silences.map { cells(of: $0, in: snapshot) })
  }

  /// The same as a table of Markdown.
  static func markdown(of silences: [Silence], in snapshot: AlertSnapshot) -> [String] {
    guard !silences.isEmpty else { return ["No silence."] }
    return Columns.markdown([silenceHeadings] + silences.map { cells(of: $0, in: snapshot) })
  }

  private static func cells(of silence: Silence, in snapshot: AlertSnapshot) -> [String] {
    [
      silence.state.rawValue, "\(silence.endsAt.dateAndTime) UTC", silence.createdBy,
      String(snapshot.mutedCounts[silence.key] ?? 0), LabelMatcher.text(of: silence.matchers),
      silence.remark, silence.id,
    ]
  }

  /// A silence as JSON.
  static func json(_ silence: Silence, in snapshot: AlertSnapshot) -> JSON {
    .object([
      .init("id", .string(silence.id)),
      .init("cluster", .string(silence.cluster)),
      .init("state", .string(silence.state.rawValue)),
      .init("matchers", .array(silence.matchers.map { .string($0.description) })),
      .init("startsAt", .time(orNull: silence.startsAt)),
      .init("endsAt", .time(orNull: silence.endsAt)),
      .init("createdBy", .string(silence.createdBy)),
      .init("comment", .string(silence.comment)),
      .init("mutes", .number(Double(snapshot.mutedCounts[silence.key] ?? 0))),
    ])
  }
}
