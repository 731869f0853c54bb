import Screen
import TestSupport

/// Measures every budget that needs the real program in a terminal, a row each.
struct Budgets {
  private let size = Size(columns: 120, rows: 40)
  private let demo = MeasuredProgram.burnwatch(["demo", "--seed", "7"])

  func run() async throws {
    let table = Table(
      "what", "at most", "measured: median (least to most), or median / 99th percentile")
    try start(table)
    try keys(table)
    try resizes(table)
    try leaves(table)
    try idles(table)
    let steady = try await SteadySource()
    defer { steady.server.stop() }
    try quietHours(table, steady)
    try size(table, steady)
    try changes(table, steady)
    try await storm(table, steady)
    try await frozen(table)
    try await AlertBudgets(size: size).run(table, steady)
  }

  // MARK: - One terminal, the demo

  private func start(_ table: Table) throws {
    let starts = try (0..<15).map { _ in
      let (start, terminal) = try demo.startUp(size: size)
      _ = try terminal.quit(with: "q")
      return start
    }
    table.row("process start to first byte", "20 ms", Spread(starts.map(\.firstByte)).text("ms"))
    table.row(
      "process start to first whole frame", "40 ms", Spread(starts.map(\.wholeFrame)).text("ms"))
    table.row(
      "first screen, with the figures that arrive meanwhile", "12,000 B",
      Spread(starts.map { Double($0.settledBytes) }).text("B"))
  }

  private func keys(_ table: Table) throws {
    let terminal = try demo.started(size: size) { $0.text.contains("checkout") }
    _ = terminal.idle(for: .seconds(2))
    let responses = try Self.mixedKeys(repeating: 60).map(terminal.press)
    table.row(
      "key to changed screen, median / p99", "2 / 10 ms",
      Spread(responses.map(\.latency)).tail("ms"))
    let escapes = try (0..<40).map { _ in
      _ = try terminal.press("?")
      return try terminal.press("\u{1B}")
    }
    table.row(
      "the same for a lone Esc, which waits 25 ms for the rest of a sequence", "-",
      Spread(escapes.map(\.latency)).tail("ms"))
    let arrows = try Self.arrows(repeating: 60).map(terminal.press)
    table.row("bytes for one arrow key", "250 B", Spread(arrows.map { Double($0.bytes) }).text("B"))
    _ = try terminal.quit(with: "Q")
  }

  /// What an operator presses: up and down a list, into a view and back, help.
  static func mixedKeys(repeating count: Int) -> [String] {
    (0..<count).flatMap { _ in
      ["j", "j", "k", "2", "1", "?", "q", "\r", "q", "G", "g"]
    }
  }

  static func arrows(repeating count: Int) -> [String] {
    (0..<count).flatMap { _ in ["\u{1B}OB", "\u{1B}OB", "\u{1B}OA", "\u{1B}OA"] }
  }

  private func resizes(_ table: Table) throws {
    let terminal = try demo.started(size: size) { $0.text.contains("checkout") }
    _ = terminal.idle(for: .seconds(1))
    let sizes = [(119, 40), (120, 41), (100, 30), (120, 40), (200, 60), (120, 40)]
    let responses = try (0..<5).flatMap { _ in sizes }.map { columns, rows in
      try terminal.resize(to: Size(columns: columns, rows: rows))
    }
    table.row(
      "resize to last byte of the redraw", "20 ms", Spread(responses.map(\.latency)).text("ms"))
    _ = try terminal.quit(with: "q")
  }

  private func leaves(_ table: Table) throws {
    let times = try (0..<9).map { _ in
      let terminal = try demo.started(size: size) { $0.text.contains("checkout") }
      _ = terminal.idle(for: .milliseconds(500))
      return try terminal.quit(with: "q")
    }
    table.row("q to shell prompt, calm", "20 ms", Spread(times).text("ms"))
  }

  private func idles(_ table: Table) throws {
    let terminal = try demo.started(size: size) { $0.text.contains("checkout") }
    _ = terminal.idle(for: .seconds(5))
    let rounds = (0..<5).map { _ in terminal.idle(for: .seconds(15)) }
    table.row(
      "CPU, idle demo, share of one core", "0.5 %",
      Spread(rounds.map { $0.processorShare * 100 }).text("%"))
    table.row(
      "resident memory, demo", "32 MiB",
      terminal.figures.map { "\(Spread.number($0.memory)) MiB" } ?? "unknown here")
    _ = try terminal.quit(with: "q")
  }

