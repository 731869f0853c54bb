import Reliability

// Days, times of day and turns, as rotations write them.

extension [Value] {
  /// The lists under a key of several sections `oncall`; `nil` where there is something else.
  func lists(_ key: String) -> [[Value]?] {
    compactMap { section in
      guard let list = section.topLevel[key], !list.isNull else { return nil }
      return .some(list.items())
    }
  }
}

extension Value {
  /// A date with or without a time of day, in no zone: `2026-01-02` or `2026-01-02T12:00`.
  func wallTime() -> WallTime? {
    guard let text = text() else { return nil }
    if let wall = WallTime(written: text) { return wall }
    report(.onCall(.notADate(text)))
    return nil
  }

  /// An instant: a date and time of a zone's wall clock, or one with an offset of its own.
  func instant(in zone: NamedZone) -> Timestamp? {
    guard let text = text() else { return nil }
    if let instant = Timestamp(rfc3339: text) ?? Value.instantToTheMinute(text) { return instant }
    if let wall = WallTime(written: text) { return zone.instant(of: wall) }
    report(.onCall(.notADate(text)))
    return nil
  }

  /// `2026-11-21T20:00Z`, which RFC 3339 wants seconds in.
  private static func instantToTheMinute(_ text: String) -> Timestamp? {
    Timestamp(rfc3339: "\(text.prefix(16)):00\(text.dropFirst(16))")
  }

  /// Seconds since midnight: `"12:00"`, or full hours such as `12`.
  func timeOfDay() -> Int? {
    guard let text = text() else { return nil }
    if let seconds = Value.seconds(ofDay: text) { return seconds }
    report(.onCall(.notATimeOfDay(text)))
    return nil
  }

  /// The hours of a restriction: `"09:00-17:00"`.
  func hours() -> (from: Int, until: Int)? {
    guard let text = text() else { return nil }
    let parts = text.split(separator: "-").map(\.trimmed)
    if parts.count == 2, let from = Value.seconds(ofDay: parts[0]),
      let until = Value.seconds(ofDay: parts[1] == "24:00" ? "00:00" : parts[1])
    {
      return (from, until)
    }
    report(.onCall(.notHours(text)))
    return nil
  }

  private static func seconds(ofDay text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int(parts[0]), hour < 24,
      let minute = parts.count == 1 ? 0 : Int(parts[1]), minute < 60
    else { return nil }
    return hour * 3600 + minute * 60
  }

  /// A day of the week, in full or by three letters.
  func weekday() -> Weekday? {
    guard let text = text() else { return nil }
    if let day = Weekday(written: text) { return day }
    reportWeekday(text)
    return nil
  }

  /// Days of the week: one or a list of them, where `weekdays` and `weekend` stand for several.
  func weekdays() -> Set<Weekday> {
    var days: Set<Weekday> = []
    for item in itemsOrOne() {
      guard let text = item.text() else { continue }
      switch text.lowercased() {
      case "weekdays": days.formUnion([.monday, .tuesday, .wednesday, .thursday, .friday])
      case "weekend", "weekends": days.formUnion([.saturday, .sunday])
      default:
        if let day = Weekday(written: text) { days.insert(day) } else { item.reportWeekday(text) }
      }
    }
    return days
  }

  private func reportWeekday(_ text: String) {
    let nearest = NearestMatch.of(text, among: Weekday.allCases.map(\.title))
    report(.onCall(.notAWeekday(text, nearest: nearest)))
  }

  /// The length of a turn: `1w`, `1d`, `12h`, or the words `weekly` and `daily`.
  func turn() -> RotationLayer.Turn? {
    guard let text = text() else { return nil }
    switch text.lowercased() {
    case "daily": return .days(1)
    case "weekly": return .days(7)
    default: break
    }
    // Ten years at most: what is longer is a slip of the pen.
    if let window = Window(text), window.seconds % 3600 == 0, window.seconds <= 3650 * 86_400 {
      let isDays = !text.lowercased().contains("h") && window.seconds % 86_400 == 0
      return isDays ? .days(window.seconds / 86_400) : .hours(window.seconds / 3600)
    }
    report(.onCall(.notATurn(text)))
    return nil
  }
}

extension Weekday {
  /// The day as a sentence writes it.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  init?(written text: String) {
    let word = text.lowercased()
    let day = Weekday.allCases.first { $0.rawValue == word || $0.rawValue.prefix(3) == word }
    guard let day else { return nil }
    self = day
  }
}

extension WallTime {
  /// Reads `2026-01-02`, `2026-01-02T12:00`, `2026-01-02 12:00` or either with seconds.
  init?(written text: String) {
    let halves = text.split(maxSplits: 1) { "Tt ".contains($0) }
    let date = WallTime.numbers(halves[0], separator: "-", digits: [4, 2, 2])
    guard let date, let year = date.first else { return nil }
    guard halves.count == 2 else {
      self.init(year: year, month: date[1], day: date[2])
      return
    }
    let time =
      WallTime.numbers(halves[1], separator: ":", digits: [2, 2])
      ?? WallTime.numbers(halves[1], separator: ":", digits: [2, 2, 2])
    guard let time else { return nil }
    self.init(
      year: year, month: date[1], day: date[2], hour: time[0], minute: time[1],
      second: time.count == 3 ? time[2] : 0)
  }

  private static func numbers(
    _ text: Substring, separator: Character, digits: [Int]
  ) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == digits else { return nil }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    return numbers.count == digits.count ? numbers : nil
  }
}
