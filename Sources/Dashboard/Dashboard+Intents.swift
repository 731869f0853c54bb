import Reliability
import Screen

// What each intent does, and why it may do nothing now.

extension Dashboard {
  /// Carries out an intent, or says why not.
  mutating func perform(_ intent: Intent) -> [Effect] {
    if let reason = reasonUnavailable(intent) {
      notice = reason
      return []
    }
    switch intent {
    case .move(let movement): move(movement, in: service.focus)
    case .nextPane, .previousPane: changePane()
    case .open: return openSelected()
    case .back, .goBack, .goForward, .go, .help: return go(intent)
    case .filter: openFilter()
    case .chooseSort: chooseSort()
    case .commandLine: overlay = .palette(Palette(commands: commands, history: commandHistory))
    case .setFilter(let text): setFilter(text)
    case .sort(let key): serviceLevels.sort(by: key, height: overviewLayout.listHeight)
    case .invertSort: invertSort()
    case .acknowledge: return acknowledge(comment: "")
    case .acknowledgeWithNote: overlay = .note(TextInput())
    case .undo: return undo()
    case .silence: openSilenceEditor()
    case .mark where runbookPlace != nil: return checkStep()
    case .mark, .markRange, .clearMarks, .nextGrouping, .toggleScope, .groupBy, .useAlertFilter,
      .sortAlerts:
      changeAlertList(intent)
    case .openRunbook, .runStep, .dryRun, .checkStepWithNote, .skipStep, .cancelStep, .rollBack,
      .startOver, .openLink, .exportRun:
      return performInRunbook(intent)
    case .earlier: onCall.pan(by: -1)
    case .later: onCall.pan(by: 1)
    case .lessTime: onCall.changeSpan(by: -1)
    case .moreTime: onCall.changeSpan(by: 1)
    case .today: onCall.toToday()
    case .nextTeam: onCall.changeTeam(by: 1)
    case .previousTeam: onCall.changeTeam(by: -1)
    case .writeHandOff: overlay = .handOffNote(TextInput())
    case .toggleExpired: silencesPane.toggleExpired(height: silencesLayout.listHeight)
    case .copy: return copy()
    case .zoom: isZoomed.toggle()
    case .toggleGlyphs: toggleGlyphs()
    case .toggleFigures: showsFigures.toggle()
    case .nextTheme: return nextTheme()
    case .useTheme(let name): return useTheme(name)
    case .toggleMouse: return toggleMouse()
    case .repaint: return [.repaint]
    case .pollNow:
      notice = Dashboard.askingNotice
      return [.pollNow]
    case .quit: return quit()
    case .leave: return leave()
    case .suspend: return [.suspend]
    }
    return []
  }

  /// Why an intent can do nothing now; `nil` when it can.
  func reasonUnavailable(_ intent: Intent) -> String? {
    let place = trail.current
    if overlay != nil, !Dashboard.alwaysWorking.contains(intent) {
      return "Close what lies over the view first; Esc does."
    }
    switch intent {
    case .open: return openObstacle
    case .back:
      let hasFilter =
        place == .overview && !serviceLevels.filter.isEmpty
        || isInAlerts && alertsPane.filter != nil
      return trail.isAtTop && !isZoomed && !hasFilter ? "This is the top; q leaves." : nil
    case .goBack: return trail.canGoBack ? nil : "There is no earlier place."
    case .goForward: return trail.canGoForward ? nil : "There is no later place."
    case .go(.problems) where problems.isEmpty: return "The configuration has no problems."
    case .go(let target): return target == place ? "This is \(target.title) already." : nil
    case .help: return place == .help ? "This is the help already." : nil
    case .nextPane, .previousPane:
      if case .service = place { return nil }
      if case .runbook = place { return nil }
      if place == .onCall, onCall.selected != nil { return nil }
      return place == .overview ? nil : "This view has no second pane."
    case .filter, .chooseSort, .invertSort:
      return place == .overview || isInAlerts
        ? nil : "The overview and the alerts can be filtered and sorted; 1 and 4 go there."
    case .setFilter:
      return place == .overview || isInAlerts
        ? nil : "The overview and the alerts can be filtered; 1 and 4 go there."
    case .sort: return place == .overview ? nil : "The overview can be sorted; 1 goes there."
    case .mark where runbookPlace != nil: return stepObstacle(.check(note: ""))
    case .copy where runbookPlace != nil:
      return stepCopyText == nil ? "This step has no text to copy." : nil
    case .openRunbook, .runStep, .dryRun, .checkStepWithNote, .skipStep, .cancelStep, .rollBack,
      .startOver, .openLink, .exportRun:
      return runbookObstacle(intent)
    case .earlier, .later, .lessTime, .moreTime, .today:
      guard !(place == .onCall && isZoomed) else { return "The timeline is hidden; z shows it." }
      return onCall.obstacle(to: intent, place)
    case .nextTeam, .previousTeam, .writeHandOff:
      return onCall.obstacle(to: intent, place)
    case .acknowledge, .acknowledgeWithNote, .undo, .silence, .mark, .markRange, .clearMarks,
      .nextGrouping, .toggleScope, .toggleExpired, .copy, .groupBy, .useAlertFilter, .sortAlerts:
      return reasonUnavailableForAlerts(intent)
    case .zoom:
      switch place {
      case .overview, .service, .alerts, .runbook: return nil
      case .onCall: return onCall.selected == nil ? "There is no team." : nil
      case .alert, .silences, .debug, .sources, .problems, .help, .runbooks, .dryRun, .person:
        return "This view has the whole screen already."
      }
    case .toggleGlyphs: return settings.canShowUnicode ? nil : "This terminal shows ASCII only."
    case .toggleMouse: return hasMouse ? nil : "This terminal does not report the mouse."
    case .nextTheme: return settings.themes.count > 1 ? nil : "There is no other theme."
    case .move, .useTheme, .toggleFigures, .repaint, .pollNow, .commandLine, .quit, .leave,
      .suspend:
      return nil
    }
  }