  // MARK: - A source whose answers the bench decides

  private func quietHours(_ table: Table, _ steady: SteadySource) throws {
    for isClockShown in [false, true] {
      let configuration = try BenchConfiguration(
        sources: [("prom", steady.server.url)], count: 30, isClockShown: isClockShown)
      let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
        .started(size: size) { $0.rows[0].contains("1 source ok") }
      _ = terminal.idle(for: .seconds(5))
      let rounds = (0..<5).map { _ in terminal.idle(for: .seconds(5)).bytesPerSecond }
      table.row(
        isClockShown
          ? "bytes a second when only the clock changes"
          : "bytes a second with the clock hidden and nothing changing",
        isClockShown ? "40 B" : "0 B", Spread(rounds).text("B"))
      _ = try terminal.quit(with: "q")
    }
  }

  private func size(_ table: Table, _ steady: SteadySource) throws {
    let configuration = try BenchConfiguration(
      sources: [("prom", steady.server.url)], count: 1000)
    let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
      .started(size: size) { $0.rows[0].contains("1 source ok") }
    _ = terminal.idle(for: .seconds(20))
    table.row(
      "resident memory, 1,000 SLOs", "-",
      terminal.figures.map { "\(Spread.number($0.memory)) MiB" } ?? "unknown here")
    _ = try terminal.quit(with: "q")
  }

  private func changes(_ table: Table, _ steady: SteadySource) throws {
    let configuration = try BenchConfiguration(
      sources: [("prom", steady.server.url)], count: 30, settings: "refresh: 1h",
      isClockShown: false)
    let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
      .started(size: size) { $0.rows[0].contains("1 source ok") }
    _ = terminal.idle(for: .seconds(2))
    let bytes = (0..<20).map { _ in
      steady.change()
      terminal.type("R")
      return terminal.idle(for: .milliseconds(700)).bytesPerSecond * 0.7
    }
    table.row(
      "bytes for one poll in which a tenth of the figures change, asked for by R", "1,500 B",
      Spread(bytes).text("B"))
    _ = try terminal.quit(with: "q")
  }

  /// A thousand SLOs that are asked for again and again, of which a tenth change every second, beside a
  /// thousand on a source that hangs.
  private func storm(_ table: Table, _ steady: SteadySource) async throws {
    let hanging = try await FaultServer.start { _ in .silence }
    defer { hanging.stop() }
    let configuration = try BenchConfiguration(
      sources: [("steady", steady.server.url), ("hanging", hanging.url)], count: 2000,
      settings: "refresh: 1s, timeout: 5s, limits: {requestsPerSecond: 100}")
    let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
      .started(size: size) { $0.rows[0].contains("1 source ok") }
    _ = terminal.idle(for: .seconds(10))
    let changer = Task {
      while !Task.isCancelled {
        steady.change()
        try await Task.sleep(for: .seconds(1))
      }
    }
    // R asks for every burn window anew, so that figures arrive all the time.
    let responses = try (0..<30).flatMap { _ in Self.mixedKeys(repeating: 1) + ["R"] }
      .map(terminal.press)
    changer.cancel()
    table.row(
      "the same with 2,000 SLOs, half of them on a source that hangs, median / p99", "4 / 25 ms",
      Spread(responses.map(\.latency)).tail("ms"))
    table.row(
      "resident memory, 1,000 SLOs answered and 1,000 hanging", "-",
      terminal.figures.map { "\(Spread.number($0.memory)) MiB" } ?? "unknown here")
    _ = try terminal.quit(with: "Q")
  }

  private func frozen(_ table: Table) async throws {
    let silent = try await FaultServer.start { _ in .silence }
    defer { silent.stop() }
    let configuration = try BenchConfiguration(
      sources: [("prom", silent.url)], count: 30, settings: "refresh: 1s, timeout: 30s")
    let times = try (0..<9).map { _ in
      let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
        .started(size: size) { $0.rows.last?.contains("q quit") == true }
      _ = terminal.idle(for: .seconds(1))
      return try terminal.quit(with: "q")
    }
    table.row("q to shell prompt, every source frozen", "100 ms", Spread(times).text("ms"))
  }
}
