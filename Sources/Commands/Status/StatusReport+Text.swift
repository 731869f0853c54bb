import Dashboard
import Reliability

// The text and Markdown of `status`: the same columns, padded for a terminal or piped for a page.

extension StatusReport {
  private static let headings = [
    "STATE", "SERVICE", "SLO", "TARGET", "SLI", "LEFT", "BURN 1H", "RUNS OUT",
  ]

  /// One line per service level, worst first, then what is wrong with sources.
  var text: [String] {
    let table = Columns.text([StatusReport.headings] + summaries.map(cells))
    let body = summaries.isEmpty ? ["No SLO is configured."] : table
    let told = alerts.map { [""] + AlertReportText.text(of: $0.alerts, teams) + warnings } ?? []
    return body + notes.map { "\($0.id): \($0.reason)" } + troubles + told
  }

  /// The same as a Markdown document.
  var markdown: [String] {
    var lines = ["# Service levels at \(snapshot.at.dateAndTime) UTC", ""]
    if summaries.isEmpty {
      lines.append("No SLO is configured.")
    } else {
      lines += Columns.markdown([StatusReport.headings] + summaries.map(cells))
    }
    let remarks = notes.map { "- \(Columns.escaped("\($0.id): \($0.reason)"))" }
    let sources = (troubles + warnings).map { "- \(Columns.escaped($0))" }
    if !remarks.isEmpty || !sources.isEmpty { lines += [""] + remarks + sources }
    guard let alerts else { return lines }
    return lines + ["", "## Alerts", ""]
      + AlertReportText.markdown(of: alerts.alerts, teams)
  }

  /// What keeps the list of alerts from being all there is.
  private var warnings: [String] { alerts?.warnings ?? [] }

  private var summaries: [ServiceLevelSummary] {
    ServiceLevelSummary.worstFirst(snapshot.serviceLevels)
  }

  private func cells(_ summary: ServiceLevelSummary) -> [String] {
    [
      summary.state, summary.service, summary.name, summary.target, summary.sli, summary.left,
      summary.burn, summary.runsOut,
    ]
  }

  /// Why service levels are not what they should be, and what weakens their figures.
  private var notes: [(id: String, reason: String)] {
    snapshot.serviceLevels.flatMap { state in
      ServiceLevelSummary.remarks(on: state).map { (state.id, $0) }
    }
  }

  private var troubles: [String] {
    snapshot.sources.flatMap { source in
      let fault = source.state == .ok ? nil : source.lastError?.message
      return (fault.map { ["source \(source.name): \($0)"] } ?? [])
        + source.cautions.map { "source \(source.name): \($0)" }
    }
  }
}
