package import Reliability

/// How far a server's clock is ahead of this machine's: bounds, because an answer takes time.
package struct ClockSkew: Hashable, Sendable {
  /// The least the server can be ahead; negative when it is behind.
  package let lowest: Duration
  /// The most it can be ahead.
  package let highest: Duration

  /// Makes the bounds that an answer allows.
  ///
  /// - Parameters:
  ///   - serverTime: What the server's clock said between `sent` and `received`.
  ///   - precision: How much later it can have been, such as a second for a `Date` field.
  ///   - sent: When the question left, by this machine's clock.
  ///   - received: When the answer was there, by this machine's clock.
  package init(serverTime: Timestamp, precision: Duration, sent: Timestamp, received: Timestamp) {
    lowest = serverTime - received
    highest = max(serverTime + precision - sent, lowest)
  }

  /// The smallest difference within the bounds; zero when the clocks may agree.
  package var least: Duration {
    if lowest > .zero { return lowest }
    return highest < .zero ? highest : .zero
  }
}

/// Times as HTTP writes them.
package enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads `Sat, 21 Nov 2026 14:03:22 GMT`, the form that servers must send (RFC 9110, 5.6.7).
  package static func timestamp(_ text: some StringProtocol) -> Timestamp? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", words[1].utf8.count == 2,
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return Timestamp(rfc3339: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
  }
}
