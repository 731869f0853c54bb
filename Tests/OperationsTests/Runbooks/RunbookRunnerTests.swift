import Operations
import Reliability
import Synchronization
import TestSupport
import Testing

@Suite("Running the steps of runbooks", .timeLimit(.minutes(2)))
struct RunbookRunnerTests {
  private let office = RunOffice()

  @Test("A command is in the journal before it runs, and with its end afterwards")
  func command() async throws {
    let runner = office.runner([.shop(.command("say hello"))])
    let run = try await runner.begin()
    #expect(run.record.outcome == .completed)
    let step = run.record.steps[0]
    #expect(step.status == .done && step.attempts == 1 && step.command == "say hello")
    #expect(step.detail == "exit code 0")
    #expect(run.live[0]?.output.lines == ["hello"])
    let kept = try await office.journal.runs(limit: 9)
    #expect(kept == [HeldRun(record: run.record, owner: nil, heldUntil: nil)])
    #expect(
      try await office.trail() == ["run: shop step 1, say hello", "done: shop step 1, say hello"])
    #expect(office.sentences == ["Step 1 of shop is done: exit code 0 after 0 s."])
  }

  @Test("While a command runs, its process holds the run")
  func held() async throws {
    let runner = office.runner([.shop(.command("hang"))])
    let id = try #require(
      await runner.perform(.step(.run, 0, of: runner.target())))
    let held = try #require(await office.journal.runs(limit: 9).first)
    #expect(held.owner == "p-1" && held.record.outcome == .running)
    #expect(held.heldUntil == office.clock.now + .seconds(10))
    let other = office.runner([.shop(.command("hang"))], owner: "p-2")
    await other.readHistory()
    await #expect(throws: ActionRefusal.unsuitable(reason: "Step 1 runs; K cancels it.")) {
      try await other.perform(.step(.run, 0, of: .run(id)))
    }
    await #expect(throws: ActionRefusal.self) {
      try await other.perform(.step(.skip(reason: "x"), 0, of: .run(id)))
    }
    try await runner.perform(.step(.cancel, 0, of: .run(id)))
    let run = await runner.settled(id)
    #expect(run?.record.steps[0].status == .cancelled)
    #expect(try await office.journal.runs(limit: 9).first?.owner == nil)
  }

  @Test("What cannot be written down is not run")
  func noJournal() async throws {
    let runner = office.runner([.shop(.command("say hello"))])
    let full = JournalError.full(path: "j")
    await office.journal.failNext(9, with: full)
    await #expect(throws: ActionRefusal.journal(full)) { try await runner.begin() }
    #expect(office.processes.ran == [])
    await office.journal.failNext(0, with: full)
    #expect(try await runner.begin().record.outcome == .completed)
  }

  @Test("An end that cannot be written down is written with the next pulse")
  func lateJournal() async throws {
    let runner = office.runner([.shop(.command("hang"))])
    let id = try #require(
      await runner.perform(.step(.run, 0, of: runner.target())))
    await office.journal.failNext(1, with: .busy(path: "j"))
    try await runner.perform(.step(.cancel, 0, of: .run(id)))
    _ = await runner.settled(id)
    #expect(try await office.journal.runs(limit: 9).first?.record.outcome == .running)
    let work = Task { await runner.run() }
    await office.clock.sleepers(atLeast: 1)
    office.clock.advance(by: .seconds(1))
    while try await office.journal.runs(limit: 9).first?.record.outcome == .running {
      try await Task.sleep(for: .milliseconds(5))
    }
    work.cancel()
    #expect(try await office.trail().last == "cancelled: shop step 1, hang")
  }

  @Test("A required step that fails stops the next; it can be run again, or skipped with a reason")
  func failing() async throws {
    let runner = office.runner([.shop(.command("fail"), .command("say on"))])
    var run = try await runner.begin()
    #expect(run.record.outcome == .failed && run.record.steps[0].detail == "exit code 3")
    await #expect(throws: ActionRefusal.self) { try await runner.go(.run, 1, run) }
    run = try await runner.go(.run, 0, run)
    #expect(run.record.steps[0].attempts == 2)
    run = try await runner.go(.skip(reason: "known to fail"), 0, run)
    #expect(run.record.steps[0].status == .skipped && run.record.steps[0].note == "known to fail")
    run = try await runner.go(.run, 1, run)
    #expect(run.record.outcome == .completed)
    #expect(office.processes.ran == ["fail", "fail", "say on"])
    #expect(try await office.trail().contains("skip: shop step 1, fail"))
  }

  @Test("Manual steps and pages are checked off, with a note")
  func manual() async throws {
    let link = RunbookStep.step(.link(TemplateText(verbatim: "https://x")), "page")
    let runner = office.runner([.shop(.manual("look"), link)])
    var run = try await runner.begin(.check(note: "nothing odd"))
    #expect(run.record.steps[0].note == "nothing odd" && run.record.outcome == .completed)
    run = try await runner.go(.run, 1, run)
    #expect(run.record.steps.map(\.status) == [.done, .done])
    await #expect(throws: ActionRefusal.unsuitable(reason: "Step 1 is done already.")) {
      try await runner.go(.check(note: ""), 0, run)
    }
  }

  @Test("What was done is taken back in reverse, and no further than a rollback that fails")
  func rollback() async throws {
    let runner = office.runner([
      .shop(
        .command("say 1", rollback: "say undo 1"), .command("say 2"),
        .command("say 3", rollback: "say undo 3"))
    ])
    var run = try await runner.begin()
    office.clock.advance(by: .seconds(1))
    for step in 1...2 {
      run = try await runner.go(.run, step, run)
      office.clock.advance(by: .seconds(1))
    }
    try await runner.perform(.rollBack(run.id))
    run = try #require(await runner.settled(run.id))
    #expect(office.processes.ran.suffix(2) == ["say undo 3", "say undo 1"])
    #expect(run.record.steps.map(\.status) == [.rolledBack, .done, .rolledBack])
    #expect(run.record.outcome == .rolledBack)
    await #expect(throws: ActionRefusal.self) { try await runner.perform(.rollBack(run.id)) }
  }

  @Test("A rollback that fails leaves the rest as it is, and can be tried again")
  func failingRollback() async throws {
    let runner = office.runner([
      .shop(.command("say 1", rollback: "say undo"), .command("say 2", rollback: "fail"))
    ])
    var run = try await runner.begin()
    office.clock.advance(by: .seconds(1))
    run = try await runner.go(.run, 1, run)
    try await runner.perform(.rollBack(run.id))
    run = try #require(await runner.settled(run.id))
    #expect(run.record.steps.map(\.status) == [.done, .rollbackFailed])
    #expect(run.record.rollbackOrder == [1, 0])
  }

  @Test("The gate, the lists and the owners of the file refuse programs, and nothing else")
  func refusals() async throws {
    let runbook = Runbook.shop(.command("say hello"), .manual("look"))
    let readOnly = office.runner([runbook], gate: ActionGate(isReadOnly: true))
    await #expect(throws: ActionRefusal.self) { try await readOnly.begin() }
    #expect(try await readOnly.begin(.check(note: ""), 1).record.steps[1].status == .done)
    let denied = office.runner([runbook], permissions: RunbookPermissions(denied: ["sh*"]))
    await #expect(
      throws: ActionRefusal.notAllowed(reason: "permissions.runbooks.deny has \"sh*\"")
    ) { try await denied.begin() }
    office.distrust.withLock { $0 = "the file belongs to user 7" }
    let distrusted = office.runner([runbook])
    await #expect(throws: ActionRefusal.notAllowed(reason: "the file belongs to user 7")) {
      try await distrusted.begin()
    }
    #expect(office.processes.ran == [])
    #expect(try await office.trail().filter { $0 == "refused: shop" }.count == 3)
  }

  @Test("A label that is not harmless runs nothing and changes nothing")
  func hostileLabel() async throws {
    let step = RunbookStep(
      .command(.init(try TemplateText(parsing: "restart {{ labels.pod }}"))), name: "restart",
      origin: Runbook.Origin(file: "f", line: 1))
    let runner = office.runner([.shop(step)])
    let subject = RunSubject(
      Alert(
        Alert.Facts(
          id: Alert.ID(cluster: "am", fingerprint: "1"),
          labels: LabelSet(["alertname": "A", "pod": "x; rm -rf /"]), annotations: LabelSet([:]),
          severity: .page, startsAt: .epoch)))
    await #expect(throws: ActionRefusal.self) {
      try await runner.perform(.step(.run, 0, of: runner.target(for: subject)))
    }
    #expect(office.processes.ran == [])
    #expect(await runner.snapshot.runs.isEmpty)
  }

  @Test("The same step begun twice at once runs once")
  func twice() async throws {
    let runner = office.runner([.shop(.command("hang"))])
    let id = try #require(
      await runner.perform(.step(.check(note: ""), 0, of: runner.target())))
    let wins = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (try? await runner.perform(.step(.run, 0, of: .run(id)))) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(wins == 1)
    await office.processes.running("hang")
    await runner.stop()
    #expect(office.processes.ran == ["hang"])
  }

  @Test("Several runs go on at once")
  func several() async throws {
    let runner = office.runner([.shop(.command("hang"))])
    let first = try #require(await runner.perform(.step(.run, 0, of: runner.target())))
    let second = try #require(
      await runner.perform(.step(.run, 0, of: runner.target(for: RunSubject(service: "x")))))
    #expect(await runner.snapshot.runs.map(\.record.outcome) == [.running, .running])
    try await runner.perform(.step(.cancel, 0, of: .run(first)))
    #expect(await runner.settled(first)?.record.steps[0].status == .cancelled)
    #expect(await runner.snapshot.runs.first { $0.id == second }?.record.outcome == .running)
    await runner.stop()
  }

  @Test("A step for the terminal is handed over, and ends as the terminal says")
  func interactive() async throws {
    let runner = office.runner([.shop(.command("top", interactive: true))])
    var run = try await runner.begin()
    #expect(run.record.steps[0].status == .running)
    let wanted = office.news.withLock { news in
      news.contains {
        if case .terminalWanted(let command, 0, run.id) = $0 {
          command.text == "top"
        } else {
          false
        }
      }
    }
    #expect(wanted)
    run = try await runner.go(.ended(.exited(4)), 0, run)
    #expect(run.record.steps[0].status == .failed && run.record.steps[0].detail == "exit code 4")
    #expect(office.processes.ran == [])
  }

  @Test("Opening a runbook is on record, and a journal that fails keeps nobody from reading")
  func viewing() async throws {
    let runner = office.runner([.shop(.manual("look"))])
    try await runner.perform(.view("shop", RunSubject(service: "checkout")))
    #expect(try await office.trail() == ["view runbook: shop"])
    await office.journal.failNext(1, with: .full(path: "j"))
    try await runner.perform(.view("shop", RunSubject()))
  }
}

