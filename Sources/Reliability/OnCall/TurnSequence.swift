/// The turns of one layer, numbered from the first, before restrictions and overrides.
struct TurnSequence {
  /// From which turn on a list of people counts.
  private struct Era {
    let firstTurn: Int
    let people: [String]
  }

  private let zone: NamedZone
  private let anchor: WallTime
  private let step: Int
  /// Turns of elapsed hours count from the instant of the first hand-off, not from its wall clock.
  private let elapsedFrom: Timestamp?
  private var eras: [Era] = []

  /// Works out where turns begin; `nil` for a layer without people or without length.
  init?(_ layer: RotationLayer) {
    guard let first = layer.participants.first else { return nil }
    zone = layer.timeZone
    anchor = TurnSequence.firstHandOff(of: layer.handOff, atOrAfter: first.from)
    switch layer.every {
    case .days(let count):
      step = count * 86_400
      elapsedFrom = nil
    case .hours(let count):
      step = count * 3600
      elapsedFrom = count > 0 && 24 % count == 0 ? nil : layer.timeZone.instant(of: anchor)
    }
    guard step > 0 else { return nil }
    eras = layer.participants.map { list in
      Era(firstTurn: max(0, firstTurn(atOrAfter: list.from)), people: list.people)
    }
  }

  private static func firstHandOff(
    of handOff: RotationLayer.HandOff, atOrAfter start: WallTime
  ) -> WallTime {
    var candidate = WallTime(day: start.day, second: handOff.second)
    while candidate < start || (handOff.day.map { $0 != candidate.weekday } ?? false) {
      candidate = candidate.adding(seconds: 86_400)
    }
    return candidate
  }

  /// When a turn begins.
  func start(of turn: Int) -> Timestamp {
    if let elapsedFrom { return elapsedFrom + .seconds(turn * step) }
    return zone.instant(of: anchor.adding(seconds: turn * step))
  }

  /// The turn that an instant is in; negative before the first.
  func turn(at instant: Timestamp) -> Int {
    let passed =
      if let elapsedFrom {
        Int((instant - elapsedFrom).inSeconds.rounded(.down))
      } else {
        zone.wall(at: instant).seconds - anchor.seconds
      }
    var turn = WallTime.quotient(passed, step)
    while start(of: turn) > instant { turn -= 1 }
    while start(of: turn + 1) <= instant { turn += 1 }
    return turn
  }

  private func firstTurn(atOrAfter wall: WallTime) -> Int {
    let instant = zone.instant(of: wall)
    let turn = turn(at: instant)
    return start(of: turn) < instant ? turn + 1 : turn
  }

  /// Whose turn it is; `nil` before the first and where the list of the time is empty.
  func person(in turn: Int) -> String? {
    guard turn >= 0, let era = eras.last(where: { $0.firstTurn <= turn }), !era.people.isEmpty
    else { return nil }
    return era.people[(turn - era.firstTurn) % era.people.count]
  }
}
