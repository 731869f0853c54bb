import Reliability
import Screen

// What keys do to the list of alerts itself.

extension Dashboard {
  /// The groupings that `#` goes through.
  private static let groupings: [[String]] = [
    [], ["service"], ["team"], ["alertname"], ["severity"],
  ]

  /// Whether keys concern a list of alerts.
  var isInAlerts: Bool {
    trail.current == .alerts || (trail.current == .overview && overviewFocus == .alerts)
  }

  mutating func changePane() {
    if case .runbook = trail.current {
      runbookPane.focus = runbookPane.focus == .steps ? .details : .steps
    } else if trail.current == .onCall {
      onCall.focus = onCall.focus == .people ? .words : .people
    } else if trail.current == .overview {
      overviewFocus = overviewFocus == .serviceLevels ? .alerts : .serviceLevels
    } else {
      service.focus = service.focus == .list ? .details : .list
    }
  }

  mutating func chooseSort() {
    guard isInAlerts else {
      overlay = .sortMenu(SortMenu(selecting: serviceLevels.sortKey))
      return
    }
    let orders = AlertsPane.Order.allCases
    let next = orders[((orders.firstIndex(of: alertsPane.order) ?? 0) + 1) % orders.count]
    alertsPane.sort(by: next, height: alertsHeight, at: now)
    notice = "Alerts \(next.title)."
  }

  mutating func invertSort() {
    if isInAlerts {
      alertsPane.invert(height: alertsHeight, at: now)
    } else {
      serviceLevels.invertSort(height: overviewLayout.listHeight)
    }
  }

  /// Marks, groups, scopes, filters and sorts.
  mutating func changeAlertList(_ intent: Intent) {
    let height = alertsHeight
    switch intent {
    case .mark: alertsPane.toggleMark(height: height)
    case .markRange: alertsPane.toggleRange()
    case .clearMarks: alertsPane.clearMarks()
    case .nextGrouping:
      let all = Dashboard.groupings
      let index = all.firstIndex(of: alertsPane.grouping) ?? 0
      alertsPane.group(by: all[(index + 1) % all.count], height: height, at: now)
    case .groupBy(let labels): alertsPane.group(by: labels, height: height, at: now)
    case .toggleScope:
      alertsPane.toggleScope(height: height, at: now)
      takeLevels()
    case .sortAlerts(let order): alertsPane.sort(by: order, height: height, at: now)
    case .useAlertFilter(let text):
      if !isInAlerts { travel { $0.jump(to: .alerts) } }
      do throws(AlertFilter.Failure) {
        try alertsPane.setFilter(text, height: alertsHeight, at: now)
      } catch {
        notice = error.message
      }
    default: break
    }
  }

  mutating func clearAlertFilter() {
    changeAlertList(.useAlertFilter(""))
  }

  /// Why something about alerts can do nothing now.
  func reasonUnavailableForAlerts(_ intent: Intent) -> String? {
    switch intent {
    case .acknowledge, .acknowledgeWithNote:
      if let refusal = settings.refusals[.acknowledge] { return "Not done: \(refusal)." }
      return acknowledgementObstacle
    case .undo:
      let permission: Permission = trail.current == .silences ? .silence : .acknowledge
      if let refusal = settings.refusals[permission] { return "Not done: \(refusal)." }
      return undoObstacle
    case .silence:
      if let refusal = settings.refusals[.silence] { return "Not done: \(refusal)." }
      if settings.alertmanagers.isEmpty { return "No Alertmanager is configured to silence at." }
      if trail.current == .silences || trail.current == .alerts { return nil }
      return chosenAlerts.isEmpty ? "Select an alert first; Tab or 4 goes to the alerts." : nil
    case .mark, .markRange, .nextGrouping, .groupBy, .sortAlerts:
      return isInAlerts && alertsPane.rowCount > 0
        ? nil : "This is for the list of alerts; 4 goes there."
    case .clearMarks: return alertsPane.marks.isEmpty ? "No alert is marked." : nil
    case .toggleScope:
      if alertsPane.scope == nil { return "No scope is configured." }
      return isInAlerts || trail.current == .overview
        ? nil : "This is for the overview and the alerts; 1 and 4 go there."
    case .toggleExpired:
      guard trail.current == .silences else { return "This is for the silences; 5 goes there." }
      return silencesPane.expiredCount == 0 ? "No silence has expired." : nil
    case .copy: return canCopy ? nil : "There is nothing to copy here."
    default: return nil
    }
  }

