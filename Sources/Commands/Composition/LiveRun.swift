import Connectors
import Dashboard
import Definitions
import Foundation
import Operations
import Reliability
import Screen
import Terminal

/// A session on a real terminal, from the first frame to the shell's prompt.
struct LiveRun {
  /// How the configuration is read again, and what is made of it.
  struct Reloading {
    let first: Reloader.Reading
    let read: @Sendable () -> Reloader.Reading
    let maker: @Sendable (Configured) -> LiveEngine.Maker
  }

  /// How long leaving waits for tasks that are being cancelled.
  private static let farewell = Duration.milliseconds(50)
  /// How long leaving waits for commands that are being ended; the warden ends what is left.
  private static let patience = Duration.seconds(5)

  let surroundings: Surroundings
  let themes: ThemeCatalog
  let themeName: String
  let isASCIIOnly: Bool
  /// Whether `--read-only` was given.
  let isReadOnly: Bool
  let clock: any WallClock
  /// Makes the first session.
  let maker: LiveEngine.Maker
  /// What the dashboard shows of the configuration, for a terminal with Unicode or without.
  let settings: (_ canShowUnicode: Bool) -> Dashboard.Settings
  /// Where changes are written down; absent unless asked for.
  let log: SnapshotLog?
  /// Absent where there are no files to read again.
  let reloading: Reloading?
  /// Absent where nothing is to be known again.
  let keeper: KnowledgeKeeper?
  /// What runs the steps of runbooks.
  let runbooks: (parts: RunbookParts, first: Configuration)
  /// Where hand-off notes are kept; `nil` where there is no such place.
  let handOffs: HandOffFolder?

  /// Runs the dashboard and ends the process.
  ///
  /// The process ends here and not by returning: a source that hangs may still hold connections,
  /// and the operator's prompt must not wait for it.
  ///
  /// - Throws: `CommandFailure` when there is no usable terminal.
  func run() throws -> Never {
    // Before the sources are set up, so that the operator sees at once that something happens.
    let display = try openDisplay()
    let mailbox = Mailbox<ProgramLoop.Message>()
    let log = log
    let (levels, levelNews) = AsyncStream.makeStream(
      of: [ServiceLevelState].self, bufferingPolicy: .bufferingNewest(1))
    let live = LiveEngine(maker, inheriting: keeper?.memory() ?? Session.Memory()) { news in
      if case .snapshot(let snapshot) = news {
        log?.note(snapshot)
        levelNews.yield(snapshot.serviceLevels)
      }
      mailbox.post(ProgramLoop.Message(news))
    }
    let runner = runbooks.parts.runner(runbooks.first, metrics: live, clock: clock) { news in
      mailbox.post(ProgramLoop.Message(news))
    }
    let reloader = reloading.map { makeReloader($0, live, runner, mailbox) }
    let work = watch(live, runner, reloader, levels)
    let queues = makeQueues(live, runner, mailbox)
    var loop = ProgramLoop(
      dashboard: makeDashboard(live, display), display: display, mailbox: mailbox, clock: clock,
      themes: themes, isReadOnly: isReadOnly,
      errands: errands(queues, live, reloader, mailbox))
    let status = loop.run()
    display.close()
    // What was asked for in the last moment is written down before the process ends.
    queues.actions.finish(atMost: LiveRun.farewell)
    queues.runs.finish(atMost: LiveRun.farewell)
    // Commands are told to end, and are ended when they do not.
    _ = Blocking.wait(atMost: LiveRun.patience) { await runner.stop() }
    // A note asks the sources how budgets stood, which may take its time.
    queues.notes.finish(atMost: LiveRun.patience)
    for line in loop.dashboard.farewell { print(line) }
    work.cancel()
    _ = Blocking.wait(atMost: LiveRun.farewell) { [keeper] in
      await keeper?.keep(await live.memory)
    }
    _ = Blocking.wait(atMost: LiveRun.farewell) { await live.stop() }
    withExtendedLifetime(live) { exit(status) }
  }

