import Operations
import Reliability
import Synchronization
import TestSupport
import Testing

/// A calendar whose next answer a test sets.
private final class ScriptedCalendar: ShiftSource {
  let name = "feed"
  private let answer = Mutex<Result<[UInt8], ReadingFailure>>(.failure(.unavailable("not yet")))

  func say(_ text: String) { answer.withLock { $0 = .success(Array(text.utf8)) } }

  func fail(_ reason: String) { answer.withLock { $0 = .failure(.unavailable(reason)) } }

  func calendar() async -> Result<[UInt8], ReadingFailure> { answer.withLock { $0 } }
}

@Suite("Who is on call, from all sources")
struct OnCallEngineTests {
  private static let start = Timestamp(milliseconds: 1_795_269_600_000)
  private let clock = ManualClock(at: start)
  private let journal = InMemoryJournal()
  private let calendar = ScriptedCalendar()

  private func engine(team: String = "shop", rotations: [Rotation] = []) throws -> OnCallEngine {
    let settings = CalendarSettings(
      name: "feed", team: team, layer: "secondary", place: .file("/x"),
      timeZone: try #require(NamedZone("UTC")))
    return OnCallEngine(
      rotations: rotations, calendars: [(settings, calendar)], journal: journal, clock: clock,
      publish: { _ in })
  }

  private func text(_ person: String) -> String {
    CalendarWriter(name: "x", stamp: Self.start).text(of: [
      Shift(
        person: person, layer: "secondary", from: Self.start - .seconds(60),
        until: Self.start + .seconds(86_400), source: .calendar("feed"))
    ])
  }

  @Test("A calendar that falls silent keeps what it said, and says so; one that is broken too")
  func silent() async throws {
    let engine = try engine()
    var team = try #require(await engine.askAll().teams.first)
    #expect(team.remarks == ["feed is silent: not yet"] && team.roster.shifts.isEmpty)
    calendar.say(text("ana"))
    team = try #require(await engine.askAll().teams.first)
    #expect(team.remarks == [])
    #expect(team.duties(at: clock.now).map(\.shift?.person) == ["ana"])
    for fault in ["down", "<html>"] {
      if fault == "down" { calendar.fail(fault) } else { calendar.say(fault) }
      team = try #require(await engine.askAll().teams.first)
      #expect(team.duties(at: clock.now).map(\.shift?.person) == ["ana"])
      #expect(team.remarks.first?.hasPrefix("feed is silent: ") == true)
      #expect(team.remarks.first?.contains("shown is what it said at") == true)
    }
  }

  @Test("What a calendar said last is known again after a restart")
  func restart() async throws {
    calendar.say(text("ana"))
    _ = try await engine().askAll()
    calendar.fail("down")
    let team = try #require(try await engine().askAll().teams.first)
    #expect(team.duties(at: clock.now).map(\.shift?.person) == ["ana"])
  }

  @Test("A rotation and a calendar of one team are one picture with both sources named")
  func merged() async throws {
    let zone = try #require(NamedZone("UTC"))
    let monday = try #require(WallTime(year: 2026, month: 1, day: 5))
    let rotation = Rotation(
      name: "shop", timeZone: zone,
      layers: [
        RotationLayer(
          name: "primary", timeZone: zone, participants: [.init(from: monday, people: ["ines"])],
          every: .days(7), handOff: .init(day: .monday, second: 0))
      ])
    calendar.say(text("ana"))
    let teams = try await engine(rotations: [rotation]).askAll().teams
    #expect(teams.map(\.id) == ["shop"])
    #expect(teams.first?.sources == ["rotation", "feed"])
    #expect(teams.first?.duties(at: clock.now).map(\.shift?.person) == ["ines", "ana"])
  }
}
