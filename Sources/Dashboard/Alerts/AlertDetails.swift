import Reliability
import Screen

/// Everything known of one alert, as lines.
struct AlertDetails {
  let lines: [Line]

  /// Width of the column of names.
  private static let nameColumns = 13

  /// Makes the lines.
  ///
  /// - Parameters:
  ///   - alert: The alert.
  ///   - width: The cells a line may take.
  ///   - context: What else the screen knows.
  init(_ alert: Alert, width: Int, _ context: Context) {
    var text = AlertText(width: width, glyphs: context.glyphs)
    text.add(AlertDetails.status(alert, context))
    if !alert.summary.isEmpty { text.paragraph(alert.summary, .text) }
    AlertDetails.addAcknowledgement(alert, context, to: &text)
    AlertDetails.addMuting(alert, context, to: &text)
    AlertDetails.addServiceLevel(alert, context, to: &text)
    text.fact(
      "runbook", alert.facts.runbook ?? "none known", alert.facts.runbook == nil ? .dim : .text)
    AlertDetails.addRelated(alert, context, to: &text)
    text.fact("labels", "", .dim)
    for label in alert.labels.labels { text.fact("  \(label.name)", label.value, .text) }
    AlertDetails.addAnnotations(alert, to: &text)
    text.fact("told by", AlertDetails.origin(alert), .dim)
    lines = text.lines
  }

  /// What the screen knows beside the alert.
  struct Context {
    let now: Timestamp
    let glyphs: Glyphs
    let serviceLevels: [ServiceLevelState]
    let alerts: [Alert]
    let history: AlertHistoryState
  }

  private static func status(_ alert: Alert, _ context: Context) -> Line {
    let words = AlertWords(alert, now: context.now)
    let began = "since \(alert.startsAt.dateAndTime) UTC, \(words.age)"
    return Line([
      Span(words.severity, words.severityRole), Span(" \(words.state)", words.stateRole),
      Span("  \(began)", .dim),
    ])
  }

  // MARK: - Who has it

  private static func addAcknowledgement(
    _ alert: Alert, _ context: Context, to text: inout AlertText
  ) {
    if let ack = alert.acknowledgement {
      var words = "by \(ack.by) at \(ack.at.timeOfDay) UTC"
      if let until = ack.until { words += ", stands until \(until.timeOfDay) UTC" }
      if !ack.comment.isEmpty { words += ": \(ack.comment)" }
      text.fact("acknowledged", words, .acknowledged)
      let delivery = AlertDetails.delivery(ack)
      if !delivery.isEmpty { text.fact("", delivery, ack.delivery == .failed ? .failed : .notice) }
    }
    guard let incident = alert.facts.incident else { return }
    let who = incident.acknowledgements.map(\.by).joined(separator: ", ")
    let state = who.isEmpty ? "triggered" : "acknowledged by \(who)"
    text.fact("incident", "#\(incident.number) \(state), \(incident.url)", .text)
  }

  private static func delivery(_ ack: Acknowledgement) -> String {
    let reason = ack.trouble.map { ": \($0)" } ?? ""
    switch ack.delivery {
    case .queued: return "written down, not told yet\(reason)"
    case .sent: return "told, not seen there yet"
    case .confirmed:
      return ack.requestID == nil ? "" : "prolonged while burnwatch runs and the alert goes on"
    case .failed: return "refused\(reason). a tries again, u takes it back"
    }
  }

  private static func addMuting(_ alert: Alert, _ context: Context, to text: inout AlertText) {
    for silence in alert.facts.silences where !silence.isAcknowledgement {
      text.fact(
        "silenced",
        "until \(silence.endsAt.dateAndTime) UTC by \(silence.createdBy): \(silence.remark)",
        .silenced)
    }
    if !alert.facts.inhibitedBy.isEmpty {
      text.fact("inhibited by", alert.facts.inhibitedBy.joined(separator: ", "), .dim)
    }
  }

  // MARK: - What it belongs to

