import Connectors
import Definitions
import Foundation
import Operations
import Reliability
import Synchronization
import Terminal

/// What the commands about runbooks work with: the configuration, the journal, one look at the sources
/// where an alert is named, and the runner.
struct RunbookDesk {
  let configuration: Configuration
  let runner: RunbookRunner
  private let settings: RunSettings
  private let rules: RunbookRunner.Rules
  private let session: Session
  private let chosen: Alert?
  /// Keeps the lease of what runs, and tries again what the journal did not take.
  private let upkeep: Task<Void, Never>
  private let terminalJob: TerminalJob

  /// A command that wants the terminal, until the main thread takes it.
  private final class TerminalJob: Sendable {
    private let command = Mutex<PreparedCommand?>(nil)

    func leave(_ command: PreparedCommand) { self.command.withLock { $0 = command } }

    func take() -> PreparedCommand? {
      command.withLock { command in
        defer { command = nil }
        return command
      }
    }
  }

  /// Reads the configuration, and with an alert named asks all sources once.
  ///
  /// - Parameters:
  ///   - options: What all commands have.
  ///   - isReadOnly: Whether nothing may be run.
  ///   - processes: What runs commands, made of the usual one.
  /// - Returns: The desk, which is to be closed.
  /// - Throws: `CommandFailure` without a usable configuration, or when the alert is not to be found.
  static func open(
    _ options: RunbookOptions, isReadOnly: Bool,
    processes: (any ProcessRunner) -> any ProcessRunner = { $0 }
  ) throws(CommandFailure) -> RunbookDesk {
    let surroundings = Surroundings.current
    let configuration = try options.file.read(surroundings).configuration
    let journal = AlertParts.journal(configuration, surroundings)
    let session = Session.live(
      configuration, journal: journal, isReadOnly: true, surroundings: surroundings)
    let parts = RunbookParts.live(
      configuration, store: journal, isReadOnly: isReadOnly, surroundings: surroundings)
    let rules = parts.rules(configuration)
    let terminalJob = TerminalJob()
    let runner = RunbookRunner(
      parts.setup, rules: rules, store: parts.store, processes: processes(parts.processes),
      outputs: parts.outputs, metrics: session.engine, clock: SystemClock(),
      tell: { news in
        guard case .terminalWanted(let command, _, _) = news else { return }
        terminalJob.leave(command)
      })
    _ = Blocking.wait { await runner.readHistory() }
    let chosen = try options.alert.map { text throws(CommandFailure) in
      try find(text, in: session, options)
    }
    return RunbookDesk(
      configuration: configuration, runner: runner, settings: rules.settings, rules: rules,
      session: session, chosen: chosen, upkeep: Task { await runner.run() },
      terminalJob: terminalJob)
  }

  /// The runs of the journal, of one runbook or of all, the latest first.
  static func runs(
    _ file: ConfigurationOption, _ name: String?
  ) throws(CommandFailure) -> [RunRecord] {
    let surroundings = Surroundings.current
    let configuration = try file.read(surroundings).configuration
    let journal = AlertParts.journal(configuration, surroundings)
    let parts = RunbookParts.live(
      configuration, store: journal, isReadOnly: true, surroundings: surroundings)
    let runner = RunbookRunner(
      parts.setup, rules: parts.rules(configuration), store: journal,
      processes: parts.processes, outputs: nil, metrics: NoMetrics(), clock: SystemClock(),
      tell: { _ in })
    let found = Blocking.wait {
      // Finds runs whose process has died as well.
      await runner.readHistory()
      return await runner.snapshot
    }
    if let trouble = found?.journalTrouble {
      throw CommandFailure("Nothing can be told of runs, for \(trouble).", .journal)
    }
    return (found?.history ?? []).filter { name == nil || $0.runbook == name }
  }

  /// For looks at the journal alone.
  private struct NoMetrics: MetricAsker {
    func answer(
      to expression: String, from source: String?, hasPast: Bool, at instant: Timestamp
    ) async -> Result<MetricAnswer, ReadingFailure> {
      .failure(.unavailable("no source is asked"))
    }
  }

  private static func find(
    _ text: String, in session: Session, _ options: RunbookOptions
  ) throws(CommandFailure) -> Alert {
    _ = Blocking.wait(atMost: options.waiting.limit) { await session.askDue(at: SystemClock().now) }
    let snapshot = Blocking.wait { await session.alerts.snapshot }
    let alerts = (snapshot?.alerts ?? []).filter { $0.state != .resolved }
    let filter: AlertFilter
    do throws(AlertFilter.Failure) {
      filter = try AlertFilter(parsing: text)
    } catch {
      throw CommandFailure("--alert \"\(text)\" is no filter: \(error.message).", .usage)
    }
    let named = alerts.filter { $0.id.fingerprint == text }
    let found =
      named.isEmpty ? alerts.filter { filter.matches($0, at: SystemClock().now) } : named
    guard found.count == 1, let alert = found.first else {
      Console.complain((snapshot?.warnings ?? []).map { "\($0)." })
      guard !found.isEmpty else {
        let isDeaf = snapshot?.silentSources.isEmpty == false
        throw CommandFailure(
          "No active alert matches --alert \"\(text)\".", isDeaf ? .cannotTell : .usage)
      }
      let names = found.prefix(5).map { "\($0.name) (\($0.id.fingerprint))" }
      throw CommandFailure(
        "--alert \"\(text)\" finds \(found.count) alerts: \(names.joined(separator: ", ")). Name one.",
        .usage)
    }
    return alert
  }

