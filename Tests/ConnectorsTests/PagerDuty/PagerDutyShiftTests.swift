import Connectors
import Reliability
import TestSupport
import Testing

@Suite("PagerDuty: who is on call")
struct PagerDutyShiftTests {
  private typealias Rig = PagerDutyRig
  private typealias Duty = PagerDutyAccount.Duty
  private typealias Entry = PagerDutyAccount.Schedule.Entry

  private static let now = Rig.now
  /// What is asked for begins eight days before the hour and ends fifty-eight days after it.
  private static let first = now.rounded(downTo: .seconds(3600)) - .seconds(8 * 86_400)
  private static let last = now.rounded(downTo: .seconds(3600)) + .seconds(58 * 86_400)

  private static func day(_ days: Int) -> Timestamp {
    now.rounded(downTo: .seconds(3600)) + .seconds(Int64(days) * 86_400)
  }

  private func reader(
    _ url: String, _ kind: PagerDutyShifts.Kind, id: String, clock: SkippingClock,
    token: String = Rig.token
  ) throws -> PagerDutyShiftReader {
    let settings = SourceSettings(
      name: "pd", kind: .pagerduty, urls: [url], auth: .token(.literal(token)),
      timeout: .seconds(5), limits: SourceSettings.Limits(requestsPerSecond: 10_000))
    let shifts = PagerDutyShifts(source: "pd", kind: kind, id: id)
    let calendar = CalendarSettings(
      name: "payments", team: "payments", layer: "primary", place: .pagerDuty(shifts),
      timeZone: try #require(NamedZone("UTC")))
    return PagerDutyShiftReader(
      calendar, of: shifts, settings: settings,
      transport: { own throws(ConnectorError) in
        try ClientTransport(settings: own, environment: [:])
      },
      secrets: SecretResolver(environment: [:]), clock: clock, random: { 0.5 })
  }

  /// The shifts that the answer's calendar reads back as.
  private func shifts(
    _ kind: PagerDutyShifts.Kind, _ id: String, of account: (inout PagerDutyAccount) -> Void
  ) async throws -> [Shift] {
    let clock = SkippingClock()
    let standIn = try await PagerDutyStandIn.start { clock.now }
    defer { standIn.stop() }
    standIn.change(account)
    let bytes = try await reader(standIn.url, kind, id: id, clock: clock).calendar().get()
    let file = try CalendarFile(parsing: bytes, zone: try #require(NamedZone("UTC")))
    #expect(file.problems.isEmpty)
    return file.shifts(in: Self.first..<Self.last, source: "payments").shifts
  }

  private func shift(
    _ person: String, _ layer: String, _ from: Timestamp, _ until: Timestamp,
    _ source: Shift.Source = .calendar("payments")
  ) -> Shift {
    Shift(person: person, layer: layer, from: from, until: until, source: source)
  }

  @Test("The levels of a policy are layers; one who is on by two rules is on once")
  func policy() async throws {
    let found = try await shifts(.policy, "PABC123") { account in
      account.duties = [
        Duty(policy: "POTHER", level: 1, person: "Eve", start: Self.day(-1), end: Self.day(9)),
        Duty(
          policy: "PABC123", level: 1, person: "Ana", schedule: "Days", start: Self.day(-1),
          end: Self.day(2)),
        Duty(
          policy: "PABC123", level: 1, person: "Ana", schedule: "Days", start: Self.day(1),
          end: Self.day(3)),
        Duty(
          policy: "PABC123", level: 1, person: "Bo", schedule: "Days", start: Self.day(3),
          end: Self.day(7)),
        Duty(policy: "PABC123", level: 2, person: "Cy"),
        Duty(
          policy: "PABC123", level: 3, person: "O\u{2019}Brien; \u{1F600}, jr.",
          start: Self.day(0)),
      ]
    }
    #expect(
      found == [
        shift("Cy", "secondary", Self.first, Self.last + .seconds(86_400)),
        shift("Ana", "primary", Self.day(-1), Self.day(3)),
        shift(
          "O\u{2019}Brien; \u{1F600}, jr.", "level 3", Self.day(0),
          Self.last + .seconds(86_400)),
        shift("Bo", "primary", Self.day(3), Self.day(7)),
      ])
  }

  @Test("Several schedules of one level are layers of their own, and no double booking")
  func lanes() async throws {
    let found = try await shifts(.policy, "P1") { account in
      account.duties = [
        Duty(policy: "P1", level: 1, person: "Ana", schedule: "Days", end: Self.day(2)),
        Duty(policy: "P1", level: 1, person: "Bo", schedule: "Nights", end: Self.day(2)),
        Duty(policy: "P1", level: 1, person: "Cy", end: Self.day(2)),
      ]
    }
    #expect(Set(found.map(\.layer)) == ["primary: Days", "primary: Nights", "primary: Cy"])
  }

  @Test("All pages of a long answer are read")
  func pages() async throws {
    let found = try await shifts(.policy, "P1") { account in
      account.duties = (0..<250).map { index in
        Duty(
          policy: "P1", level: 1, person: "Ana \(index % 7)", schedule: "Days",
          start: Self.now + .seconds(Int64(index) * 3600),
          end: Self.now + .seconds(Int64(index + 1) * 3600))
      }
    }
    #expect(found.count == 250)
  }

  @Test("A schedule is taken as it came out, overrides and whole shifts")
  func schedule() async throws {
    let found = try await shifts(.schedule, "PSCHED1") { account in
      account.schedules["PSCHED1"] = .init(
        name: "Payments",
        entries: [
          Entry(person: "Ana", start: Self.day(-12), end: Self.day(2)),
          Entry(person: "Bo", start: Self.day(2), end: Self.day(3)),
          Entry(person: "Ana", start: Self.day(3), end: Self.day(9)),
        ],
        overrides: [Entry(person: "Bo", start: Self.day(2), end: Self.day(3))])
    }
    #expect(
      found == [
        shift("Ana", "primary", Self.day(-12), Self.day(2)),
        shift("Bo", "primary", Self.day(2), Self.day(3), .override(insteadOf: nil)),
        shift("Ana", "primary", Self.day(3), Self.day(9)),
      ])
  }

