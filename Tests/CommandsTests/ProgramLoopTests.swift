import Dashboard
import Reliability
import Screen
import Terminal
import TestSupport
import Testing

@testable import Commands

/// The program loop on a display without a terminal.
@Suite struct ProgramLoopTests {
  private static let now = Timestamp(milliseconds: 1_795_269_802_000)

  private static func loop(
    _ display: HeadlessDisplay, _ mailbox: Mailbox<ProgramLoop.Message>,
    pollNow: @escaping () -> Void = {}
  ) -> ProgramLoop {
    let settings = Dashboard.Settings(
      title: "test", configurationName: "c", themes: ["dark", "light"], canShowUnicode: true)
    let dashboard = Dashboard(
      settings: settings, snapshot: Snapshot(at: now, serviceLevels: [], sources: []),
      size: display.size, themeName: "dark", glyphs: .unicode, now: now)
    return ProgramLoop(
      dashboard: dashboard, display: display, mailbox: mailbox, clock: MovableClock(now),
      themes: Surroundings(environment: [:], hostName: "host", operatorID: 0).themes,
      errands: ProgramLoop.Errands(pollNow: pollNow, submit: { _ in }, askHistory: { _ in }))
  }

  @Test("The first frame is drawn before anything is waited for; q ends with 0")
  func firstFrame() {
    let display = HeadlessDisplay(size: Size(columns: 80, rows: 24), sleep: { _ in })
    display.send([.key(.character("q"))])
    var loop = Self.loop(display, Mailbox(wake: {}))
    #expect(loop.run() == 0)
    #expect(display.frameCount == 1)
    #expect(display.canvas?.textRows.first?.contains("burnwatch") == true)
  }

  @Test(
    "A signal ends with 128 and its number",
    arguments: [
      (InputEvent.hangUp, Int32(129)), (.interrupt, 130), (.quit, 131), (.terminate, 143),
    ])
  func signals(_ event: InputEvent, _ status: Int32) {
    let display = HeadlessDisplay(size: Size(columns: 80, rows: 24), sleep: { _ in })
    display.send([event])
    var loop = Self.loop(display, Mailbox(wake: {}))
    #expect(loop.run() == status)
  }

  @Test("Mail is shown, effects are carried out, and idle waits end at the clock's next second")
  func mailAndEffects() throws {
    let level = try SLO.sample()
    var waits: [Duration?] = []
    var polls = 0
    let mailbox = Mailbox<ProgramLoop.Message>(wake: {})
    let holder = Holder()
    let display = HeadlessDisplay(size: Size(columns: 120, rows: 40)) { timeout in
      waits.append(timeout)
      // A wait for the next frame is short; what comes after it is the idle one.
      if (timeout ?? .zero) > .milliseconds(33) { holder.next() }
    }
    holder.display = display
    holder.steps = [
      [.key(.character("R")), .key(.character("t"))], [.key(.control("l"))],
      [.key(.character("Q"))],
    ]
    mailbox.post(
      .snapshot(
        Snapshot(
          at: Self.now, serviceLevels: [],
          sources: [
            SourceHealth(
              name: level.source, type: "demo", address: "simulated", lastSuccess: Self.now)
          ])),
      replacingWhere: { _ in false })
    var loop = Self.loop(display, mailbox, pollNow: { polls += 1 })
    #expect(loop.run() == 0)
    #expect(polls == 1)
    #expect(display.theme.name == "light")
    #expect(display.repaintCount == 1)
    #expect(display.canvas?.textRows.first?.contains("1 source ok") == true)
    #expect(waits.allSatisfy { $0.map { $0 <= .seconds(1) } ?? false })
  }

  /// Sends the next events whenever the loop would sleep.
  private final class Holder {
    var display: HeadlessDisplay?
    var steps: [[InputEvent]] = []

    func next() {
      guard !steps.isEmpty else { return }
      display?.send(steps.removeFirst())
    }
  }
}
