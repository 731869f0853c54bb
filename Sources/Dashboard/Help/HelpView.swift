import Screen

/// The help as lines, from the live key map: what a key does, or why it does nothing in the place
/// the help was opened from.
struct HelpText {
  private let origin: Dashboard

  init(_ dashboard: Dashboard) {
    var origin = dashboard
    if origin.trail.current == .help { origin.trail.close() }
    self.origin = origin
  }

  var lines: [Line] {
    var lines = [
      Line([
        Span("Worst first. ", .text),
        Span("The gauge's tick is the objective, its marker the last hour.", .text),
      ]),
      Line([]),
    ]
    for section in sections {
      lines.append(Line([Span(section.rawValue.uppercased(), .heading)]))
      lines += Binding.all.filter { $0.section == section }.map(line)
      lines.append(Line([]))
    }
    return lines
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

  private func line(_ binding: Binding) -> Line {
    let keys = binding.keyNames.joined(separator: " ")
    let padding = String(repeating: " ", count: max(1, 18 - keys.count))
    let reason = origin.reasonUnavailable(binding.intent)
    return Line(
      [
        Span("  \(keys)\(padding)", reason == nil ? .keyName : .dim),
        Span(binding.help, reason == nil ? .text : .dim),
      ] + (reason.map { [Span("  (\($0))", .dim)] } ?? []))
  }
}

extension Dashboard {
  /// Draws the help of the place it was opened from.
  func drawHelp(in body: Rect, on canvas: inout Canvas) {
    ScrolledLines(lines: HelpText(self).lines, title: "Keys", isFocused: true)
      .draw(from: helpList, in: body, on: &canvas)
  }
}
