import Dashboard
import Foundation
import Operations
import Reliability
import Screen
import Terminal

/// A session on a real terminal, from the first frame to the shell's prompt.
struct LiveRun {
  /// How long leaving waits for tasks that are being cancelled.
  private static let farewell = Duration.milliseconds(50)

  let surroundings: Surroundings
  let themes: ThemeCatalog
  let themeName: String
  let isASCIIOnly: Bool
  let clock: any WallClock
  /// Makes the session; what it publishes goes to the given function.
  let makeSession: (@escaping @Sendable (Snapshot) -> Void) -> Session
  /// Something to say in the first frame.
  let notice: String?

  /// Runs the dashboard and ends the process.
  ///
  /// The process ends here and not by returning: a source that hangs may still hold connections,
  /// and the operator's prompt must not wait for it.
  ///
  /// - Throws: `CommandFailure` when there is no usable terminal.
  func run() throws -> Never {
    let mailbox = Mailbox<ProgramLoop.Message>()
    let session = makeSession { snapshot in
      mailbox.post(.snapshot(snapshot)) { message in
        switch message {
        case .snapshot: true
        }
      }
    }
    let engine = session.engine
    let display: any Display
    do {
      display = try openDisplay()
    } catch {
      _ = Blocking.wait { await engine.close() }
      throw error
    }
    let work = Task.detached { await engine.run() }
    var loop = ProgramLoop(
      dashboard: makeDashboard(session, display), display: display, mailbox: mailbox,
      clock: clock, themes: themes, pollNow: { Task.detached { await engine.askNow() } })
    let status = loop.run()
    display.close()
    work.cancel()
    _ = Blocking.wait(atMost: LiveRun.farewell) {
      await work.value
      await engine.close()
    }
    withExtendedLifetime(session) { exit(status) }
  }

  private func openDisplay() throws -> any Display {
    do {
      return try CursesDisplay(
        type: surroundings.environment["TERM"], forceMonochrome: surroundings.refusesColor,
        theme: themes.theme(named: themeName) ?? .plain)
    } catch {
      throw CommandFailure(error.description, .noTerminal)
    }
  }

  /// The Linux console's font has no more than 512 glyphs; it starts in ASCII, and ~ tries the rest.
  private var isLinuxConsole: Bool { surroundings.environment["TERM"] == "linux" }

  private func makeDashboard(_ session: Session, _ display: any Display) -> Dashboard {
    var dashboard = Dashboard(
      settings: session.settings(themes: themes.names, canShowUnicode: display.isUTF8),
      snapshot: session.engine.firstSnapshot, size: display.size, themeName: themeName,
      glyphs: display.isUTF8 && !isASCIIOnly && !isLinuxConsole ? .unicode : .ascii, now: clock.now)
    // What is wrong with the configuration matters more than what is odd about the terminal.
    let notices = [notice].compactMap(\.self) + display.notices.map(\.description)
    if !notices.isEmpty {
      _ = dashboard.handle(.noticed(notices.joined(separator: " ")), at: clock.now)
    }
    return dashboard
  }
}
