internal import Foundation
package import Reliability

/// The time as servers write it into the `Date` field (RFC 9110, 5.6.7).
package enum HTTPClock {
  private static var format: DateFormatter {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format
  }

  /// Such as `Sat, 21 Nov 2026 14:03:22 GMT`.
  package static func text(_ instant: Timestamp) -> String {
    format.string(from: Date(timeIntervalSince1970: instant.seconds.rounded(.down)))
  }

  /// The same as a clock that is off would write it; `nil` for what is no such time.
  static func shifted(_ text: String, by length: Duration) -> String? {
    format.date(from: text).map { format.string(from: $0 + length.inSeconds) }
  }
}