  @Test("What PagerDuty does not know or does not let in is said, and how to go on")
  func failures() async throws {
    let clock = SkippingClock()
    let standIn = try await PagerDutyStandIn.start { clock.now }
    defer { standIn.stop() }
    func failure(
      _ kind: PagerDutyShifts.Kind, token: String = Rig.token
    ) async throws -> String {
      let reader = try reader(standIn.url, kind, id: "PNONE", clock: clock, token: token)
      guard case .failure(let failure) = await reader.calendar() else { return "none" }
      return failure.message
    }
    #expect(
      try await failure(.policy)
        == "PagerDuty names nobody for PNONE; look at its id and its levels")
    #expect(
      try await failure(.schedule)
        == "PagerDuty knows no schedule PNONE that this API can read; correct the id, or name "
        + "the escalation policy")
    let refused = try await failure(.policy, token: "wr0ng")
    #expect(refused.contains("401") && !refused.contains("wr0ng"))
    for fault in [PagerDutyFault.Kind.badGateway, .malformedBody, .emptyObject] {
      standIn.plan(PagerDutyFault(fault, times: 9))
      #expect(try await failure(.policy) != "none")
      standIn.recover()
    }
  }

  @Test("An answer of which a part makes no sense is not taken, so that nobody is missing unseen")
  func unreadable() async throws {
    let clock = SkippingClock()
    let duty = #"{"user":{"summary":"Ana"},"escalation_level":1,"schedule":null,"#
    for times in [#""start":"soon","end":null}"#, #""start":null,"end":7}"#] {
      let body = #"{"oncalls":[\#(duty)"start":null,"end":null},\#(duty)\#(times)],"more":false}"#
      let server = try await FaultServer.start { _ in .json(body) }
      defer { server.stop() }
      let answer = try await reader(server.url, .policy, id: "P1", clock: clock).calendar()
      guard case .failure(let failure) = answer else {
        Issue.record("taken: \(body)")
        continue
      }
      #expect(failure.message.contains("1 of its on-calls make no sense"))
    }
  }

  @Test("Nothing is written")
  func readsOnly() async throws {
    let clock = SkippingClock()
    let standIn = try await PagerDutyStandIn.start(key: .readOnly) { clock.now }
    defer { standIn.stop() }
    standIn.change { $0.duties = [Duty(policy: "P1", level: 1, person: "Ana")] }
    _ = try await reader(standIn.url, .policy, id: "P1", clock: clock).calendar().get()
    #expect(standIn.writes == [] && standIn.reads == ["GET /oncalls"])
  }
}
