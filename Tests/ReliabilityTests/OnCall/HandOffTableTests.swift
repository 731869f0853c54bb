import Reliability
import TestSupport
import Testing

// The instants come from a script that adds the length of a turn to a naive date and time, and lets
// Python's zoneinfo (tzdata 2025) say which instant that is; where the time does not exist, it looks
// for the change minute by minute. Nothing of it is shared with the code under test.

/// A rotation of three, and its hand-offs around a day that is not like others.
struct HandOffTable: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let zone: String
  let start: String
  let every: RotationLayer.Turn
  let hour: Int
  let minute: Int
  /// The instant of a hand-off, who is on before it, and who is on from it.
  let handOffs: [(String, String, String)]

  init(
    _ description: String, _ zone: String, _ start: String, _ every: RotationLayer.Turn,
    _ hour: Int, _ minute: Int, _ handOffs: [(String, String, String)]
  ) {
    testDescription = description
    self.zone = zone
    self.start = start
    self.every = every
    self.hour = hour
    self.minute = minute
    self.handOffs = handOffs
  }
}

extension HandOffTable {
  static let weekly = [
    HandOffTable(
      "Berlin, weekly, March", "Europe/Berlin", "2026-01-02", .days(7), 12, 0,
      [
        ("2026-03-20T11:00:00Z", "tom", "mei"), ("2026-03-27T11:00:00Z", "mei", "ines"),
        ("2026-04-03T10:00:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "Berlin, weekly, October", "Europe/Berlin", "2026-01-02", .days(7), 12, 0,
      [
        ("2026-10-16T10:00:00Z", "tom", "mei"), ("2026-10-23T10:00:00Z", "mei", "ines"),
        ("2026-10-30T11:00:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "New York, weekly, March", "America/New_York", "2026-01-05", .days(7), 9, 0,
      [
        ("2026-03-02T14:00:00Z", "tom", "mei"), ("2026-03-09T13:00:00Z", "mei", "ines"),
        ("2026-03-16T13:00:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "New York, weekly, November", "America/New_York", "2026-01-05", .days(7), 9, 0,
      [
        ("2026-10-26T13:00:00Z", "mei", "ines"), ("2026-11-02T14:00:00Z", "ines", "tom"),
        ("2026-11-09T14:00:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "Lord Howe, weekly, April", "Australia/Lord_Howe", "2026-01-05", .days(7), 9, 0,
      [
        ("2026-03-29T22:00:00Z", "mei", "ines"), ("2026-04-05T22:30:00Z", "ines", "tom"),
        ("2026-04-12T22:30:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "Lord Howe, weekly, October", "Australia/Lord_Howe", "2026-01-05", .days(7), 9, 0,
      [
        ("2026-09-27T22:30:00Z", "tom", "mei"), ("2026-10-04T22:00:00Z", "mei", "ines"),
        ("2026-10-11T22:00:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "Berlin, every 10 days", "Europe/Berlin", "2026-01-02", .days(10), 12, 0,
      [
        ("2026-03-23T11:00:00Z", "tom", "mei"), ("2026-04-02T10:00:00Z", "mei", "ines"),
        ("2026-04-12T10:00:00Z", "ines", "tom"),
      ]),
  ]

  static let daily = [
    HandOffTable(
      "Berlin, daily at a time that is skipped", "Europe/Berlin", "2026-03-01", .days(1), 2, 30,
      [
        ("2026-03-28T01:30:00Z", "mei", "ines"), ("2026-03-29T01:00:00Z", "ines", "tom"),
        ("2026-03-30T00:30:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "Berlin, daily at a time that comes twice", "Europe/Berlin", "2026-10-01", .days(1), 2, 30,
      [
        ("2026-10-24T00:30:00Z", "tom", "mei"), ("2026-10-25T00:30:00Z", "mei", "ines"),
        ("2026-10-26T01:30:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "New York, daily at a time that is skipped", "America/New_York", "2026-03-01", .days(1), 2,
      30,
      [
        ("2026-03-07T07:30:00Z", "mei", "ines"), ("2026-03-08T07:00:00Z", "ines", "tom"),
        ("2026-03-09T06:30:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "New York, daily at a time that comes twice", "America/New_York", "2026-10-01", .days(1), 1,
      30,
      [
        ("2026-10-31T05:30:00Z", "mei", "ines"), ("2026-11-01T05:30:00Z", "ines", "tom"),
        ("2026-11-02T06:30:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "Lord Howe, daily in the half hour that is skipped", "Australia/Lord_Howe", "2026-10-01",
      .days(1), 2, 15,
      [
        ("2026-10-02T15:45:00Z", "tom", "mei"), ("2026-10-03T15:30:00Z", "mei", "ines"),
        ("2026-10-04T15:15:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "Lord Howe, daily in the half hour that comes twice", "Australia/Lord_Howe", "2026-04-01",
      .days(1), 1, 45,
      [
        ("2026-04-03T14:45:00Z", "mei", "ines"), ("2026-04-04T14:45:00Z", "ines", "tom"),
        ("2026-04-05T15:15:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "A leap day", "Europe/Berlin", "2028-02-01", .days(1), 8, 0,
      [
        ("2028-02-28T07:00:00Z", "mei", "ines"), ("2028-02-29T07:00:00Z", "ines", "tom"),
        ("2028-03-01T07:00:00Z", "tom", "mei"),
      ]),
    HandOffTable(
      "The end of a February without one", "Europe/Berlin", "2027-01-01", .days(1), 8, 0,
      [("2027-02-28T07:00:00Z", "ines", "tom"), ("2027-03-01T07:00:00Z", "tom", "mei")]),
    HandOffTable(
      "The end of a year", "Europe/Berlin", "2026-12-01", .days(1), 0, 0,
      [("2026-12-30T23:00:00Z", "mei", "ines"), ("2026-12-31T23:00:00Z", "ines", "tom")]),
  ]

  static let hourly = [
    HandOffTable(
      "Berlin, 12 hours on the wall clock", "Europe/Berlin", "2026-03-01", .hours(12), 8, 0,
      [
        ("2026-03-28T07:00:00Z", "mei", "ines"), ("2026-03-28T19:00:00Z", "ines", "tom"),
        ("2026-03-29T06:00:00Z", "tom", "mei"), ("2026-03-29T18:00:00Z", "mei", "ines"),
      ]),
    HandOffTable(
      "Lord Howe, 12 hours on the wall clock", "Australia/Lord_Howe", "2026-04-01", .hours(12), 8,
      0,
      [
        ("2026-04-03T21:00:00Z", "mei", "ines"), ("2026-04-04T09:00:00Z", "ines", "tom"),
        ("2026-04-04T21:30:00Z", "tom", "mei"), ("2026-04-05T09:30:00Z", "mei", "ines"),
      ]),
    HandOffTable(
      "Berlin, 36 hours as they pass", "Europe/Berlin", "2026-03-27", .hours(36), 12, 0,
      [
        ("2026-03-28T23:00:00Z", "ines", "tom"), ("2026-03-30T11:00:00Z", "tom", "mei"),
        ("2026-03-31T23:00:00Z", "mei", "ines"),
      ]),
    HandOffTable(
      "Berlin, hours, one of which is skipped", "Europe/Berlin", "2026-03-29", .hours(1), 0, 0,
      [
        ("2026-03-29T00:00:00Z", "ines", "tom"), ("2026-03-29T01:00:00Z", "tom", "ines"),
        ("2026-03-29T02:00:00Z", "ines", "tom"),
      ]),
    HandOffTable(
      "Berlin, hours, one of which comes twice", "Europe/Berlin", "2026-10-25", .hours(1), 0, 0,
      [
        ("2026-10-24T23:00:00Z", "ines", "tom"), ("2026-10-25T00:00:00Z", "tom", "mei"),
        ("2026-10-25T02:00:00Z", "mei", "ines"),
      ]),
  ]
}

@Suite("Hand-offs on the wall clock")
struct HandOffTableTests {
  @Test(
    "The right person is on just before, at and just after each hand-off",
    arguments: HandOffTable.weekly + HandOffTable.daily + HandOffTable.hourly)
  func rightPerson(table: HandOffTable) throws {
    let layer = try OnCallSample.layer(
      zone: table.zone, start: table.start, every: table.every, time: (table.hour, table.minute))
    let calculator = try OnCallSample.calculator([layer])
    for (text, before, after) in table.handOffs {
      let instant = try Timestamp.sample(text)
      let justBefore = instant - .milliseconds(1)
      let shown = [justBefore, instant, instant + .milliseconds(1)].map {
        calculator.person(in: "primary", at: $0)
      }
      #expect(shown == [before, after, after], "\(text)")
      let next = calculator.nextHandOff(in: "primary", after: justBefore)
      #expect(next == HandOff(at: instant, from: before, to: after))
    }
  }

  @Test(
    "Shifts over the change of clocks have their real length",
    arguments: [
      ("Europe/Berlin", "2026-03-28", 167.0), ("Europe/Berlin", "2026-10-24", 169),
      ("America/New_York", "2026-03-07", 167), ("America/New_York", "2026-10-31", 169),
      ("Australia/Lord_Howe", "2026-04-04", 168.5), ("Australia/Lord_Howe", "2026-10-03", 167.5),
    ])
  func length(zone: String, start: String, hours: Double) throws {
    let layer = try OnCallSample.layer(zone: zone, start: start)
    let day = try Timestamp.sample("\(start)T12:00:00Z")
    let shifts = try OnCallSample.calculator([layer])
      .shifts(in: day..<(day + .seconds(20 * 86_400)))
    let first = try #require(shifts.first)
    #expect((first.until - first.from).inSeconds == hours * 3600)
  }
}
