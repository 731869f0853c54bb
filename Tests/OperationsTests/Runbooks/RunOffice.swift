import Reliability
import Synchronization
import TestSupport
import Testing

@testable import Operations

/// A place where steps are run without processes, on a clock that stands still.
final class RunOffice: Sendable {
  let clock = ManualClock(at: Timestamp(milliseconds: 1_795_269_802_000))
  let journal = InMemoryJournal()
  let processes = ScriptedProcesses()
  let metrics = ScriptedMetrics()
  /// The processes of which something is known.
  let alive = Mutex<[String: Bool]>([:])
  /// Why the file is not trusted.
  let distrust = Mutex<String?>(nil)
  let news = Mutex<[RunbookRunner.News]>([])

  /// A runner, as one process of several.
  func runner(
    _ runbooks: [Runbook], owner: String = "p-1", gate: ActionGate = ActionGate(),
    permissions: RunbookPermissions = RunbookPermissions()
  ) -> RunbookRunner {
    let count = Mutex(0)
    return RunbookRunner(
      RunbookRunner.Setup(
        actor: "ines", owner: owner,
        isAlive: { name in self.alive.withLock { $0[name] } },
        distrust: { _ in self.distrust.withLock { $0 } },
        makeID: {
          count.withLock { count in
            count += 1
            return "\(owner)-run-\(count)"
          }
        }),
      rules: RunbookRunner.Rules(
        library: RunbookLibrary(runbooks), gate: gate, permissions: permissions,
        settings: RunSettings(user: "ines", host: "bastion")),
      store: journal, processes: processes, outputs: nil, metrics: metrics, clock: clock,
      tell: { news in self.news.withLock { $0.append(news) } })
  }

  /// The sentences that were told.
  var sentences: [String] {
    news.withLock { news in
      news.compactMap { if case .sentence(let text) = $0 { text } else { nil } }
    }
  }

  /// The audit trail as words.
  func trail() async throws -> [String] {
    try await journal.audit(limit: 100).map { "\($0.event): \($0.subject)" }
  }
}

/// Commands that end as told: the text of a command says how.
final class ScriptedProcesses: ProcessRunner {
  private let texts = Mutex<[String]>([])

  /// The texts that ran, in order.
  var ran: [String] { texts.withLock { $0 } }

  /// Waits until a command of this text runs.
  func running(_ text: String) async {
    while !ran.contains(text) { try? await Task.sleep(for: .milliseconds(2)) }
  }

  /// `fail` ends with 3, `hang` when it is cancelled, `say TEXT` writes; all else ends well.
  func run(
    _ command: PreparedCommand, output: @escaping @Sendable ([UInt8]) async -> Void
  ) async -> ProcessEnd {
    texts.withLock { $0.append(command.text) }
    if command.text.hasPrefix("say ") { await output(Array(command.text.dropFirst(4).utf8)) }
    if command.text.hasPrefix("hang") {
      while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
      return .cancelled
    }
    return command.text.hasPrefix("fail") ? .exited(3) : .exited(0)
  }
}

/// Values that a test sets.
final class ScriptedMetrics: MetricAsker {
  private let answers = Mutex<[String: Result<MetricAnswer, ReadingFailure>]>([:])
  private let asked = Mutex<[String]>([])

  var questions: [String] { asked.withLock { $0 } }

  func set(_ expression: String, to value: Double?) {
    let series = value.map { [MetricAnswer.Series(labels: "", value: $0)] } ?? []
    answers.withLock { $0[expression] = .success(MetricAnswer(series)) }
  }

  func fail(_ expression: String, _ failure: ReadingFailure) {
    answers.withLock { $0[expression] = .failure(failure) }
  }

  func answer(
    to expression: String, from source: String?, hasPast: Bool, at instant: Timestamp
  ) async -> Result<MetricAnswer, ReadingFailure> {
    asked.withLock { $0.append("\(source ?? "-"): \(expression)") }
    return answers.withLock { $0[expression] } ?? .success(MetricAnswer([]))
  }
}

/// A place in a file that nobody looks at.
private let shopOrigin = Runbook.Origin(file: "/books/shop.yaml", line: 3)

extension RunbookStep {
  static func command(
    _ text: String, rollback: String? = nil, required: Bool? = nil, interactive: Bool = false
  ) -> RunbookStep {
    RunbookStep(
      .command(Command(TemplateText(verbatim: text))), name: text,
      options: Options(
        isRequired: required, rollback: rollback.map { TemplateText(verbatim: $0) },
        isInteractive: interactive),
      origin: shopOrigin)
  }

  static func manual(_ name: String) -> RunbookStep {
    RunbookStep(.manual, name: name, origin: shopOrigin)
  }

  static func step(_ action: Action, _ name: String) -> RunbookStep {
    RunbookStep(action, name: name, origin: shopOrigin)
  }
}

extension Runbook {
  static func shop(_ steps: RunbookStep..., metrics: [String: String] = [:]) -> Runbook {
    Runbook(
      id: "shop", title: "Shop", service: "checkout", steps: steps, metrics: metrics,
      origin: shopOrigin)
  }
}

extension RunOffice {
  /// Lets time pass in steps until nothing of a run runs any more.
  func passTime(_ step: Duration, until run: RunRecord.ID, of runner: RunbookRunner) async {
    while await runner.snapshot.runs.first(where: { $0.id == run })?.record.outcome == .running {
      clock.advance(by: step)
      // The runner asks, and sleeps again.
      try? await Task.sleep(for: .milliseconds(2))
    }
  }
}

extension RunbookRunner {
  /// Does something with a step of a new run, and waits until nothing of it runs.
  func begin(_ wish: StepWish = .run, _ step: Int = 0) async throws -> RunState {
    let subject = RunSubject(service: "checkout")
    let begun = try await perform(.step(wish, step, of: target(for: subject)))
    let id = try #require(begun)
    return try #require(await settled(id))
  }

  /// A new run of the shop's runbook.
  func target(for subject: RunSubject = RunSubject()) -> RunTarget {
    .new("shop", subject, edition: rules.library.runbook(named: "shop")?.edition ?? 0)
  }

  /// Does something with a step of a run, and waits until nothing of it runs.
  func go(_ wish: StepWish = .run, _ step: Int, _ run: RunState) async throws -> RunState {
    try await perform(.step(wish, step, of: .run(run.id)))
    return try #require(await settled(run.id))
  }
}