  /// Why there is nothing to open.
  private var openObstacle: String? {
    switch trail.current {
    case .overview where overviewFocus == .alerts:
      alertsPane.selected == nil ? "There is no alert to open." : nil
    case .overview: serviceLevels.selected == nil ? "There is no row to open." : nil
    case .service: service.selected == nil ? "There is no row to open." : nil
    case .alerts: alertsPane.selected == nil ? "There is no alert to open." : nil
    case .runbooks: listedRunbook == nil ? "There is no runbook to open." : nil
    case .runbook: "x runs the step, space checks it off."
    case .onCall where onCall.focus == .people:
      selectedPerson == nil ? "There is nobody to open." : nil
    case .onCall: "Enter opens a person; Tab goes to them."
    case .alert, .silences, .debug, .sources, .problems, .help, .dryRun, .person:
      "Enter opens a row of the overview, of a service or of the alerts."
    }
  }

  /// The word of a binding in the key bar here and now.
  func label(of binding: Binding) -> String {
    let isAtTop = trail.isAtTop && !isZoomed
    if binding.intent == .open, case .service = trail.current { return "why" }
    if trail.current == .silences, let word = silenceLabel(of: binding.intent) { return word }
    if binding.intent == .mark, runbookPlace != nil { return "done" }
    if binding.intent == .openRunbook, runbookPlace != nil { return "next runbook" }
    if binding.intent == .toggleScope, !alertsPane.isScoped { return "my scope" }
    if binding.intent == .quit, !isAtTop { return "back" }
    let clearsFilter = isAtTop || trail.current == .alerts && !isZoomed && alertsPane.filter != nil
    if binding.intent == .back, clearsFilter { return "clear filter" }
    return binding.intent == .zoom && isZoomed ? "unzoom" : binding.label
  }

  // MARK: - Moving

  /// Moves in the view's list or text; of the Service view's two panes, in this one.
  mutating func move(_ movement: Movement, in pane: ServicePane.Focus) {
    switch trail.current {
    case .overview where overviewFocus == .alerts:
      alertsPane.move(movement, height: alertsHeight)
    case .overview: serviceLevels.move(movement, height: overviewLayout.listHeight)
    case .alerts: alertsPane.move(movement, height: alertsHeight)
    case .alert(let id): scrollAlert(id, movement)
    case .silences: silencesPane.move(movement, height: silencesLayout.listHeight)
    case .service:
      let lines = service.selected.map { ServiceDetails($0, now: now, glyphs: glyphs).lines.count }
      service.move(
        movement, in: pane, height: serviceLayout.listHeight, page: serviceLayout.page,
        lineCount: lines ?? 0)
    case .runbooks: runbookList.move(movement, height: runbooksLayout.listHeight)
    case .runbook(let place): moveInRunbook(place, movement)
    case .dryRun(let place):
      ScrolledLines.move(
        &dryRunList, movement, lineCount: dryRunLines(place, width: body.columns - 4).count,
        page: ScrolledLines.page(of: body))
    case .onCall: moveInOnCall(movement)
    case .person(let person, let team): scrollPerson(person, team, movement)
    case .sources: sourceList.move(movement, height: sourcesLayout.listHeight)
    case .debug(let id):
      ScrolledLines.move(
        &debugList, movement, lineCount: debugLines(id, width: body.columns - 4).count,
        page: ScrolledLines.page(of: body))
    case .problems:
      ScrolledLines.move(
        &problemList, movement, lineCount: problemLines(width: body.columns - 4).count,
        page: ScrolledLines.page(of: body))
    case .help:
      ScrolledLines.move(
        &helpList, movement, lineCount: helpLines.count,
        page: ScrolledLines.page(of: body))
    }
  }

