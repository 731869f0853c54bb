import Reliability
import Testing

@Suite("Shifts in the order of time")
struct ShiftSequenceTests {
  private static let hour = 3600
  private static let start = Timestamp(milliseconds: 1_795_219_200_000)

  private static func instant(_ hours: Int) -> Timestamp { start + .seconds(hours * hour) }

  /// Shifts of any length and place, some empty, some at once, in no order.
  private static func shifts(seed: UInt64, count: Int) -> [Shift] {
    var state = seed
    func next(below bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    return (0..<count).map { index in
      let from = next(below: 200)
      let length = next(below: index % 7 == 0 ? 90 : 9)
      return Shift(
        person: ["ines", "tom", "mei"][next(below: 3)], layer: "primary", from: instant(from),
        until: instant(from + length))
    }
  }

  @Test(
    "Looking around an instant finds what looking at all finds",
    arguments: 1...20 as ClosedRange<UInt64>)
  func equalsLookingAtAll(seed: UInt64) {
    let shifts = Self.shifts(seed: seed, count: Int(seed) * 3 - 2)
    let sequence = ShiftSequence(shifts)
    for hour in -2...300 {
      let instant = Self.instant(hour)
      let on = shifts.filter { $0.range.contains(instant) }
      #expect(Set(sequence.on(at: instant)) == Set(on))
      let coming = Array(sequence.coming(after: instant))
      #expect(Set(coming) == Set(shifts.filter { $0.until > instant }))
      #expect(coming.map(\.from) == coming.map(\.from).sorted())
      let range = instant..<Self.instant(hour + 13)
      #expect(
        Set(sequence.overlapping(range)) == Set(shifts.filter { $0.range.overlaps(range) }))
    }
  }

  @Test("Of shifts that begin at once the one that was given first is the first")
  func keepsOrder() {
    let names = ["tom", "ines", "mei"]
    let shifts = names.map {
      Shift(person: $0, layer: "primary", from: Self.instant(0), until: Self.instant(5))
    }
    #expect(ShiftSequence(shifts).on(at: Self.instant(1)).map(\.person) == names)
    #expect(ShiftSequence([]).on(at: Self.instant(1)) == [])
  }
}
