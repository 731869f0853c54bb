import Reliability
import TestSupport
import Testing

/// Builds calendars for tests from the lines of their events.
enum CalendarSample {
  /// The text of a calendar, with CRLF as the standard has it.
  static func text(_ body: String, head: [String] = [], ending: String = "\r\n") -> String {
    let start = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//test//EN"]
    let lines = start + head + body.split(separator: "\n").map(String.init) + ["END:VCALENDAR", ""]
    return lines.joined(separator: ending)
  }

  /// An event of a few lines.
  static func event(_ lines: String, summary: String = "ana", uid: String = "a@test") -> String {
    "BEGIN:VEVENT\nUID:\(uid)\nSUMMARY:\(summary)\n\(lines)\nEND:VEVENT\n"
  }

  static func file(
    _ text: String, zone: any ZoneOffsets = FixedZone.utc,
    limits: CalendarFile.Limits = CalendarFile.Limits()
  ) throws -> CalendarFile {
    try CalendarFile(parsing: Array(text.utf8), zone: zone, limits: limits)
  }

  /// The occurrences of a year as `summary from until` in UTC.
  static func lines(
    _ body: String, head: [String] = [], zone: any ZoneOffsets = FixedZone.utc,
    _ from: String = "2026-01-01T00:00:00Z", _ until: String = "2027-01-01T00:00:00Z"
  ) throws -> [String] {
    let file = try file(text(body, head: head), zone: zone)
    #expect(file.problems == [])
    return file.occurrences(in: try OnCallSample.range(from, until)).occurrences.map(\.line)
  }
}

extension CalendarOccurrence {
  var line: String { "\(summary) \(from.dateAndTime) \(until.dateAndTime)" }
}

// Expected instants are worked out by hand. Berlin's clocks change on 2026-03-29 and 2026-10-25, those
// of New York on 2026-03-08 and 2026-11-01.

@Suite("Calendars: times and zones")
struct CalendarFileTests {
  private typealias Sample = CalendarSample

  @Test(
    "Times in UTC, with a zone, with Windows's name of it, with a prefix, floating and whole days",
    arguments: [
      (
        "DTSTART:20260302T140000Z\nDTEND:20260302T150000Z",
        "ana 2026-03-02 14:00:00 2026-03-02 15:00:00"
      ),
      (
        "DTSTART;TZID=America/New_York:20260302T090000\nDTEND;TZID=America/New_York:20260302T100000",
        "ana 2026-03-02 14:00:00 2026-03-02 15:00:00"
      ),
      (
        "DTSTART;TZID=\"W. Europe Standard Time\":20260701T090000\nDURATION:PT1H30M",
        "ana 2026-07-01 07:00:00 2026-07-01 08:30:00"
      ),
      (
        "DTSTART;TZID=Eastern Standard Time:20260302T090000\nDURATION:PT1H",
        "ana 2026-03-02 14:00:00 2026-03-02 15:00:00"
      ),
      (
        "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260701T090000\nDURATION:P1D",
        "ana 2026-07-01 07:00:00 2026-07-02 07:00:00"
      ),
      (
        "DTSTART:20260701T090000\nDTEND:20260701T100000",
        "ana 2026-07-01 07:00:00 2026-07-01 08:00:00"
      ),
      (
        "DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330",
        "ana 2026-03-27 23:00:00 2026-03-29 22:00:00"
      ),
      ("DTSTART;VALUE=DATE:20260329", "ana 2026-03-28 23:00:00 2026-03-29 22:00:00"),
      // A start in the skipped hour is read with the offset before it (RFC 5545, 3.3.5).
      (
        "DTSTART;TZID=America/New_York:20260308T023000\nDURATION:PT1H",
        "ana 2026-03-08 07:30:00 2026-03-08 08:30:00"
      ),
      // Of an hour that comes twice the first is meant.
      (
        "DTSTART;TZID=America/New_York:20261101T013000\nDURATION:PT1H",
        "ana 2026-11-01 05:30:00 2026-11-01 06:30:00"
      ),
      // Days of a duration are days on the wall, its hours pass.
      (
        "DTSTART;TZID=Europe/Berlin:20260325T120000\nDURATION:P7D",
        "ana 2026-03-25 11:00:00 2026-04-01 10:00:00"
      ),
      (
        "DTSTART;TZID=Europe/Berlin:20260325T120000\nDURATION:PT168H",
        "ana 2026-03-25 11:00:00 2026-04-01 11:00:00"
      ),
    ])
  func times(event: String, expected: String) throws {
    let berlin = ["X-WR-TIMEZONE:Europe/Berlin"]
    #expect(try Sample.lines(Sample.event(event), head: berlin) == [expected])
  }

