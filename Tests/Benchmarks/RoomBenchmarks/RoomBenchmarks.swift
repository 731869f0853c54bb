// What the pure rooms cost, measured in a release build by `make bench`; the budgets are in
// docs/architecture.md.

import Benchmark
import Dashboard
import DemoWorld
import Operations
import Reliability
import Screen
import TestSupport

/// The instant of all benchmarks.
private let now = Timestamp(milliseconds: 1_795_269_802_000)

/// A shop of this many service levels, each with all its windows answered.
private func levels(_ count: Int) throws -> [(Evaluator, KnownReadings)] {
  try (0..<count).map { index in
    let slo = try SLO.sample(service: "service-\(index)")
    var known = KnownReadings()
    let reading = Reading.sample(Double(index % 40), of: 36_000, at: now)
    for window in slo.burnWindows {
      known.record(.success(reading), for: .burn(window), of: slo.sli)
    }
    known.record(.success(reading), for: .objective(.days(30)), of: slo.sli)
    return (Evaluator(slo: slo, refresh: .seconds(15)), known)
  }
}

private func snapshot(_ count: Int) throws -> Snapshot {
  let states = try levels(count).map { $0.0.state(of: $0.1, at: now) }
  return Snapshot(at: now, serviceLevels: states, sources: [])
}

private func dashboard(_ snapshot: Snapshot, _ size: Size) -> Dashboard {
  let settings = Dashboard.Settings(
    title: "bench", configurationName: "c", themes: ["dark"], canShowUnicode: true,
    alertsSentence: "None.", onCallSentence: "None.")
  return Dashboard(
    settings: settings, snapshot: snapshot, size: size, themeName: "dark", glyphs: .unicode,
    now: now
  )
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration.metrics = [.wallClock]
  Benchmark.defaultConfiguration.maxDuration = .seconds(3)

  Benchmark("Evaluate 1,000 SLOs with 8 windows") { benchmark in
    let levels = try levels(1000)
    benchmark.startMeasurement()
    for (evaluator, known) in levels { blackHole(evaluator.state(of: known, at: now)) }
  }
  Benchmark("Draw the Overview of 1,000 SLOs at 200x60") { benchmark in
    let dashboard = dashboard(try snapshot(1000), Size(columns: 200, rows: 60))
    benchmark.startMeasurement()
    blackHole(dashboard.view())
  }
  Benchmark("Take in a snapshot of 1,000 SLOs") { benchmark in
    let snapshot = try snapshot(1000)
    var dashboard = dashboard(snapshot, Size(columns: 120, rows: 40))
    benchmark.startMeasurement()
    blackHole(dashboard.handle(.snapshotArrived(snapshot), at: now))
  }
}
