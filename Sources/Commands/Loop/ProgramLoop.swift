import Dashboard
import Reliability
import Screen
import Terminal

/// The UI thread: sleeps until a key or mail comes, lets the dashboard decide, draws at the pace of
/// ``FramePace``, and carries out effects.
struct ProgramLoop {
  /// What other threads tell the loop.
  enum Message: Sendable {
    case snapshot(Snapshot)
    case alerts(AlertSnapshot)
    case onCall(OnCallSnapshot)
    case sentence(String)
    /// Something the operator wanted was not taken on.
    case refused(String)
    case history(Alert.ID, Result<AlertHistory, ReadingFailure>)
    case runs(RunSnapshot)
    case handOffWritten(String, place: String)
    /// A step of a runbook wants the terminal.
    case terminalWanted(PreparedCommand, step: Int, run: RunRecord.ID)
    case reloaded(Reloader.News)

    /// Whether a newer message of the same kind makes this one obsolete.
    func isObsolete(after newer: Message) -> Bool {
      switch (self, newer) {
      case (.snapshot, .snapshot), (.alerts, .alerts), (.reloaded, .reloaded), (.runs, .runs),
        (.onCall, .onCall):
        true
      case (.snapshot, _), (.alerts, _), (.reloaded, _), (.sentence, _), (.refused, _),
        (.history, _), (.runs, _), (.terminalWanted, _), (.onCall, _), (.handOffWritten, _):
        false
      }
    }
  }

  /// What the loop hands to other threads.
  struct Errands {
    /// Asks all sources, without waiting.
    let pollNow: () -> Void
    /// Hands what the operator wants to the outbox.
    let submit: ([ActionRequest.Action]) -> Void
    /// Asks for the past of an alert.
    let askHistory: (Alert.ID) -> Void
    /// Hands what the operator wants of runbooks to the runner.
    var runbook: (RunWish) -> Void = { _ in }
    /// Writes a hand-off note.
    var writeHandOff: (HandOffWish) -> Void = { _ in }
    /// Starts a program that opens a page.
    var open: (PreparedCommand) -> Void = { _ in }
    /// Told of the process groups that run on the terminal, and when they are gone.
    var watch: (Int32, _ isOver: Bool) -> Void = { _, _ in }
  }

  private let display: any Display
  private let mailbox: Mailbox<Message>
  private let clock: any WallClock
  /// Whether `--read-only` was given, which outlives every configuration.
  private let isReadOnly: Bool
  private var themes: ThemeCatalog
  private let errands: Errands
  private let monotonic = ContinuousClock()
  private(set) var dashboard: Dashboard
  private var pace = FramePace()
  private var meter = FrameMeter()
  /// The exit code a signal asks for.
  private var signalStatus: Int32?

  /// Makes a loop.
  ///
  /// - Parameters:
  ///   - dashboard: The dashboard as it is before any answer.
  ///   - display: The screen and keyboard.
  ///   - mailbox: Where snapshots arrive; posting to it wakes the display.
  ///   - clock: The clock of what is shown.
  ///   - themes: The themes that can be chosen.
  ///   - isReadOnly: Whether `--read-only` was given.
  ///   - errands: What other threads do for it.
  init(
    dashboard: Dashboard, display: any Display, mailbox: Mailbox<Message>, clock: any WallClock,
    themes: ThemeCatalog, isReadOnly: Bool = false, errands: Errands
  ) {
    self.isReadOnly = isReadOnly
    self.dashboard = dashboard
    self.display = display
    self.mailbox = mailbox
    self.clock = clock
    self.themes = themes
    self.errands = errands
  }

  /// Runs until the operator or a signal ends it.
  ///
  /// - Returns: The exit code: 0, or 128 and the signal's number.
  mutating func run() -> Int32 {
    var hasChanged = true
    while true {
      if hasChanged, timeUntilFrame == .zero {
        draw()
        hasChanged = false
      }
      let events = display.waitForEvents(timeout: hasChanged ? timeUntilFrame : timeUntilTick)
      let mail = mailbox.drain()
      // Without events or mail a second has passed: the clock and ages show differently.
      var effects = dashboard.handle(.timePassed, at: clock.now)
      if dashboard.showsFigures {
        let figures = meter.figures(
          input: events.count, mail: mail.count, at: monotonic.now)
        effects += dashboard.handle(.measured(figures), at: clock.now)
      }
      for message in mail { effects += take(message) }
      for event in events { effects += take(event) }
      hasChanged = true
      for effect in effects {
        if case .quit = effect { return signalStatus ?? 0 }
        perform(effect)
      }
    }
  }

