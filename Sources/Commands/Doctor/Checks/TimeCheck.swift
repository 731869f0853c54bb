import Reliability

/// Looks at this machine's clock and at the time zones that windows, rotations and calendars need.
struct TimeCheck {
  let now: Timestamp
  let windows: [ObjectiveWindow]
  let onCall: OnCallPlan
  /// The names that the configuration gives and this machine does not know.
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
    let ofWindows = windows.compactMap { window -> String? in
      switch window {
      case .calendar(let period): period.timeZone
      case .rolling: nil
      }
    }
    let ofRotations = onCall.rotations.flatMap { [$0.timeZone] + $0.layers.map(\.timeZone) }
    let ofCalendars = onCall.calendars.map(\.timeZone)
    let known = ofWindows + (ofRotations + ofCalendars).map(\.name).filter { $0 != "UTC" }
    if !known.isEmpty { return unknown + [.known(Set(known).sorted())] }
    return unknown.isEmpty ? [.none] : unknown
  }
}
