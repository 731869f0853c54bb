import Reliability
import TestSupport
import Testing

/// Builds rotations for tests from texts.
enum OnCallSample {
  static let people = ["ines", "tom", "mei"]

  /// The wall-clock time of a text such as `2026-01-02T12:00`.
  static func wall(_ text: String) throws -> WallTime {
    let numbers = text.split { "-T:".contains($0) }.compactMap { Int($0) }
    let hour = numbers.count > 3 ? numbers[3] : 0
    let minute = numbers.count > 4 ? numbers[4] : 0
    return try #require(
      WallTime(
        year: numbers[0], month: numbers[1], day: numbers[2], hour: hour, minute: minute))
  }

  /// A layer from a start, with hand-offs at `hour` and `minute`.
  static func layer(
    _ name: String = "primary", zone: String = "Europe/Berlin", people: [String] = people,
    start: String = "2026-01-02", every: RotationLayer.Turn = .days(7), day: Weekday? = nil,
    time: (hour: Int, minute: Int) = (12, 0), changes: [(String, [String])] = [],
    restrictions: [Restriction] = []
  ) throws -> RotationLayer {
    let lists = try ([(start, people)] + changes).map { list in
      RotationLayer.Participants(from: try wall(list.0), people: list.1)
    }
    return RotationLayer(
      name: name, timeZone: try #require(NamedZone(zone)), participants: lists, every: every,
      handOff: RotationLayer.HandOff(day: day, second: time.hour * 3600 + time.minute * 60),
      restrictions: restrictions)
  }

  /// A calculator of layers and overrides.
  static func calculator(
    _ layers: [RotationLayer], overrides: [ShiftOverride] = []
  ) throws -> RotationCalculator {
    let zone = try #require(NamedZone("Europe/Berlin"))
    return RotationCalculator(
      Rotation(name: "shop", timeZone: zone, layers: layers, overrides: overrides))
  }

  /// A range between two RFC 3339 texts.
  static func range(_ from: String, _ until: String) throws -> Range<Timestamp> {
    try .sample(from)..<(.sample(until))
  }

  /// An override between two RFC 3339 texts.
  static func override(
    _ who: String, _ from: String, _ until: String, insteadOf: String? = nil, layer: String? = nil
  ) throws -> ShiftOverride {
    ShiftOverride(
      who: who, insteadOf: insteadOf, layer: layer, from: try .sample(from),
      until: try .sample(until))
  }
}

extension Shift {
  /// The shift as `person from until`, for comparisons that read well when they fail.
  var line: String { "\(person) \(from.dateAndTime) \(until.dateAndTime)" }
}
