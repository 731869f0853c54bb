import Reliability
import Screen

// What clicks and the wheel do. Nothing can be done with the mouse alone: each has its key.

extension Dashboard {
  /// How far one notch of the wheel scrolls text, in lines; a list moves by one row.
  private static let linesPerNotch = 3

  /// What of a view lies under the pointer.
  private enum Pane {
    case list(TableArea, of: VirtualList)
    /// Text that scrolls as a whole.
    case text
  }

  mutating func toggleMouse() -> [Effect] {
    isMouseOn.toggle()
    notice = isMouseOn ? "Mouse on; shift selects text in most terminals." : "Mouse off."
    return [.useMouse(isMouseOn)]
  }

  /// Takes what the mouse did; late reports of one that was switched off change nothing.
  mutating func handle(_ mouse: MouseEvent) -> [Effect] {
    guard isMouseOn, !TooSmall.isTooSmall(size) else { return [] }
    switch mouse.action {
    case .press(.left): return click(at: mouse.point)
    case .press(.middle), .press(.right): return []
    case .wheelUp: return turn(.up, at: mouse.point)
    case .wheelDown: return turn(.down, at: mouse.point)
    }
  }

  // MARK: - Clicks

  private mutating func click(at point: Point) -> [Effect] {
    switch overlay {
    case .palette(let palette): return click(at: point, in: palette)
    case .sortMenu: return clickSortMenu(at: point)
    case .note, .handOffNote, .silenceEditor, .confirmation, .typedConfirmation, .stepNote:
      return []
    case .filter, .alertFilter:
      if bar.contains(point) { return [] }
      // Whatever else is clicked, the filter is meant as it stands.
      overlay = nil
      return clickView(at: point)
    case nil:
      let intent = KeyBar(self).intent(at: point, in: bottom.keys)
      notice = nil
      return intent.map { perform($0) } ?? clickView(at: point)
    }
  }

  private mutating func click(at point: Point, in palette: Palette) -> [Effect] {
    let layout = palette.layout(in: body)
    if let index = layout.index(at: point) { return run(palette.matches[index]) }
    if !layout.box.contains(point) { overlay = nil }
    return []
  }

  private mutating func clickSortMenu(at point: Point) -> [Effect] {
    let box = SortMenu.box(in: body)
    if let key = SortMenu.key(at: point, in: box) {
      overlay = nil
      return perform(.sort(key))
    }
    if !box.contains(point) { overlay = nil }
    return []
  }

  /// Selects a row, or opens the one that is selected; in the Service view a pane takes the keys.
  private mutating func clickView(at point: Point) -> [Effect] {
    switch pane(at: point) {
    case .list(let area, let list):
      let hadKeys = hasKeys(at: point)
      focus(.list, at: point)
      guard let index = area.index(at: point, in: list) else { return [] }
      if index == list.selection, hadKeys { return perform(.open) }
      select(index)
    case .text: focus(.details, at: point)
    case nil: break
    }
    return []
  }

  private mutating func focus(_ pane: ServicePane.Focus, at point: Point) {
    if case .service = trail.current { service.focus = pane }
    if case .runbook = trail.current { runbookPane.focus = pane == .list ? .steps : .details }
    if trail.current == .overview { overviewFocus = overviewPane(at: point) }
    if trail.current == .onCall { onCall.focus = onCallPane(at: point) }
  }

  /// Whether the pane under the pointer has the keys already.
  private func hasKeys(at point: Point) -> Bool {
    switch trail.current {
    case .service: service.focus == .list
    case .overview: overviewFocus == overviewPane(at: point)
    case .onCall: onCall.focus == onCallPane(at: point)
    case .runbook: false
    case .alerts, .alert, .silences, .debug, .sources, .problems, .help, .runbooks, .dryRun,
      .person:
      true
    }
  }

