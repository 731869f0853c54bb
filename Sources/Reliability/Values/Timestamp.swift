/// An instant of wall-clock time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Wall-clock and not monotonic, because the age of a figure must grow while the laptop sleeps.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the Unix epoch, leap seconds not counted; negative before it.
  package let milliseconds: Int64

  /// The start of the Unix epoch.
  package static let epoch = Timestamp(milliseconds: 0)

  /// Makes an instant from Unix milliseconds.
  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Makes an instant from Unix seconds, rounded to the nearest millisecond.
  ///
  /// - Returns: `nil` when `seconds` is not finite or is beyond the year 9999.
  package init?(seconds: Double) {
    guard seconds.isFinite, abs(seconds) < 253_402_300_800 else { return nil }
    milliseconds = Int64((seconds * 1000).rounded())
  }

  /// Unix seconds.
  package var seconds: Double { Double(milliseconds) / 1000 }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  package static func + (instant: Timestamp, length: Duration) -> Timestamp {
    Timestamp(milliseconds: instant.milliseconds + length.milliseconds)
  }

  package static func - (instant: Timestamp, length: Duration) -> Timestamp {
    Timestamp(milliseconds: instant.milliseconds - length.milliseconds)
  }

  package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }

  /// The latest multiple of `step` at or before this instant; sub-millisecond steps count as one.
  package func rounded(downTo step: Duration) -> Timestamp {
    let step = max(step.milliseconds, 1)
    let remainder = milliseconds % step
    return Timestamp(milliseconds: milliseconds - (remainder < 0 ? remainder + step : remainder))
  }
}

extension Duration {
  /// The whole milliseconds of this length, rounded towards zero.
  package var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  /// The length in seconds.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
