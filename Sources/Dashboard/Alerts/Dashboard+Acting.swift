import Reliability
import Screen

// What the operator does about alerts and silences. Nothing leaves from here: the program loop
// hands what is wanted to the outbox.

extension Dashboard {
  /// The alerts an action is about, here and now.
  var chosenAlerts: [Alert] {
    switch trail.current {
    case .alert(let id): alert(id).map { [$0] } ?? []
    case .alerts: alertsPane.chosen
    case .overview where overviewFocus == .alerts: alertsPane.chosen
    case .overview, .service, .debug, .sources, .problems, .help, .silences, .runbooks, .runbook,
      .dryRun, .onCall, .person:
      []
    }
  }

  /// Whether an alert came since the operator last was here.
  func isNew(_ alert: Alert) -> Bool {
    alert.firstSeenAt > lookedAt && alert.state != .resolved
  }

  // MARK: - Acknowledging

  /// Acknowledges what is chosen; asks first where more would be muted than was chosen.
  mutating func acknowledge(comment: String) -> [Effect] {
    let plan = AcknowledgementPlan(
      chosenAlerts, among: alertSnapshot.alerts, comment: comment, settings: settings.alerts,
      clusters: Set(settings.alertmanagers))
    guard !plan.actions.isEmpty else {
      notice = plan.remarks.first ?? "There is nothing to acknowledge."
      return []
    }
    let effects = [Effect.submit(plan.actions)]
    let lines = acknowledgementQuestion(plan)
    guard lines.isEmpty else {
      overlay = .confirmation(
        Confirmation(title: "Acknowledge", lines: lines, effects: effects))
      return []
    }
    if let remark = plan.remarks.first {
      let more = plan.remarks.count > 1 ? " \(plan.remarks.count - 1) more are left out." : ""
      notice = remark + more
    }
    return started(effects)
  }

  /// What must be asked before a plan is carried out; nothing where it does what was chosen.
  ///
  /// What follows comes before the names: on a low screen the end of the text is cut.
  private func acknowledgementQuestion(_ plan: AcknowledgementPlan) -> [String] {
    let others = plan.alsoMuted
    if !others.isEmpty {
      let names = others.prefix(6).map(describe).joined(separator: ", ")
      let more = others.count > 6 ? " and \(others.count - 6) more" : ""
      return [
        "This also mutes \(Words.count(others.count, "alert")) that you have not chosen; the "
          + "difference is only in labels that an acknowledgement leaves out "
          + "(acknowledge.volatileLabels):",
        "\(names)\(more).",
      ]
    }
    guard settings.confirmed.contains(.acknowledge) else { return [] }
    return ["Acknowledge \(Words.count(plan.actions.count, "alert"))?"]
  }

  /// What was confirmed or needs no question: the rows say so at once.
  mutating func started(_ effects: [Effect]) -> [Effect] {
    for case .submit(let actions) in effects {
      for case .acknowledge(let target, _) in actions { actionsOnTheirWay[target.alert] = now }
    }
    alertsPane.clearMarks()
    return begun(effects)
  }

  private func describe(_ alert: Alert) -> String {
    let labels = alert.labels.only(settings.alerts.volatileLabels).labels
    let differing = labels.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    return differing.isEmpty ? alert.name : "\(alert.name) (\(differing))"
  }

  /// Takes back one's own acknowledgements of what is chosen.
  mutating func undo() -> [Effect] {
    if trail.current == .silences { return expireSelectedSilence() }
    let own = chosenAlerts.compactMap { alert in
      alert.acknowledgement?.requestID.flatMap { id in
        alertSnapshot.actions.first { $0.id == id }
      }
    }
    let actions = own.compactMap { record -> ActionRequest.Action? in
      guard case .acknowledge(let target, _) = record.request.action else { return nil }
      return .unacknowledge(record.id, target)
    }
    guard !actions.isEmpty else {
      notice = "The acknowledgement is over already."
      return []
    }
    alertsPane.clearMarks()
    return [.submit(actions)]
  }

  /// Why nothing can be acknowledged now.
  var acknowledgementObstacle: String? {
    let chosen = chosenAlerts
    guard let first = chosen.first else {
      return "Select an alert first; Tab or 4 goes to the alerts."
    }
    func isOpen(_ alert: Alert) -> Bool {
      guard alert.state != .resolved, actionsOnTheirWay[alert.id] == nil else { return false }
      return alert.acknowledgement.map { $0.delivery == .failed } ?? true
    }
    guard !chosen.contains(where: isOpen) else { return nil }
    let name = Sanitizer.line(first.name, limit: 40, glyphs: glyphs)
    if first.state == .resolved { return "\(name) has ended." }
    guard let other = first.acknowledgement else { return "\(name) is being acknowledged." }
    return other.requestID == nil
      ? "\(name) is acknowledged by \(other.by) already."
      : "\(name) is acknowledged already; u takes it back."
  }

