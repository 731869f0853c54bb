import Reliability
import Screen

/// Everything known of one alert, as lines.
struct AlertDetails {
  let lines: [Line]

  /// Makes the lines.
  ///
  /// - Parameters:
  ///   - alert: The alert.
  ///   - width: The cells a line may take.
  ///   - context: What else the screen knows.
  init(_ alert: Alert, width: Int, _ context: Context) {
    var text = AlertText(width: width, glyphs: context.glyphs)
    text.add(AlertDetails.status(alert, context))
    if !alert.summary.isEmpty {
      text.paragraph(alert.summary, .text, limit: context.summaryLimit)
    }
    AlertDetails.addAcknowledgement(alert, context, to: &text)
    AlertDetails.addMuting(alert, context, to: &text)
    AlertDetails.addServiceLevel(alert, context, to: &text)
    AlertDetails.addRunbooks(alert, context, to: &text)
    AlertDetails.addRelated(alert, context, to: &text)
    text.fact("labels", "", .dim)
    for label in alert.labels.labels { text.fact("  \(label.name)", label.value, .text) }
    AlertDetails.addAnnotations(alert, to: &text)
    AlertDetails.addOrigin(alert, to: &text)
    lines = text.lines
  }

  /// What the screen knows beside the alert.
  struct Context {
    let now: Timestamp
    let glyphs: Glyphs
    let serviceLevels: [ServiceLevelState]
    /// The alerts of the same service, most urgent first.
    let neighbors: LazyMapSequence<[Int], Alert>
    let history: AlertHistoryState
    let runbooks: RunbookLibrary
    /// Whom it calls, or that who has it is not on call; `nil` where nothing says who is.
    let onCall: String?
    /// Whether it has gone beyond whoever is called first.
    let isEscalated: Bool
    /// How many lines of its summary are shown; one alert can write a book.
    let summaryLimit: Int
  }

  private static func status(_ alert: Alert, _ context: Context) -> Line {
    let words = AlertWords(alert, now: context.now, isEscalated: context.isEscalated)
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
    if let words = context.onCall {
      text.fact("on call", words, context.isEscalated ? .page : .text)
    }
    guard let incident = alert.incident else { return }
    let who = incident.acknowledgements.map(\.by).joined(separator: ", ")
    let state = who.isEmpty ? "triggered" : "acknowledged by \(who)"
    let holders = incident.assignees.joined(separator: ", ")
    let holder = holders.isEmpty ? "" : ", with \(holders)"
    let next = incident.escalatesAt.map { at in
      ", PagerDuty passes it on \(Words.moment(at, from: context.now))"
    }
    text.fact(
      "incident", "#\(incident.number) \(state)\(holder)\(next ?? ""), \(incident.url)", .text)
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
    for silence in alert.silences where !silence.isAcknowledgement {
      text.fact(
        "silenced",
        "until \(silence.endsAt.dateAndTime) UTC by \(silence.createdBy): \(silence.remark)",
        .silenced)
    }
    if !alert.inhibitedBy.isEmpty {
      text.fact("inhibited by", alert.inhibitedBy.joined(separator: ", "), .dim)
    }
  }

  // MARK: - What it belongs to

  private static func addServiceLevel(
    _ alert: Alert, _ context: Context, to text: inout AlertText
  ) {
    let own = context.serviceLevels.filter { state in
      alert.slo.map { $0 == state.id } ?? (state.slo.service == alert.service)
    }
    for state in own.prefix(3) {
      let left = state.budget.map { "\(Numerals.budgetLeft($0.remaining)) budget left" }
      let burn = state.burnNow.map { "burns \(Numerals.burn($0))" }
      let words = [StateWord(state).text, left, burn].compactMap(\.self).joined(separator: ", ")
      text.fact("SLO", "\(state.slo.service) \(state.slo.name): \(words)", .text)
    }
    context.history.add(of: alert, now: context.now, glyphs: context.glyphs, to: &text)
  }

  /// The best runbook and why it belongs to the alert, then the others.
  private static func addRunbooks(
    _ alert: Alert, _ context: Context, to text: inout AlertText
  ) {
    let matches = context.runbooks.matches(for: alert)
    guard let best = matches.first else {
      return text.fact(
        "runbook", alert.runbook ?? "none known", alert.runbook == nil ? .dim : .text)
    }
    text.fact("runbook", "\(best.runbook.title): \(best.reason). r opens it", .text)
    guard matches.count > 1 else { return }
    let others = matches.dropFirst().map(\.runbook.title)
    text.fact("", "also \(others.joined(separator: ", "))", .dim)
  }

  private static func addRelated(_ alert: Alert, _ context: Context, to text: inout AlertText) {
    // No more than these are looked at: a service can have thousands.
    let related = context.neighbors.lazy.filter { $0.id != alert.id && $0.state != .resolved }
      .prefix(6)
    guard !related.isEmpty else { return }
    let names = related.prefix(5).map { "\($0.name) (\(AlertWords($0, now: context.now).state))" }
    let more = related.count > 5 ? " and more" : ""
    text.fact("related", names.joined(separator: ", ") + more, .text)
  }

  private static func addAnnotations(_ alert: Alert, to text: inout AlertText) {
    let shown = alert.annotations.labels.filter { $0.value != alert.summary }
    if !shown.isEmpty { text.fact("annotations", "", .dim) }
    for annotation in shown {
      let isLink = annotation.value.hasPrefix("http://") || annotation.value.hasPrefix("https://")
      text.fact("  \(annotation.name)", annotation.value, isLink ? .link : .text)
    }
  }

  private static func addOrigin(_ alert: Alert, to text: inout AlertText) {
    if !alert.generatorURL.isEmpty {
      text.fact("rule's page", alert.generatorURL, .link)
    }
    text.fact("told by", alert.sources.joined(separator: ", "), .dim)
    if !alert.receivers.isEmpty {
      text.fact("goes to", alert.receivers.joined(separator: ", "), .dim)
    }
    text.fact("fingerprint", alert.id.fingerprint, .dim)
  }
}