  private mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .snapshot(let snapshot): dashboard.handle(.snapshotArrived(snapshot), at: clock.now)
    case .alerts(let snapshot): dashboard.handle(.alertsArrived(snapshot), at: clock.now)
    case .sentence(let sentence): dashboard.handle(.noticed(sentence), at: clock.now)
    case .refused(let sentence): dashboard.handle(.refused(sentence), at: clock.now)
    case .history(let id, let result):
      dashboard.handle(.historyArrived(id, result), at: clock.now)
    case .onCall(let snapshot): dashboard.handle(.onCallArrived(snapshot), at: clock.now)
    case .handOffWritten(let text, let place):
      dashboard.handle(.handOffWritten(text, place: place), at: clock.now)
    case .runs(let snapshot): dashboard.handle(.runsArrived(snapshot), at: clock.now)
    case .terminalWanted(let command, let step, let run): lend(to: command, step, run)
    case .reloaded(.refused(let problems)):
      dashboard.handle(
        .problemsFound(problems, note: "The last good configuration stays in use."), at: clock.now)
    case .reloaded(.adopted(let reading)): adopt(reading)
    }
  }

  /// The configuration in use has changed, or its themes have.
  private mutating func adopt(_ reading: Reloader.Reading) -> [Effect] {
    themes = reading.themes
    if let theme = themes.theme(named: dashboard.themeName) { display.apply(theme) }
    guard let configured = reading.configured else { return [] }
    let settings = Dashboard.Settings(
      configured.configuration, named: configured.path, themes: themes.names,
      canShowUnicode: display.isUTF8, isReadOnly: isReadOnly, surroundings: .current)
    return dashboard.handle(.reloaded(settings, problems: reading.problems), at: clock.now)
  }

  private mutating func take(_ event: InputEvent) -> [Effect] {
    switch event {
    case .hangUp: signalStatus = 129
    case .interrupt: signalStatus = 130
    case .quit: signalStatus = 131
    case .terminate: signalStatus = 143
    case .key, .mouse, .paste, .resized, .resumed: break
    }
    return dashboard.handle(.input(event), at: clock.now)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .quit: break
    case .suspend: display.suspend()
    case .repaint: display.repaint()
    case .useMouse(let isOn): display.useMouse(isOn)
    case .pollNow: errands.pollNow()
    case .submit(let actions): errands.submit(actions)
    case .askHistory(let id): errands.askHistory(id)
    case .runbook(let wish): errands.runbook(wish)
    case .writeHandOff(let team, let words):
      errands.writeHandOff(HandOffWish(team: team, words: words))
    case .open(let command): errands.open(command)
    case .copy(let text): display.copy(text)
    case .bell: display.bell()
    case .title(let title): display.setTitle(title)
    case .useTheme(let name):
      if let theme = themes.theme(named: name) { display.apply(theme) }
    }
  }

  /// Leaves the screen to a step of a runbook, such as one that asks for a password, until it ends.
  private func lend(
    to command: PreparedCommand, _ step: Int, _ run: RunRecord.ID
  ) -> [Effect] {
    let program = TerminalProgram(
      arguments: command.arguments, environment: command.environment,
      directory: command.directory)
    let end = display.lend(to: program, watch: errands.watch)
    errands.runbook(.step(.ended(ProcessEnd(end)), step, of: .run(run)))
    return []
  }

  private mutating func draw() {
    let start = monotonic.now
    display.present(dashboard.view())
    pace.note(at: monotonic.now)
    meter.note(monotonic.now - start, at: start)
  }

  private var timeUntilFrame: Duration { pace.delay(at: monotonic.now) }

  /// The clock is shown in seconds, so nothing visible changes by itself before the next one.
  private var timeUntilTick: Duration {
    .milliseconds(1000 - clock.now.milliseconds % 1000)
  }
}

extension ProcessEnd {
  /// How a program on the terminal ended.
  init(_ end: TerminalProgram.End) {
    self =
      switch end {
      case .exited(let code): .exited(code)
      case .signalled(let signal): .signalled(signal)
      case .notStarted(let reason): .notStarted(reason: reason)
      }
  }
}
