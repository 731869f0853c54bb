import Reliability
import Screen

extension Dashboard {
  /// Draws what a whole runbook would do; nothing of it runs.
  func drawDryRun(_ place: RunbookPlace, on canvas: inout Canvas) {
    ScrolledLines(
      lines: dryRunLines(place, width: body.columns - 4),
      title: "Dry run: nothing is run", isFocused: true
    ).draw(from: dryRunList, in: body, on: &canvas)
  }

  /// Every step as it would run, in order.
  func dryRunLines(_ place: RunbookPlace, width: Int) -> [Line] {
    guard let runbook = openRunbook(place) else { return [] }
    let records = stepRecords(runbook, place)
    return runbook.steps.indices.flatMap { index -> [Line] in
      let step = runbook.steps[index]
      let isLeftOut = records[index].status == .notApplicable
      var text = StepText(width: width, glyphs: glyphs)
      text.heading(
        "\(index + 1) \(step.name)",
        isLeftOut ? "is left out" : StepRecord.Kind(step.action).rawValue)
      if isLeftOut {
        text.note(records[index].detail ?? "")
      } else {
        text.add(
          step,
          StepPreview(
            of: step, in: runbook, for: runSubject(place), settings.runbooks.running,
            forbidden: runRefusal(of: runbook)))
      }
      return text.lines + [Line([])]
    }
  }
}

extension StepText {
  /// The name of a step, and what kind it is.
  mutating func heading(_ name: String, _ kind: String) {
    append(Line([Span(name, .title), Span("  \(kind)", .dim)]))
  }

  /// A remark in one paragraph.
  mutating func note(_ text: String) { append(Line([Span(text, .dim)])) }
}
