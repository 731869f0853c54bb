import Foundation
import Reliability
import TestSupport
import Testing

extension EndToEnd {
  /// `burnwatch oncall` as a program: what it prints, where, and how it ends.
  @Suite("The commands about who is on call")
  struct OnCallCommandTests {
    private static let rotation = """
      people:
        ines: {name: Ines Duarte, contact: ines@example.com, timeZone: Europe/Berlin}
        tom: {name: "Tom \\"T\\" Okafor; Jr.", contact: tom@example.com}
      rotations:
        - name: shop
          timeZone: Europe/Berlin
          layers:
            - {name: primary, participants: [ines, tom], start: 2026-01-02, every: 1w, handoff: {day: friday, time: "12:00"}}
            - {name: secondary, participants: [tom, ines], start: 2026-01-02, every: 1w, handoff: {day: friday, time: "12:00"}}
          overrides:
            - {who: tom, insteadOf: ines, from: 2026-12-24T18:00, to: 2026-12-26T09:00}
        - name: nights
          layers:
            - {name: night, participants: [mei], start: 2026-01-02, every: 1d, restrictions: [{hours: "20:00-08:00"}]}
      """

    private func place(_ onCall: String) throws -> Workplace {
      let indented = onCall.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      let place = try Workplace()
      try place.write(
        """
        apiVersion: burnwatch/v1
        kind: Config
        identity: {name: ines}
        journal: \(place.file("journal.sqlite"))
        oncall:
        \(indented)

        """, to: "config.yaml")
      return place
    }

    private func run(_ place: Workplace, _ arguments: String...) throws -> BurnwatchRun {
      try BurnwatchRun(["oncall"] + arguments + ["--config", place.file("config.yaml")])
    }

    private func shifts(_ run: BurnwatchRun) throws -> [[String: String]] {
      let object = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
      return try #require(object?["shifts"] as? [[String: String]])
    }

    @Test("who says each layer's person until when and who follows; 1 where a team has nobody")
    func who() throws {
      let place = try place(Self.rotation)
      let noon = try run(place, "who", "--at", "2026-11-27T10:59:59Z", "--team", "shop")
      #expect(noon.exitCode == 0)
      let lines = noon.text.split(separator: "\n").map(String.init)
      let until = "until 2026-11-27 11:00:00 UTC"
      #expect(lines.count == 2)
      #expect(
        lines.first?.hasPrefix("shop  primary    Ines Duarte <ines@example.com>") == true
          && lines.first?.hasSuffix("\(until)  then Tom \"T\" Okafor; Jr.") == true)
      #expect(
        lines.last
          == "shop  secondary  Tom \"T\" Okafor; Jr. <tom@example.com>  \(until)  then Ines Duarte")
      let after = try run(place, "who", "--at", "2026-11-27T11:00:00Z", "--format", "json")
      #expect(after.text.contains("\"person\": \"tom\""))
      // The nights have nobody at noon.
      #expect(after.exitCode == 1)
      let unknown = try run(place, "who", "--team", "shoop")
      #expect(unknown.exitCode == 64)
      #expect(
        unknown.complaint.contains("There is no team \"shoop\". Possible here: shop, nights."))
    }

    @Test("An export reads back as the same shifts, override and names with it")
    func roundTrip() throws {
      let place = try place(Self.rotation)
      let stretch = ["--from", "2026-12-01T00:00:00Z", "--days", "60", "--team", "shop"]
      let calendar = try BurnwatchRun(
        ["oncall", "export", "--config", place.file("config.yaml")] + stretch)
      #expect(calendar.exitCode == 0 && calendar.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
      let lines = calendar.text.components(separatedBy: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })

      let other = try self.place(
        "calendars:\n  - {name: shop, team: shop, file: \(place.file("shop.ics"))}")
      try place.write(calendar.text, to: "shop.ics")
      let members = ["layer", "person", "from", "until", "source"]
      func list(_ place: Workplace) throws -> Set<[String]> {
        let run = try BurnwatchRun(
          ["oncall", "schedule", "--format", "json", "--config", place.file("config.yaml")]
            + stretch)
        return Set(try shifts(run).map { shift in members.map { shift[$0] ?? "" } })
      }
      let (own, read) = (try list(place), try list(other))
      #expect(own == read && own.count > 16)
      #expect(own.contains { $0[4] == "override" })
    }

    @Test("gaps finds who is on twice and where nobody is; a schedule in order ends with 0")
    func gaps() throws {
      let place = try place(Self.rotation)
      let fine = try run(
        place, "gaps", "--team", "shop", "--from", "2026-11-20T11:00:00Z", "--days", "7")
      #expect(fine.exitCode == 0)
      #expect(fine.text == "Nobody is missing, and nobody is on twice.\n")
      let twice = try run(
        place, "gaps", "--team", "shop", "--from", "2026-12-20T00:00:00Z", "--days", "10")
      #expect(twice.exitCode == 1)
      #expect(
        twice.text.contains(
          "2026-12-24 17:00:00 to 2026-12-26 08:00:00 UTC, Tom \"T\" Okafor; Jr. is primary and"),
        "\(twice.text)")
      let nights = try run(
        place, "gaps", "--team", "nights", "--from", "2026-11-20T00:00:00Z", "--days", "1",
        "--format", "json")
      #expect(nights.exitCode == 1 && nights.text.contains("\"kind\": \"gap\""))
    }

    @Test("Without anything that says who is on call, and without any page, that is said")
    func nothing() throws {
      let empty = try Workplace()
      try empty.write("apiVersion: burnwatch/v1\nkind: Config\n", to: "config.yaml")
      for command in ["who", "schedule", "gaps", "export", "load", "handoff"] {
        let run = try run(empty, command)
        #expect(run.exitCode == 78 && run.complaint.contains("Nothing says who is on call"))
      }
      let load = try run(try place(Self.rotation), "load")
      #expect(load.exitCode == 0 && load.text == "No page is known.\n")
      let note = try run(try place(Self.rotation), "handoff")
      #expect(note.exitCode == 0 && note.text.hasPrefix("# Hand-off: shop, primary\n"))
      let several = try run(try place(Self.rotation), "handoff", "--team", "nope")
      #expect(several.exitCode == 64)
    }
  }
}
