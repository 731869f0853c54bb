import Reliability
import TestSupport
import Testing

// Expected instants are worked out by hand: Berlin is at UTC+1 in winter and at UTC+2 in summer.

@Suite("Who is on call")
struct RotationCalculatorTests {
  private func lines(
    _ calculator: RotationCalculator, _ from: String, _ until: String, layer: String = "primary"
  ) throws -> [String] {
    calculator.shifts(in: try OnCallSample.range(from, until))
      .filter { $0.layer == layer }.map(\.line)
  }

  @Test(
    "The first turn begins at the first hand-off at or after the start, and nobody is on before")
  func beforeTheStart() throws {
    // 2026-01-02 is a Friday, so a start on Saturday means the Friday after.
    let layer = try OnCallSample.layer(start: "2026-01-03", day: .friday)
    let calculator = try OnCallSample.calculator([layer])
    let first = try Timestamp.sample("2026-01-09T11:00:00Z")
    #expect(calculator.person(in: "primary", at: first - .milliseconds(1)) == nil)
    #expect(calculator.person(in: "primary", at: first) == "ines")
    let early = try Timestamp.sample("2026-01-01T00:00:00Z")
    #expect(
      calculator.nextHandOff(in: "primary", after: early)
        == HandOff(at: first, from: nil, to: "ines"))
    #expect(try lines(calculator, "2025-01-01T00:00:00Z", "2026-01-09T11:00:00Z") == [])
  }

  @Test("A start at the very time of a hand-off is the first hand-off")
  func startAtHandOff() throws {
    let calculator = try OnCallSample.calculator([
      OnCallSample.layer(start: "2026-01-02T12:00", day: .friday)
    ])
    #expect(calculator.person(in: "primary", at: try .sample("2026-01-02T11:00:00Z")) == "ines")
  }

  @Test("Alone in a rotation, one person is on at every hand-off and nobody follows")
  func onePerson() throws {
    let calculator = try OnCallSample.calculator([OnCallSample.layer(people: ["ines"])])
    for text in ["2026-01-09T10:59:59.999Z", "2026-01-09T11:00:00Z", "2026-03-29T01:00:00Z"] {
      #expect(calculator.person(in: "primary", at: try .sample(text)) == "ines")
      #expect(calculator.nextHandOff(in: "primary", after: try .sample(text)) == nil)
    }
  }

  @Test("A layer without people is a gap and nothing else")
  func noPeople() throws {
    let calculator = try OnCallSample.calculator([OnCallSample.layer(people: [])])
    let range = try OnCallSample.range("2026-01-10T00:00:00Z", "2026-01-12T00:00:00Z")
    let roster = calculator.roster(in: range)
    #expect(roster.shifts == [])
    #expect(roster.gaps == [Roster.Gap(layer: nil, range: range)])
  }

  @Test("A new list of people counts from the first turn that begins at or after its date")
  func changedParticipants() throws {
    let layer = try OnCallSample.layer(changes: [("2026-01-16", ["uma", "tom"])])
    let calculator = try OnCallSample.calculator([layer])
    #expect(
      try lines(calculator, "2026-01-02T11:00:00Z", "2026-02-01T00:00:00Z") == [
        "ines 2026-01-02 11:00:00 2026-01-09 11:00:00",
        "tom 2026-01-09 11:00:00 2026-01-16 11:00:00",
        "uma 2026-01-16 11:00:00 2026-01-23 11:00:00",
        "tom 2026-01-23 11:00:00 2026-01-30 11:00:00",
        "uma 2026-01-30 11:00:00 2026-02-06 11:00:00",
      ])
  }

  @Test("A list that changes within a turn leaves that turn as it is")
  func changeWithinATurn() throws {
    let layer = try OnCallSample.layer(changes: [("2026-01-10", ["uma"])])
    let calculator = try OnCallSample.calculator([layer])
    #expect(calculator.person(in: "primary", at: try .sample("2026-01-16T10:59:59Z")) == "tom")
    #expect(calculator.person(in: "primary", at: try .sample("2026-01-16T11:00:00Z")) == "uma")
  }

  @Test("An override that begins in one shift and ends in another cuts both")
  func overrideAcrossShifts() throws {
    let calculator = try OnCallSample.calculator(
      [OnCallSample.layer()],
      overrides: [OnCallSample.override("uma", "2026-01-08T11:00:00Z", "2026-01-10T11:00:00Z")])
    #expect(
      try lines(calculator, "2026-01-02T11:00:00Z", "2026-01-16T11:00:00Z") == [
        "ines 2026-01-02 11:00:00 2026-01-08 11:00:00",
        "uma 2026-01-08 11:00:00 2026-01-10 11:00:00",
        "tom 2026-01-10 11:00:00 2026-01-16 11:00:00",
      ])
    let atEdge = try lines(calculator, "2026-01-10T00:00:00Z", "2026-01-10T00:00:01Z")
    #expect(atEdge == ["uma 2026-01-08 11:00:00 2026-01-10 11:00:00"])
  }

  @Test("Overrides back to back hand over to each other, and the turn goes on after them")
  func backToBackOverrides() throws {
    let calculator = try OnCallSample.calculator(
      [OnCallSample.layer()],
      overrides: [
        OnCallSample.override("uma", "2026-01-04T08:00:00Z", "2026-01-04T20:00:00Z"),
        OnCallSample.override("kai", "2026-01-04T20:00:00Z", "2026-01-05T08:00:00Z"),
      ])
    #expect(
      try lines(calculator, "2026-01-02T11:00:00Z", "2026-01-09T11:00:00Z") == [
        "ines 2026-01-02 11:00:00 2026-01-04 08:00:00",
        "uma 2026-01-04 08:00:00 2026-01-04 20:00:00",
        "kai 2026-01-04 20:00:00 2026-01-05 08:00:00",
        "ines 2026-01-05 08:00:00 2026-01-09 11:00:00",
      ])
    let handOff = try Timestamp.sample("2026-01-04T20:00:00Z")
    #expect(
      calculator.nextHandOff(in: "primary", after: handOff - .milliseconds(1))
        == HandOff(at: handOff, from: "uma", to: "kai"))
  }

  @Test("Of two overrides that overlap the later in the list counts")
  func laterOverrideCounts() throws {
    let calculator = try OnCallSample.calculator(
      [OnCallSample.layer()],
      overrides: [
        OnCallSample.override("uma", "2026-01-04T08:00:00Z", "2026-01-04T20:00:00Z"),
        OnCallSample.override("kai", "2026-01-04T10:00:00Z", "2026-01-04T12:00:00Z"),
      ])
    let people = try ["09:59:59.999", "10:00:00", "11:59:59.999", "12:00:00"].map {
      calculator.person(in: "primary", at: try .sample("2026-01-04T\($0)Z"))
    }
    #expect(people == ["uma", "kai", "kai", "uma"])
  }

  @Test("A swap instead of somebody holds only where that person is on, in whichever layer")
  func insteadOf() throws {
    let secondary = try OnCallSample.layer("secondary", people: ["tom", "mei", "ines"])
    let calculator = try OnCallSample.calculator(
      [OnCallSample.layer(), secondary],
      overrides: [
        OnCallSample.override(
          "uma", "2026-01-08T11:00:00Z", "2026-01-10T11:00:00Z", insteadOf: "tom")
      ])
    #expect(
      try lines(calculator, "2026-01-02T11:00:00Z", "2026-01-16T11:00:00Z") == [
        "ines 2026-01-02 11:00:00 2026-01-09 11:00:00",
        "uma 2026-01-09 11:00:00 2026-01-10 11:00:00",
        "tom 2026-01-10 11:00:00 2026-01-16 11:00:00",
      ])
    #expect(
      try lines(
        calculator, "2026-01-02T11:00:00Z", "2026-01-09T11:00:00Z", layer: "secondary") == [
          "tom 2026-01-02 11:00:00 2026-01-08 11:00:00",
          "uma 2026-01-08 11:00:00 2026-01-09 11:00:00",
        ])
  }

  @Test("An override covers the time before the rotation's start")
  func overrideBeforeStart() throws {
    let calculator = try OnCallSample.calculator(
      [OnCallSample.layer()],
      overrides: [OnCallSample.override("uma", "2026-01-01T08:00:00Z", "2026-01-02T12:00:00Z")])
    #expect(
      try lines(calculator, "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z") == [
        "uma 2026-01-01 08:00:00 2026-01-02 12:00:00",
        "ines 2026-01-02 12:00:00 2026-01-09 11:00:00",
      ])
  }

  @Test("An override of years over turns of hours is one shift, and the turns go on after it")
  func overrideOfYears() throws {
    let calculator = try OnCallSample.calculator(
      [OnCallSample.layer(start: "2020-01-01", every: .hours(1), time: (0, 0))],
      overrides: [OnCallSample.override("uma", "2021-01-01T00:00:00Z", "2026-01-01T00:00:00Z")])
    // 2,192 days of 24 turns from 2020-01-01 00:00 in Berlin, which is 23:00 UTC of the day before.
    #expect(
      try lines(calculator, "2025-12-31T22:30:00Z", "2026-01-01T01:30:00Z") == [
        "uma 2021-01-01 00:00:00 2026-01-01 00:00:00",
        "tom 2026-01-01 00:00:00 2026-01-01 01:00:00",
        "mei 2026-01-01 01:00:00 2026-01-01 02:00:00",
      ])
  }
}
