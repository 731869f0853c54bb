import Reliability

/// Reads form d: a Markdown file.
///
/// Headings are sections, list items are manual steps, fenced blocks are
/// commands and queries, links are pages. Text is never run.
struct MarkdownRunbookReader {
  let file: String
  let findings: Findings

  func read(_ text: String) -> Runbook? {
    var lines = MarkdownLine.split(text)[...]
    if let first = lines.first, first.unicodeScalars.first == "\u{FEFF}" {
      lines[0] = Substring(first.unicodeScalars.dropFirst())
    }
    guard lines.contains(where: { !$0.trimmed.isEmpty }) else {
      findings.report(.file(.empty), at: Place(file: file))
      return nil
    }
    let front = FrontMatter(Array(lines), file: file, findings)
    let blocks = MarkdownParser.blocks(
      of: lines.dropFirst(front.lineCount), first: front.lineCount + 1)
    var page = MarkdownPage(file: file, findings: findings)
    page.take(blocks)
    let name = front.text("name") ?? page.start.fileStem
    return Runbook(
      id: name, title: page.title ?? front.text("title") ?? name, service: front.text("service"),
      severity: front.text("severity"), triggers: front.triggers, sections: page.sections,
      steps: page.steps, origin: Runbook.Origin(file: file, line: 1))
  }
}
