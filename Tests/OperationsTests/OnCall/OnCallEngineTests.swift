import Operations
import Reliability
import Synchronization
import TestSupport
import Testing

/// A calendar whose next answer a test sets.
private final class ScriptedCalendar: ShiftSource {
  let name = "feed"
  private let version = Mutex<CalendarVersion?>(nil)
  private let answer = Mutex<Result<[UInt8], ReadingFailure>>(.failure(.unavailable("not yet")))

  func say(_ text: String) { answer.withLock { $0 = .success(Array(text.utf8)) } }

  func fail(_ reason: String) { answer.withLock { $0 = .failure(.unavailable(reason)) } }

  /// Says which version it is, and that one does not change.
  func sayVersion(_ text: String, _ tag: String) {
    say(text)
    version.withLock { $0 = CalendarVersion(tag: tag, modified: nil) }
  }

  func look(since known: CalendarVersion?) async -> CalendarLook {
    let version = version.withLock { $0 }
    if version != nil, known == version { return CalendarLook(.success(.unchanged)) }
    return CalendarLook(
      answer.withLock { $0 }.map { .calendar($0, version) },
      traffic: SourceHealth.Traffic(requests: 1, bytes: 7), latencies: [0.25])
  }
}

@Suite("Who is on call, from all sources")
struct OnCallEngineTests {
  private static let start = Timestamp(milliseconds: 1_795_269_600_000)
  private let clock = ManualClock(at: start)
  private let journal = InMemoryJournal()
  private let calendar = ScriptedCalendar()