  // MARK: - Places

  /// Goes to another place; one to which the operator comes back asks for what it lacks.
  private mutating func go(_ intent: Intent) -> [Effect] {
    switch intent {
    case .back: back()
    case .goBack: travel { $0.goBack() }
    case .goForward: travel { $0.goForward() }
    case .go(let place): travel { $0.jump(to: place) }
    case .help: travel { $0.open(.help) }
    default: break
    }
    return askHistoryAgain()
  }

  private mutating func setFilter(_ text: String) {
    if isInAlerts {
      changeAlertList(.useAlertFilter(text))
    } else {
      serviceLevels.setFilter(RowFilter(text), height: overviewLayout.listHeight)
    }
  }

  /// Opens the selected row: from the overview its service, from there why its figures are so.
  private mutating func openSelected() -> [Effect] {
    if isInAlerts { return openAlert() }
    if trail.current == .runbooks { return openListedRunbook() }
    if trail.current == .onCall {
      openPerson()
      return []
    }
    if case .service = trail.current {
      guard let state = service.selected else { return [] }
      travel { $0.open(.debug(state.id)) }
      return []
    }
    guard let state = serviceLevels.selected else { return [] }
    service.show(state.slo.service, selecting: state.id, of: snapshot.serviceLevels)
    isZoomed = false
    trail.open(.service(state.slo.service))
    return []
  }

  /// Closes the innermost thing: zoom, view, filter.
  private mutating func back() {
    if isZoomed {
      isZoomed = false
    } else if trail.current == .alerts, alertsPane.filter != nil {
      clearAlertFilter()
    } else if trail.path.count > 1 {
      travel { $0.close() }
    } else if isInAlerts, alertsPane.filter != nil {
      clearAlertFilter()
    } else if !serviceLevels.filter.isEmpty {
      serviceLevels.setFilter(RowFilter(), height: overviewLayout.listHeight)
    }
  }

  private mutating func quit() -> [Effect] {
    guard trail.isAtTop, !isZoomed else {
      back()
      return []
    }
    if let running = leavingQuestion {
      overlay = .confirmation(running)
      return []
    }
    let waiting = alertSnapshot.actions.filter { $0.state == .queued }
    guard !waiting.isEmpty else { return [.quit] }
    overlay = .confirmation(
      Confirmation(
        title: "Leave",
        lines: [
          "\(Words.count(waiting.count, "request")) not told to anybody yet; the journal keeps "
            + "what waits, and burnwatch sends it when it runs again:",
          waiting.prefix(5).map(\.request.action.subject).joined(separator: ", ") + ".",
        ],
        effects: [.quit]))
    return []
  }

  mutating func travel(_ step: (inout Trail) -> Void) {
    step(&trail)
    isZoomed = false
    if case .service(let name) = trail.current, service.service != name {
      service.show(name, selecting: nil, of: snapshot.serviceLevels)
    }
    if case .debug = trail.current { debugList = VirtualList() }
    if case .alert = trail.current { alertScroll = VirtualList() }
    if case .person = trail.current { personScroll = VirtualList() }
    if case .runbook(let place) = trail.current { showRunbook(place) }
    if case .dryRun = trail.current { dryRunList = VirtualList() }
    if trail.current == .help { helpList = VirtualList() }
    if trail.current == .problems { problemList = VirtualList() }
  }

  // MARK: - Themes

  private mutating func nextTheme() -> [Effect] {
    let index = settings.themes.firstIndex(of: themeName).map { $0 + 1 } ?? 0
    return useTheme(settings.themes[index % settings.themes.count])
  }

  private mutating func useTheme(_ name: String) -> [Effect] {
    themeName = name
    notice = "Theme \(name)."
    return [.useTheme(name)]
  }
}