  @Test("Floating times are in the configured zone where the calendar names none")
  func configuredZone() throws {
    let zone = try #require(NamedZone("America/New_York"))
    let event = Sample.event("DTSTART:20260701T090000\nDTEND:20260701T100000")
    let expected = ["ana 2026-07-01 13:00:00 2026-07-01 14:00:00"]
    #expect(try Sample.lines(event, zone: zone) == expected)
  }

  private static let ownZone = """
    BEGIN:VTIMEZONE
    TZID:Office
    BEGIN:DAYLIGHT
    TZOFFSETFROM:-0500
    TZOFFSETTO:-0400
    DTSTART:20070311T020000
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
    END:DAYLIGHT
    BEGIN:STANDARD
    TZOFFSETFROM:-0400
    TZOFFSETTO:-0500
    DTSTART:20071104T020000
    RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
    END:STANDARD
    END:VTIMEZONE

    """

  @Test(
    "A zone whose name nobody knows has the clocks that the calendar explains",
    arguments: [
      ("20260302T090000", "14:00:00"), ("20260307T235900", "04:59:00"),
      ("20260308T030000", "07:00:00"), ("20260309T090000", "13:00:00"),
      ("20261031T090000", "13:00:00"), ("20261101T090000", "14:00:00"),
      ("20050101T090000", "14:00:00"),
    ])
  func ownClocks(start: String, utc: String) throws {
    let event = Sample.event("DTSTART;TZID=Office:\(start)\nDURATION:PT1H")
    let lines = try Sample.lines(
      CalendarFileTests.ownZone + event, "2000-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
    #expect(lines.count == 1)
    #expect(lines[0].split(separator: " ")[2] == utc)
  }

  @Test("Lines end in CRLF or LF, folds may stand within a character, and texts lose their escapes")
  func linesAndTexts() throws {
    var bytes = Array(
      Sample.text(
        Sample.event(
          "DTSTART:20260302T140000Z\nDTEND:20260302T150000Z", summary: "Zo\u{eb}\\, a\\;b\\\\c\\nd")
      ).utf8)
    let middle = try #require(bytes.firstIndex(of: 0xC3)) + 1
    bytes.insert(contentsOf: Array("\r\n ".utf8), at: middle)
    let year = try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    for text in [bytes, bytes.filter { $0 != 0x0D }] {
      let file = try CalendarFile(parsing: text)
      #expect(file.occurrences(in: year).occurrences.map(\.summary) == ["Zo\u{eb}, a;b\\c\nd"])
    }
  }

  @Test("What is no calendar is refused, with how it begins")
  func notACalendar() {
    #expect(throws: CalendarError.notACalendar(beginning: "<!DOCTYPE html>")) {
      try CalendarSample.file("<!DOCTYPE html>")
    }
    #expect(throws: CalendarError.notACalendar(beginning: "")) { try CalendarSample.file(" \n") }
    var limits = CalendarFile.Limits()
    limits.bytes = 10
    #expect(throws: CalendarError.tooLarge(limit: 10)) {
      try CalendarSample.file(CalendarSample.text(""), limits: limits)
    }
  }

  @Test("One bad event is reported with its line and left out, the others count")
  func badEvents() throws {
    let good = "DTSTART:20260302T140000Z\nDTEND:20260302T150000Z"
    let body =
      Sample.event("DTSTART:20260230T140000Z", summary: "no such day")
      + Sample.event("DTEND:20260302T150000Z", summary: "no start")
      + Sample.event("DTSTART;TZID=Middle/Earth:20260302T140000", summary: "far away")
      + Sample.event("\(good)\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1", summary: "monthly")
      + Sample.event("\(good)\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260302T140000Z", summary: "all")
      + Sample.event("DTSTART:20260302T140000Z\nDTEND:20260302T130000Z", summary: "backwards")
      + "garbage\n" + Sample.event(good, summary: "good")
    let file = try Sample.file(Sample.text(body))
    #expect(
      file.problems.map(\.message) == [
        "The event \"no such day\" in line 4 has a DTSTART that cannot be read and is left out: "
          + "\"20260230T140000Z\".",
        "The event \"no start\" in line 9 has no start and is left out.",
        "The event \"far away\" in line 14 has the unknown time zone \"Middle/Earth\" and is left "
          + "out.",
        "The event \"monthly\" in line 19 repeats by \"FREQ=MONTHLY\", which is not supported, and "
          + "is left out.",
        "The event \"all\" in line 26 changes all later occurrences (RANGE), which is not "
          + "supported, and is left out.",
        "The event \"backwards\" in line 33 ends before it starts and is left out.",
        "Line 39 is no property and is left out: \"garbage\".",
      ])
    let year = try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    #expect(file.occurrences(in: year).occurrences.map(\.summary) == ["good"])
  }

  @Test(
    "What would be read wrongly is refused: exclusions by rule, two rules, two ends",
    arguments: [
      ("RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY", "EXRULE"),
      ("RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", "a second RRULE"),
      ("RRULE:FREQ=DAILY;COUNT=9;UNTIL=20260304T140000Z", "COUNT and UNTIL"),
      ("RRULE:FREQ=DAILY;UNTIL=20260304T140000Z;COUNT=9", "COUNT and UNTIL"),
    ])
  func misleading(lines: String, part: String) throws {
    let good = "DTSTART:20260302T140000Z\nDURATION:PT1H"
    let file = try Sample.file(
      Sample.text(Sample.event("\(good)\n\(lines)") + Sample.event(good, uid: "b@test")))
    #expect(file.problems.map(\.reason) == [.unsupportedRule(part)])
  }

  @Test("A calendar's own zone that nobody knows is told, and the configured one counts")
  func unknownCalendarZone() throws {
    let berlin = try #require(NamedZone("Europe/Berlin"))
    let event = Sample.event("DTSTART:20260302T140000\nDURATION:PT1H")
    let file = try Sample.file(
      Sample.text(event, head: ["X-WR-TIMEZONE:Middle/Earth"]), zone: berlin)
    #expect(
      file.problems.map(\.message) == [
        "The calendar names the unknown time zone \"Middle/Earth\"; its times are read in the "
          + "configured one."
      ])
    let year = try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    #expect(
      file.occurrences(in: year).occurrences.map(\.line)
        == ["ana 2026-03-02 13:00:00 2026-03-02 14:00:00"])
  }

  @Test("A calendar that is cut off is refused, and so is one without an event that can be read")
  func cutOff() throws {
    let event = Sample.event("DTSTART:20260302T140000Z\nDTEND:20260302T150000Z")
    let whole = Sample.text(event + event.replacing("a@test", with: "b@test"))
    #expect(throws: CalendarError.cutOff(line: 1)) {
      try Sample.file(String(whole.dropLast(60)))
    }
    // Where only the last line is missing, events may be missing before it as well.
    #expect(throws: CalendarError.cutOff(line: 1)) {
      try Sample.file(whole.replacing("END:VCALENDAR", with: ""))
    }
    let unread = Sample.text(Sample.event("DTSTART:soon") + Sample.event("DTSTART:later"))
    let error = #expect(throws: CalendarError.self) { try Sample.file(unread) }
    #expect(
      error?.message
        == "has no event that can be read: the event \"ana\" in line 4 has a DTSTART that cannot be "
        + "read and is left out: \"soon\"")
    #expect(try Sample.file(Sample.text("")).problems == [])
  }

  @Test("A day without a midnight is a day, and a day that ends when it begins is one")
  func wholeDays() throws {
    let santiago = try #require(NamedZone("America/Santiago"))
    let daily = "DTSTART;VALUE=DATE:20260905\nDTEND;VALUE=DATE:20260906\nRRULE:FREQ=DAILY;COUNT=3"
    // Clocks go from 2026-09-06 00:00 to 01:00.
    #expect(
      try Sample.lines(Sample.event(daily), zone: santiago) == [
        "ana 2026-09-05 04:00:00 2026-09-06 04:00:00",
        "ana 2026-09-06 04:00:00 2026-09-07 03:00:00",
        "ana 2026-09-07 03:00:00 2026-09-08 03:00:00",
      ])
    #expect(
      try Sample.lines(
        Sample.event("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260302"))
        == ["ana 2026-03-02 00:00:00 2026-03-03 00:00:00"])
  }
}