  private func engine(
    team: String = "shop", rotations: [Rotation] = [], people: [String: Person] = [:]
  ) throws -> OnCallEngine {
    let settings = CalendarSettings(
      name: "feed", team: team, layer: "secondary", place: .file("/x"),
      timeZone: try #require(NamedZone("UTC")))
    return OnCallEngine(
      OnCallPlan(rotations: rotations, calendars: [settings], people: people),
      sources: [calendar], pagedBy: ["am"], journal: journal, clock: clock,
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
    let cut = String(text("bo").dropLast(40))
    for fault in ["down", "<html>", cut] {
      if fault == "down" { calendar.fail(fault) } else { calendar.say(fault) }
      team = try #require(await engine.askAll().teams.first)
      #expect(team.duties(at: clock.now).map(\.shift?.person) == ["ana"])
      #expect(team.remarks.first?.hasPrefix("feed is silent: ") == true)
      #expect(team.remarks.first?.contains("shown is what it said at") == true)
    }
  }

  @Test("A calendar is a source like others: how looks went, what they cost, and when the next is")
  func health() async throws {
    let engine = try engine()
    var health = try #require(await engine.askAll().sources.first)
    #expect(health.name == "feed" && health.type == "calendar" && health.address == "/x")
    #expect(health.state == .degraded && health.lastSuccess == nil)
    #expect(health.lastError?.message == "not yet" && health.nextTry == clock.now + .seconds(300))
    calendar.say(text("ana"))
    health = try #require(await engine.askAll().sources.first)
    #expect(health.state == .ok && health.lastSuccess == clock.now && health.nextTry == nil)
    #expect(health.lastPoll == SourceHealth.Traffic(requests: 1, bytes: 7))
    #expect(health.latencies == [0.25, 0.25])
  }

  @Test("A calendar that has not changed is not sent again, unless what was sent was no good")
  func versions() async throws {
    let engine = try engine()
    calendar.sayVersion("<html>", "1")
    for _ in 0..<2 {
      let team = try #require(await engine.askAll().teams.first)
      #expect(team.remarks.first?.hasPrefix("feed is silent: it ") == true)
    }
    calendar.sayVersion(text("ana"), "2")
    _ = await engine.askAll()
    let sent = clock.now
    // Were it sent again, it would be no calendar.
    calendar.sayVersion("<html>", "2")
    clock.advance(by: .seconds(600))
    let team = try #require(await engine.askAll().teams.first)
    #expect(team.remarks == [] && team.duties(at: clock.now).map(\.shift?.person) == ["ana"])
    // The journal has it as it was sent.
    calendar.fail("down")
    let later = try #require(try await self.engine().askAll().teams.first)
    #expect(later.duties(at: clock.now).map(\.shift?.person) == ["ana"])
    #expect(later.remarks.first?.contains("said at \(sent.dateAndTime)") == true)
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

  @Test("Whom a calendar calls by name or address is the person of the configuration")
  func namesOfPeople() async throws {
    let known = Person(id: "ana", name: "Ana Lopes", contact: "ana@example.com")
    for name in ["Ana Lopes", "ANA@example.com", "ana"] {
      calendar.say(text(name))
      let team = try #require(try await engine(people: ["ana": known]).askAll().teams.first)
      #expect(team.duties(at: clock.now).map(\.shift?.person) == ["ana"])
    }
    calendar.say(text("Bo"))
    let team = try #require(try await engine(people: ["ana": known]).askAll().teams.first)
    #expect(team.duties(at: clock.now).map(\.shift?.person) == ["Bo"])
  }

  @Test("Layers of a calendar stand in the order of their levels, whatever they are called")
  func layerOrder() async throws {
    let shifts = ["level 10", "secondary", "level 3", "primary: Night", "shadow", "primary"].map {
      Shift(
        person: $0, layer: $0, from: Self.start, until: Self.start + .seconds(60),
        source: .calendar("feed"))
    }
    calendar.say(CalendarWriter(name: "x", stamp: Self.start).text(of: shifts))
    let team = try #require(try await engine().askAll().teams.first)
    #expect(
      team.roster.layers == [
        "secondary", "primary", "primary: Night", "level 3", "level 10", "shadow",
      ])
  }

  @Test("A calendar that burnwatch wrote keeps the order of its layers")
  func ownLayerOrder() async throws {
    let layers = ["night", "day", "primary"]
    let shifts = layers.reversed().map {
      Shift(
        person: $0, layer: $0, from: Self.start, until: Self.start + .seconds(60),
        source: .rotation)
    }
    let writer = CalendarWriter(name: "x", stamp: Self.start)
    calendar.say(writer.text(of: shifts, layers: layers))
    let team = try #require(try await engine().askAll().teams.first)
    #expect(team.roster.layers == layers)
    #expect(team.roster.shifts(at: Self.start).map(\.person) == layers)
  }

  // MARK: - What fires

  private func alert(
    _ name: String, age: Int = 60, severity: Severity = .page, team: String? = nil,
    flags: Set<Alert.State> = [.firing], resolvedAt: Timestamp? = nil,
    acknowledgement: Acknowledgement? = nil
  ) -> Alert {
    Alert(
      Alert.Facts(
        id: Alert.ID(cluster: "am", fingerprint: name), labels: LabelSet(["alertname": name]),
        severity: severity, team: team, flags: flags, startsAt: Self.start - .seconds(age),
        resolvedAt: resolvedAt, acknowledgement: acknowledgement))
  }

  @Test("A page is written down with who was on call, and counts as theirs; after a restart too")
  func pages() async throws {
    calendar.say(text("ana"))
    let engine = try engine()
    await engine.askAll()
    await engine.note(AlertSnapshot(at: clock.now, alerts: [alert("A", age: 30)]))
    var load = try #require(await engine.snapshot.teams.first?.load)
    #expect(load.people.map(\.person) == ["ana"] && load.people.first?.pages == 1)
    let ack = Acknowledgement(
      by: "bo", at: clock.now, until: nil, comment: "", delivery: .confirmed)
    let other = try self.engine()
    await other.askAll()
    await other.note(
      AlertSnapshot(
        at: clock.now,
        alerts: [alert("A", age: 30, flags: [.firing, .acknowledged], acknowledgement: ack)]))
    load = try #require(await other.snapshot.teams.first?.load)
    #expect(load.people.first?.timeToAcknowledge == .seconds(30))
    await other.note(
      AlertSnapshot(
        at: clock.now, alerts: [alert("A", age: 30, flags: [.resolved], resolvedAt: clock.now)]))
    let kept = try await journal.firings(in: Self.start - .seconds(60)..<Self.start)
    #expect(kept.map(\.paged) == ["ana"] && kept.map(\.acknowledgedBy) == ["bo"])
    #expect(kept.map(\.endsAt) == [clock.now])
  }

  @Test("What the journal does not take is written with the next news")
  func journalFails() async throws {
    let engine = try engine()
    await engine.note(AlertSnapshot(at: clock.now, alerts: []))
    await journal.failNext(with: .full(path: "x"))
    await engine.note(AlertSnapshot(at: clock.now, alerts: [alert("A")]))
    let range = Self.start - .seconds(600)..<Self.start
    #expect(try await journal.firings(in: range) == [])
    await engine.note(AlertSnapshot(at: clock.now, alerts: [alert("A")]))
    #expect(try await journal.firings(in: range).map(\.name) == ["A"])
  }

  @Test("Pages of a team without a rotation are nobody's, and of another team not this one's")
  func otherTeams() async throws {
    calendar.say(text("ana"))
    let engine = try engine()
    await engine.askAll()
    await engine.note(
      AlertSnapshot(at: clock.now, alerts: [alert("A", team: "data"), alert("B", age: 90_000)]))
    let load = try #require(await engine.snapshot.teams.first?.load)
    // B began before Ana's shift, when nobody is known to have been on call.
    #expect(load.people.isEmpty && load.unassigned == 1)
  }

  // MARK: - What is not known

  @Test("Before a calendar was ever read nobody is called missing, and no page is somebody's")
  func neverRead() async throws {
    let engine = try engine()
    await engine.askAll()
    await engine.note(AlertSnapshot(at: clock.now, alerts: [alert("A")]))
    let team = try #require(await engine.snapshot.teams.first)
    #expect(!team.isKnown && team.gaps.isEmpty && team.troubles.isEmpty)
    #expect(team.load?.unassigned == 1)
    calendar.say(text("ana"))
    #expect(try #require(await engine.askAll().teams.first).isKnown)
  }

  @Test("Of PagerDuty nobody is called missing beyond what it was asked for")
  func horizon() async throws {
    let shifts = PagerDutyShifts(source: "pd", kind: .policy, id: "P1")
    let settings = CalendarSettings(
      name: "feed", team: "shop", place: .pagerDuty(shifts),
      timeZone: try #require(NamedZone("UTC")))
    let engine = OnCallEngine(
      OnCallPlan(calendars: [settings]), sources: [calendar], journal: journal, clock: clock,
      publish: { _ in })
    calendar.say(text("ana"))
    await engine.askAll()
    let range = Self.start..<(Self.start + .seconds(86_400 * 300))
    let team = try #require(await engine.teams(in: range).first)
    let hour = Self.start.rounded(downTo: .seconds(3600))
    #expect(team.gaps.map(\.range.upperBound) == [hour + PagerDutyShifts.future])
    #expect(team.remarks.count == 1 && team.remarks[0].hasPrefix("shifts are known until "))
    #expect(!team.isKnown(at: range.upperBound - .seconds(1)) && team.isKnown(at: Self.start))
  }

  @Test("A calendar of another place is another calendar, whatever it is called")
  func otherPlace() async throws {
    calendar.say(text("ana"))
    _ = try await engine().askAll()
    calendar.fail("down")
    let elsewhere = CalendarSettings(
      name: "feed", team: "shop", layer: "secondary", place: .file("/elsewhere"),
      timeZone: try #require(NamedZone("UTC")))
    let other = OnCallEngine(
      OnCallPlan(calendars: [elsewhere]), sources: [calendar], journal: journal, clock: clock,
      publish: { _ in })
    #expect(try #require(await other.askAll().teams.first).isKnown == false)
    #expect(try #require(try await engine().askAll().teams.first).isKnown)
  }
}