  private static func addServiceLevel(
    _ alert: Alert, _ context: Context, to text: inout AlertText
  ) {
    let own = context.serviceLevels.filter { state in
      alert.facts.slo.map { $0 == state.id } ?? (state.slo.service == alert.facts.service)
    }
    for state in own.prefix(3) {
      let left = state.budget.map { "\(Numerals.budgetLeft($0.remaining)) budget left" }
      let burn = state.burnNow.map { "burns \(Numerals.burn($0))" }
      let words = [StateWord(state).text, left, burn].compactMap(\.self).joined(separator: ", ")
      text.fact("SLO", "\(state.slo.service) \(state.slo.name): \(words)", .text)
    }
    if let lines = context.history.lines(for: alert, now: context.now, glyphs: context.glyphs) {
      for line in lines { text.add(line) }
    }
  }

  private static func addRelated(_ alert: Alert, _ context: Context, to text: inout AlertText) {
    guard let service = alert.facts.service else { return }
    let related = context.alerts.filter {
      $0.facts.service == service && $0.id != alert.id && $0.state != .resolved
    }
    guard !related.isEmpty else { return }
    let names = related.prefix(5).map { "\($0.name) (\(AlertWords($0, now: context.now).state))" }
    let more = related.count > 5 ? " and \(related.count - 5) more" : ""
    text.fact("related", names.joined(separator: ", ") + more, .text)
  }

  private static func addAnnotations(_ alert: Alert, to text: inout AlertText) {
    let shown = alert.annotations.labels.filter { $0.value != alert.summary }
    if !shown.isEmpty { text.fact("annotations", "", .dim) }
    for annotation in shown {
      let isLink = annotation.value.hasPrefix("http://") || annotation.value.hasPrefix("https://")
      text.fact("  \(annotation.name)", annotation.value, isLink ? .link : .text)
    }
    if !alert.facts.generatorURL.isEmpty {
      text.fact("expression", alert.facts.generatorURL, .link)
    }
  }

  private static func origin(_ alert: Alert) -> String {
    let receivers = alert.facts.receivers.joined(separator: ", ")
    let to = receivers.isEmpty ? "" : ", to \(receivers)"
    return "\(alert.facts.sources.joined(separator: ", "))\(to), \(alert.id.fingerprint)"
  }
}

/// Lines of names and values, broken to a width.
struct AlertText {
  private static let nameColumns = 14

  private(set) var lines: [Line] = []
  private let width: Int
  private let glyphs: Glyphs

  init(width: Int, glyphs: Glyphs) {
    self.width = width
    self.glyphs = glyphs
  }

  mutating func add(_ line: Line) {
    lines.append(line)
  }

  mutating func paragraph(_ text: String, _ role: Role) {
    lines += WordWrap.lines(of: text, width: max(width, 1), glyphs: glyphs).map {
      Line([Span($0, role)])
    }
  }

  /// A name in its column, the value beside it, broken where it is too long.
  mutating func fact(_ name: String, _ value: String, _ role: Role) {
    let columns = AlertText.nameColumns
    let room = max(width - columns, 10)
    let broken = value.isEmpty ? [""] : WordWrap.lines(of: value, width: room, glyphs: glyphs)
    for (index, part) in broken.enumerated() {
      let label = index == 0 ? Sanitizer.line(name) : ""
      let used = DisplayWidth.of(label)
      let padding = String(repeating: " ", count: max(columns - used, 1))
      lines.append(Line([Span(label + padding, .dim), Span(part, role)]))
    }
  }
}

extension Dashboard {
  /// The lines of an alert's details at a width.
  func alertLines(_ alert: Alert, width: Int) -> [Line] {
    AlertDetails(
      alert, width: width,
      AlertDetails.Context(
        now: now, glyphs: glyphs, serviceLevels: snapshot.serviceLevels,
        alerts: alertSnapshot.alerts, history: alertHistory)
    ).lines
  }

  /// Draws one alert on the whole screen.
  func drawAlert(_ id: Alert.ID, on canvas: inout Canvas) {
    let alert = alertSnapshot.alerts.first { $0.id == id }
    let gone = [Line([Span("This alert has ended, and nothing is known of it any more.", .notice)])]
    let lines = alert.map { alertLines($0, width: body.columns - 4) } ?? gone
    ScrolledLines(lines: lines, title: alert?.name ?? "Alert", isFocused: true)
      .draw(from: alertScroll, in: body, on: &canvas)
  }
}
