import Dashboard
import Operations
import Reliability
import Screen

/// The dashboard without a terminal: plays a key script on a clock that only the script moves, and
/// collects the screens it asks for.
///
/// Every step is followed by all answers it causes, so the same script on the same data gives the
/// same screens.
struct HeadlessRun {
  private let session: Session
  private let runner: RunbookRunner
  private let clock: MovableClock
  /// Whether what fires is only played, so that it may be written down at the script's time.
  private let isDemo: Bool
  private var dashboard: Dashboard
  private var output: [String] = []
  private var failures: [String] = []
  private var hasShownScreen = false

  init(
    dashboard: Dashboard, session: Session, runner: RunbookRunner, clock: MovableClock,
    isDemo: Bool
  ) {
    self.dashboard = dashboard
    self.session = session
    self.runner = runner
    self.clock = clock
    self.isDemo = isDemo
  }

  /// What a script left behind.
  struct Outcome: Sendable {
    let output: [String]
    /// Expectations that did not hold, as sentences.
    let failures: [String]
  }

  /// Plays a script to its end, or until a key leaves the dashboard.
  mutating func play(_ script: KeyScript) async -> Outcome {
    await runner.readHistory()
    _ = dashboard.handle(.runsArrived(await runner.snapshot), at: clock.now)
    await poll()
    for step in script.steps {
      guard await perform(step) else { break }
    }
    if !hasShownScreen { show(withRoles: false) }
    return Outcome(output: output, failures: failures)
  }

  /// Whether the script goes on.
  private mutating func perform(_ step: KeyScript.Step) async -> Bool {
    switch step {
    case .keys(let keys):
      for key in keys {
        guard await send(.key(key)) else { return false }
      }
    case .type(let text):
      for character in text {
        guard await send(.key(.character(character))) else { return false }
      }
    case .paste(let text): return await send(.paste(text))
    case .resize(let size): return await send(.resized(size))
    case .wait(let length): await wait(length)
    case .screen: show(withRoles: false)
    case .roles: show(withRoles: true)
    case .expect(let text):
      if !isShown(text) { failures.append("The screen does not show \"\(text)\".") }
    case .reject(let text):
      if isShown(text) { failures.append("The screen shows \"\(text)\".") }
    }
    return true
  }

  private mutating func send(_ event: InputEvent) async -> Bool {
    for effect in dashboard.handle(.input(event), at: clock.now) {
      switch effect {
      case .quit: return false
      case .pollNow:
        await session.askNow()
        await poll()
      case .submit(let actions): await submit(actions)
      case .askHistory(let id):
        let past = await session.alerts.history(of: id)
        _ = dashboard.handle(.historyArrived(id, past), at: clock.now)
      case .runbook(let wish): await perform(wish)
      case .writeHandOff(let team, let words):
        await writeHandOff(HandOffWish(team: team, words: words))
      case .suspend, .repaint, .useMouse, .useTheme, .copy, .bell, .title, .open: break
      }
    }
    return true
  }

  /// Does what is wanted of a runbook, and waits until it has ended.
  private mutating func perform(_ wish: RunWish) async {
    await runner.note(await session.engine.snapshot.serviceLevels)
    do throws(ActionRefusal) {
      if let run = try await runner.perform(wish) { _ = await runner.settled(run) }
      _ = dashboard.handle(.runsArrived(await runner.snapshot), at: clock.now)
    } catch {
      _ = dashboard.handle(.refused(error.sentence), at: clock.now)
    }
    await poll()
  }

  /// Prints a hand-off note among the screens.
  private mutating func writeHandOff(_ wish: HandOffWish) async {
    guard let note = await session.handOffNote(wish, at: clock.now) else { return }
    let lines = HandOffText(note, at: clock.now).lines
    if hasShownScreen { output.append("") }
    hasShownScreen = true
    output += lines
    _ = dashboard.handle(
      .handOffWritten(lines.joined(separator: "\n"), place: "the output"), at: clock.now)
  }

  /// Writes down, delivers, and looks for what came of it.
  private mutating func submit(_ actions: [ActionRequest.Action]) async {
    for action in actions {
      do throws(ActionRefusal) {
        try await session.alerts.outbox.submit(action)
      } catch {
        _ = dashboard.handle(.refused(error.sentence), at: clock.now)
      }
    }
    await session.alerts.outbox.workOff()
    await poll()
  }

  private mutating func wait(_ length: Duration) async {
    var left = length
    repeat {
      let part = min(left, session.refresh)
      clock.move(by: part)
      left -= part
      await poll()
    } while left > .zero
  }

  private mutating func poll() async {
    let (snapshot, _) = await session.askDue(at: clock.now)
    await session.alerts.outbox.workOff()
    await session.alerts.noteRecords()
    _ = dashboard.handle(.snapshotArrived(snapshot), at: clock.now)
    let alerts = await session.alerts.snapshot
    _ = dashboard.handle(.alertsArrived(alerts), at: clock.now)
    await session.onCall.askAll()
    if isDemo { await session.onCall.note(alerts) }
    _ = dashboard.handle(.onCallArrived(await session.onCall.snapshot), at: clock.now)
  }

  private mutating func show(withRoles: Bool) {
    if hasShownScreen { output.append("") }
    hasShownScreen = true
    let canvas = dashboard.view()
    output += canvas.textRows
    if withRoles { output += canvas.roleRows }
  }

  private func isShown(_ text: String) -> Bool {
    dashboard.view().textRows.contains { $0.contains(text) }
  }
}
