import Reliability
import TestSupport
import Testing

@Suite("Calendar periods")
struct CalendarPeriodTests {
  private func interval(
    _ unit: CalendarUnit, _ timeZone: String, _ instant: Timestamp
  ) throws -> Range<Timestamp> {
    try #require(CalendarPeriod(unit, timeZone: timeZone)).interval(containing: instant)
  }

  private func minutes(_ period: Range<Timestamp>) -> Double {
    (period.upperBound - period.lowerBound).inSeconds / 60
  }

  @Test(
    "A time zone that does not exist has no periods", arguments: ["", "Europe/Atlantis", "nowhere"])
  func unknownTimeZone(name: String) {
    #expect(CalendarPeriod(.day, timeZone: name) == nil)
  }

  @Test(
    "Months have their real length, daylight saving and leap days included",
    arguments: [
      ("UTC", "2026-03-15T12:00:00Z", 44_640), ("UTC", "2026-02-15T12:00:00Z", 40_320),
      ("UTC", "2024-02-15T12:00:00Z", 41_760), ("UTC", "2100-02-15T12:00:00Z", 40_320),
      ("UTC", "2000-02-15T12:00:00Z", 41_760), ("UTC", "2026-11-15T12:00:00Z", 43_200),
      ("America/New_York", "2026-02-15T12:00:00Z", 40_320),
      ("America/New_York", "2026-03-15T12:00:00Z", 44_580),
      ("America/New_York", "2026-11-15T12:00:00Z", 43_260),
      ("Europe/Berlin", "2026-03-15T12:00:00Z", 44_580),
      ("Europe/Berlin", "2026-10-15T12:00:00Z", 44_700),
      ("Australia/Lord_Howe", "2026-04-15T12:00:00Z", 43_230),
      ("Australia/Lord_Howe", "2026-10-15T12:00:00Z", 44_610),
    ])
  func months(timeZone: String, instant: String, length: Double) throws {
    #expect(try minutes(interval(.month, timeZone, .sample(instant))) == length)
  }

