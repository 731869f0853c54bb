// What the pure rooms cost, measured in a release build by `make bench`; the budgets are in
// docs/performance.md.

import BenchSupport
import Benchmark
import Connectors
import Dashboard
import Operations
import Reliability
import Screen

/// An answer of Prometheus with so many series, as bytes.
private func answer(series count: Int) -> HTTPAnswer {
  let elements = (0..<count).map { index in
    #"{"metric":{"burnwatch":"\#(index)"},"value":[1795269602.000,"\#(index).5"]}"#
  }
  let text = #"{"status":"success","data":{"resultType":"vector","result":["#
  return HTTPAnswer(status: 200, body: Array("\(text)\(elements.joined(separator: ","))]}}".utf8))
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration.metrics = [.wallClock, .instructions]
  Benchmark.defaultConfiguration.maxDuration = .seconds(3)

  Benchmark("Evaluate 1,000 SLOs with 8 windows") { benchmark in
    let levels = try SampleFleet(count: 1000).levels
    benchmark.startMeasurement()
    for (evaluator, known) in levels { blackHole(evaluator.state(of: known, at: SampleFleet.now)) }
  }
  Benchmark("Take in a snapshot of 1,000 SLOs") { benchmark in
    let snapshot = try SampleFleet(count: 1000).snapshot
    var dashboard = SampleFleet.dashboard(snapshot, Size(columns: 120, rows: 40))
    benchmark.startMeasurement()
    blackHole(dashboard.handle(.snapshotArrived(snapshot), at: SampleFleet.now))
  }
  Benchmark("Draw the Overview of 1,000 SLOs at 200x60") { benchmark in
    let dashboard = SampleFleet.dashboard(
      try SampleFleet(count: 1000).snapshot, Size(columns: 200, rows: 60))
    benchmark.startMeasurement()
    blackHole(dashboard.view())
  }
  Benchmark("Fill a canvas of 200x60 with text") { benchmark in
    let size = Size(columns: 200, rows: 60)
    let text = String(repeating: "burn 14.4x \u{2581}\u{2588} ", count: 14)
    benchmark.startMeasurement()
    var canvas = Canvas(size: size, glyphs: .unicode)
    for row in 0..<size.rows {
      canvas.draw(text, at: Point(column: 0, row: row), maxWidth: size.columns, role: .text)
    }
    blackHole(canvas)
  }
  Benchmark("Plan a poll of 1,000 SLOs with 7 burn windows") { benchmark in
    let slos = try SampleFleet(count: 1000).slos
    let planner = QueryPlanner(slos: slos)
    let demands = slos.flatMap { slo in slo.burnWindows.map { Demand(slo.id, .burn($0)) } }
    benchmark.startMeasurement()
    blackHole(planner.plan(demands, suspects: [], byteLimit: 128 << 10))
  }
  Benchmark("Decode an answer with 10,000 series") { benchmark in
    let answer = answer(series: 10_000)
    benchmark.startMeasurement()
    blackHole(try PrometheusAnswer(answer))
  }
}
