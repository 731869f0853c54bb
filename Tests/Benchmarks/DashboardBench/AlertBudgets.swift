import Foundation
import Screen
import Synchronization
import TestSupport

/// Measures the budgets that need alerts, at an Alertmanager whose answers the bench decides.
struct AlertBudgets {
  let size: Size

  /// Measures in a table of their own.
  func run() async throws {
    let steady = try await SteadySource()
    defer { steady.server.stop() }
    try await run(Table("what", "at most", "measured"), steady)
  }

  func run(_ table: Table, _ steady: SteadySource) async throws {
    try await five(table)
    try await ten(table, steady)
    try await acknowledges(table)
  }

  /// Five thousand alerts, from the start of the program to the list.
  private func five(_ table: Table) async throws {
    let source = try await SteadyAlerts(count: 5000)
    defer { source.server.stop() }
    let configuration = try BenchConfiguration(
      sources: [], alertmanager: source.server.url, alertRefresh: "15s", count: 0)
    let program = MeasuredProgram.burnwatch(["--config", configuration.path])
    var times: [Double] = []
    var memory = "unknown here"
    for round in 0..<7 {
      let begin = ContinuousClock.now
      let terminal = try program.started(size: size) { $0.text.contains("5000 firing") }
      times.append((begin.duration(to: .now)) / .milliseconds(1))
      if round == 6 {
        _ = terminal.idle(for: .seconds(40))
        memory = terminal.figures.map { "\(Spread.number($0.memory)) MiB" } ?? memory
      }
      _ = try terminal.quit(with: "q")
    }
    table.row("5,000 alerts from start to list on screen", "400 ms", Spread(times).text("ms"))
    table.row("resident memory, 5,000 alerts, looked at every 15 s", "42 MiB", memory)
  }

  /// Ten thousand alerts that are told anew every second, a hundredth of them different, beside a
  /// thousand SLOs and a source that hangs.
  private func ten(_ table: Table, _ steady: SteadySource) async throws {
    let source = try await SteadyAlerts(count: 10_000)
    defer { source.server.stop() }
    let hanging = try await FaultServer.start { _ in .silence }
    defer { hanging.stop() }
    let configuration = try BenchConfiguration(
      sources: [("steady", steady.server.url), ("hanging", hanging.url)],
      alertmanager: source.server.url, count: 1000, settings: "refresh: 5s, timeout: 4s")
    let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
      .started(size: size) { $0.text.contains("0000 firing") || $0.text.contains("10000") }
    _ = terminal.idle(for: .seconds(20))
    _ = try terminal.press("4")
    let keys = (0..<20).flatMap { _ in
      ["j", "j", "k", "G", "g", "#", "#", "#", "#", "#", " ", "U", "1", "4"]
    }
    let responses = try keys.map(terminal.press)
    table.row(
      "key to changed screen in 10,000 alerts that arrive anew every second, a source hanging, "
        + "median / p99", "4 / 25 ms", Spread(responses.map(\.latency)).tail("ms"))
    let filters = try (0..<10).flatMap { _ in
      ["/", "s", "e", "r", "v", "i", "c", "e", "-", "7", "\u{1B}"]
    }.map(terminal.press).filter { $0.latency < .milliseconds(24) }
    table.row(
      "the same while a filter is typed", "4 / 25 ms", Spread(filters.map(\.latency)).tail("ms"))
    table.row(
      "resident memory, 1,000 SLOs and 10,000 alerts", "120 MiB",
      terminal.figures.map { "\(Spread.number($0.memory)) MiB" } ?? "unknown here")
    _ = try terminal.quit(with: "Q")
  }

