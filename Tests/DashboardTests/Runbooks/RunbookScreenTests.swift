import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The golden screens of runbooks.
@Suite struct RunbookScreenTests {
  /// A run that is at its third step, and what that has written.
  private static let running = Bookshelf().with(
    Bookshelf.run([.done, .done, .running]) { run in
      run.live[0] = RunState.Live()
      run.live[0]?.answer = MetricAnswer([
        .init(labels: "{code=\"200\"}", value: 812.4, past: [800, 805, nil, 812]),
        .init(labels: "{code=\"500\"}", value: 140.25, past: [0.1, 0.2, 80, 140]),
      ])
      run.live[2] = RunState.Live()
      run.live[2]?.output.append(
        Array("deployment.apps/checkout rolled back\nWaiting: 1 of 3 updated...\n".utf8))
    })

  private static let verifying = Bookshelf().with(
    Bookshelf.run([.done, .done, .done, .running]) { run in
      var watch = VerificationWatch(
        .init(
          Bookshelf.template("errors:ratio5m"), MetricBound(.below, Fraction(1, over: 1000)),
          holds: .seconds(30), within: .seconds(600)),
        at: Shop.now - .seconds(90))
      for (index, value) in [0.2, 0.15, 0.1, 0.05, 0.0004].enumerated() {
        let answer = MetricAnswer([.init(labels: "", value: value)])
        _ = watch.take(.success(answer), at: Shop.now - .seconds(80 - 15 * index))
      }
      run.live[3] = RunState.Live()
      run.live[3]?.watch = watch
    })

  private static let failed = Bookshelf().with(
    Bookshelf.run([.done, .failed, .pending]) { run in
      run.record.steps[1].detail = "exit code 1"
      run.record.steps[1].output = StepRecord.Output(
        bytes: 17, digest: "ab", file: "/home/ines/.local/state/burnwatch/runs/run-1/2-1.log")
      run.live[1] = RunState.Live()
      run.live[1]?.output.append(Array("\u{1B}[31mNotFound\u{1B}[0m\n".utf8))
    })

  /// What is pressed to come to a screen.
  struct Way: CustomTestStringConvertible {
    let name: String
    let shelf: Bookshelf
    let keys: [Key]
    var testDescription: String { name }
  }

  private static let open: [Key] = [.character("4"), .character("r")]

  static let ways = [
    Way(name: "list", shelf: running, keys: [.character("6")]),
    Way(name: "fresh", shelf: Bookshelf(), keys: open),
    Way(name: "dangerous", shelf: Bookshelf(), keys: open + [.down, .down]),
    Way(name: "question", shelf: Bookshelf(), keys: open + [.down, .character("x")]),
    Way(
      name: "word", shelf: Bookshelf(),
      keys: open + [.down, .down, .character("x"), .character("c"), .character("h")]),
    Way(name: "running", shelf: running, keys: open),
    Way(name: "answer", shelf: running, keys: open + [.character("g")]),
    Way(name: "verifying", shelf: verifying, keys: open),
    Way(name: "failed", shelf: failed, keys: open),
    Way(name: "rollback", shelf: verifying.stopped, keys: open + [.character("b")]),
    Way(name: "skip", shelf: failed, keys: open + [.character("X"), .character("n")]),
    Way(name: "dry-run", shelf: Bookshelf(), keys: open + [.character("d")]),
    Way(name: "leaving", shelf: running, keys: [.character("Q")]),
  ]

  @Test(
    "Every screen of runbooks, in both sizes and both glyph sets, is as recorded",
    arguments: ways, ScreenTests.Variant.all)
  func screens(_ way: Way, _ variant: ScreenTests.Variant) throws {
    var dashboard = try way.shelf.dashboard(
      variant.columns, variant.rows, glyphs: variant.glyphs)
    dashboard.press(way.keys)
    try assertSnapshot(
      of: dashboard.view(), named: "\(way.name)-\(variant.name)",
      note: "\(way.name) of the runbooks", filePath: #filePath.replacing("/Runbooks/", with: "/"))
  }

  @Test("The smallest and the largest screens are as recorded", arguments: [(60, 15), (200, 60)])
  func sizes(_ columns: Int, _ rows: Int) throws {
    var dashboard = try Self.running.dashboard(columns, rows)
    dashboard.press(Self.open)
    try assertSnapshot(
      of: dashboard.view(), named: "running-\(columns)x\(rows)",
      note: "running of the runbooks", filePath: #filePath.replacing("/Runbooks/", with: "/"))
  }
}

extension Bookshelf {
  /// The shelf with its run's running step done.
  fileprivate var stopped: Bookshelf {
    var copy = self
    for index in copy.runs.runs[0].record.steps.indices
    where copy.runs.runs[0].record.steps[index].isRunning {
      copy.runs.runs[0].record.steps[index].status = .done
    }
    copy.runs.history = copy.runs.runs.map(\.record)
    return copy
  }
}
