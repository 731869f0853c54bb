// Draws frames of the Overview on a real terminal, says what one took, and ends: what callgrind counts
// instructions of.
//
//   draw-cost SLOS FRAMES
//
// Between two frames the selection moves by a row. Only `renderFrames` is to be counted. One frame comes
// before it, because the first look at a type costs what depends on where things lie in memory.

import BenchSupport
import Dashboard
import Reliability
import Screen
import Terminal

@main
enum DrawCost {
  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard numbers.count == 2 else { return print("usage: draw-cost SLOS FRAMES") }
    let display = try CursesDisplay(type: "xterm-256color", forceMonochrome: false)
    var dashboard = SampleFleet.dashboard(
      try SampleFleet(count: numbers[0]).snapshot, display.size)
    display.present(dashboard.view())
    renderFrame(of: &dashboard, on: display)
    let begin = ContinuousClock.now
    renderFrames(numbers[1], of: &dashboard, on: display)
    let mean = (ContinuousClock.now - begin) / numbers[1]
    display.close()
    print("\(display.size.columns)x\(display.size.rows): \(mean) a frame")
  }
}

/// What arrow keys cost, so many of them.
///
/// Callgrind finds it by its name, so no word of the name may be in the module's: Swift's mangling
/// abbreviates words that come again.
@inline(never)
func renderFrames(_ count: Int, of dashboard: inout Dashboard, on display: CursesDisplay) {
  for _ in 0..<count { renderFrame(of: &dashboard, on: display) }
}

/// What an arrow key costs: handling it, drawing, and sending what differs.
@inline(never)
func renderFrame(of dashboard: inout Dashboard, on display: CursesDisplay) {
  _ = dashboard.handle(.input(.key(.down)), at: SampleFleet.now)
  display.present(dashboard.view())
}
