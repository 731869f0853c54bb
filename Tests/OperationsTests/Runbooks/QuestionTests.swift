import Operations
import Reliability
import TestSupport
import Testing

@Suite("Steps that ask a metric source", .timeLimit(.minutes(2)))
struct QuestionTests {
  private let office = RunOffice()

  private func verify(
    _ bound: MetricBound, holds: Duration = .seconds(20), within: Duration = .seconds(60)
  ) -> RunbookStep {
    .step(
      .verify(
        RunbookStep.Verification(
          TemplateText(verbatim: "errors"), bound, holds: holds, within: within)),
      "wait")
  }

  @Test("A query shows its value, or says why there is none")
  func query() async throws {
    let query = RunbookStep.step(
      .query(RunbookStep.Query(TemplateText(verbatim: "up"), language: "promql")), "ask")
    let runner = office.runner([.shop(query)])
    office.metrics.set("up", to: 3.25)
    var run = try await runner.begin()
    #expect(run.record.steps[0].status == .done && run.record.steps[0].detail == "3.25")
    office.metrics.set("up", to: nil)
    run = try await runner.go(.run, 0, run)
    #expect(run.record.steps[0].detail == "no value: nothing matches")
    office.metrics.fail("up", .rejected("parse error"))
    run = try await runner.go(.run, 0, run)
    #expect(run.record.steps[0].status == .failed && run.record.steps[0].detail == "parse error")
    // It is optional, as it says nothing of success.
    #expect(run.record.outcome == .open)
  }

  @Test("A question in another language is only looked at")
  func otherLanguage() async throws {
    let query = RunbookStep.step(
      .query(RunbookStep.Query(TemplateText(verbatim: "select 1"), language: "sql")), "ask")
    let run = try await office.runner([.shop(query)]).begin()
    #expect(run.record.steps[0].status == .done)
    #expect(office.metrics.questions == [] && office.processes.ran == [])
  }

  @Test("A condition on a named query is looked at once")
  func metric() async throws {
    let condition = try #require(MetricCondition(parsing: "errors < 1%"))
    let runner = office.runner([.shop(.step(.metric(condition), "ok?"), metrics: ["errors": "q"])])
    office.metrics.set("q", to: 0.005)
    var run = try await runner.begin()
    #expect(run.record.steps[0].status == .done)
    #expect(run.record.steps[0].detail == "errors is 0.005, < 0.01")
    office.metrics.set("q", to: 0.5)
    run = try await runner.go(.run, 0, run)
    #expect(run.record.steps[0].detail == "errors is 0.5, not < 0.01")
    #expect(run.record.outcome == .failed)
    office.metrics.set("q", to: nil)
    run = try await runner.go(.run, 0, run)
    #expect(run.record.steps[0].detail == "errors has no value that can be told now")
  }

  @Test("A name that means nothing fails and says what to write")
  func unknownName() async throws {
    let condition = try #require(MetricCondition(parsing: "depth < 1"))
    let run = try await office.runner([.shop(.step(.metric(condition), "ok?"))]).begin()
    #expect(run.record.steps[0].status == .failed)
    #expect(
      run.record.steps[0].detail == "nothing here is called \"depth\"; name a query in metrics:")
  }

  @Test("A verification waits until its condition has held for long enough")
  func verified() async throws {
    let runner = office.runner([.shop(verify(MetricBound(.below, Fraction(1))))])
    office.metrics.set("errors", to: 2)
    let id = try #require(
      await runner.perform(.step(.run, 0, of: runner.target())))
    await office.clock.sleepers(atLeast: 1)
    office.metrics.set("errors", to: 0.5)
    await office.passTime(.seconds(1), until: id, of: runner)
    let run = try #require(await runner.settled(id))
    #expect(run.record.steps[0].status == .done)
    #expect(run.record.steps[0].detail == "it is 0.5, < 1 for 20 s")
    #expect(run.live[0]?.watch?.samples.first?.value == 2)
  }

  @Test("Without success in time it fails, with the last value and the trouble")
  func late() async throws {
    let runner = office.runner([.shop(verify(MetricBound(.below, Fraction(1))))])
    office.metrics.fail("errors", .unavailable("prom is silent"))
    let id = try #require(
      await runner.perform(.step(.run, 0, of: runner.target())))
    await office.passTime(.seconds(1), until: id, of: runner)
    let run = try #require(await runner.settled(id))
    #expect(run.record.steps[0].status == .failed)
    #expect(
      run.record.steps[0].detail == "it is unknown after 1 m, not < 1; prom is silent")
  }

  @Test("A verification that is cancelled ends at once")
  func cancelled() async throws {
    let runner = office.runner([.shop(verify(MetricBound(.below, Fraction(1))))])
    let id = try #require(
      await runner.perform(.step(.run, 0, of: runner.target())))
    await office.clock.sleepers(atLeast: 1)
    try await runner.perform(.step(.cancel, 0, of: .run(id)))
    #expect(await runner.settled(id)?.record.steps[0].status == .cancelled)
  }
}
