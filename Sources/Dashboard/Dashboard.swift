package import Reliability
package import Screen

/// What the operator sees and does: the whole state of the screen, changed only by events.
///
/// `handle` takes what happened and returns what is to be done; `view` draws the state. Nothing here
/// reads a clock, a file or the network.
package struct Dashboard: Sendable {
  /// What does not change while the program runs.
  package struct Settings: Hashable, Sendable {
    /// The name in the head, such as the operator's team or the demo.
    package let title: String
    /// The configuration file, named where the operator is sent to it.
    package let configurationName: String
    /// The themes that can be chosen, in the order `t` goes through them.
    package let themes: [String]
    /// Whether the terminal can show more than ASCII.
    package let canShowUnicode: Bool
    /// Whether the head has a clock.
    package let showsClock: Bool
    /// What the configuration says of alerts.
    package let alerts: AlertSettings
    /// The names of the Alertmanager clusters.
    package let alertmanagers: [String]
    /// Whether any source tells of alerts.
    package let hasAlertSources: Bool
    /// Why some things are not done, by permission.
    package let refusals: [Permission: String]
    /// What is asked about before it is done.
    package let confirmed: Set<Permission>
    /// Whether a new page rings the bell.
    package let ringsBell: Bool
    /// What the configuration says of runbooks.
    package let runbooks: RunbookSettings
    /// What the configuration says of who is on call.
    package let onCall: OnCallSettings

    /// Makes settings.
    package init(
      title: String, configurationName: String, themes: [String], canShowUnicode: Bool,
      showsClock: Bool = true, alerts: AlertSettings = AlertSettings(),
      alertmanagers: [String] = [], hasAlertSources: Bool = false,
      refusals: [Permission: String] = [:], confirmed: Set<Permission> = [],
      ringsBell: Bool = true, runbooks: RunbookSettings = RunbookSettings(),
      onCall: OnCallSettings = OnCallSettings()
    ) {
      self.title = title
      self.configurationName = configurationName
      self.themes = themes
      self.canShowUnicode = canShowUnicode
      self.showsClock = showsClock
      self.alerts = alerts
      self.alertmanagers = alertmanagers
      self.hasAlertSources = hasAlertSources
      self.refusals = refusals
      self.confirmed = confirmed
      self.ringsBell = ringsBell
      self.runbooks = runbooks
      self.onCall = onCall
    }
  }

  /// What lies over the view and has the keys first.
  enum Overlay: Sendable {
    case filter(TextInput, before: RowFilter)
    /// The alerts' filter, with what is wrong with what was typed.
    case alertFilter(AlertFilterInput)
    /// The note of an acknowledgement.
    case note(TextInput)
    /// What the operator adds to a hand-off note.
    case handOffNote(TextInput)
    case silenceEditor(SilenceEditor)
    case confirmation(Confirmation)
    case typedConfirmation(TypedConfirmation)
    /// What the operator has to say about a step.
    case stepNote(StepNote)
    case palette(Palette)
    case sortMenu(SortMenu)
  }

  /// The panes of the Overview that can have the keys.
  enum OverviewPane: Hashable, Sendable {
    case serviceLevels, alerts
  }

  /// Stands until an answer arrives.
  static let askingNotice = "Asking all sources."

  private(set) var settings: Settings
  private(set) var now: Timestamp
  private(set) var size: Size
  private(set) var snapshot: Snapshot
  private(set) var tally: Tally
  private(set) var glyphs: Glyphs
  var trail = Trail()
  var isZoomed = false
  var serviceLevels = ServiceLevelsPane()
  private var serviceScope = ServiceScope()
  var service = ServicePane()
  var overviewFocus = OverviewPane.serviceLevels
  var alertSnapshot: AlertSnapshot
  var hasHeardAlerts = false
  var alertsPane = AlertsPane()
  var silencesPane = SilencesPane()
  var alertScroll = VirtualList()
  var alertHistory = AlertHistoryState()
  /// The alerts the operator has just acknowledged, until the journal says so.
  var actionsOnTheirWay: [Alert.ID: Timestamp] = [:]
  /// Alerts first seen later than this are new to the operator.
  var lookedAt: Timestamp
  var lastKeyAt: Timestamp
  /// When this dashboard began to watch.
  let watchedSince: Timestamp
  /// Whether every source of alerts has had its say, so that what comes now is new.
  var isWarm = false
  var lastBell: Timestamp?
  /// Whether a page came while the bell had to pause.
  var owesBell = false
  var lastTitle = "burnwatch"
  /// What is known of runs.
  var runSnapshot = RunSnapshot()
  /// What the runs tell of each runbook, summed up when one changes.
  private(set) var runHistories: [Runbook.ID: RunHistory] = [:]
  var runbookPane = RunbookPane()
  var runbookList = VirtualList()
  var dryRunList = VirtualList()
  var onCall = OnCallPane()
  var personScroll = VirtualList()
  var debugList = VirtualList()
  var sourceList = VirtualList()
  var helpList = VirtualList()
  /// Whether the figures of drawing are shown, so that measuring them is worth it.
  package internal(set) var showsFigures = false
  private var figures: FrameFigures?
  /// What is wrong with the configuration, as lines of text.
  private(set) var problems: [String] = []
  /// What is in use in spite of the problems.
  private(set) var problemsNote = ""
  var problemList = VirtualList()
  /// Whether the terminal can report the mouse.
  let hasMouse: Bool
  var isMouseOn = false
  var overlay: Overlay?
  var notice: String?
  /// The theme in use.
  package internal(set) var themeName: String
  var commandHistory: [String] = []

  /// Makes the dashboard as it is before any answer.
  ///
  /// - Parameters:
  ///   - settings: What stays.
  ///   - snapshot: The engine's first evaluation, in which everything waits.
  ///   - size: The terminal's size in cells.
  ///   - themeName: The theme in use.
  ///   - glyphs: Unicode or ASCII.
  ///   - hasMouse: Whether the terminal can report the mouse.
  ///   - now: The time.
  package init(
    settings: Settings, snapshot: Snapshot, size: Size, themeName: String, glyphs: Glyphs,
    hasMouse: Bool = true, now: Timestamp
  ) {
    self.settings = settings
    self.snapshot = snapshot
    tally = Tally(snapshot.serviceLevels)
    self.size = size
    self.themeName = themeName
    self.glyphs = glyphs
    self.hasMouse = hasMouse
    self.now = now
    alertSnapshot = AlertSnapshot(at: now, alerts: [])
    lookedAt = now
    lastKeyAt = now
    watchedSince = now
    alertsPane.use(scope: settings.alerts.scope, height: 1, at: now)
    runbookList.clamp(count: settings.runbooks.library.runbooks.count)
    take(snapshot)
  }

  /// Takes in an event.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - now: When it happened.
  /// - Returns: What is to be done outside.
  package mutating func handle(_ event: Event, at now: Timestamp) -> [Effect] {
    self.now = now
    switch event {
    case .timePassed:
      noteHandOffs()
      noteEscalations()
      return bellEffects()
    case .snapshotArrived(let snapshot):
      take(snapshot)
      if notice == Dashboard.askingNotice { notice = nil }
      return []
    case .alertsArrived(let snapshot): return take(snapshot)
    case .historyArrived(let id, let result):
      alertHistory.take(result, for: id)
      return []
    case .runsArrived(let snapshot):
      let before = shownRun
      if snapshot.history != runSnapshot.history { runHistories = snapshot.histories }
      runSnapshot = snapshot
      // News of other runs do not say that the last key has arrived.
      if shownRun != before { runbookPane.pendingSince = nil }
      return []
    case .handOffWritten(let text, let place):
      noteHandOff(in: place)
      return [.copy(text)]
    case .onCallArrived(let snapshot):
      take(snapshot)
      return []
    case .refused(let sentence):
      actionsOnTheirWay = [:]
      runbookPane.pendingSince = nil
      notice = sentence
      return []
    case .measured(let figures):
      self.figures = figures
      return []
    case .noticed(let text):
      notice = text
      return []
    case .reloaded(let settings, let problems):
      self.settings = settings
      alertsPane.use(scope: settings.alerts.scope, height: alertsHeight, at: now)
      serviceScope = ServiceScope()
      runbookList.clamp(count: settings.runbooks.library.runbooks.count)
      // Where nothing says it any more, nobody tells of it either.
      if !settings.onCall.isConfigured {
        take(OnCallSnapshot(at: now))
      }
      takeLevels()
      self.problems = problems
      problemsNote = ""
      notice = "The configuration was read again and is in use."
      return []
    case .problemsFound(let problems, let note):
      self.problems = problems
      problemsNote = note
      notice = note.isEmpty ? notice : "\(note) 3 shows why."
      return []
    case .input(let input):
      return handle(input)
    }
  }

  private mutating func handle(_ input: InputEvent) -> [Effect] {
    switch input {
    case .key, .paste:
      noteKey()
      notice = nil
      return overlay == nil ? handleInView(input) : handleInOverlay(input)
    case .mouse(let mouse):
      return handle(mouse)
    case .resized(let size):
      self.size = size
      return []
    case .resumed:
      return [.repaint]
    case .hangUp, .terminate, .interrupt, .quit:
      return [.quit]
    }
  }

  private mutating func handleInView(_ input: InputEvent) -> [Effect] {
    // Pasted text is no command: a paste into the wrong window must not act.
    guard case .key(let key) = input else { return [] }
    guard let intent = Binding.intent(of: key) else {
      notice = "\(key.name) does nothing here. ? shows the keys."
      return []
    }
    return perform(intent)
  }

  private mutating func take(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    takeLevels()
    service.update(with: snapshot.serviceLevels)
    sourceList.clamp(count: allSources.count)
  }

  /// Lists and counts the service levels within the scope.
  mutating func takeLevels() {
    let own = serviceScope.states(
      of: snapshot.serviceLevels, within: alertsPane.isScoped ? alertsPane.scope : nil, at: now)
    tally = Tally(own)
    serviceLevels.update(with: own, height: overviewLayout.listHeight)
  }

  mutating func toggleGlyphs() {
    glyphs = glyphs.isUnicode ? .ascii : .unicode
  }

  // MARK: - Drawing

  /// The space between head and key bar.
  var body: Rect {
    Rect(size).splitTop(1).rest.splitBottom(1).rest
  }

  /// The last row.
  var bar: Rect { Rect(size).splitBottom(1).bottom }

  /// The last row's parts: a notice keeps the right end, and leaves the keys the rest.
  var bottom: (keys: Rect, notice: Rect) {
    let columns = notice.map { min(DisplayWidth.of($0) + 2, bar.columns) } ?? 0
    let split = bar.splitRight(columns)
    return (split.rest, split.right)
  }

  var overviewLayout: OverviewLayout {
    OverviewLayout(
      body: body, rowCount: serviceLevels.total, alertCount: alertsPane.rowCount,
      zoomed: isZoomed ? overviewFocus : nil)
  }

  /// How many rows the list of alerts shows where the operator is.
  var alertsHeight: Int {
    let list = trail.current == .overview ? overviewLayout.alerts : alertsLayout.list
    let rows = list.map { TableArea(in: $0).rows.rows } ?? 1
    return max(rows - alertWarnings.count, 1)
  }

  var serviceLayout: ServiceLayout {
    ServiceLayout(
      body: body, rowCount: service.rows.count, zoomed: isZoomed ? service.focus : nil)
  }

  var sourcesLayout: SourcesLayout {
    SourcesLayout(body: body, rowCount: allSources.count)
  }

  /// Draws the whole screen.
  package func view() -> Canvas {
    var canvas = Canvas(size: size, glyphs: glyphs)
    guard !TooSmall.isTooSmall(size) else {
      TooSmall.draw(self, on: &canvas)
      return canvas
    }
    Head(self).draw(in: canvas.bounds.splitTop(1).top, on: &canvas)
    drawPlace(on: &canvas)
    drawBottom(on: &canvas)
    drawOverlay(on: &canvas)
    if showsFigures { figures?.draw(in: body, on: &canvas) }
    return canvas
  }

  private func drawPlace(on canvas: inout Canvas) {
    switch trail.current {
    case .overview: drawOverview(on: &canvas)
    case .service: drawService(on: &canvas)
    case .debug(let id): drawDebug(id, in: body, on: &canvas)
    case .alerts: drawAlerts(on: &canvas)
    case .alert(let id): drawAlert(id, on: &canvas)
    case .silences: drawSilences(on: &canvas)
    case .runbooks: drawRunbooks(on: &canvas)
    case .runbook(let place): drawRunbook(place, on: &canvas)
    case .dryRun(let place): drawDryRun(place, on: &canvas)
    case .onCall: drawOnCall(on: &canvas)
    case .person(let person, let team): drawPerson(person, team, on: &canvas)
    case .sources: drawSources(on: &canvas)
    case .problems: drawProblems(in: body, on: &canvas)
    case .help: drawHelp(in: body, on: &canvas)
    }
  }

  private func drawBottom(on canvas: inout Canvas) {
    let (keys, text) = bottom
    canvas.fill(bar, role: .statusBar)
    KeyBar(self).draw(in: keys, on: &canvas)
    canvas.draw(notice ?? "", in: text.inset(horizontal: 1, vertical: 0), role: .notice)
  }

  /// Draws an input in the last row.
  private func draw(_ input: TextInput, after label: String, on canvas: inout Canvas) {
    canvas.fill(bar, role: .input)
    let used = canvas.draw(label, in: bar, role: .keyName)
    input.draw(in: bar.splitLeft(used).rest, on: &canvas)
  }

  private func drawOverlay(on canvas: inout Canvas) {
    switch overlay {
    case .filter(let input, _): draw(input, after: " /", on: &canvas)
    case .alertFilter(let input): input.draw(in: body, bar: bar, on: &canvas)
    case .note(let input): draw(input, after: " note: ", on: &canvas)
    case .handOffNote(let input): draw(input, after: " add to the hand-off note: ", on: &canvas)
    case .silenceEditor(let editor): editor.draw(in: body, now: now, on: &canvas)
    case .confirmation(let question): question.draw(in: body, on: &canvas)
    case .typedConfirmation(let question): question.draw(in: body, bar: bar, on: &canvas)
    case .stepNote(let note): note.draw(in: bar, on: &canvas)
    case .palette(let palette): palette.draw(in: body, on: &canvas)
    case .sortMenu(let menu): menu.draw(in: body, on: &canvas)
    case nil: break
    }
  }
}
