/// The length of a look-back window, in whole seconds.
package struct Window: Hashable, Comparable, Sendable {
  /// The length in seconds, at least 1.
  package let seconds: Int

  /// Makes a window of at least one second.
  package init(seconds: Int) {
    self.seconds = max(seconds, 1)
  }

  /// A window of so many minutes.
  package static func minutes(_ count: Int) -> Window { Window(seconds: count * 60) }
  /// A window of so many hours.
  package static func hours(_ count: Int) -> Window { Window(seconds: count * 3600) }
  /// A window of so many days of 24 hours.
  package static func days(_ count: Int) -> Window { Window(seconds: count * 86_400) }

  /// The windows whose burn rate is shown for every SLO: 5m 30m 1h 2h 6h 1d 3d.
  package static let burnWindows: [Window] = [
    .minutes(5), .minutes(30), .hours(1), .hours(2), .hours(6), .days(1), .days(3),
  ]

  /// Reads a length such as `30d`, `1h30m` or `"30 days rolling"`.
  ///
  /// - Returns: `nil` when the text is no length or has a fraction of a second.
  package init?(_ text: some StringProtocol) {
    guard let length = Duration(parsing: text), length.milliseconds % 1000 == 0,
      length.milliseconds > 0
    else { return nil }
    self.init(seconds: Int(length.milliseconds / 1000))
  }

  /// The length as a duration.
  package var duration: Duration { .seconds(seconds) }

  package static func < (left: Window, right: Window) -> Bool { left.seconds < right.seconds }
}

extension Window: CustomStringConvertible {
  /// The canonical text: the largest of d, h, m, s that divides the length, so `28d` and never `4w`.
  package var description: String {
    for (unit, length) in [("d", 86_400), ("h", 3600), ("m", 60)] where seconds % length == 0 {
      return "\(seconds / length)\(unit)"
    }
    return "\(seconds)s"
  }
}

extension Duration {
  /// Reads `300ms`, `30s`, `1h30m`, `4w`, `5 minutes` or `30 days rolling`.
  ///
  /// Units are milliseconds to weeks, a day being 24 hours. A bare number is refused: its unit would be
  /// a guess; so is `1M`, which means a month elsewhere.
  package init?(parsing text: some StringProtocol) {
    var rest = Substring(text)
    while rest.last == " " { rest.removeLast() }
    if rest.lowercased().hasSuffix(" rolling") { rest.removeLast(8) }
    var total: Int128 = 0
    repeat {
      rest = rest.drop { $0 == " " }
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let count = Fraction(decimal: number), unit != "M",
        let length = Duration.unitMilliseconds(unit)
      else { return nil }
      let (milliseconds, remainder) = (count.numerator * Int128(length)).quotientAndRemainder(
        dividingBy: count.denominator)
      total += milliseconds
      guard remainder == 0, total < 1 << 53 else { return nil }
    } while !rest.isEmpty
    self = .milliseconds(Int64(total))
  }

  private static func unitMilliseconds(_ name: Substring) -> Int? {
    switch name.lowercased() {
    case "ms", "millisecond", "milliseconds": 1
    case "s", "sec", "second", "seconds": 1000
    case "m", "min", "minute", "minutes": 60_000
    case "h", "hour", "hours": 3_600_000
    case "d", "day", "days": 86_400_000
    case "w", "week", "weeks": 604_800_000
    default: nil
    }
  }
}
