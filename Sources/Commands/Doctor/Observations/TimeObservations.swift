// What is seen of the clock and of time zones.

import Reliability

/// This machine's clock for itself; servers' clocks are compared with it one by one.
enum ClockObservation: Observation {
  case plausible(Timestamp)
  case implausible(Timestamp)

  var check: String { "clock" }

  var verdict: Verdict {
    switch self {
    case .plausible(let now): .ok("It is \(now.dateAndTime) UTC by this machine's clock.")
    case .implausible(let now):
      .error(
        "This machine's clock says \(now.dateAndTime) UTC, which cannot be.",
        "Set the clock; burnwatch asks for figures as of this time.")
    }
  }
}

/// The time zones of calendar windows, rotations and calendars.
enum ZoneObservation: Observation {
  case none
  case known([String])
  case unknown(String)

  var check: String { "zones" }

  var verdict: Verdict {
    switch self {
    case .none: .ok("No window, rotation or calendar names a time zone.")
    case .known(let names):
      .ok("The time zones that are named are known: \(names.joined(separator: ", ")).")
    case .unknown(let name):
      .error(
        "This machine knows no time zone \"\(name)\", which the configuration names.",
        "Write a name of the IANA database, such as Europe/Berlin, "
          + "or install the database (package tzdata).")
    }
  }
}

/// A server's clock beside this machine's.
enum SkewObservation: Observation {
  /// The difference lies within bounds that do no harm.
  case agrees
  case differs(Duration)
  case untold

  /// Where it empties the shortest windows of slow scrapes.
  static let errorLimit = Duration.seconds(30)

  var check: String { "clock" }

  var verdict: Verdict {
    switch self {
    case .agrees: .ok("Its clock agrees with this machine's within 2 s.")
    case .untold: .skipped("The server does not tell the time.")
    case .differs(let skew):
      SkewObservation.verdict(
        skew, length: max(skew, .zero - skew), side: skew > .zero ? "ahead of" : "behind")
    }
  }

  private static func verdict(_ skew: Duration, length: Duration, side: String) -> Verdict {
    let found =
      "Its clock is \(Sentences.seconds(length)) \(side) this machine's, so "
      + (skew > .zero
        ? "figures are older than they look." : "the newest part of every window is empty.")
    let advice = "Set both clocks by NTP; timedatectl says whether this machine's is."
    return length > errorLimit ? .error(found, advice) : .warning(found, advice)
  }
}