  private func overviewPane(at point: Point) -> OverviewPane {
    overviewLayout.alerts?.contains(point) == true ? .alerts : .serviceLevels
  }

  private func onCallPane(at point: Point) -> OnCallPane.Focus {
    let words = onCall.selected.flatMap { onCallLayout(of: $0).words }
    return words?.contains(point) == true ? .words : .people
  }

  private mutating func select(_ index: Int) {
    switch trail.current {
    case .overview where overviewFocus == .alerts: alertsPane.select(index, height: alertsHeight)
    case .overview: serviceLevels.select(index, height: overviewLayout.listHeight)
    case .alerts: alertsPane.select(index, height: alertsHeight)
    case .silences: silencesPane.select(index, height: silencesLayout.listHeight)
    case .service: service.select(index, height: serviceLayout.listHeight)
    case .sources: sourceList.select(index, height: sourcesLayout.listHeight)
    case .runbooks: runbookList.select(index, height: runbooksLayout.listHeight)
    case .runbook(let place): runbookPane.select(index, height: stepHeight(place))
    case .onCall:
      guard let team = onCall.selected else { return }
      onCall.people.select(index, height: onCallLayout(of: team).listHeight)
    case .alert, .debug, .problems, .help, .dryRun, .person: break
    }
  }

  // MARK: - The wheel

  private mutating func turn(_ movement: Movement, at point: Point) -> [Effect] {
    notice = nil
    // A menu has one list: the wheel is the arrow key there.
    guard overlay == nil else { return handleInOverlay(.key(movement == .up ? .up : .down)) }
    if case .runbook(let place) = trail.current {
      runbookPane.focus = runbookLayout(place).steps.contains(point) ? .steps : .details
    }
    if trail.current == .onCall { onCall.focus = onCallPane(at: point) }
    switch pane(at: point) {
    case .list where trail.current == .overview && overviewPane(at: point) == .alerts:
      alertsPane.move(movement, height: alertsHeight)
    case .list where trail.current == .overview:
      serviceLevels.move(movement, height: overviewLayout.listHeight)
    case .list: move(movement, in: .list)
    case .text: for _ in 0..<Dashboard.linesPerNotch { move(movement, in: .details) }
    case nil: break
    }
    return []
  }

  private func pane(at point: Point) -> Pane? {
    let (table, list, text): (Rect?, VirtualList, Rect?) =
      switch trail.current {
      case .overview where overviewPane(at: point) == .alerts:
        (overviewLayout.alerts, alertsPane.list, nil)
      case .overview: (overviewLayout.serviceLevels, serviceLevels.list, nil)
      case .alerts: (alertsLayout.list, alertsPane.list, nil)
      case .silences: (silencesLayout.list, silencesPane.list, nil)
      case .alert: (nil, VirtualList(), body)
      case .service: (serviceLayout.list, service.list, serviceLayout.details)
      case .sources: (sourcesLayout.list, sourceList, nil)
      case .runbooks: (runbooksLayout.list, runbookList, nil)
      case .runbook(let place):
        (runbookLayout(place).steps, runbookPane.list, runbookLayout(place).details)
      case .onCall:
        onCall.selected.map(onCallLayout).map { ($0.people, onCall.people, $0.words) }
          ?? (nil, VirtualList(), nil)
      case .debug, .problems, .help, .dryRun, .person: (nil, VirtualList(), body)
      }
    if let table, table.contains(point) {
      if case .runbook(let place) = trail.current {
        let count = openRunbook(place)?.escalations.count ?? 0
        let area = StepListArea(in: table, escalations: count)
        return .list(TableArea(headings: area.heading, rows: area.rows), of: list)
      }
      let isOfAlerts =
        trail.current == .alerts
        || trail.current == .overview && overviewPane(at: point) == .alerts
      return .list(isOfAlerts ? alertArea(in: table) : TableArea(in: table), of: list)
    }
    return text?.contains(point) == true ? .text : nil
  }
}
