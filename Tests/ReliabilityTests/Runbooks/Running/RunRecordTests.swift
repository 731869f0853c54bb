import Reliability
import Testing

@Suite("How a run stands")
struct RunRecordTests {
  private func record(
    _ statuses: [StepRecord.Status], optional: Set<Int> = [], rollbacks: Set<Int> = []
  ) throws -> RunRecord {
    let steps = try statuses.indices.map { index in
      try RunbookStep.command(
        "true",
        RunbookStep.Options(
          isRequired: optional.contains(index) ? false : nil,
          rollback: rollbacks.contains(index) ? try TemplateText(parsing: "back") : nil))
    }
    var record = RunRecord(
      id: "r1", of: .sample(steps), for: RunSubject(service: "checkout"), actor: "ines",
      host: "bastion", at: Timestamp(milliseconds: 1000))
    for (index, status) in statuses.enumerated() { record.steps[index].status = status }
    return record
  }

  @Test(
    "Its outcome follows from its steps",
    arguments: [
      ([.pending, .pending], .open), ([.done, .pending], .open), ([.done, .done], .completed),
      ([.done, .skipped], .completed), ([.done, .notApplicable], .completed),
      ([.done, .running], .running), ([.failed, .running], .running), ([.done, .failed], .failed),
      ([.refused, .pending], .failed), ([.cancelled, .pending], .failed),
      ([.done, .interrupted], .interrupted), ([.rolledBack, .rolledBack], .rolledBack),
      ([.rollingBack, .done], .running), ([.rollbackFailed, .done], .failed),
    ] as [([StepRecord.Status], RunRecord.Outcome)])
  func outcomes(_ statuses: [StepRecord.Status], _ outcome: RunRecord.Outcome) throws {
    #expect(try record(statuses).outcome == outcome)
  }

  @Test("An optional step neither fails nor completes it; without required ones all are awaited")
  func optional() throws {
    #expect(try record([.failed, .done], optional: [0]).outcome == .completed)
    #expect(try record([.pending, .done], optional: [0]).outcome == .completed)
    #expect(try record([.done, .pending], optional: [0, 1]).outcome == .open)
    #expect(try record([.done, .done], optional: [0, 1]).outcome == .completed)
  }

