import Reliability

/// Times and counts in the operator's words.
package enum Words {
  /// An age in its largest unit: `48s`, `4m`, `3h`, `2d`.
  static func age(_ length: Duration) -> String {
    let seconds = max(length.components.seconds, 0)
    return switch seconds {
    case ..<60: "\(seconds)s"
    case ..<3600: "\(seconds / 60)m"
    case ..<86_400: "\(seconds / 3600)h"
    default: "\(seconds / 86_400)d"
    }
  }

  /// When something is to happen: `in 8s`, or `now` when it is due within a second.
  static func moment(_ instant: Timestamp, from now: Timestamp) -> String {
    instant - now >= .seconds(1) ? "in \(age(instant - now))" : "now"
  }

  /// A length in its two largest units: `9 h 30 m`, `2 d 2 h`; from ten of the larger on only in
  /// that one, since nobody plans by the minutes of `17 h`.
  package static func length(hours: Double) -> String {
    let minutes = Int((min(hours, 1e9) * 60 + 1e-6).rounded(.down))
    return switch minutes {
    case ..<1: "< 1 m"
    case ..<60: "\(minutes) m"
    case ..<600: joined(minutes / 60, "h", minutes % 60, "m")
    case ..<1440: "\(minutes / 60) h"
    case ..<14_400: joined(minutes / 1440, "d", minutes % 1440 / 60, "h")
    default: "\(minutes / 1440) d"
    }
  }

  /// When a budget runs out: `in 2 d 2 h`, `exhausted`, `-` for never, `?` for unknown.
  static func exhaustion(_ forecast: Forecast?) -> String {
    guard let forecast else { return "?" }
    guard let hours = forecast.hoursToExhaustion else { return "-" }
    return hours <= 0 ? "exhausted" : "in \(length(hours: hours))"
  }

  /// How much of the SLO window has data, where that is less than 95 %: `covers 15 d of 30 d`.
  static func coverage(of state: ServiceLevelState) -> String? {
    guard let share = state.coverageShare, let seconds = state.coverage, share < 0.95
    else { return nil }
    let whole =
      switch state.slo.window {
      case .rolling(let window): length(hours: Double(window.seconds) / 3600)
      case .calendar: "the \(state.slo.window.name) so far"
      }
    return "covers \(length(hours: seconds / 3600)) of \(whole)"
  }

  /// When a budget runs out, to be followed by "at the last hour's burn".
  static func exhaustionClause(_ forecast: Forecast?) -> String {
    guard let forecast else { return "unknown" }
    return forecast.hoursToExhaustion == nil ? "never" : exhaustion(forecast)
  }

  /// A count with its noun: `1 SLO`, `9 SLOs`.
  package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? "\(noun)s")"
  }

  private static func joined(_ large: Int, _ first: String, _ small: Int, _ second: String)
    -> String
  {
    small == 0 ? "\(large) \(first)" : "\(large) \(first) \(small) \(second)"
  }
}
