import DemoWorld
import Reliability
import TestSupport
import Testing

@Suite("What the operator mends in the demo shop")
struct DemoRepairTests {
  private let start = Shop.start

  private func burn(_ world: DemoWorld, after minutes: Int) async throws -> Double? {
    let demand = Demand("checkout/availability", .burn(.minutes(5)))
    let results = await world.readings(for: [demand], at: start + .seconds(minutes * 60))
    let slo = try #require(try Shop.slos().first { $0.id == demand.slo })
    let answer = try #require(results[demand]).get().answer
    guard case .measured(let share) = Measurement(answer, of: slo.sli) else { return nil }
    return slo.objective.burnRate(errorRatio: share.errorRatio)
  }

  @Test("A mended service recovers, its past stays, and taking that back breaks it again")
  func recovery() async throws {
    let repairs = DemoRepairs()
    let world = DemoWorld(
      name: "prom-eu", slos: try Shop.slos(), seed: 1, start: start, repairs: repairs)
    #expect(try #require(await burn(world, after: 70)) > 50)
    repairs.mend("checkout", at: start + .seconds(70 * 60))
    #expect(try #require(await burn(world, after: 70)) > 50)
    #expect(try #require(await burn(world, after: 77)) < 3)
    repairs.undo("checkout")
    #expect(try #require(await burn(world, after: 77)) > 50)
  }

  @Test("Its alerts end a few minutes later, and others stay")
  func alerts() async throws {
    let repairs = DemoRepairs()
    let clock = ManualClock(at: start)
    let alerts = DemoAlerts(name: "am", start: start, clock: clock, repairs: repairs)
    func names(after minutes: Int) async throws -> Set<String> {
      let report = try await alerts.report(at: start + .seconds(minutes * 60)).get()
      return Set(report.alerts.map(\.labels.alertName))
    }
    repairs.mend("checkout", at: start + .seconds(600))
    #expect(try await names(after: 11).contains("ErrorBudgetBurn"))
    let later = try await names(after: 17)
    #expect(!later.contains("ErrorBudgetBurn") && !later.contains("KubePodCrashLooping"))
    #expect(later.contains("LatencyBudgetBurn") && later.contains("Watchdog"))
  }

  @Test("A step that changes production mends the service of its runbook, its rollback breaks it")
  func commands() async throws {
    let repairs = DemoRepairs()
    let clock = ManualClock(at: start)
    let origin = Runbook.Origin(file: "f", line: 1)
    let step = RunbookStep(
      .command(.init(try TemplateText(parsing: "echo undo {{ labels.service }} now"))),
      name: "undo",
      options: .init(isDangerous: true, rollback: try TemplateText(parsing: "echo redo")),
      origin: origin)
    let look = RunbookStep(
      .command(.init(try TemplateText(parsing: "echo look"))), name: "look", origin: origin)
    let library = RunbookLibrary([
      Runbook(id: "r", title: "r", service: "checkout", steps: [step, look], origin: origin)
    ])
    struct Echo: ProcessRunner {
      let end: ProcessEnd
      func run(
        _ command: PreparedCommand, output: @escaping @Sendable ([UInt8]) async -> Void
      ) async -> ProcessEnd { end }
    }
    func run(_ text: String, _ end: ProcessEnd = .exited(0)) async {
      let processes = DemoProcesses(
        Echo(end: end), repairs: repairs, library: library, clock: clock)
      let command = PreparedCommand(
        arguments: ["/bin/sh", "-c", text], text: text, environment: [:], directory: "/",
        timeout: nil)
      _ = await processes.run(command, output: { _ in })
    }
    await run("echo look")
    await run("echo undo checkout now", .exited(1))
    #expect(repairs.instant(of: "checkout") == nil)
    await run("echo undo checkout now")
    #expect(repairs.instant(of: "checkout") == start)
    await run("echo redo")
    #expect(repairs.instant(of: "checkout") == nil)
    #expect(repairs.instant(of: nil) == nil)
  }

  @Test("Questions about a service are answered from its own events")
  func questions() async throws {
    let world = DemoWorld(name: "prom-eu", slos: try Shop.slos(), seed: 1, start: start)
    func value(_ text: String) async throws -> Double? {
      try await world.answer(to: text, hasPast: true, at: start + .seconds(1800)).get()
        .series.first?.value
    }
    let selector = #"http_requests_total{service="checkout"}[5m]"#
    let ratio = try #require(await value("sum(rate(\(selector))) / sum(rate(\(selector)))"))
    #expect((0.05...1).contains(ratio))
    #expect(try #require(await value("sum(rate(\(selector)))")) > 1)
    let quantile = try #require(
      await value(
        #"histogram_quantile(0.97, sum by (le) (rate(x_bucket{service="payments"}[5m])))"#))
    #expect(quantile > 0.1)
    #expect(try await value(#"up{service="nobody"}"#) == nil)
    await #expect(throws: ReadingFailure.self) { try await value("up") }
    let past = try await world.answer(to: "rate(\(selector))", hasPast: true, at: start).get()
    #expect(past.series.first?.past.count == 30)
  }
}