  /// Looks at the sources and at what else goes on without the operator, until it is cancelled.
  private func watch(
    _ live: LiveEngine, _ runner: RunbookRunner, _ reloader: Reloader?,
    _ levels: AsyncStream<[ServiceLevelState]>
  ) -> Task<Void, Never> {
    Task.detached { [clock, keeper] in
      await live.start()
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await reloader?.run(clock) }
        group.addTask { await keeper?.keep(regularlyFrom: live) }
        group.addTask { await Housekeeping.run() }
        group.addTask { await runner.run() }
        group.addTask {
          for await states in levels { await runner.note(states) }
        }
      }
    }
  }

  // MARK: - What the operator asks for

  /// What is carried out in the order of the keys, each kind for itself.
  private struct Queues {
    let actions: WishQueue<[ActionRequest.Action]>
    let runs: WishQueue<RunWish>
    let notes: WishQueue<HandOffWish>
  }

  private func makeQueues(
    _ live: LiveEngine, _ runner: RunbookRunner, _ mailbox: Mailbox<ProgramLoop.Message>
  ) -> Queues {
    Queues(
      actions: WishQueue { actions in
        if let reason = await live.submit(actions) { mailbox.post(.refused(reason)) }
      },
      runs: WishQueue { wish in
        do throws(ActionRefusal) {
          try await runner.perform(wish)
        } catch {
          mailbox.post(.refused(error.sentence))
        }
      },
      notes: WishQueue { [handOffs, clock] wish in
        mailbox.post(await Self.handOff(wish, live, handOffs, at: clock.now))
      })
  }

  private func errands(
    _ queues: Queues, _ live: LiveEngine, _ reloader: Reloader?,
    _ mailbox: Mailbox<ProgramLoop.Message>
  ) -> ProgramLoop.Errands {
    ProgramLoop.Errands(
      pollNow: {
        Task.detached {
          await reloader?.reload()
          await live.askNow()
        }
      },
      submit: { queues.actions.add($0) },
      askHistory: { id in
        Task.detached { mailbox.post(.history(id, await live.history(of: id))) }
      },
      runbook: { queues.runs.add($0) },
      writeHandOff: { queues.notes.add($0) },
      open: { [environment = surroundings.environment] command in
        PageOpener(environment: environment).open(command) { mailbox.post(.sentence($0)) }
      },
      watch: { [warden = surroundings.warden] group, isOver in
        isOver ? warden?.forget(group: group) : warden?.watch(group: group)
      })
  }

  private func makeReloader(
    _ reloading: Reloading, _ live: LiveEngine, _ runner: RunbookRunner,
    _ mailbox: Mailbox<ProgramLoop.Message>
  ) -> Reloader {
    let rules = runbooks.parts.rules
    return Reloader(
      first: reloading.first, read: reloading.read,
      adopt: { configured in
        await live.replace(with: reloading.maker(configured))
        await runner.use(rules(configured.configuration))
      },
      tell: { news in mailbox.post(.reloaded(news)) })
  }

  /// Writes a hand-off note, and says where or why not.
  private static func handOff(
    _ wish: HandOffWish, _ live: LiveEngine, _ folder: HandOffFolder?, at now: Timestamp
  ) async -> ProgramLoop.Message {
    guard let folder else { return .refused("There is no place for the note: HOME is not set.") }
    guard let note = await live.handOffNote(wish, at: now) else {
      return .refused("Nothing says who is on call for \(wish.team) any more.")
    }
    let lines = HandOffText(note, at: now).lines
    do throws(CommandFailure) {
      let file = try folder.write(lines, team: wish.team, at: now)
      return .handOffWritten(lines.joined(separator: "\n"), place: file)
    } catch {
      return .refused(error.message)
    }
  }

  private func openDisplay() throws -> any Display {
    do {
      let display = try CursesDisplay(
        type: surroundings.environment["TERM"], forceMonochrome: surroundings.refusesColor)
      if let theme = themes.theme(named: themeName) { display.apply(theme) }
      return display
    } catch {
      throw CommandFailure(error.description, .noTerminal)
    }
  }

  /// The Linux console's font has no more than 512 glyphs; it starts in ASCII, and ~ tries the rest.
  private var isLinuxConsole: Bool { surroundings.environment["TERM"] == "linux" }

  private func makeDashboard(_ live: LiveEngine, _ display: any Display) -> Dashboard {
    let first = Blocking.wait { await live.firstSnapshot }
    var dashboard = Dashboard(
      settings: settings(display.isUTF8),
      snapshot: first ?? Snapshot(at: clock.now, serviceLevels: [], sources: []),
      size: display.size, themeName: themeName,
      glyphs: display.isUTF8 && !isASCIIOnly && !isLinuxConsole ? .unicode : .ascii,
      hasMouse: display.hasMouse, now: clock.now)
    if !display.notices.isEmpty {
      let text = display.notices.map(\.description).joined(separator: " ")
      _ = dashboard.handle(.noticed(text), at: clock.now)
    }
    if let first = reloading?.first, !first.problems.isEmpty {
      let note = first.hasErrors ? "What could be read of the configuration is in use." : ""
      _ = dashboard.handle(.problemsFound(first.problems, note: note), at: clock.now)
    }
    return dashboard
  }
}

extension ProgramLoop.Message {
  fileprivate init(_ news: Session.News) {
    switch news {
    case .snapshot(let snapshot): self = .snapshot(snapshot)
    case .alerts(let snapshot): self = .alerts(snapshot)
    case .onCall(let snapshot): self = .onCall(snapshot)
    case .sentence(let sentence): self = .sentence(sentence)
    }
  }

  fileprivate init(_ news: RunbookRunner.News) {
    switch news {
    case .snapshot(let snapshot): self = .runs(snapshot)
    case .sentence(let sentence): self = .sentence(sentence)
    case .terminalWanted(let command, let step, let run):
      self = .terminalWanted(command, step: step, run: run)
    }
  }
}

extension Mailbox<ProgramLoop.Message> {
  /// Leaves a message in place of those of its kind that it makes obsolete.
  fileprivate func post(_ message: ProgramLoop.Message) {
    post(message, replacingWhere: { $0.isObsolete(after: message) })
  }
}