  /// Why nothing can be taken back now.
  var undoObstacle: String? {
    if trail.current == .silences {
      guard let silence = silencesPane.selected else { return "There is no silence to expire." }
      return silence.state == .expired ? "This silence has expired already." : nil
    }
    let chosen = chosenAlerts
    guard !chosen.isEmpty else { return "Select an alert first; 4 goes to the alerts." }
    guard chosen.allSatisfy({ $0.acknowledgement?.requestID == nil }) else { return nil }
    guard let other = chosen.lazy.compactMap(\.acknowledgement).first else {
      return "Nobody has acknowledged it."
    }
    return "\(other.by) has acknowledged it; only their burnwatch takes it back. 5 lists silences."
  }

  // MARK: - Silences

  /// Opens the form for what is chosen.
  mutating func openSilenceEditor() {
    if trail.current == .silences, let silence = silencesPane.selected {
      return open(
        silence.state == .expired
          ? SilenceEditor(repeating: silence) : SilenceEditor(extending: silence))
    }
    let chosen = chosenAlerts
    let clusters = settings.alertmanagers
    guard
      let cluster = chosen.lazy.map(\.id.cluster).first(where: clusters.contains)
        ?? clusters.first
    else { return }
    // Alerts that no Alertmanager names yet are silenced by their labels all the same.
    let own = chosen.filter { $0.id.cluster == cluster }
    open(
      SilenceEditor(
        for: own.isEmpty ? chosen : own, cluster: cluster,
        volatile: settings.alerts.volatileLabels,
        leftOut: own.isEmpty ? 0 : chosen.count - own.count))
  }

  private mutating func open(_ editor: SilenceEditor) {
    var editor = editor
    editor.check(among: alertSnapshot.alerts)
    overlay = .silenceEditor(editor)
  }

  /// Sends the form.
  mutating func submit(_ editor: SilenceEditor) -> [Effect] {
    guard let length = editor.length else { return [] }
    overlay = nil
    if let silence = editor.extended {
      notice = "The new end is on its way."
      return [.submit([.extendSilence(silence, until: editor.end(of: length, at: now))])]
    }
    let comment = editor.comment.value.isEmpty ? "silenced with burnwatch" : editor.comment.value
    let plan = SilencePlan(
      source: editor.cluster, matchers: editor.matchers, startsAt: now, endsAt: now + length,
      comment: comment)
    notice = "The silence is on its way."
    alertsPane.clearMarks()
    return [.submit([.silence(plan)])]
  }

  private mutating func expireSelectedSilence() -> [Effect] {
    guard let silence = silencesPane.selected else { return [] }
    let count = silencesPane.count(of: silence)
    overlay = .confirmation(
      Confirmation(
        title: "Expire a silence",
        // What follows comes first: on a low screen the end of the text is cut.
        lines: [
          count == 0
            ? "It mutes nothing now." : "\(Words.count(count, "alert")) will notify again.",
          "By \(silence.createdBy), until \(silence.endsAt.dateAndTime) UTC:",
          LabelMatcher.text(of: silence.matchers),
        ],
        effects: [.submit([.expireSilence(silence)])]))
    return []
  }

  // MARK: - Copying

  /// Whether `y` copies anything here.
  var canCopy: Bool {
    trail.current == .silences ? silencesPane.selected != nil : !chosenAlerts.isEmpty
  }

  /// What `y` copies: a silence as an `amtool` command, an alert's labels as matchers.
  var copyText: String? {
    if runbookPlace != nil { return stepCopyText }
    if trail.current == .silences {
      return silencesPane.selected.map { AmtoolCommand.text(of: $0, now: now) }
    }
    return chosenAlerts.first.map {
      LabelMatcher.text(
        of: $0.labels.labels.map { label in
          LabelMatcher(label.name, .equal, label.value)
        })
    }
  }
}

/// A silence as the command that makes the same one.
enum AmtoolCommand {
  static func text(of silence: Silence, now: Timestamp) -> String {
    let left = max(silence.endsAt - now, .seconds(60)).components.seconds
    // The mark of the request stays here, or burnwatch would take the copy for its own silence.
    let comment = RequestMark.removed(from: silence.comment)
    let matchers = silence.matchers.map { quoted($0.description) }.joined(separator: " ")
    return "amtool silence add \(matchers) --duration=\(left)s "
      + "--author=\(quoted(silence.createdBy)) --comment=\(quoted(comment))"
  }

  /// For a shell: in single quotes, those within closed, escaped and opened again; control
  /// characters replaced.
  private static func quoted(_ text: String) -> String {
    "'\(Sanitizer.line(text).replacing("'", with: "'\\''"))'"
  }
}
