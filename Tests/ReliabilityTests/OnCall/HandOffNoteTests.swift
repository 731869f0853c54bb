import Reliability
import Testing

@Suite("Which shift is handed off")
struct HandOffNoteTests {
  private static let start = Timestamp(milliseconds: 1_795_269_600_000)

  private func at(_ hours: Double) -> Timestamp { Self.start + .milliseconds(Int64(hours * 3.6e6)) }

  private func team(_ shifts: [(String, Double, Double)]) -> TeamRoster {
    TeamRoster(
      team: "shop", people: [:],
      roster: Roster(
        shifts: shifts.map { person, from, until in
          Shift(person: person, layer: "primary", from: at(from), until: at(until))
        }, range: at(-400)..<at(400), layers: ["primary", "secondary"]),
      sources: [], remarks: [])
  }

  @Test("The shift that is on, from its beginning until now, with who is next")
  func current() {
    let team = team([("ines", -100, -20), ("ines", -20, 50), ("tom", 50, 200)])
    let shifts = HandOffNote.Shifts(of: team, at: at(0))
    #expect(shifts.from == "ines" && shifts.next?.to == "tom" && shifts.layer == "primary")
    // Two turns of one person in a row are one shift.
    #expect(shifts.range == at(-100)..<at(0))
  }

  @Test("In the hour after a hand-off it is the one before, to its end")
  func justOver() {
    let team = team([("ines", -100, -0.5), ("tom", -0.5, 50)])
    let shifts = HandOffNote.Shifts(of: team, at: at(0))
    #expect(shifts.from == "ines" && shifts.range == at(-100)..<at(-0.5))
    #expect(shifts.next == HandOff(at: at(-0.5), from: "ines", to: "tom"))
    let later = HandOffNote.Shifts(of: team, at: at(0.5))
    #expect(later.from == "tom" && later.range == at(-0.5)..<at(0.5))
  }

  @Test("Where nobody is on, it is the last shift that was, until its end; else the last week")
  func nobody() {
    let shifts = HandOffNote.Shifts(of: team([("tom", 10, 20)]), at: at(0))
    #expect(shifts.from == nil && shifts.next == nil && shifts.range == at(-168)..<at(0))
    let office = team([("ines", -32, -24), ("ines", -8, -0.1), ("tom", 16, 24)])
    let evening = HandOffNote.Shifts(of: office, at: at(0))
    #expect(evening.from == "ines" && evening.range == at(-8)..<at(0))
    #expect(evening.next == HandOff(at: at(16), from: nil, to: "tom"))
  }

  @Test("Of layers that take the day in turns it is the one that has somebody")
  func followTheSun() {
    func shift(_ person: String, _ layer: String, _ from: Double, _ until: Double) -> Shift {
      Shift(person: person, layer: layer, from: at(from), until: at(until))
    }
    let team = TeamRoster(
      team: "sun", people: [:],
      roster: Roster(
        shifts: [
          shift("ines", "europe", -12, -4), shift("jon", "america", -4, 4),
          shift("mei", "asia", 4, 12),
        ], range: at(-100)..<at(100), layers: ["europe", "america", "asia"]),
      sources: [], remarks: [])
    let shifts = HandOffNote.Shifts(of: team, at: at(2))
    #expect(shifts.layer == "america" && shifts.from == "jon")
    #expect(shifts.range == at(-4)..<at(2))
  }

  @Test("A range that is named is taken as it is")
  func named() {
    let team = team([("ines", -100, -50), ("tom", -50, 50), ("mei", 50, 90)])
    let shifts = HandOffNote.Shifts(of: team, over: at(-100)..<at(-50))
    #expect(shifts.from == "ines" && shifts.next?.to == "tom")
    #expect(shifts.range == at(-100)..<at(-50))
  }
}
