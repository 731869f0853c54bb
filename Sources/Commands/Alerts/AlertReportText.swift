import Dashboard
import Operations
import Reliability
import Screen

/// Alerts and silences as text, Markdown and JSON; docs/status-json.md describes an alert, docs/cli.md a
/// silence.
enum AlertReportText {
  private static let headings = ["SEV", "AGE", "STATE", "ALERT", "SERVICE", "SUMMARY"]

  /// A line an alert, columns flush.
  static func text(of alerts: [Alert], at now: Timestamp) -> [String] {
    guard !alerts.isEmpty else { return ["No alert."] }
    return Columns.text([headings] + alerts.map { cells(of: $0, at: now) })
  }

  /// The same as a table of Markdown.
  static func markdown(of alerts: [Alert], at now: Timestamp) -> [String] {
    guard !alerts.isEmpty else { return ["No alert."] }
    return Columns.markdown([headings] + alerts.map { cells(of: $0, at: now) })
  }

  private static func cells(of alert: Alert, at now: Timestamp) -> [String] {
    let summary = AlertSummary(alert, at: now)
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
  /// - Returns: The member.
  static func json(_ alert: Alert, _ library: RunbookLibrary) -> JSON {
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
      .init("silences", .array(facts.silences.map { .string($0.id) })),
      .init("runbook", .string(orNull: runbook ?? facts.runbook)),
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