  @Test("A required step that failed stops those behind it until it is run again or skipped")
  func stopped() throws {
    let failed = try record([.failed, .pending])
    #expect(failed.obstacle(to: .run, on: 0) == nil)
    #expect(failed.obstacle(to: .skip(reason: "x"), on: 0) == nil)
    #expect(
      failed.obstacle(to: .run, on: 1)
        == "Step 1 is required and failed: run it again with x, or skip it with X and a reason.")
    #expect(failed.obstacle(to: .check(note: ""), on: 1) != nil)
    #expect(failed.obstacle(to: .skip(reason: "x"), on: 1) == nil)
    #expect(try record([.skipped, .pending]).obstacle(to: .run, on: 1) == nil)
    #expect(try record([.failed, .pending], optional: [0]).obstacle(to: .run, on: 1) == nil)
    #expect(try record([.pending, .pending]).obstacle(to: .run, on: 1) == nil)
  }

  @Test("What runs can only be cancelled, and only what runs")
  func running() throws {
    let running = try record([.running, .pending])
    #expect(running.obstacle(to: .run, on: 0) == "Step 1 runs; K cancels it.")
    #expect(running.obstacle(to: .skip(reason: "x"), on: 0) != nil)
    #expect(running.obstacle(to: .cancel, on: 0) == nil)
    #expect(running.obstacle(to: .cancel, on: 1) == "Step 2 does not run.")
    #expect(running.obstacle(to: .run, on: 2) == "There is no step 3.")
    #expect(running.rollbackObstacle == "A step runs; K cancels it.")
  }

  @Test("Steps that were done are taken back in the reverse of the order they ended in")
  func rollbackOrder() throws {
    var run = try record([.done, .done, .failed, .rollbackFailed, .done], rollbacks: [0, 1, 2, 3])
    for (index, end) in [30, 10, 40, 20, 50].enumerated() {
      run.steps[index].endedAt = Int64(end)
    }
    #expect(run.rollbackOrder == [0, 3, 1])
    #expect(run.rollbackObstacle == nil)
    #expect(try record([.done]).rollbackObstacle != nil)
  }

  @Test("Interrupted, only what was running changes")
  func interrupted() throws {
    var run = try record([.done, .running, .pending])
    let now = Timestamp(milliseconds: 9000)
    #expect(run.interrupt(because: "gone", at: now) == [1])
    #expect(run.steps.map(\.status) == [.done, .interrupted, .pending])
    #expect(run.steps[1].detail == "gone" && run.steps[1].endedAt == 9000)
    #expect(run.changedAt == 9000 && run.nextStep == 1)
    #expect(run.interrupt(because: "again", at: now) == [])
  }

  @Test("A step whose condition the alert does not meet does not apply")
  func conditions() throws {
    let matcher = LabelMatcher("zone", .matches, "eu-.*")
    let step = try RunbookStep.command("true", RunbookStep.Options(condition: [matcher]))
    #expect(StepRecord(step, for: .alert(["zone": "eu-1"])).status == .pending)
    let left = StepRecord(step, for: .alert(["zone": "us-1"]))
    #expect(left.status == .notApplicable)
    #expect(left.detail == "the alert does not match {zone=~\"eu-.*\"}")
    #expect(StepRecord(step, for: RunSubject(service: "checkout")).status == .notApplicable)
    let broken = try RunbookStep.command(
      "true", RunbookStep.Options(condition: [LabelMatcher("zone", .matches, "(")]))
    #expect(StepRecord(broken, for: .alert()).status == .notApplicable)
  }

  @Test("A runbook has another edition when what it runs changes, and the same when it does not")
  func editions() throws {
    let first = Runbook.sample([try .command("true")])
    #expect(first.edition == Runbook.sample([try .command("true")]).edition)
    #expect(first.edition != Runbook.sample([try .command("false")]).edition)
    #expect(first.edition != Runbook.sample([try .command("true", name: "other")]).edition)
    let back = RunbookStep.Options(rollback: try TemplateText(parsing: "back"))
    #expect(first.edition != Runbook.sample([try .command("true", back)]).edition)
  }

  @Test("History counts runs that were begun, and the share of those that ended well")
  func history() throws {
    func ended(_ status: StepRecord.Status, after: Int64) throws -> RunRecord {
      var run = try record([status])
      run.steps[0].attempts = 1
      run.changedAt = run.startedAt + after
      return run
    }
    let runs = [
      try ended(.done, after: 5000), try ended(.done, after: 1000), try ended(.failed, after: 100),
      try ended(.done, after: 9000), try record([.pending]),
    ]
    let history = RunHistory(runs)
    #expect(history.runs == 4)
    #expect(history.successShare == 0.75)
    #expect(history.medianDuration == .seconds(5))
    #expect(history.lastRun == Timestamp(milliseconds: 1000))
    #expect(RunHistory([]) == RunHistory([try record([.pending])]))
    #expect(RunHistory([]).successShare == nil)
  }

  @Test("The run that is shown is the latest, and of services only for an hour after its end")
  func current() throws {
    var snapshot = RunSnapshot()
    let subject = RunSubject(service: "checkout")
    let open = try record([.pending])
    var over = try record([.done])
    over.changedAt = 5000
    let soon = Timestamp(milliseconds: 6000)
    snapshot.history = [open, over]
    #expect(snapshot.current(of: "shop", for: subject, at: soon) == open)
    #expect(snapshot.current(of: "shop", for: subject, at: soon + .seconds(3600)) == open)
    let start = Timestamp(milliseconds: open.startedAt)
    #expect(snapshot.current(of: "shop", for: subject, since: start, at: soon) == open)
    #expect(
      snapshot.current(of: "shop", for: subject, since: start + .milliseconds(1), at: soon) == nil)
    snapshot.history = [over, open]
    #expect(snapshot.current(of: "shop", for: subject, at: soon) == over)
    #expect(snapshot.current(of: "other", for: subject, at: soon) == nil)
    #expect(snapshot.current(of: "shop", for: RunSubject(service: "x"), at: soon) == nil)
    snapshot.history = [over]
    #expect(snapshot.current(of: "shop", for: subject, at: soon) == over)
    #expect(snapshot.current(of: "shop", for: subject, at: soon + .seconds(3600)) == nil)
  }
}