  /// From the key to the silence in Alertmanager's hands.
  private func acknowledges(_ table: Table) async throws {
    let source = try await SteadyAlerts(count: 40)
    defer { source.server.stop() }
    let configuration = try BenchConfiguration(
      sources: [], alertmanager: source.server.url, count: 0)
    let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
      .started(size: size) { $0.text.contains("40 firing") }
    _ = try terminal.press("4")
    var times: [Double] = []
    for count in 1...20 {
      // What is acknowledged moves down, so the first is always the next.
      _ = try terminal.press(count == 1 ? "G" : "g")
      if count == 1 { _ = try terminal.press("g") }
      let begin = ContinuousClock.now
      terminal.type("a")
      while source.silenceCount < count, begin.duration(to: .now) < .seconds(5) { usleep(500) }
      times.append(begin.duration(to: .now) / .milliseconds(1))
      _ = terminal.idle(for: .milliseconds(1500))
      if times[count - 1] > 1000 {
        throw MeasurementFailure("no silence:\n\(terminal.screen.text)")
      }
    }
    table.row(
      "acknowledge key to the silence at Alertmanager", "300 ms", Spread(times).text("ms"))
    _ = try terminal.quit(with: "Q")
  }
}

/// An Alertmanager without a database: many alerts, of which a hundredth change with every question.
final class SteadyAlerts: Sendable {
  let server: FaultServer
  private let texts: [[UInt8]]
  private let state = Mutex(State())

  private struct State {
    var turn = 0
    /// As they came, each with what the server adds.
    var silences: [String] = []
  }

  /// Starts to answer.
  init(count: Int) async throws {
    texts = (0..<8).map { SteadyAlerts.text(count: count, turn: $0) }
    server = try await FaultServer.start { _ in .silence }
    server.behave { [weak self] request in
      self.map { .answer($0.answer(to: request)) } ?? .silence
    }
  }

  var silenceCount: Int { state.withLock { $0.silences.count } }

  private func answer(to request: FaultServer.Request) -> FaultServer.Answer {
    let text: String
    switch (request.method, request.target) {
    case ("GET", let target) where target.hasPrefix("/api/v2/alerts"):
      return FaultServer.Answer(
        status: 200, fields: [("Content-Type", "application/json")], body: alerts())
    case ("GET", let target) where target.hasPrefix("/api/v2/status"):
      text = #"{"uptime":"2026-01-01T00:00:00Z","versionInfo":{"version":"0.25.0"}}"#
    case ("GET", let target) where target.hasPrefix("/api/v2/silences"):
      text = "[\(state.withLock { $0.silences.joined(separator: ",") })]"
    case ("POST", _):
      let id = state.withLock { state in
        let id = state.silences.count + 1
        let added = #"{"id":"\#(id)","status":{"state":"active"},"#
        state.silences.append(added + request.body.dropFirst())
        return id
      }
      text = #"{"silenceID":"\#(id)"}"#
    default: text = "[]"
    }
    return FaultServer.Answer(
      status: 200, fields: [("Content-Type", "application/json")], body: Array(text.utf8))
  }

  /// One of some texts that were made beforehand, so that making them takes nothing from the program.
  private func alerts() -> [UInt8] {
    let turn = state.withLock {
      $0.turn += 1
      return $0.turn
    }
    return texts[turn % texts.count]
  }

  private static func text(count: Int, turn: Int) -> [UInt8] {
    let items = (0..<count).map { index in
      // Few are all pages, so that what nobody has is always the first row.
      let severity = index % 10 == 0 || count < 100 ? "critical" : "warning"
      let change = index % 100 == turn % 100 ? " \(turn)" : ""
      return """
        {"annotations":{"summary":"service-\(index % 97) answers slowly\(change)","runbook_url":\
        "https://runbooks.example.com/slow.md"},"endsAt":"2099-01-01T00:00:00.000Z",\
        "fingerprint":"\(String(index, radix: 16))","receivers":[{"name":"on-call"}],\
        "startsAt":"2026-11-01T00:00:\(10 + index % 50).000Z","status":{"inhibitedBy":[],\
        "silencedBy":[],"state":"active"},"updatedAt":"2026-11-21T01:37:49.955Z",\
        "generatorURL":"http://prometheus.example.com/graph?g0.expr=up","labels":\
        {"alertname":"Slow\(index % 13)","instance":"host-\(index):9100","job":"node",\
        "namespace":"shop-\(index % 7)","pod":"pod-\(index)","service":"service-\(index % 97)",\
        "severity":"\(severity)","team":"team-\(index % 5)","zone":"eu-\(index % 3)"}}
        """
    }
    return Array("[\(items.joined(separator: ","))]".utf8)
  }
}
