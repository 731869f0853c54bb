import Foundation
import Reliability
import TestSupport
import Testing

/// The calendars of Tests/CalendarCheck, read by burnwatch and by Python's icalendar.
///
/// None of them has a `DURATION` of hours over a change of clocks: the library adds it on the wall clock,
/// while RFC 5545 (3.3.6) and the calendars of the contracts let hours pass.
@Suite(
  "Calendars, compared with an independent library",
  .enabled(
    if: CalendarComparison.isPossible,
    "python3 with the packages icalendar and recurring-ical-events is missing"))
struct CalendarComparisonTests {
  @Test(
    "The occurrences of two years are the same",
    arguments: ["pagerduty.ics", "grafana.ics", "google.ics", "outlook.ics", "oncall.ics"])
  func sameOccurrences(name: String) throws {
    let url = CalendarComparison.folder.appending(path: name)
    let zone = try #require(NamedZone("Europe/Berlin"))
    let file = try CalendarFile(parsing: Array(Data(contentsOf: url)), zone: zone)
    #expect(file.problems == [])
    let range = try OnCallSample.range("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")
    let (occurrences, problems) = file.occurrences(in: range)
    #expect(problems == [])
    let lines = occurrences.map { occurrence in
      let times = [occurrence.from, occurrence.until].map {
        $0.rfc3339.replacing(".000", with: "")
      }
      return "\(times[0]) \(times[1]) \(occurrence.summary)"
    }
    // The zone of whole days is the calendar's own where it names one.
    let zoneName = name == "google.ics" ? "America/New_York" : "Europe/Berlin"
    let expected = try CalendarComparison.run([
      url.path, "2026-01-01T00:00:00+00:00", "2028-01-01T00:00:00+00:00", zoneName,
    ])
    #expect(!lines.isEmpty)
    #expect(Set(lines).symmetricDifference(expected.lines).sorted() == [])
    #expect(lines.count == expected.lines.count)
  }
}

/// Runs the script; `BURNWATCH_PYTHON` names another interpreter, such as that of an environment.
private enum CalendarComparison {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "CalendarCheck")

  static let isPossible: Bool = {
    let file = folder.appending(path: "oncall.ics").path
    let arguments = [file, "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", "UTC"]
    return (try? run(arguments))?.status == 0
  }()

  static func run(_ arguments: [String]) throws -> (status: Int32, lines: [String]) {
    let process = Process()
    let python = ProcessInfo.processInfo.environment["BURNWATCH_PYTHON"] ?? "python3"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, folder.appending(path: "occurrences.py").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    return (process.terminationStatus, text.split(separator: "\n").map(String.init))
  }
}

@Suite("Calendars that are damaged")
struct DamagedCalendarTests {
  /// Numbers that are the same in every run.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  @Test("Whatever bytes are changed, cut or doubled, reading ends and keeps its bounds")
  func damage() throws {
    let event = CalendarSample.event(
      """
      DTSTART;TZID=America/New_York:20260302T090000
      DURATION:P7DT12H
      RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=30;WKST=SU
      EXDATE;TZID="Eastern Standard Time":20260309T090000
      RECURRENCE-ID;VALUE=DATE:20260316
      ATTENDEE;CN="Zo\u{eb}, a":mailto:a@b
      """, summary: "O&#39;Brien\\, [L1]")
    let text = Array(CalendarSample.text(event + event).utf8)
    let year = try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    var dice = Dice(state: 6)
    var refused = 0
    for _ in 0..<1500 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...6, using: &dice) {
        let index = Int.random(in: 15..<bytes.count, using: &dice)
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(UInt8(ascii: "9"), at: index)
        default: bytes.insert(contentsOf: bytes[index...].prefix(40), at: index)
        }
      }
      // Damage at the end may look as if something were cut off.
      guard let file = try? CalendarFile(parsing: bytes) else {
        refused += 1
        continue
      }
      let found = file.shifts(in: year, source: "feed")
      #expect(found.shifts.count <= 20_000)
      for problem in file.problems { #expect(problem.message.utf8.count < 600) }
    }
    #expect(refused < 750, "most damage leaves most of a calendar")
  }
}
