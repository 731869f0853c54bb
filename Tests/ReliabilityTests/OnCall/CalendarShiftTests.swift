import Foundation
import Reliability
import TestSupport
import Testing

@Suite("Calendars: shifts, read and written")
struct CalendarShiftTests {
  private let year: Range<Timestamp>

  init() throws {
    year = try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
  }

  @Test(
    "The person is found where PagerDuty, Grafana, GoAlert, linkedin/oncall and others write it",
    arguments: [
      ("SUMMARY:On Call - Ana - Primary\nATTENDEE;CN=Ana:MAILTO:ana@example.com", "Ana", "primary"),
      ("SUMMARY:On Call - Jean-Luc Roy - Primary", "Jean-Luc Roy", "primary"),
      ("SUMMARY:[L2] ana", "ana", "L2"),
      ("SUMMARY:O&#39;Brien On-Call (GoAlert: Day)", "O'Brien", "primary"),
      ("SUMMARY:shop primary shift: Ana Lima", "Ana Lima", "primary"),
      ("SUMMARY:data platform secondary shift: Bo", "Bo", "secondary"),
      ("SUMMARY:R&D", "R&D", "primary"), ("SUMMARY:ana\\, bo", "ana, bo", "primary"),
      ("SUMMARY:x\nATTENDEE;CN=\"Lima; Ana\":mailto:a@b\nATTENDEE:mailto:b@b", "x", "primary"),
      (
        "SUMMARY:x\nATTENDEE;CN=Ana:mailto:a@b\nATTENDEE;CUTYPE=ROOM;CN=B2:mailto:r", "Ana",
        "primary"
      ),
      ("SUMMARY:bo\nATTENDEE;CUTYPE=ROOM;CN=B2:mailto:r", "bo", "primary"),
    ])
  func people(lines: String, person: String, layer: String) throws {
    let text = CalendarSample.text(
      "BEGIN:VEVENT\nUID:a\nDTSTART:20260302T140000Z\nDURATION:PT1H\n\(lines)\nEND:VEVENT\n")
    let shifts = try CalendarSample.file(text).shifts(in: year, source: "feed").shifts
    #expect(shifts.map(\.person) == [person])
    #expect(shifts.map(\.layer) == [layer])
    #expect(shifts.map(\.source) == [.calendar("feed")])
  }

  @Test(
    "An event that names nobody is left out and told of; an absence is no shift",
    arguments: [
      ("SUMMARY:", 1), ("DESCRIPTION:x", 1), ("SUMMARY:On-Call (GoAlert: Payments)", 1),
      ("SUMMARY:x\nATTENDEE;PARTSTAT=DECLINED;CN=Ana:mailto:a@b", 1),
      ("SUMMARY:[L1]", 1), ("SUMMARY:shop vacation shift: Ana", 0),
      ("SUMMARY:shop unavailable shift: Ana", 0),
    ])
  func nobody(line: String, problems: Int) throws {
    let text = CalendarSample.text(
      "BEGIN:VEVENT\nUID:a\nDTSTART:20260302T140000Z\nDURATION:PT1H\n\(line)\nEND:VEVENT\n")
    let file = try CalendarSample.file(text)
    #expect(file.shifts(in: year, source: "feed").shifts == [])
    #expect(file.problems.map(\.reason) == (problems == 0 ? [] : [.nobodyNamed]))
  }

  @Test(
    "What a calendar tells of people is known: names of burnwatch's own, addresses of attendees")
  func tellsOfPeople() throws {
    let text = CalendarSample.text(
      "BEGIN:VEVENT\nUID:a\nDTSTART:20260302T140000Z\nDURATION:PT1H\n"
        + "SUMMARY:On Call - Ana\nATTENDEE;CN=Ana:MAILTO:ana@example.com\nEND:VEVENT\n")
    let people = try CalendarSample.file(text).people
    #expect(people == ["Ana": Person(id: "Ana", contact: "ana@example.com")])
    let written = CalendarWriter(
      name: "shop", people: ["ines": Person(id: "ines", name: "Ines Duarte")],
      stamp: year.lowerBound
    ).text(of: [
      Shift(person: "ines", layer: "primary", from: year.lowerBound, until: year.upperBound)
    ])
    #expect(try CalendarSample.file(written).people["ines"]?.name == "Ines Duarte")
  }

