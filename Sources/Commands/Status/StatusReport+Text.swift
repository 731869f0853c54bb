import Dashboard
import Reliability
import Screen

// The text and Markdown of `status`: the same columns, padded for a terminal or piped for a page.

extension StatusReport {
  private static let headings = [
    "STATE", "SERVICE", "SLO", "TARGET", "SLI", "LEFT", "BURN 1H", "RUNS OUT",
  ]

  /// One line per service level, worst first, then what is wrong with sources.
  var text: [String] {
    let rows = [StatusReport.headings] + summaries.map(cells)
    let widths = StatusReport.headings.indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    let table = rows.map { row in
      let padded = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - DisplayWidth.of(cell))
      }
      return padded.joined(separator: "  ").trimmingTrailingSpaces
    }
    let body = summaries.isEmpty ? ["No SLO is configured."] : table
    return body + notes.map { "\($0.id): \($0.reason)" } + troubles
  }

  /// The same as a Markdown document.
  var markdown: [String] {
    var lines = ["# Service levels at \(snapshot.at.dateAndTime) UTC", ""]
    if summaries.isEmpty {
      lines.append("No SLO is configured.")
    } else {
      lines.append(row(StatusReport.headings))
      lines.append(row(StatusReport.headings.map { _ in "---" }))
      lines += summaries.map { row(cells($0).map(escaped)) }
    }
    let remarks = notes.map { "- \(escaped("\($0.id): \($0.reason)"))" }
    let sources = troubles.map { "- \(escaped($0))" }
    return remarks.isEmpty && sources.isEmpty ? lines : lines + [""] + remarks + sources
  }

  private var summaries: [ServiceLevelSummary] {
    ServiceLevelSummary.worstFirst(snapshot.serviceLevels)
  }

  private func cells(_ summary: ServiceLevelSummary) -> [String] {
    [
      summary.state, summary.service, summary.name, summary.target, summary.sli, summary.left,
      summary.burn, summary.runsOut,
    ].map { Sanitizer.line($0) }
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

  private func row(_ cells: [String]) -> String {
    "| \(cells.joined(separator: " | ")) |"
  }

  /// Characters that mean something in Markdown are escaped: names come from outside.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in Sanitizer.line(text) {
      if "\\`*_{}[]<>#|!".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
