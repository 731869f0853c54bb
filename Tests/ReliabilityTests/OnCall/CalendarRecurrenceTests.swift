import Reliability
import TestSupport
import Testing

// Expected instants are worked out by hand. Berlin's clocks change on 2026-03-29 and 2026-10-25, those
// of New York on 2026-03-08 and 2026-11-01. 2026-03-02 is a Monday.

@Suite("Calendars: recurrence")
struct CalendarRecurrenceTests {
  private typealias Sample = CalendarSample

  private func starts(_ rule: String, _ more: String = "") throws -> [String] {
    let event = Sample.event(
      "DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT8H\nRRULE:\(rule)\n\(more)")
    return try Sample.lines(event).map { String($0.split(separator: " ")[1].suffix(5)) }
  }

  @Test("A week from nine to nine stays that when the clocks change")
  func wallClock() throws {
    let event = Sample.event(
      """
      DTSTART;TZID=America/New_York:20260302T090000
      DTEND;TZID=America/New_York:20260309T090000
      RRULE:FREQ=WEEKLY;COUNT=3
      """)
    #expect(
      try Sample.lines(event) == [
        "ana 2026-03-02 14:00:00 2026-03-09 13:00:00",
        "ana 2026-03-09 13:00:00 2026-03-16 13:00:00",
        "ana 2026-03-16 13:00:00 2026-03-23 13:00:00",
      ])
  }

  @Test(
    "Days and weeks with intervals, days of the week, counts and ends",
    arguments: [
      ("FREQ=DAILY;COUNT=3", ["03-02", "03-03", "03-04"]),
      ("FREQ=DAILY;INTERVAL=10;COUNT=3", ["03-02", "03-12", "03-22"]),
      ("FREQ=DAILY;BYDAY=SA,SU;COUNT=3", ["03-02", "03-07", "03-08"]),
      ("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=4", ["03-02", "03-04", "03-06", "03-09"]),
      ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;COUNT=4", ["03-02", "03-08", "03-16", "03-22"]),
      ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=4", ["03-02", "03-15", "03-16", "03-29"]),
      ("FREQ=WEEKLY;UNTIL=20260316", ["03-02", "03-09", "03-16"]),
      ("FREQ=WEEKLY;UNTIL=20260316T130000Z", ["03-02", "03-09", "03-16"]),
      ("FREQ=WEEKLY;UNTIL=20260316T125959Z", ["03-02", "03-09"]),
      ("FREQ=WEEKLY;UNTIL=20260316T090000", ["03-02", "03-09", "03-16"]),
    ])
  func rules(rule: String, expected: [String]) throws {
    #expect(try starts(rule) == expected)
  }

  @Test("Left-out occurrences are compared as instants, or as days")
  func exceptions() throws {
    let rule = "FREQ=WEEKLY;COUNT=4"
    #expect(try starts(rule, "EXDATE:20260309T130000Z") == ["03-02", "03-16", "03-23"])
    #expect(
      try starts(rule, "EXDATE;TZID=America/New_York:20260309T090000,20260316T090000")
        == ["03-02", "03-23"])
    #expect(try starts(rule, "EXDATE;VALUE=DATE:20260302") == ["03-09", "03-16", "03-23"])
    #expect(
      try starts(rule, "EXDATE:20260309T140000Z") == ["03-02", "03-09", "03-16", "03-23"])
  }

  @Test("A time that the clock jumps over is no occurrence and is not counted")
  func skippedTime() throws {
    let event = Sample.event(
      "DTSTART;TZID=America/New_York:20260307T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3")
    #expect(
      try Sample.lines(event) == [
        "ana 2026-03-07 07:30:00 2026-03-07 08:30:00",
        "ana 2026-03-09 06:30:00 2026-03-09 07:30:00",
        "ana 2026-03-10 06:30:00 2026-03-10 07:30:00",
      ])
  }

  @Test("A changed occurrence takes the place of its own, the highest sequence counts")
  func changedOccurrences() throws {
    let series = Sample.event(
      "DTSTART;TZID=Europe/Berlin:20260302T120000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4")
    func change(_ id: String, _ start: String, _ summary: String, _ more: String) -> String {
      let lines = "RECURRENCE-ID:\(id)\nDTSTART:\(start)\nDURATION:PT1H\n\(more)"
      return Sample.event(lines, summary: summary)
    }
    let lines = try Sample.lines(
      series + change("20260309T110000Z", "20260310T110000Z", "old", "SEQUENCE:1")
        + change("20260309T110000Z", "20260311T110000Z", "bo", "SEQUENCE:2")
        + change("20260316T110000Z", "20260316T110000Z", "none", "STATUS:CANCELLED"))
    #expect(
      lines == [
        "ana 2026-03-02 11:00:00 2026-03-02 12:00:00", "bo 2026-03-11 11:00:00 2026-03-11 12:00:00",
        "ana 2026-03-23 11:00:00 2026-03-23 12:00:00",
      ])
  }

  @Test("A rule of a hundred years is worked out only where it is asked about")
  func hundredYears() throws {
    let event = Sample.event(
      "DTSTART;TZID=Europe/Berlin:19300101T080000\nDURATION:PT12H\nRRULE:FREQ=DAILY;UNTIL=20991231")
    #expect(
      try Sample.lines(event, "2026-03-29T06:00:00Z", "2026-03-30T06:00:00Z") == [
        "ana 2026-03-29 06:00:00 2026-03-29 18:00:00"
      ])
    #expect(try Sample.lines(event, "2100-01-01T00:00:00Z", "2100-12-31T00:00:00Z") == [])
  }

  @Test("Too many events and too many occurrences are left out and said")
  func limits() throws {
    var limits = CalendarFile.Limits()
    limits.events = 2
    limits.occurrences = 100
    let daily = "DTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    let single = "DTSTART:20260101T000000Z\nDURATION:PT1H"
    let body =
      Sample.event(daily, summary: "daily") + Sample.event(single, summary: "one", uid: "b@test")
      + Sample.event(single, summary: "two", uid: "c@test")
    let file = try Sample.file(Sample.text(body), limits: limits)
    #expect(
      file.problems.map(\.message) == [
        "The calendar has more than 2 events; those from line 17 are left out."
      ])
    let found = file.occurrences(
      in: try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
    #expect(found.occurrences.map(\.summary) == ["one"])
    #expect(
      found.problems.map(\.message) == [
        "The event \"daily\" in line 4 is left out: the calendar has more than 100 occurrences."
      ])
  }
}