  @Test(
    "Every unit starts and ends at its own midnights",
    arguments: [
      (
        .day, "Europe/Berlin", "2026-06-15T22:30:00Z", "2026-06-15T22:00:00Z",
        "2026-06-16T22:00:00Z"
      ),
      (.week, "UTC", "2026-11-21T14:03:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"),
      (.week, "UTC", "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"),
      (
        .week, "Europe/Berlin", "2026-03-25T12:00:00Z", "2026-03-22T23:00:00Z",
        "2026-03-29T22:00:00Z"
      ),
      (.month, "UTC", "2026-11-21T14:03:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
      (.quarter, "UTC", "2026-11-21T14:03:00Z", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z"),
      (.quarter, "UTC", "2026-09-30T23:59:59Z", "2026-07-01T00:00:00Z", "2026-10-01T00:00:00Z"),
      (
        .quarter, "Europe/Berlin", "2026-02-01T00:00:00Z", "2025-12-31T23:00:00Z",
        "2026-03-31T22:00:00Z"
      ),
      (
        .quarter, "Europe/Berlin", "2026-11-01T00:00:00Z", "2026-09-30T22:00:00Z",
        "2026-12-31T23:00:00Z"
      ),
    ] as [(CalendarUnit, String, String, String, String)])
  func units(
    unit: CalendarUnit, timeZone: String, instant: String, start: String, end: String
  ) throws {
    let period = try interval(unit, timeZone, .sample(instant))
    #expect(try period == .sample(start)..<(.sample(end)))
  }

  @Test(
    "Periods go over the end of the year",
    arguments: [
      (.day, "2026-12-31T12:00:00Z", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"),
      (.week, "2026-12-31T12:00:00Z", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"),
      (.week, "2027-01-02T12:00:00Z", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"),
      (.week, "2024-12-30T12:00:00Z", "2024-12-30T00:00:00Z", "2025-01-06T00:00:00Z"),
      (.month, "2026-12-31T23:59:59.999Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
      (.quarter, "2026-12-31T12:00:00Z", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ] as [(CalendarUnit, String, String, String)])
  func yearEnds(unit: CalendarUnit, instant: String, start: String, end: String) throws {
    let period = try interval(unit, "UTC", .sample(instant))
    #expect(try period == .sample(start)..<(.sample(end)))
  }

  @Test(
    "A day whose midnight is skipped begins with the first instant that exists",
    arguments: [
      ("America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"),
      ("America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"),
      ("Africa/Cairo", "2024-04-26T12:00:00Z", "2024-04-25T22:00:00Z", "2024-04-26T21:00:00Z"),
      ("Asia/Beirut", "2024-03-31T12:00:00Z", "2024-03-30T22:00:00Z", "2024-03-31T21:00:00Z"),
      ("America/Havana", "2026-03-08T12:00:00Z", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
      // A whole day of the calendar was left out when Samoa changed sides of the date line.
      ("Pacific/Apia", "2011-12-30T09:00:00Z", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"),
    ])
  func skippedMidnight(timeZone: String, instant: String, start: String, end: String) throws {
    let day = try interval(.day, timeZone, .sample(instant))
    #expect(try day == .sample(start)..<(.sample(end)))
  }

  @Test("A month whose first midnight is skipped begins an hour later")
  func skippedMonthStart() throws {
    let october = try interval(.month, "America/Asuncion", .sample("2017-10-15T00:00:00Z"))
    #expect(try october == .sample("2017-10-01T04:00:00Z")..<(.sample("2017-11-01T03:00:00Z")))
    let september = try interval(.month, "America/Asuncion", .sample("2017-09-15T00:00:00Z"))
    #expect(september.upperBound == october.lowerBound)
  }

  @Test("A week that lost a day is a day shorter")
  func lostDay() throws {
    let week = try interval(.week, "Pacific/Apia", .sample("2011-12-28T12:00:00Z"))
    #expect(minutes(week) == 6 * 1_440)
  }

  @Test(
    "A day on which the clock is set back or forward is longer or shorter",
    arguments: [
      ("America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", 1_500),
      ("America/Sao_Paulo", "2018-02-17T12:00:00Z", "2018-02-17T02:00:00Z", 1_500),
      ("Australia/Lord_Howe", "2026-04-05T00:00:00Z", "2026-04-04T13:00:00Z", 1_470),
      ("Australia/Lord_Howe", "2026-10-04T00:00:00Z", "2026-10-03T13:30:00Z", 1_410),
      ("Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", 1_500),
      ("Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", 1_380),
    ])
  func repeatedHours(timeZone: String, instant: String, start: String, length: Double) throws {
    let day = try interval(.day, timeZone, .sample(instant))
    #expect(try day.lowerBound == .sample(start))
    #expect(minutes(day) == length)
  }

  @Test("A month whose first midnight comes twice begins with the first of them")
  func repeatedMonthStart() throws {
    let month = try interval(.month, "America/Havana", .sample("2026-11-15T00:00:00Z"))
    #expect(try month == .sample("2026-11-01T04:00:00Z")..<(.sample("2026-12-01T05:00:00Z")))
  }

  @Test("The instant of the boundary belongs to the new period", arguments: CalendarUnit.allCases)
  func boundary(unit: CalendarUnit) throws {
    let period = try interval(unit, "Europe/Berlin", .sample("2026-03-27T12:00:00Z"))
    let last = period.upperBound - .milliseconds(1)
    #expect(try interval(unit, "Europe/Berlin", last) == period)
    #expect(try interval(unit, "Europe/Berlin", period.lowerBound) == period)
    let next = try interval(unit, "Europe/Berlin", period.upperBound)
    #expect(next.lowerBound == period.upperBound)
  }

  @Test(
    "Periods follow each other without gap or overlap",
    arguments: [
      "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Havana",
      "America/Asuncion", "Africa/Cairo", "Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe",
      "Pacific/Apia", "Africa/Casablanca",
    ], CalendarUnit.allCases)
  func tiling(timeZone: String, unit: CalendarUnit) throws {
    let period = try #require(CalendarPeriod(unit, timeZone: timeZone))
    var current = period.interval(containing: try .sample("2010-12-30T13:17:00Z"))
    let end = try Timestamp.sample("2019-02-01T00:00:00Z")
    while current.lowerBound < end {
      let next = period.interval(containing: current.upperBound)
      let ok = next.lowerBound == current.upperBound && next.upperBound > next.lowerBound
      try #require(ok, "\(current.lowerBound.rfc3339) to \(current.upperBound.rfc3339)")
      let last = period.interval(containing: current.upperBound - .milliseconds(1))
      try #require(last == current, "\(current.upperBound.rfc3339)")
      current = next
    }
  }
}
