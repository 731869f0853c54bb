import Reliability

/// Runbooks and runs as text and JSON.
enum RunbookReport {
  /// A step with what it would do.
  typealias Step = (step: RunbookStep, record: StepRecord, preview: StepPreview)

  // MARK: - Runbooks

  /// The list, one line a runbook.
  static func list(
    _ found: [(runbook: Runbook, reason: RunbookMatch.Reason?)],
    _ histories: [Runbook.ID: RunHistory]
  ) -> [String] {
    guard !found.isEmpty else { return ["No runbook."] }
    let rows = found.map { runbook, reason -> [String] in
      let history = histories[runbook.id] ?? RunHistory([])
      let share = history.successShare.map { "\(Int(($0 * 100).rounded())) %" } ?? "-"
      return [
        runbook.id, runbook.title, runbook.service ?? "-", String(runbook.steps.count),
        String(history.runs), share, reason.map { "\($0)" } ?? "",
      ]
    }
    return Columns.text([["NAME", "TITLE", "SERVICE", "STEPS", "RUNS", "SUCCESS", ""]] + rows)
  }

  /// A runbook with its steps.
  static func text(_ runbook: Runbook, _ subject: RunSubject, _ steps: [Step]) -> [String] {
    var lines = [runbook.title, "name      \(runbook.id)"]
    if let service = runbook.service { lines.append("service   \(service)") }
    if let severity = runbook.severity { lines.append("severity  \(severity)") }
    if !subject.title.isEmpty { lines.append("for       \(subject.title)") }
    lines.append("file      \(runbook.origin.file):\(runbook.origin.line)")
    for (index, step) in steps.enumerated() {
      lines += ["", heading(index, step)] + body(step).map { "   \($0)" }
    }
    for escalation in runbook.escalations {
      let when = escalation.after.map { "after \($0.brief)" } ?? escalation.condition ?? ""
      let way = escalation.by.map { " by \($0)" } ?? ""
      lines.append("escalate \(when) to \(escalation.to)\(way)".replacing("  ", with: " "))
    }
    return lines
  }

  /// The number, name and kind of a step.
  static func heading(_ index: Int, _ step: Step) -> String {
    let optional = step.record.isRequired ? "" : ", optional"
    let left = step.record.status == .notApplicable ? ", left out" : ""
    return "\(index + 1). \(step.step.name) (\(step.record.kind.rawValue)\(optional)\(left))"
  }

  /// What a step would do, line by line.
  static func body(_ step: Step) -> [String] {
    let description = step.step.description
    var lines: [String] = []
    if !description.isEmpty, description != step.step.name {
      lines += description.split(separator: "\n").map(String.init)
    }
    if step.record.status == .notApplicable { return lines + [step.record.detail ?? ""] }
    lines += step.preview.text.map { "| \($0)" } + step.preview.facts
    lines += step.preview.rollback.map { "rollback | \($0)" }
    return lines + (step.preview.refusal.map { ["refused: \($0)"] } ?? [])
  }

  /// A runbook for the list in JSON.
  static func json(
    _ runbook: Runbook, _ reason: RunbookMatch.Reason?, _ histories: [Runbook.ID: RunHistory]
  ) -> JSON {
    let history = histories[runbook.id] ?? RunHistory([])
    return .object([
      .init("name", .string(runbook.id)), .init("title", .string(runbook.title)),
      .init("service", .string(orNull: runbook.service)),
      .init("severity", .string(orNull: runbook.severity)),
      .init("steps", .number(Double(runbook.steps.count))),
      .init("file", .string(runbook.origin.file)),
      .init("line", .number(Double(runbook.origin.line))),
      .init("reason", .string(orNull: reason.map { "\($0)" })),
      .init("runs", .number(Double(history.runs))),
      .init("successShare", .number(orNull: history.successShare)),
      .init("medianSeconds", .number(orNull: history.medianDuration?.inSeconds)),
      .init("lastRun", .time(orNull: history.lastRun)),
    ])
  }

  /// A runbook with its steps in JSON.
  static func json(_ runbook: Runbook, _ subject: RunSubject, _ steps: [Step]) -> JSON {
    .object([
      .init("schema", .number(1)), .init("name", .string(runbook.id)),
      .init("title", .string(runbook.title)), .init("service", .string(orNull: runbook.service)),
      .init("subject", .string(subject.title)),
      .init(
        "steps",
        .array(
          steps.enumerated().map { index, step in
            .object([
              .init("number", .number(Double(index + 1))), .init("name", .string(step.step.name)),
              .init("kind", .string(step.record.kind.rawValue)),
              .init("required", .bool(step.record.isRequired)),
              .init("dangerous", .bool(step.step.options.isDangerous)),
              .init("applies", .bool(step.record.status != .notApplicable)),
              .init("text", .string(step.preview.text.joined(separator: "\n"))),
              .init("rollback", .string(orNull: lines(step.preview.rollback))),
              .init("refusal", .string(orNull: step.preview.refusal)),
            ])
          })),
    ])
  }

  private static func lines(_ lines: [String]) -> String? {
    lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  // MARK: - Runs

  /// Runs, one line each.
  static func text(of runs: [RunRecord]) -> [String] {
    guard !runs.isEmpty else { return ["No run is in the journal."] }
    let rows = runs.map { run in
      [
        String(run.id.prefix(8)), Timestamp(milliseconds: run.startedAt).dateAndTime, run.runbook,
        run.outcome.rawValue, run.duration.brief, run.actor, run.subject.title,
      ]
    }
    return Columns.text([["RUN", "BEGAN (UTC)", "RUNBOOK", "OUTCOME", "TOOK", "BY", "FOR"]] + rows)
  }

  /// A run in JSON.
  static func json(_ run: RunRecord) -> JSON {
    .object([
      .init("id", .string(run.id)), .init("runbook", .string(run.runbook)),
      .init("title", .string(run.title)), .init("subject", .string(run.subject.title)),
      .init("alert", .string(orNull: run.subject.alert?.fingerprint)),
      .init("by", .string(run.actor)), .init("host", .string(run.host)),
      .init("startedAt", .time(orNull: Timestamp(milliseconds: run.startedAt))),
      .init("changedAt", .time(orNull: Timestamp(milliseconds: run.changedAt))),
      .init("outcome", .string(run.outcome.rawValue)),
      .init("steps", .array(run.steps.enumerated().map { json($0 + 1, $1) })),
    ])
  }

  private static func json(_ number: Int, _ step: StepRecord) -> JSON {
    let output = step.output.map { output in
      JSON.object([
        .init("bytes", .number(Double(output.bytes))), .init("sha256", .string(output.digest)),
        .init("file", .string(orNull: output.file)),
      ])
    }
    return .object([
      .init("number", .number(Double(number))), .init("name", .string(step.name)),
      .init("kind", .string(step.kind.rawValue)), .init("required", .bool(step.isRequired)),
      .init("status", .string(step.status.rawValue)),
      .init("attempts", .number(Double(step.attempts))),
      .init("startedAt", .time(orNull: step.startedAt.map(Timestamp.init(milliseconds:)))),
      .init("endedAt", .time(orNull: step.endedAt.map(Timestamp.init(milliseconds:)))),
      .init("command", .string(orNull: step.command)),
      .init("detail", .string(orNull: step.detail)), .init("note", .string(orNull: step.note)),
      .init("output", output ?? .null),
    ])
  }
}
