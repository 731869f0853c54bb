/// What the clocks of a place show: the rules from which wall-clock times and instants are worked out.
package protocol ZoneOffsets: Sendable {
  /// The seconds that clocks are ahead of UTC at an instant.
  func offset(at instant: Timestamp) -> Int
}

extension ZoneOffsets {
  /// What the clock on the wall shows at an instant; parts of a second are cut.
  package func wall(at instant: Timestamp) -> WallTime {
    let seconds = instant.rounded(downTo: .seconds(1)).milliseconds / 1000
    return WallTime(day: 0, second: Int(seconds) + offset(at: instant))
  }

  /// The first instant at which the clock shows a time, or `nil` when it never does.
  package func exactInstant(of wall: WallTime) -> Timestamp? {
    let before = candidate(wall, offset: offsetBefore(wall))
    if self.wall(at: before) == wall { return before }
    let after = candidate(wall, offset: offsetAfter(wall))
    return self.wall(at: after) == wall ? after : nil
  }

  /// The first instant at which the clock shows a time, or, when it jumps over it, that of the jump.
  package func instant(of wall: WallTime) -> Timestamp {
    exactInstant(of: wall) ?? jump(over: wall)
  }

  /// The first instant of a time, read with the offset before the jump where the clock jumps over it.
  ///
  /// This is how RFC 5545 (3.3.5) has it: 02:30 in a missing hour is half an hour after the jump.
  package func instantReadAsBefore(_ wall: WallTime) -> Timestamp {
    exactInstant(of: wall) ?? candidate(wall, offset: offsetBefore(wall))
  }

  // No two changes of any zone's clock are as near to each other as the two days that these span.
  private func offsetBefore(_ wall: WallTime) -> Int {
    offset(at: wall.asUTC - .seconds(86_400))
  }

  private func offsetAfter(_ wall: WallTime) -> Int {
    offset(at: wall.asUTC + .seconds(86_400))
  }

  private func candidate(_ wall: WallTime, offset: Int) -> Timestamp {
    wall.asUTC - .seconds(offset)
  }

  private func jump(over wall: WallTime) -> Timestamp {
    var low = (wall.asUTC - .seconds(86_400)).milliseconds / 1000
    var high = (wall.asUTC + .seconds(86_400)).milliseconds / 1000
    while high - low > 1 {
      let middle = (low + high) / 2
      let shown = self.wall(at: Timestamp(milliseconds: middle * 1000))
      if shown < wall { low = middle } else { high = middle }
    }
    return Timestamp(milliseconds: high * 1000)
  }
}

/// Clocks that never change.
package struct FixedZone: ZoneOffsets {
  private let seconds: Int

  /// Clocks of UTC.
  package static let utc = FixedZone(secondsAheadOfUTC: 0)

  /// Makes a zone whose clocks are always so many seconds ahead of UTC.
  package init(secondsAheadOfUTC seconds: Int) {
    self.seconds = seconds
  }

  /// How far its clocks are ahead of UTC at an instant, in seconds.
  package func offset(at instant: Timestamp) -> Int { seconds }
}
