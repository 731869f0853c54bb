import Screen

/// The help as lines, from the live key map: what a key does, or why it does nothing in the place
/// the help was opened from.
struct HelpText {
  private let origin: Dashboard
  private let width: Int

  init(_ dashboard: Dashboard, width: Int) {
    self.width = width
    var origin = dashboard
    if origin.trail.current == .help { origin.trail.close() }
    self.origin = origin
  }

  var lines: [Line] {
    var lines = wrapped(legend, width).map { Line([Span($0, .text)]) } + [Line([])]
    for section in sections {
      lines.append(Line([Span(section.rawValue.uppercased(), .heading)]))
      lines += Binding.all.filter { $0.section == section }.flatMap { self.lines(of: $0) }
      lines.append(Line([]))
    }
    return lines
  }

  /// How to read the place the help was opened from.
  private var legend: String {
    switch origin.trail.current {
    case .onCall, .person:
      "A row is a layer, a block a shift: | its beginning, * an override, a row of crosses nobody. "
        + "Times are in UTC."
    case .alerts, .alert, .silences:
      "Pages first, then tickets; within them what nobody has, the newest first."
    case .runbooks, .runbook, .dryRun: "Nothing runs before it was shown and asked about."
    case .sources: "What is in trouble is tried again by itself; R asks at once."
    case .problems:
      "What is wrong stands with its file, line and column, and what to write instead."
    case .debug: "Every figure with the question behind it, its raw answer and its age."
    case .overview, .service, .help:
      "Worst first. The gauge's tick is the objective, its marker the last hour."
    }
  }

  /// What is about the place the help was opened from comes first.
  private var sections: [Binding.Section] {
    let own: Binding.Section? =
      switch origin.trail.current {
      case .onCall, .person: .onCall
      case .runbooks, .runbook, .dryRun: .runbooks
      case .alerts, .alert, .silences: .alerts
      case .overview, .service, .debug, .sources, .problems, .help: nil
      }
    return [own].compactMap(\.self) + Binding.Section.allCases.filter { $0 != own }
  }

  private func lines(of binding: Binding) -> [Line] {
    let keys = binding.keyNames.joined(separator: " ")
    let padding = String(repeating: " ", count: max(1, HelpText.indent - 2 - keys.count))
    let reason = origin.reasonUnavailable(binding.intent)
    let text = binding.help + (reason.map { "  (\($0))" } ?? "")
    let role: Role = reason == nil ? .text : .dim
    return wrapped(text, width - HelpText.indent).enumerated().map { index, part in
      let head = index == 0 ? "  \(keys)\(padding)" : String(repeating: " ", count: HelpText.indent)
      return Line([Span(head, reason == nil ? .keyName : .dim), Span(part, role)])
    }
  }

  /// Where what a key does begins.
  private static let indent = 20

  private func wrapped(_ text: String, _ width: Int) -> [String] {
    WordWrap.lines(of: text, width: width, glyphs: origin.glyphs)
  }
}

extension Dashboard {
  var helpLines: [Line] { HelpText(self, width: body.columns - 4).lines }

  /// Draws the help of the place it was opened from.
  func drawHelp(in body: Rect, on canvas: inout Canvas) {
    ScrolledLines(lines: helpLines, title: "Keys", isFocused: true)
      .draw(from: helpList, in: body, on: &canvas)
  }
}
