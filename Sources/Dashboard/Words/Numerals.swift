import Reliability

/// Figures as text.
///
/// Rounding never carries a figure across its target.
package enum Numerals {
  /// A value of whatever unit in four significant digits: `0.1234`, `1.2e+09`.
  static func plain(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    if value == value.rounded(), value.magnitude < 1e6 { return String(Int(value)) }
    let decimals = value.magnitude >= 100 ? 1 : value.magnitude >= 1 ? 2 : 4
    return rounded(value, decimals: decimals)
  }

  /// A number with a fixed count of decimals, rounded down.
  static func floored(_ value: Double, decimals: Int) -> String {
    decimal(value, decimals: decimals, rule: .down)
  }

  /// A number with a fixed count of decimals, rounded to the nearest.
  static func rounded(_ value: Double, decimals: Int) -> String {
    decimal(value, decimals: decimals, rule: .toNearestOrAwayFromZero)
  }

  /// An objective in percent: `99.9 %`.
  static func target(_ objective: Objective) -> String {
    "\(percentText(objective)) %"
  }

  /// The measured share of good events in percent, cut two digits after the objective's last, so
  /// that 99.9949 against 99.995 never reads as met.
  static func sli(errorRatio: Double, objective: Objective) -> String {
    guard errorRatio > 0 else { return "100" }
    let decimals = percentText(objective).split(separator: ".").dropFirst().first?.count ?? 0
    return floored((1 - errorRatio) * 100, decimals: min(decimals + 2, 6))
  }

  /// Remaining budget in whole percent, rounded down; what is left of less than one says so.
  static func budgetLeft(_ remaining: Double) -> String {
    if remaining > 0, remaining < 0.01 { return "<1 %" }
    let percent = (remaining * 100 + 1e-9).rounded(.down)
    return percent < -9999 ? "<-9999 %" : "\(Int(percent)) %"
  }

  /// A burn rate: `0.4x`, `18.2x`, `640x`.
  static func burn(_ rate: Double) -> String {
    rate < 99.95 ? "\(rounded(rate, decimals: 1))x" : "\(shortened(rate.rounded()))x"
  }

  /// A count of events: whole below a million, then `12.0M`; fractions only below ten.
  package static func count(_ value: Double) -> String {
    if value != value.rounded(), abs(value) < 10 { return rounded(value, decimals: 2) }
    return shortened(value.rounded())
  }

  /// A share in percent with what digits it needs: `0.065 %`, `12.5 %`.
  package static func share(_ ratio: Double) -> String {
    let percent = ratio * 100
    guard percent != 0 else { return "0 %" }
    return "\(rounded(percent, decimals: abs(percent) >= 10 ? 1 : abs(percent) >= 1 ? 2 : 4)) %"
  }

  /// Bytes: `512 B`, `14.2 KB`.
  static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1000: "\(count) B"
    case ..<1_000_000: "\(rounded(Double(count) / 1000, decimals: 1)) KB"
    default: "\(rounded(Double(count) / 1_000_000, decimals: 1)) MB"
    }
  }

  /// Seconds as milliseconds below one second: `23 ms`, `1.4 s`.
  static func latency(_ seconds: Double) -> String {
    seconds < 1 ? "\(Int((seconds * 1000).rounded())) ms" : "\(rounded(seconds, decimals: 1)) s"
  }

  private static func shortened(_ value: Double) -> String {
    switch abs(value) {
    case ..<1e6: "\(Int(value))"
    case ..<1e9: "\(rounded(value / 1e6, decimals: 1))M"
    case ..<1e15: "\(rounded(value / 1e9, decimals: 1))G"
    default: "\(value)"
    }
  }

  private static func percentText(_ objective: Objective) -> String {
    objective.target.scaled(by: 100, over: 1).description
  }

  private static func decimal(
    _ value: Double, decimals: Int, rule: FloatingPointRoundingRule
  ) -> String {
    guard abs(value) < 1e12 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    // The product of a decimal and a power of ten may end a hair below the whole number it stands for.
    let scaled =
      rule == .down ? (value * scale + 1e-9).rounded(rule) : (value * scale).rounded(rule)
    let digits = String(Int(abs(scaled)))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = scaled < 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}