  @Test("What is written reads back as the same shifts, whatever the names hold")
  func roundTrip() throws {
    let long = String(repeating: "Zo\u{eb} \u{1F9D1}\u{200D}\u{1F692} ", count: 20)
    let people = ["ines", "O&#39;Brien, \"x\"; a\\b", long, "line\nbreak", " ", "[L1] tom"]
    let first = try Timestamp.sample("2026-03-28T11:00:00Z")
    // What is an absence in calendars of linkedin/oncall is a layer here.
    let layers = ["primary", "second, of two", "vacation"]
    let sources: [Shift.Source] = [
      .rotation, .override(insteadOf: nil), .override(insteadOf: "tom; mei"),
    ]
    let shifts = people.enumerated().map { index, person in
      let from = first + .seconds(index * 86_400)
      return Shift(
        person: person, layer: layers[index % 3], from: from,
        until: from + .seconds(86_400), source: sources[index % 3])
    }
    let writer = CalendarWriter(
      name: "shop", people: ["ines": Person(id: "ines", name: "Ines Duarte")], stamp: first)
    let text = writer.text(of: shifts)
    let file = try CalendarSample.file(text)
    #expect(file.problems == [])
    #expect(file.shifts(in: year, source: "feed").shifts == shifts)
    #expect(text.contains("SUMMARY:Ines Duarte\r\n"))
    #expect(file.name == "shop")
    for line in text.components(separatedBy: "\r\n") { #expect(line.utf8.count <= 75) }
  }

  @Test(
    "A calendar written twice has the same identities, and different shifts have different ones")
  func identities() throws {
    let first = try Timestamp.sample("2026-03-28T11:00:00Z")
    let shifts = ["ines", "tom"].map {
      Shift(person: $0, layer: "primary", from: first, until: first + .seconds(60))
    }
    let writer = CalendarWriter(name: "shop", stamp: first)
    let file = try CalendarSample.file(writer.text(of: shifts))
    let identities = file.occurrences(in: year).occurrences.map(\.uid)
    #expect(Set(identities).count == 2)
    #expect(writer.text(of: shifts) == writer.text(of: shifts))
  }
}

/// The calendars beside the repository, which were written for it and come with what they mean.
@Suite("Calendars of the contracts", .enabled(if: ContractCalendars.folder != nil))
struct ContractCalendarTests {
  private let year: Range<Timestamp>
  private let contracts: ContractCalendars

  init() throws {
    year = try OnCallSample.range("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    contracts = try ContractCalendars(folder: #require(ContractCalendars.folder))
  }

  @Test(
    "The shifts are those that the contract gives",
    arguments: [
      ("allday_windows_tz.ics", nil), ("flat_utc_shifts.ics", nil),
      ("weekly_dst_duration_168h.ics", nil),
      ("weekly_dst_dtend.ics", "wall_clock_reading_used_by_most_calendars"),
    ])
  func shifts(name: String, reading: String?) throws {
    let file = try contracts.file(name)
    #expect(file.problems == [])
    let found = file.shifts(in: year, source: name).shifts.map {
      [$0.from, $0.until].map { $0.rfc3339.replacing(".000", with: "") } + [$0.person]
    }
    #expect(found == (try contracts.rows(name, reading: reading)))
  }

  @Test("A folded line of many bytes for each character is whole again")
  func folded() throws {
    let found = try contracts.file("folded_multibyte.ics").occurrences(in: year).occurrences
    #expect(found.map(\.summary) == [try contracts.summary("folded_multibyte.ics")])
  }
}

/// Reads the folder of calendars and `expected.json`.
private struct ContractCalendars {
  private let folder: URL
  private let expected: [String: Any]

  /// The folder, looked for beside every folder above this file.
  static var folder: URL? {
    var folder = URL(filePath: #filePath)
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: "shared/contracts/oncall-ical/constructed")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }

  init(folder: URL) throws {
    self.folder = folder
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    expected = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func file(_ name: String) throws -> CalendarFile {
    try CalendarFile(parsing: Array(Data(contentsOf: folder.appending(path: name))))
  }

  /// The start, the end and the person of each shift.
  func rows(_ name: String, reading: String?) throws -> [[String]] {
    var value = expected[name]
    if let reading { value = (value as? [String: Any])?[reading] }
    // A fourth text is a note.
    return try #require(value as? [[String]]).map { Array($0.prefix(3)) }
  }

  func summary(_ name: String) throws -> String {
    try #require((expected[name] as? [String: Any])?["summary"] as? String)
  }
}
