import Reliability
import Screen

extension Dashboard {
  /// The lines of an alert's details.
  ///
  /// - Parameters:
  ///   - alert: The alert.
  ///   - width: The cells a line may take.
  ///   - summaryLimit: How many lines of its summary are shown.
  /// - Returns: The lines.
  func alertLines(_ alert: Alert, width: Int, summaryLimit: Int = WordWrap.lineLimit) -> [Line] {
    AlertDetails(
      alert, width: width,
      AlertDetails.Context(
        now: now, glyphs: glyphs, serviceLevels: snapshot.serviceLevels,
        neighbors: alertsPane.alerts(of: alert.service ?? ""), history: alertHistory,
        runbooks: settings.runbooks.library, onCall: onCallWords(on: alert),
        isEscalated: escalation(of: alert)?.progress.isEscalated ?? false,
        summaryLimit: summaryLimit)
    ).lines
  }

  /// Draws the pane beside the list: the selected alert, or the group whose heading is selected.
  func drawSelectedAlert(in rect: Rect, on canvas: inout Canvas) {
    let width = rect.columns - 4
    let (title, lines) =
      if let alert = alertsPane.selected {
        (alert.name, alertLines(alert, width: width, summaryLimit: 3))
      } else if let group = alertsPane.selectedGroup {
        (group.title, groupLines(group, width: width, limit: rect.rows))
      } else {
        ("No alert selected", [Line]())
      }
    ScrolledLines(lines: lines, title: title, isFocused: false)
      .draw(from: VirtualList(), in: rect, on: &canvas)
  }

  /// What a group holds, and that keys concern all of it.
  private func groupLines(_ group: AlertGroup, width: Int, limit: Int) -> [Line] {
    var text = AlertText(width: width, glyphs: glyphs)
    for part in group.key { text.fact(part.name, part.title, .text) }
    text.fact("alerts", group.tally.clauses.joined(separator: ", "), .text)
    let actions = [(Intent.acknowledge, "a acknowledges"), (.silence, "s silences")]
      .filter { reasonUnavailable($0.0) == nil }.map(\.1)
    if alertsPane.marks.isEmpty, !actions.isEmpty {
      text.fact("keys", "\(actions.joined(separator: ", ")) all of them", .dim)
    }
    for position in group.alerts.prefix(limit) {
      let alert = alertsPane.alerts[position]
      let words = AlertWords(alert, now: now)
      text.fact("\(words.severity) \(words.age)", "\(alert.name), \(words.state)", .text)
    }
    return text.lines
  }

  /// Draws one alert on the whole screen.
  func drawAlert(_ id: Alert.ID, on canvas: inout Canvas) {
    let alert = alert(id)
    let gone = [Line([Span("This alert has ended, and nothing is known of it any more.", .notice)])]
    let lines = alert.map { alertLines($0, width: body.columns - 4) } ?? gone
    ScrolledLines(lines: lines, title: alert?.name ?? "Alert", isFocused: true)
      .draw(from: alertScroll, in: body, on: &canvas)
  }

  /// The alert with an identity, while it is known.
  func alert(_ id: Alert.ID) -> Alert? { alertSnapshot.alerts.first { $0.id == id } }
}
