// Measures the real program in a pseudo-terminal; `make bench` runs it on a release build.
//
//   dashboard-bench budgets           every budget of docs/performance.md that needs a terminal
//   dashboard-bench alerts            those of them that need alerts
//   dashboard-bench peers             the same game played by htop and btop
//   dashboard-bench soak MINUTES      a long run against sources that fail at random
//
// BURNWATCH_BINARY is the program to measure.

import Foundation
import Screen

@main
enum DashboardBench {
  static func main() async {
    do {
      try await run()
    } catch {
      complain("dashboard-bench: \(error)")
      exit(1)
    }
  }

  private static func run() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.dropFirst().first.flatMap { Double($0) }) {
    case ("budgets", nil): try await Budgets().run()
    case ("alerts", nil): try await AlertBudgets(size: Size(columns: 120, rows: 40)).run()
    case ("peers", nil): try Peers().run()
    case ("soak", let minutes?): try await Soak(minutes: minutes).run()
    default:
      complain("usage: dashboard-bench budgets | alerts | peers | soak MINUTES")
      exit(64)
    }
  }

  private static func complain(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }
}
