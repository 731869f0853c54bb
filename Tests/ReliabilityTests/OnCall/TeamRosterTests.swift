import Reliability
import Testing

@Suite("Who is on call for a team")
struct TeamRosterTests {
  private let start = Timestamp(milliseconds: 1_795_219_200_000)

  private func shift(
    _ person: String, _ layer: String = "primary", from: Int, to: Int,
    source: Shift.Source = .rotation
  ) -> Shift {
    Shift(
      person: person, layer: layer, from: start + .seconds(3600 * from),
      until: start + .seconds(3600 * to), source: source)
  }

  private func team(_ shifts: [Shift], layers: [String] = ["primary", "secondary"]) -> TeamRoster {
    TeamRoster(
      team: "shop",
      people: ["ines": Person(id: "ines", name: "Ines Duarte", contact: "ines@example.com")],
      roster: Roster(
        shifts: shifts, range: start..<(start + .seconds(3600 * 48)), layers: layers),
      sources: ["rotation"], remarks: [])
  }

  @Test("Each layer has its person and who takes over, at the hand-off the next")
  func duties() {
    let team = team([
      shift("ines", from: 0, to: 24), shift("tom", from: 24, to: 48),
      shift("tom", "secondary", from: 0, to: 24),
    ])
    let before = team.duties(at: start + .seconds(3600 * 24) - .milliseconds(1))
    #expect(before.map(\.shift?.person) == ["ines", "tom"])
    #expect(before[0].next == HandOff(at: start + .seconds(86_400), from: "ines", to: "tom"))
    #expect(before[1].next == HandOff(at: start + .seconds(86_400), from: "tom", to: nil))
    let after = team.duties(at: start + .seconds(3600 * 24))
    #expect(after.map(\.shift?.person) == ["tom", nil])
    #expect(team.name(of: "ines") == "Ines Duarte" && team.name(of: "tom") == "tom")
  }

  @Test("Where layers share the hours, whoever stands in the same place goes on in another")
  func successors() {
    func next(_ shifts: [Shift], _ layers: [String], at hour: Int) -> [String?] {
      let range = start..<(start + .seconds(3600 * 96))
      let roster = Roster(
        shifts: shifts, range: range, layers: layers, partTimeLayers: Set(layers))
      return layers.map { layer in
        roster.nextHandOff(in: layer, after: start + .seconds(3600 * hour)).map { handOff in
          "\(handOff.to ?? "nobody") \(handOff.layer ?? layer)"
        }
      }
    }
    let tiers = [
      shift("ines", "eu1", from: 0, to: 12), shift("tom", "eu2", from: 0, to: 12),
      shift("jon", "us1", from: 12, to: 24), shift("mei", "us2", from: 12, to: 24),
    ]
    #expect(
      next(tiers, ["eu1", "eu2", "us1", "us2"], at: 6)
        == ["jon us1", "mei us2", "jon us1", "mei us2"])
    // Whoever was on all along does not take over.
    let backup = [
      shift("ines", "day", from: 8, to: 16), shift("tom", "backup", from: 8, to: 20),
      shift("jon", "night", from: 16, to: 32),
    ]
    #expect(
      next(backup, ["day", "backup", "night"], at: 9)
        == ["jon night", "jon night", "jon night"])
    // Whoever came on meanwhile does.
    let overlap = [shift("ines", "eu", from: 0, to: 9), shift("jon", "us", from: 8, to: 17)]
    #expect(next(overlap, ["eu", "us"], at: 3) == ["jon us", "jon us"])
    #expect(next(overlap, ["eu", "us"], at: 10) == [nil, "nobody us"])
  }

  @Test("The operator is known by short name, name or address, whatever the case")
  func operators() {
    let team = team([])
    #expect(team.isOperator("ines", name: "INES", email: nil))
    #expect(team.isOperator("ines", name: "somebody", email: "Ines@example.com"))
    #expect(team.isOperator("ines", name: "ines duarte", email: nil))
    #expect(!team.isOperator("tom", name: "ines", email: "ines@example.com"))
  }

  @Test("Gaps, one person in two layers and two persons in one are found, by time")
  func troubles() {
    let team = team([
      shift("ines", from: 0, to: 24), shift("ines", "secondary", from: 0, to: 2),
      shift("tom", "secondary", from: 2, to: 48), shift("mei", from: 20, to: 30),
      shift("mei", from: 30, to: 47),
    ])
    let words = team.troubles.map { trouble in
      let hour = Int((trouble.range.lowerBound - start).inSeconds / 3600)
      return "\(hour) \(trouble.kind.rawValue): \(trouble.sentence)"
    }
    #expect(
      words == [
        "0 conflict: Ines Duarte is primary and secondary at once",
        "20 doubleBooking: Ines Duarte and mei are both primary",
        "47 gap: nobody is primary",
      ])
    // What lies outside of what was asked for is not told.
    let wide = self.team([shift("ines", from: -9, to: 50), shift("mei", from: -9, to: 99)])
    let whole = start..<(start + .seconds(3600 * 48))
    #expect(wide.troubles.first { $0.kind == .doubleBooking }?.range == whole)
    #expect(self.team([], layers: ["primary"]).troubles.map(\.sentence) == ["nobody is on call"])
  }
}
