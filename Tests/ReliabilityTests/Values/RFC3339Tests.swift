import Reliability
import Testing

@Suite("RFC 3339 times")
struct RFC3339Tests {
  @Test(
    "Fractions of any number of digits are read, digits beyond milliseconds are cut",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.5Z", 500),
      ("1970-01-01T00:00:01.123Z", 1_123), ("1970-01-01T00:00:01.123456789Z", 1_123),
      ("1970-01-01T00:00:01.999999999Z", 1_999), ("1969-12-31T23:59:59.999Z", -1),
      ("2026-11-21T14:03:22Z", 1_795_269_802_000), ("1970-01-01t00:00:00z", 0),
      ("1970-01-01 00:00:00Z", 0), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func reads(text: String, milliseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
  }

  @Test(
    "An offset is taken off",
    arguments: [
      ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T19:00:00-05:00", 0),
      ("1970-01-01T05:45:00.250+05:45", 250), ("1970-01-01T00:00:00-00:00", 0),
      ("1970-01-01T00:00:00-23:59", 86_340_000),
    ] as [(String, Int64)])
  func offsets(text: String, milliseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
  }

  @Test(
    "The 29th of February exists in leap years only",
    arguments: [
      (2024, true), (2026, false), (2000, true), (1900, false), (2100, false), (2400, true),
    ])
  func leapDay(year: Int, exists: Bool) {
    #expect((Timestamp(rfc3339: "\(year)-02-29T00:00:00Z") != nil) == exists)
    #expect(Timestamp(rfc3339: "\(year)-02-30T00:00:00Z") == nil)
  }

  @Test("A leap second is the next minute's first")
  func leapSecond() {
    #expect(
      Timestamp(rfc3339: "2016-12-31T23:59:60Z") == Timestamp(rfc3339: "2017-01-01T00:00:00Z"))
  }

  @Test(
    "Text of another shape and days that do not exist are refused",
    arguments: [
      "", "2026", "2026-11-21", "2026-11-21T14:03Z", "2026-11-21T14:03:22", "2026-11-21T14:03:22.Z",
      "2026-11-21T14:03:22+0100", "2026-11-21T14:03:22+01", "2026-11-21T14:03:22ZZ",
      " 2026-11-21T14:03:22Z", "2026-11-21T14:03:22Z ", "26-11-21T14:03:22Z",
      "2026-1-21T14:03:22Z", "2026-00-21T14:03:22Z", "2026-13-21T14:03:22Z",
      "2026-11-00T14:03:22Z", "2026-11-31T14:03:22Z", "2026-04-31T14:03:22Z",
      "2026-11-21T24:00:00Z", "2026-11-21T14:60:00Z", "2026-11-21T14:03:61Z",
      "2026-11-21T14:03:22+24:00", "2026-11-21T14:03:22+01:60", "２０２６-11-21T14:03:22Z",
      "-026-11-21T14:03:22Z", "2026-11-21X14:03:22Z",
    ])
  func refuses(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test(
    "The text has milliseconds and Z, the shorter forms stop at the second",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_795_269_802_007, "2026-11-21T14:03:22.007Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func writes(milliseconds: Int64, text: String) {
    let instant = Timestamp(milliseconds: milliseconds)
    #expect(instant.rfc3339 == text)
    #expect(instant.dateAndTime == text.prefix(19).replacing("T", with: " "))
    #expect(instant.timeOfDay == text.prefix(19).suffix(8))
  }

  @Test("Every instant of the years 1 to 9999 reads back as itself")
  func roundTrip() {
    // A prime step of about 61 days comes by every month, weekday and time of day.
    let first: Int64 = -62_135_596_800_000
    for milliseconds in stride(from: first, to: 253_402_300_800_000, by: 5_270_400_011) {
      let instant = Timestamp(milliseconds: milliseconds)
      #expect(Timestamp(rfc3339: instant.rfc3339) == instant)
    }
  }

  @Test("Consecutive days have consecutive dates across four centuries")
  func consecutiveDays() throws {
    var day = try #require(Timestamp(rfc3339: "1899-12-31T00:00:00Z"))
    var seen: Set<String> = []
    let count = 146_097
    for _ in 0..<count {
      seen.insert(String(day.rfc3339.prefix(10)))
      day = day + .seconds(86_400)
    }
    #expect(seen.count == count)
    #expect(day.rfc3339 == "2299-12-31T00:00:00.000Z")
  }
}
