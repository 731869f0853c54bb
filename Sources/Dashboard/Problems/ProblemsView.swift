import Screen

extension Dashboard {
  /// What is wrong with the configuration, wrapped to the width of the view.
  func problemLines(width: Int) -> [Line] {
    let head = problemsNote.isEmpty ? "" : "\(problemsNote) "
    let body = problems.flatMap { problem in
      WordWrap.lines(of: problem, width: max(width - 2, 1), limit: 20).enumerated().map {
        offset, text in
        Line([Span(offset == 0 ? text : "  \(text)", role(of: problem))])
      }
    }
    let hint = Span("burnwatch check prints the same.", .dim)
    return [Line([Span(head, .notice), hint]), Line([])] + body
  }

  /// Draws the problems of the configuration.
  func drawProblems(in body: Rect, on canvas: inout Canvas) {
    ScrolledLines(
      lines: problemLines(width: body.columns - 4), title: "Problems of the configuration",
      isFocused: true
    ).draw(from: problemList, in: body, on: &canvas)
  }

  /// The hint below a finding is indented; a finding says its severity after its place.
  private func role(of problem: String) -> Role {
    if problem.hasPrefix(" ") { return .dim }
    return problem.contains(": error: ") ? .failed : .warning
  }
}
