package import Dashboard
package import Operations
package import Reliability
package import Screen
internal import TestSupport

/// A shop of any size for benchmarks: service levels with all their windows answered.
package struct SampleFleet {
  /// The instant of all its readings.
  package static let now = Timestamp(milliseconds: 1_795_269_802_000)

  /// The definitions.
  package let slos: [SLO]

  /// Makes so many service levels.
  package init(count: Int) throws {
    slos = try (0..<count).map { try SLO.sample(service: "service-\($0)") }
  }

  /// Each with its evaluator and what is known of it; the share of bad events differs.
  package var levels: [(Evaluator, KnownReadings)] {
    slos.enumerated().map { index, slo in
      var known = KnownReadings()
      let reading = Reading.sample(Double(index % 40), of: 36_000, at: SampleFleet.now)
      for window in slo.burnWindows {
        known.record(.success(reading), for: .burn(window), of: slo.sli)
      }
      known.record(.success(reading), for: .objective(.days(30)), of: slo.sli)
      return (Evaluator(slo: slo, refresh: .seconds(15)), known)
    }
  }

  /// Everything evaluated.
  package var snapshot: Snapshot {
    let states = levels.map { $0.0.state(of: $0.1, at: SampleFleet.now) }
    return Snapshot(at: SampleFleet.now, serviceLevels: states, sources: [])
  }

  /// A dashboard that shows a snapshot.
  package static func dashboard(_ snapshot: Snapshot, _ size: Size) -> Dashboard {
    let settings = Dashboard.Settings(
      title: "bench", configurationName: "c", themes: ["dark"], canShowUnicode: true)
    return Dashboard(
      settings: settings, snapshot: snapshot, size: size, themeName: "dark", glyphs: .unicode,
      now: now)
  }
}
