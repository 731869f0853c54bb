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
    case .move(let movement): move(movement)
    case .nextPane, .previousPane:
      service.focus = service.focus == .list ? .details : .list
    case .open: openSelected()
    case .back: back()
    case .goBack: travel { $0.goBack() }
    case .goForward: travel { $0.goForward() }
    case .go(let place): travel { $0.jump(to: place) }
    case .help: travel { $0.open(.help) }
    case .filter: openFilter()
    case .chooseSort: overlay = .sortMenu(SortMenu(selecting: serviceLevels.sortKey))
    case .commandLine: overlay = .palette(Palette(commands: commands, history: commandHistory))
    case .setFilter(let text):
      serviceLevels.setFilter(RowFilter(text), height: overviewLayout.listHeight)
    case .sort(let key): serviceLevels.sort(by: key, height: overviewLayout.listHeight)
    case .invertSort: serviceLevels.invertSort(height: overviewLayout.listHeight)
    case .zoom: isZoomed.toggle()
    case .toggleGlyphs: toggleGlyphs()
    case .nextTheme: return nextTheme()
    case .useTheme(let name): return useTheme(name)
    case .repaint: return [.repaint]
    case .pollNow:
      notice = Dashboard.askingNotice
      return [.pollNow]
    case .quit: return quit()
    case .leave: return [.quit]
    case .suspend: return [.suspend]
    }
    return []
  }

  /// Why an intent can do nothing now; `nil` when it can.
  func reasonUnavailable(_ intent: Intent) -> String? {
    let place = trail.current
    switch intent {
    case .open:
      guard place == .overview else { return "Enter opens a row of the overview." }
      return serviceLevels.selected == nil ? "There is no row to open." : nil
    case .back:
      let hasFilter = place == .overview && !serviceLevels.filter.isEmpty
      return trail.isAtTop && !isZoomed && !hasFilter ? "This is the top; q leaves." : nil
    case .goBack: return trail.canGoBack ? nil : "There is no earlier place."
    case .goForward: return trail.canGoForward ? nil : "There is no later place."
    case .go(let target): return target == place ? "This is \(target.title) already." : nil
    case .help: return place == .help ? "This is the help already." : nil
    case .nextPane, .previousPane:
      if case .service = place { return nil }
      return "Only the service view has a second pane."
    case .filter, .chooseSort, .invertSort, .setFilter, .sort:
      return place == .overview ? nil : "The overview can be filtered and sorted; 1 goes there."
    case .zoom:
      switch place {
      case .overview, .service: return nil
      case .sources, .help: return "This view has the whole screen already."
      }
    case .toggleGlyphs: return settings.canShowUnicode ? nil : "This terminal shows ASCII only."
    case .nextTheme: return settings.themes.count > 1 ? nil : "There is no other theme."
    case .move, .useTheme, .repaint, .pollNow, .commandLine, .quit, .leave, .suspend:
      return nil
    }
  }

  /// The word of a binding in the key bar here and now.
  func label(of binding: Binding) -> String {
    let isAtTop = trail.isAtTop && !isZoomed
    if binding.intent == .quit, !isAtTop { return "back" }
    if binding.intent == .back, isAtTop { return "clear filter" }
    return binding.intent == .zoom && isZoomed ? "unzoom" : binding.label
  }

  // MARK: - Moving

  private mutating func move(_ movement: Movement) {
    switch trail.current {
    case .overview: serviceLevels.move(movement, height: overviewLayout.listHeight)
    case .service:
      let layout = ServiceLayout(body: body, rowCount: service.rows.count)
      let page = isZoomed ? max(body.rows - 2, 0) : layout.page
      let lines = service.selected.map { ServiceDetails($0, now: now, glyphs: glyphs).lines.count }
      service.move(
        movement, height: isZoomed ? max(body.rows - 3, 0) : layout.listHeight, page: page,
        lineCount: lines ?? 0)
    case .sources:
      let layout = SourcesLayout(body: body, rowCount: snapshot.sources.count)
      sourceList.move(movement, height: layout.listHeight)
    case .help:
      let page = max(body.rows - 2, 0)
      helpList.clamp(count: max(HelpText(self).lines.count - page + 1, 1))
      helpList.move(movement, height: 1)
    }
  }

  // MARK: - Places

  private mutating func openSelected() {
    guard let state = serviceLevels.selected else { return }
    service.show(state.slo.service, selecting: state.id, of: snapshot.serviceLevels)
    isZoomed = false
    trail.open(.service(state.slo.service))
  }

  /// Closes the innermost thing: zoom, view, filter.
  private mutating func back() {
    if isZoomed {
      isZoomed = false
    } else if trail.path.count > 1 {
      travel { $0.close() }
    } else if !serviceLevels.filter.isEmpty {
      serviceLevels.setFilter(RowFilter(), height: overviewLayout.listHeight)
    }
  }

  private mutating func quit() -> [Effect] {
    guard trail.isAtTop, !isZoomed else {
      back()
      return []
    }
    return [.quit]
  }

  private mutating func travel(_ step: (inout Trail) -> Void) {
    step(&trail)
    isZoomed = false
    if case .service(let name) = trail.current, service.service != name {
      service.show(name, selecting: nil, of: snapshot.serviceLevels)
    }
    if trail.current == .help { helpList = VirtualList() }
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