  // MARK: - What is asked for

  /// All runbooks, or with an alert those that belong to it, the best first.
  func listed() throws(CommandFailure) -> [(runbook: Runbook, reason: RunbookMatch.Reason?)] {
    guard let chosen else { return configuration.runbooks.runbooks.map { ($0, nil) } }
    return configuration.runbooks.matches(for: chosen).map { ($0.runbook, $0.reason) }
  }

  /// The runbook of a name.
  func runbook(named name: String) throws(CommandFailure) -> Runbook {
    if let found = configuration.runbooks.runbook(named: name) { return found }
    let known = configuration.runbooks.runbooks.map(\.id)
    throw CommandFailure(
      "There is no runbook \"\(name)\". "
        + (known.isEmpty
          ? "None is configured; name their folder under runbooks: directories."
          : "There are \(known.prefix(10).joined(separator: ", "))."),
      .usage)
  }

  /// Whether no command of a runbook may run here, whatever the values are.
  func isForbidden(_ runbook: Runbook) -> Bool { rules.refusal(of: runbook) != nil }

  /// Why the journal does not have all that was done, as a clause; `nil` when it has.
  var journalTrouble: String? { Blocking.wait { await runner.snapshot.journalTrouble } ?? nil }

  /// What a runbook is run for: the alert that was named, else its service.
  func subject(for runbook: Runbook) throws(CommandFailure) -> RunSubject {
    chosen.map { RunSubject($0) } ?? RunSubject(service: runbook.service)
  }

  /// Each step with what it would do.
  func previews(
    of runbook: Runbook, for subject: RunSubject
  ) -> [(step: RunbookStep, record: StepRecord, preview: StepPreview)] {
    runbook.steps.map { step in
      let preview = StepPreview(
        of: step, in: runbook, for: subject, settings, forbidden: rules.refusal(of: runbook))
      return (step, StepRecord(step, for: subject), preview)
    }
  }

  /// What the runs tell of each runbook.
  func histories() -> [Runbook.ID: RunHistory] {
    Blocking.wait { await runner.snapshot.histories } ?? [:]
  }

  /// A wish of which nobody has to know how it ended.
  func note(_ wish: RunWish) {
    _ = Blocking.wait { _ = try? await runner.perform(wish) }
  }

  /// Asks the metric sources, for conditions on figures of SLOs.
  func look(atMost limit: Duration) {
    _ = Blocking.wait(atMost: limit) {
      let (snapshot, _) = await session.askDue(at: SystemClock().now)
      await runner.note(snapshot.serviceLevels)
    }
  }

  /// Runs a step to its end; one that wants the terminal gets it.
  func run(_ index: Int, of target: RunTarget) throws(CommandFailure) -> RunState? {
    let state = try perform(.step(.run, index, of: target))
    guard let state, let command = terminalJob.take() else { return state }
    let program = TerminalProgram(
      arguments: command.arguments, environment: command.environment,
      directory: command.directory)
    let surroundings = Surroundings.current
    let warden = surroundings.warden
    let end = ProcessEnd(
      program.runHere(type: surroundings.environment["TERM"]) { group, isOver in
        isOver ? warden?.forget(group: group) : warden?.watch(group: group)
      })
    return try perform(.step(.ended(end), index, of: .run(state.id)))
  }

  /// Does something with a run, and waits until nothing of it runs.
  ///
  /// - Throws: `CommandFailure` when it is refused.
  func perform(_ wish: RunWish) throws(CommandFailure) -> RunState? {
    let result = Blocking.wait { () -> Result<RunState?, ActionRefusal> in
      do throws(ActionRefusal) {
        guard let run = try await runner.perform(wish) else { return .success(nil) }
        return .success(await runner.settled(run))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let state)?: return state
    case .failure(let refusal)?: throw CommandFailure(refusal)
    case nil: return nil
    }
  }

  /// Lets go of all sources.
  func close() {
    _ = Blocking.wait(atMost: .seconds(5)) { await runner.stop() }
    upkeep.cancel()
    _ = Blocking.wait(atMost: .seconds(1)) { await session.close() }
  }
}
