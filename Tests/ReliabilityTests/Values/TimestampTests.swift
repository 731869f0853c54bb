import Reliability
import Testing

@Suite("Instants and lengths of time")
struct TimestampTests {
  @Test("Unix seconds are rounded to the nearest millisecond")
  func seconds() {
    #expect(Timestamp(seconds: 1.2344)?.milliseconds == 1234)
    #expect(Timestamp(seconds: 1.2346)?.milliseconds == 1235)
    #expect(Timestamp(seconds: -0.0006)?.milliseconds == -1)
    #expect(Timestamp(milliseconds: 1500).seconds == 1.5)
  }

  @Test(
    "Seconds that are no instant are refused",
    arguments: [Double.nan, .infinity, -.infinity, 253_402_300_800, -1e300])
  func noInstant(seconds: Double) {
    #expect(Timestamp(seconds: seconds) == nil)
  }

  @Test("Adding a length and taking it away again gives the same instant")
  func arithmetic() {
    let instant = Timestamp(milliseconds: 1_000)
    #expect((instant + .milliseconds(250)).milliseconds == 1_250)
    #expect(instant + .hours(1) - .hours(1) == instant)
    #expect(instant + .seconds(90) - instant == .seconds(90))
    #expect(instant - (instant + .seconds(90)) == .seconds(-90))
    #expect(instant < instant + .milliseconds(1))
  }

  @Test(
    "Rounding down gives the latest multiple, before 1970 too",
    arguments: [
      (300_001, 300, 300_000), (300_000, 300, 300_000), (299_999, 300, 0), (-1, 300, -300_000),
      (-300_000, 300, -300_000),
    ] as [(Int64, Int, Int64)])
  func roundedDown(milliseconds: Int64, step: Int, expected: Int64) {
    let rounded = Timestamp(milliseconds: milliseconds).rounded(downTo: .seconds(step))
    #expect(rounded.milliseconds == expected)
  }

  @Test("Steps below a millisecond count as one")
  func tinyStep() {
    let instant = Timestamp(milliseconds: 7)
    #expect(instant.rounded(downTo: .microseconds(10)) == instant)
    #expect(instant.rounded(downTo: .zero) == instant)
  }

  @Test("Lengths in milliseconds are cut towards zero, in seconds they keep their fraction")
  func lengths() {
    #expect(Duration.microseconds(1_999).milliseconds == 1)
    #expect(Duration.microseconds(-1_999).milliseconds == -1)
    #expect(Duration.milliseconds(1_500).inSeconds == 1.5)
    #expect(Duration.milliseconds(-250).inSeconds == -0.25)
  }
}

extension Duration {
  fileprivate static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
}
