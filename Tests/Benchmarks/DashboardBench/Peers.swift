import Foundation
import Screen
import TestSupport

/// The same game played by others: what burnwatch's demo, htop and btop cost on this machine.
struct Peers {
  private let size = Size(columns: 120, rows: 40)

  private struct Player {
    let name: String
    let program: MeasuredProgram
    let down: String
    let up: String
  }

  func run() throws {
    let table = Table(
      "program", "first byte", "whole frame", "first screen", "idle", "CPU", "arrow key",
      "key to screen, median / p99", "resize", "quit", "memory")
    let home = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(home) }
    for player in try players(home: home) { try measure(player, table) }
  }

  private func players(home: String) throws -> [Player] {
    let environment = BurnwatchRun.environment(["HOME": home])
    let htop = MeasuredProgram(
      path: try Self.path(of: "htop"), arguments: ["-d", "20"], environment: environment
    ) { $0.rows.last?.contains("F10") == true && $0.text.contains("Command") }
    let btop = MeasuredProgram(
      path: try Self.path(of: "btop"), arguments: ["--utf-force"], environment: environment
    ) { screen in ["cpu", "mem", "net", "proc", "Pid:"].allSatisfy(screen.text.contains) }
    return [
      Player(
        name: "burnwatch demo", program: .burnwatch(["demo", "--seed", "7"]), down: "\u{1B}OB",
        up: "\u{1B}OA"),
      Player(name: "htop", program: htop, down: "\u{1B}OB", up: "\u{1B}OA"),
      Player(name: "btop", program: btop, down: "\u{1B}[B", up: "\u{1B}[A"),
    ]
  }

  private func measure(_ player: Player, _ table: Table) throws {
    let starts = try (0..<7).map { _ in
      let (start, terminal) = try player.program.startUp(size: size)
      return (start, try terminal.quit(with: "q"))
    }
    let (_, terminal) = try player.program.startUp(size: size)
    _ = terminal.idle(for: .seconds(5))
    let idling = (0..<4).map { _ in terminal.idle(for: .seconds(10)) }
    let keys = try (0..<40).flatMap { _ in [player.down, player.up] }.map(terminal.press)
    let resizes = try (0..<5).flatMap { _ in [(100, 30), (120, 40)] }.map { columns, rows in
      try terminal.resize(to: Size(columns: columns, rows: rows))
    }
    let memory = terminal.figures.map { "\(Spread.number($0.memory)) MiB" } ?? "unknown here"
    _ = try terminal.quit(with: "q")
    table.row(
      player.name, Spread(starts.map(\.0.firstByte)).text("ms"),
      Spread(starts.map(\.0.wholeFrame)).text("ms"),
      Spread(starts.map { Double($0.0.settledBytes) }).text("B"),
      Spread(idling.map(\.bytesPerSecond)).text("B/s"),
      Spread(idling.map { $0.processorShare * 100 }).text("%"),
      Spread(keys.map { Double($0.bytes) }).text("B"), Spread(keys.map(\.latency)).tail("ms"),
      Spread(resizes.map(\.latency)).text("ms"), Spread(starts.map(\.1)).text("ms"), memory)
  }

  private static func path(of name: String) throws -> String {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let path = folders.map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile)
    guard let path else {
      throw MeasurementFailure("\(name) is not installed; `make bench` installs it")
    }
    return path
  }
}
