import Dashboard
import Reliability
import Screen

/// A hand-off note as Markdown, every word from outside made harmless.
struct HandOffText {
  private let note: HandOffNote
  private let now: Timestamp

  /// Prepares a note.
  ///
  /// - Parameters:
  ///   - note: The note.
  ///   - now: The time, for how long things have been so.
  init(_ note: HandOffNote, at now: Timestamp) {
    self.note = note
    self.now = now
  }

  /// The document, line by line.
  var lines: [String] {
    let parts = [
      section("Alerts of the shift", firings), section("Still open", open),
      section("Silences", silences), section("Error budgets", budgets),
      section("Runbooks", runs), section("Remarks", remarks),
    ]
    return heading + parts.flatMap { [""] + $0 }
  }

  private func section(_ title: String, _ body: [String]) -> [String] {
    ["## \(title)", ""] + body
  }

  private var heading: [String] {
    let shifts = note.shifts
    let range = shifts.range
    func name(_ person: String?) -> String {
      person.map { escaped(note.team.name(of: $0)) } ?? "nobody"
    }
    let next =
      shifts.next.map { " Next: \(escaped(note.team.name(after: $0))), from \(minute($0.at)) UTC." }
      ?? ""
    let nobody = note.team.isKnown ? "nobody" : "not known"
    let people = shifts.people.map(name)
    var lines = [
      "# Hand-off: \(escaped(note.team.id)), \(escaped(shifts.layer))", "",
      "On call: \(people.isEmpty ? nobody : people.joined(separator: ", then ")).\(next)",
      "This covers \(minute(range.lowerBound)) to \(minute(range.upperBound)) UTC.",
    ]
    if !note.words.isEmpty { lines += ["", "> \(escaped(note.words))"] }
    if !note.gaps.isEmpty {
      lines += ["", "This may not be all:", ""] + note.gaps.map { "- \(escaped($0))" }
    }
    return lines
  }

  /// What is said of an empty list, which may be empty because somebody is silent.
  private func nothing(_ words: String) -> String {
    note.gaps.isEmpty ? words : "Nothing is known of; see what is missing at the top."
  }

  // MARK: - Alerts

  private var firings: [String] {
    guard !note.firings.isEmpty else { return [nothing("None was seen.")] }
    let pages = note.firings.count { $0.severity == .page }
    let missed = note.firings.count { $0.severity == .page && $0.acknowledgedAt == nil }
    let rows = note.firings.map { firing in
      [
        minute(firing.id.startsAt), length(of: firing), firing.severity.rawValue, firing.name,
        firing.service ?? "-", answer(to: firing),
      ]
    }
    let summary =
      "\(Words.count(note.firings.count, "alert")), \(Words.count(pages, "page")) among them"
      + (missed > 0 ? "; \(missed) of these nobody acknowledged." : ".")
    let head = ["began (UTC)", "lasted", "severity", "alert", "service", "acknowledged"]
    return [summary, ""] + Columns.markdown([head] + rows)
  }

  /// How long it lasted; of one whose end nobody watched the longest that may be.
  private func length(of firing: Firing) -> String {
    guard let end = firing.endsAt else { return "goes on" }
    let length = (end - firing.id.startsAt).brief
    return firing.isEndSeen ? length : "at most \(length)"
  }

  private func answer(to firing: Firing) -> String {
    guard let time = firing.timeToAcknowledge, let who = firing.acknowledgedBy else { return "-" }
    return "\(who) after \(time.brief)"
  }

  private var open: [String] {
    guard !note.open.isEmpty else { return [nothing("Nothing.")] }
    let rows = note.open.map { alert in
      let summary = AlertSummary(alert, at: now, onCall: note.onCall)
      return [
        summary.severity, alert.name, alert.facts.service ?? "-", summary.state,
        minute(alert.startsAt), alert.summary,
      ]
    }
    let head = ["severity", "alert", "service", "state", "since (UTC)", "summary"]
    return Columns.markdown([head] + rows)
  }

  private var silences: [String] {
    guard !note.silences.isEmpty else { return [nothing("None.")] }
    let rows = note.silences.map { silence in
      [
        LabelMatcher.text(of: silence.matchers), minute(silence.endsAt), silence.createdBy,
        silence.remark,
      ]
    }
    return Columns.markdown([["matchers", "until (UTC)", "by", "comment"]] + rows)
  }

  // MARK: - Budgets and work

  private var budgets: [String] {
    guard !note.budgets.isEmpty else { return ["No SLO is configured."] }
    let rows = note.budgets.map { change in
      [
        "\(change.slo.service) \(change.slo.name)", share(change.before), share(change.after),
        difference(change),
      ]
    }
    return Columns.markdown([["SLO", "left before", "left now", "points"]] + rows)
  }

  private func share(_ value: Double?) -> String {
    value.map { "\(Int(($0 * 100).rounded())) %" } ?? "?"
  }

  /// In points of a hundred of the whole budget.
  private func difference(_ change: HandOffNote.BudgetChange) -> String {
    guard let before = change.before, let after = change.after else { return "?" }
    let points = Int((after * 100).rounded()) - Int((before * 100).rounded())
    return points > 0 ? "+\(points)" : "\(points)"
  }

  private var runs: [String] {
    guard !note.runs.isEmpty else { return ["None was run."] }
    let rows = note.runs.map { run in
      [
        minute(Timestamp(milliseconds: run.startedAt)), run.title,
        run.subject.title.isEmpty ? "-" : run.subject.title, run.actor, run.outcome.rawValue,
        run.duration.brief,
      ]
    }
    return Columns.markdown([["began (UTC)", "runbook", "for", "by", "result", "took"]] + rows)
  }

  private var remarks: [String] {
    guard !note.remarks.isEmpty else { return ["None."] }
    return note.remarks.map { remark in
      "- \(minute(remark.at)) UTC, \(escaped(remark.by)) on \(escaped(remark.subject)): "
        + escaped(remark.text)
    }
  }

  private func minute(_ instant: Timestamp) -> String { String(instant.dateAndTime.dropLast(3)) }

  private func escaped(_ text: String) -> String { Columns.escaped(text) }
}