  /// What some keys are called in the Silences view.
  func silenceLabel(of intent: Intent) -> String? {
    switch intent {
    case .undo: "expire"
    case .silence: silencesPane.selected.map { $0.state == .expired ? "again" : "extend" } ?? "new"
    case .toggleExpired: silencesPane.showsExpired ? "hide expired" : "show expired"
    case .copy: "copy amtool"
    default: nil
    }
  }

  // MARK: - One alert

  mutating func openAlert() -> [Effect] {
    guard let alert = alertsPane.selected else { return [] }
    travel { $0.open(.alert(alert.id)) }
    alertHistory.await(alert.id)
    return [.askHistory(alert.id)]
  }

  /// Asks for the past of the alert to which the operator came back.
  mutating func askHistoryAgain() -> [Effect] {
    guard case .alert(let id) = trail.current, alertHistory.alert != id else { return [] }
    alertHistory.await(id)
    return [.askHistory(id)]
  }

  mutating func scrollAlert(_ id: Alert.ID, _ movement: Movement) {
    let count = alert(id).map { alertLines($0, width: body.columns - 4).count } ?? 1
    ScrolledLines.move(
      &alertScroll, movement, lineCount: count, page: ScrolledLines.page(of: body))
  }

  mutating func copy() -> [Effect] {
    guard let text = copyText else { return [] }
    // The whole of it would leave no room for the keys.
    notice = "Copied \(Sanitizer.line(text, limit: 40, glyphs: glyphs))"
    return [.copy(text)]
  }

  // MARK: - Inputs

  /// The filter works while it is typed; what is wrong is said under it, and the last good one
  /// stays.
  mutating func handle(_ input: InputEvent, in field: AlertFilterInput) {
    var field = field
    switch input {
    case .key(.enter):
      if field.failure == nil { overlay = nil }
    case .key(.escape):
      overlay = nil
      changeAlertList(.useAlertFilter(field.before))
    case .key(.down), .key(.up):
      alertsPane.move(input == .key(.down) ? .down : .up, height: alertsHeight)
    default:
      guard field.handle(input, alerts: alertSnapshot.alerts) else { return }
      do throws(AlertFilter.Failure) {
        try alertsPane.setFilter(field.text, height: alertsHeight, at: now)
        field.failure = nil
      } catch {
        field.failure = error
      }
      overlay = .alertFilter(field)
    }
  }

  mutating func handle(_ input: InputEvent, inNote field: TextInput) -> [Effect] {
    var field = field
    if input == .key(.escape) {
      overlay = nil
    } else if input == .key(.enter) {
      overlay = nil
      return acknowledge(comment: field.value)
    } else if field.handle(input) {
      overlay = .note(field)
    }
    return []
  }

  mutating func handle(_ input: InputEvent, in editor: SilenceEditor) -> [Effect] {
    var editor = editor
    if input == .key(.escape) {
      overlay = nil
      return []
    }
    switch editor.handle(input) {
    case .send: return submit(editor)
    case .edited:
      editor.check(among: alertSnapshot.alerts)
      overlay = .silenceEditor(editor)
    case .ignored: break
    }
    return []
  }

  mutating func handle(_ input: InputEvent, in question: Confirmation) -> [Effect] {
    var question = question
    guard let isYes = question.handle(input) else {
      overlay = .confirmation(question)
      return []
    }
    overlay = nil
    return isYes ? started(question.effects) : []
  }
}
