import Reliability
import TestSupport
import Testing

// Expected instants are worked out by hand: Berlin is at UTC+1 in winter and at UTC+2 in summer.

@Suite("Gaps and conflicts")
struct RosterTests {
  private static let weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]

  @Test("Office hours leave the nights and the weekend without anybody")
  func officeHours() throws {
    let hours = Restriction(days: RosterTests.weekdays, from: 9 * 3600, until: 17 * 3600)
    let layer = try OnCallSample.layer(restrictions: [hours])
    // Thursday to Monday, 26 to 30 March 2026; the clocks change on the Sunday.
    let roster = try OnCallSample.calculator([layer])
      .roster(in: OnCallSample.range("2026-03-26T12:00:00Z", "2026-03-30T12:00:00Z"))
    let gaps = roster.gaps.map { "\($0.range.lowerBound.rfc3339) \($0.range.upperBound.rfc3339)" }
    #expect(
      gaps == [
        "2026-03-26T16:00:00.000Z 2026-03-27T08:00:00.000Z",
        "2026-03-27T16:00:00.000Z 2026-03-30T07:00:00.000Z",
      ])
    #expect(roster.gaps.allSatisfy { $0.layer == nil })
  }

  @Test("A hand-off within the hours divides them between two people")
  func handOffWithinHours() throws {
    let hours = Restriction(days: RosterTests.weekdays, from: 9 * 3600, until: 17 * 3600)
    let layer = try OnCallSample.layer(restrictions: [hours])
    let shifts = try OnCallSample.calculator([layer])
      .shifts(in: OnCallSample.range("2026-01-09T00:00:00Z", "2026-01-10T00:00:00Z"))
    #expect(
      shifts.map(\.line) == [
        "ines 2026-01-09 08:00:00 2026-01-09 11:00:00",
        "tom 2026-01-09 11:00:00 2026-01-09 16:00:00",
      ])
  }

  @Test("Three regions that follow the sun leave no gap, in any season")
  func followTheSun() throws {
    func region(_ name: String, _ from: Int, _ until: Int) throws -> RotationLayer {
      try OnCallSample.layer(
        name, zone: "UTC", people: [name], start: "2026-01-01",
        restrictions: [Restriction(from: from * 3600, until: until * 3600)])
    }
    let calculator = try OnCallSample.calculator([
      region("apac", 23, 7), region("emea", 7, 15), region("amer", 15, 23),
    ])
    let roster = calculator.roster(
      in: try OnCallSample.range("2026-02-01T00:00:00Z", "2026-12-01T00:00:00Z"))
    #expect(roster.gaps == [])
    #expect(roster.conflicts == [])
    let people = try ["22:59:59", "23:00:00", "06:59:59", "07:00:00", "15:00:00"].map {
      calculator.shifts(at: try .sample("2026-03-29T\($0)Z")).map(\.person)
    }
    #expect(people == [["amer"], ["apac"], ["apac"], ["emea"], ["amer"]])
  }

  @Test("Who is on in both layers at once is a conflict for exactly that time")
  func conflict() throws {
    let calculator = try OnCallSample.calculator(
      [
        OnCallSample.layer(),
        OnCallSample.layer("secondary", people: ["tom", "mei", "ines"]),
      ],
      overrides: [
        OnCallSample.override(
          "tom", "2026-01-04T08:00:00Z", "2026-01-04T20:00:00Z", layer: "primary")
      ])
    let roster = calculator.roster(
      in: try OnCallSample.range("2026-01-02T11:00:00Z", "2026-01-30T11:00:00Z"))
    let expected = Roster.Conflict(
      person: "tom", layers: ["primary", "secondary"],
      range: try OnCallSample.range("2026-01-04T08:00:00Z", "2026-01-04T20:00:00Z"))
    #expect(roster.conflicts == [expected])
    #expect(roster.gaps == [])
  }

  @Test("A layer that starts later is a gap of that layer, while another has somebody")
  func gapOfOneLayer() throws {
    let calculator = try OnCallSample.calculator([
      OnCallSample.layer(), OnCallSample.layer("secondary", start: "2026-01-09"),
    ])
    let roster = calculator.roster(
      in: try OnCallSample.range("2026-01-01T11:00:00Z", "2026-01-12T11:00:00Z"))
    #expect(
      roster.gaps == [
        Roster.Gap(
          layer: nil, range: try OnCallSample.range("2026-01-01T11:00:00Z", "2026-01-02T11:00:00Z")),
        Roster.Gap(
          layer: "secondary",
          range: try OnCallSample.range("2026-01-02T11:00:00Z", "2026-01-09T11:00:00Z")),
      ])
  }

  @Test("What follows the last known shift is not said to be nobody")
  func edgeOfKnowledge() throws {
    let range = try OnCallSample.range("2026-01-02T11:00:00Z", "2026-01-05T00:00:00Z")
    let roster = try OnCallSample.calculator([OnCallSample.layer()]).roster(in: range)
    #expect(roster.nextHandOff(in: "primary", after: range.lowerBound) == nil)
    #expect(roster.shifts(at: range.lowerBound).map(\.person) == ["ines"])
  }
}
