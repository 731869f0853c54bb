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

  private init(lowest: Duration, highest: Duration) {
    self.lowest = lowest
    self.highest = highest
  }

  /// The smallest difference within the bounds; zero when the clocks may agree.
  package var least: Duration {
    if lowest > .zero { return lowest }
    return highest < .zero ? highest : .zero
  }

  /// Where a difference begins to shift the edges of short windows.
  package static let tolerance = Duration.seconds(2)

  /// The least difference, where it is larger than a limit; otherwise `nil`.
  package func difference(above limit: Duration = tolerance) -> Duration? {
    max(least, .zero - least) > limit ? least : nil
  }

  /// What this observation and a later one allow together.
  ///
  /// Where they contradict each other a clock was set meanwhile, and the later one counts alone.
  func narrowed(by later: ClockSkew) -> ClockSkew {
    let common = ClockSkew(
      lowest: max(lowest, later.lowest), highest: min(highest, later.highest))
    return common.lowest <= common.highest ? common : later
  }

  /// What a difference means, for the operator; `nil` when it does no harm.
  ///
  /// While the operator is told already (`wasShown`), half of the limit is enough: one answer tells the
  /// time to a second only, and a caution must not come and go with it.
  func caution(wasShown: Bool) -> String? {
    let limit = wasShown ? ClockSkew.tolerance / 2 : ClockSkew.tolerance
    guard let skew = difference(above: limit) else { return nil }
    let length = max(skew, .zero - skew).inSeconds
    let words =
      switch length {
      case ..<5: "some seconds"
      case ..<120: "\(Int(length.rounded())) s"
      case ..<7200: "\(Int((length / 60).rounded())) min"
      default: "\(Int((length / 3600).rounded())) h"
      }
    let consequence =
      skew > .zero
      ? "ahead of this machine's, so figures are older than they look"
      : "behind this machine's, so the newest part of every window is empty"
    return "its clock is \(words) \(consequence); set both clocks by NTP"
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