@Suite("Runs of processes that are gone", .timeLimit(.minutes(2)))
struct InterruptedRunTests {
  private let office = RunOffice()

  @Test("Leaving ends what runs, and its record says interrupted")
  func leaving() async throws {
    let runner = office.runner([.shop(.command("hang"))])
    let id = try #require(
      await runner.perform(.step(.run, 0, of: runner.target())))
    await runner.stop()
    let kept = try #require(await office.journal.runs(limit: 9).first?.record)
    #expect(kept.id == id && kept.outcome == .interrupted)
    #expect(kept.steps[0].detail == "burnwatch was left while it ran")
  }

  @Test("The run of a process that was killed is interrupted, nothing is repeated by itself")
  func killed() async throws {
    let dead = office.runner([.shop(.command("hang"), .command("say next"))])
    let id = try #require(
      await dead.perform(.step(.run, 0, of: dead.target(for: RunSubject(service: "checkout")))))
    let next = office.runner([.shop(.command("hang"), .command("say next"))], owner: "p-2")
    await next.readHistory()
    await office.processes.running("hang")
    // Nobody knows of the process, and its hold has not ended: it may live on another machine.
    #expect(await next.snapshot.history.first?.outcome == .running)
    office.alive.withLock { $0["p-1"] = false }
    await next.readHistory()
    let found = try #require(await next.snapshot.history.first)
    #expect(found.id == id && found.outcome == .interrupted)
    #expect(found.steps[0].detail == "burnwatch ended while it ran")
    #expect(office.processes.ran == ["hang"])
    #expect(try await office.trail().last == "interrupted: shop step 1, hang")
    await next.readHistory()
    #expect(try await office.trail().filter { $0.hasPrefix("interrupted") }.count == 1)
  }

  @Test("A hold that has ended by itself counts no more")
  func expired() async throws {
    let dead = office.runner([.shop(.command("hang"))])
    try await dead.perform(.step(.run, 0, of: dead.target()))
    office.clock.advance(by: .seconds(11))
    let next = office.runner([.shop(.command("hang"))], owner: "p-2")
    await next.readHistory()
    #expect(await next.snapshot.history.first?.outcome == .interrupted)
  }

  @Test("A process that lives keeps its hold")
  func renewed() async throws {
    let runner = office.runner([.shop(.command("hang"))])
    try await runner.perform(.step(.run, 0, of: runner.target()))
    let work = Task { await runner.run() }
    for _ in 0..<15 {
      await office.clock.sleepers(atLeast: 1)
      office.clock.advance(by: .seconds(1))
    }
    await office.clock.sleepers(atLeast: 1)
    let next = office.runner([.shop(.command("hang"))], owner: "p-2")
    await next.readHistory()
    #expect(await next.snapshot.history.first?.outcome == .running)
    work.cancel()
    await runner.stop()
  }

  @Test("An interrupted run goes on where it stopped, in another process")
  func resumed() async throws {
    let runbook = Runbook.shop(.command("say 1"), .command("hang"), .command("say 3"))
    let dead = office.runner([runbook])
    let first = try await dead.begin()
    try await dead.perform(.step(.run, 1, of: .run(first.id)))
    await office.processes.running("hang")
    office.alive.withLock { $0["p-1"] = false }
    let quick = Runbook.shop(.command("say 1"), .command("hang"), .command("say 3"))
    let next = office.runner([quick], owner: "p-2")
    await next.readHistory()
    var run = try await next.go(.skip(reason: "looked at it"), 1, first)
    run = try await next.go(.run, 2, run)
    #expect(run.record.outcome == .completed)
    #expect(office.processes.ran == ["say 1", "hang", "say 3"])
  }

  @Test("A runbook that has changed since is not gone on with")
  func changed() async throws {
    let first = try await office.runner([.shop(.command("fail"))]).begin()
    let next = office.runner([.shop(.command("say other"))], owner: "p-2")
    await next.readHistory()
    await #expect(
      throws: ActionRefusal.unsuitable(
        reason: "shop has changed since this run; N begins a new one")
    ) { try await next.go(.run, 0, first) }
    let gone = office.runner([], owner: "p-3")
    await gone.readHistory()
    await #expect(throws: ActionRefusal.self) { try await gone.go(.run, 0, first) }
  }
}
