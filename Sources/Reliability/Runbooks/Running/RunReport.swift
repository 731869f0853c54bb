/// A run as Markdown, ready for an incident channel: what was run, by whom, and what became of it.
///
/// Text of the runbook, the alert and the operator stays as it was; whoever writes the report out
/// sanitises it.
package struct RunReport: Sendable {
  private let record: RunRecord

  /// Makes the report of a run.
  package init(_ record: RunRecord) {
    self.record = record
  }

  /// The report, in lines that end with a line break.
  package var markdown: String { lines.map { "\($0)\n" }.joined() }

  /// The report, line by line.
  package var lines: [String] {
    heading + [""] + record.steps.indices.flatMap(step)
  }

  private var heading: [String] {
    let began = Timestamp(milliseconds: record.startedAt)
    let ended = Timestamp(milliseconds: record.changedAt)
    let subject = record.subject.title
    var lines = [
      "# \(RunReport.inline(record.title))", "",
      "- Runbook: \(RunReport.code(record.runbook)), run `\(record.id)`",
      "- Outcome: **\(record.outcome.rawValue)**",
      "- By \(RunReport.inline(record.actor)) on \(RunReport.inline(record.host)), "
        + "\(began.dateAndTime) to \(ended.dateAndTime) UTC (\(record.duration.brief))",
    ]
    if !subject.isEmpty { lines.append("- For: \(RunReport.inline(subject))") }
    if let alert = record.subject.alert {
      lines.append("- Alert: \(RunReport.code(LabelSet(alert.labels).description))")
    }
    return lines
  }

  private func step(_ index: Int) -> [String] {
    let step = record.steps[index]
    var words = step.status.word
    if let length = step.duration, step.attempts > 0, step.kind != .manual {
      words += ", \(length.brief)"
    }
    if step.attempts > 1 { words += ", \(step.attempts) attempts" }
    if let detail = step.detail { words += ": \(RunReport.inline(detail))" }
    var lines = ["\(index + 1). **\(RunReport.inline(step.name))**: \(words)"]
    if let note = step.note { lines.append("   - Note: \(RunReport.inline(note))") }
    if let command = step.command { lines += RunReport.block(command) }
    if let output = step.output, output.bytes > 0 {
      lines.append("   - Output: \(output.bytes) bytes, SHA-256 `\(output.digest)`")
    }
    return lines
  }

  /// A text within a line, in which nothing is a mark of Markdown.
  private static func inline(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>#|".contains(character) { result.append("\\") }
      result.append(character.isNewline ? " " : character)
    }
    return result
  }

  /// A text as code within a line; a fence longer than any run of backquotes in it.
  private static func code(_ text: String) -> String {
    let fence = String(repeating: "`", count: longestFence(in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return "\(fence)\(pad)\(text.map { $0.isNewline ? " " : String($0) }.joined())\(pad)\(fence)"
  }

  /// A text as a block of code within a list item.
  private static func block(_ text: String) -> [String] {
    let fence = String(repeating: "`", count: max(longestFence(in: text) + 1, 3))
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return ["", "   \(fence)sh"] + lines.map { "   \($0)" } + ["   \(fence)", ""]
  }

  private static func longestFence(in text: String) -> Int {
    var (longest, run) = (0, 0)
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
