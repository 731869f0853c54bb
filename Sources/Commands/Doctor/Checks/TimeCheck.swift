import Reliability

/// Looks at this machine's clock and at the time zones that calendar windows need.
struct TimeCheck {
  let now: Timestamp
  let windows: [ObjectiveWindow]
  /// The names that windows give and this machine does not know.
  let unknownZones: [String]

  var findings: [Finding] {
    [Finding(.time, clock)] + zones.map { Finding(.time, $0) }
  }

  /// burnwatch is of 2026; a clock before that, or far beyond, was never set.
  private var clock: ClockObservation {
    let year = Int(now.rfc3339.prefix { $0 != "-" }) ?? 0
    return (2026..<2100).contains(year) ? .plausible(now) : .implausible(now)
  }

  private var zones: [ZoneObservation] {
    let unknown = Set(unknownZones).sorted().map(ZoneObservation.unknown)
    let known = windows.compactMap { window -> String? in
      switch window {
      case .calendar(let period): period.timeZone
      case .rolling: nil
      }
    }
    if !known.isEmpty { return unknown + [.known(Set(known).sorted())] }
    return unknown.isEmpty ? [.none] : unknown
  }
}
