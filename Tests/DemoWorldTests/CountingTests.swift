import DemoWorld
import Reliability
import Testing

/// How events are counted: the same whichever way one asks, whole, and additive.
struct CountingTests {
  private static let demands: [Demand] = [
    Demand("checkout/availability", .burn(.minutes(5))),
    Demand("checkout/availability", .objective(.days(30))),
    Demand("payments/latency", .burn(.days(3))),
    Demand("search/availability", .history(.hours(6), step: .minutes(5))),
    Demand("recommendations/availability", .burn(.days(1))),
    Demand("newsletter/availability", .burn(.hours(2))),
  ]

  @Test("the same seed gives the same answers, another seed others")
  func seeds() async throws {
    let (first, again, other) = (try Shop(seed: 7), try Shop(seed: 7), try Shop(seed: 8))
    let answers = await first.world.readings(for: Self.demands, at: first.start)
    #expect(await again.world.readings(for: Self.demands, at: first.start) == answers)
    let others = await other.world.readings(for: Self.demands, at: first.start)
    for demand in Self.demands { #expect(others[demand] != answers[demand]) }
  }

  @Test("the order of the questions changes nothing")
  func order() async throws {
    let (forwards, backwards) = (try Shop(), try Shop())
    let later = forwards.start + .seconds(7200)
    let early = await forwards.world.readings(for: Self.demands, at: forwards.start)
    let late = await forwards.world.readings(for: Self.demands, at: later)
    #expect(await backwards.world.readings(for: Self.demands.reversed(), at: later) == late)
    #expect(
      await backwards.world.readings(for: Self.demands.reversed(), at: forwards.start) == early)
  }

  @Test("a demo that starts at another hour has other counts and the same fates")
  func otherHour() async throws {
    let shop = try Shop()
    let later = try Shop(start: Shop.start + .seconds(6 * 3600))
    #expect(
      try await shop.share("search/availability", .days(7))
        != later.share("search/availability", .days(7)))
    #expect(abs(try await later.remaining("search/availability") - 0.62) < 0.03)
  }

  @Test(
    "a window's events are those of its parts",
    arguments: [
      "checkout/availability", "payments/latency", "recommendations/availability",
      "reviews/availability",
    ])
  func additive(id: String) async throws {
    let shop = try Shop()
    let offset = Duration.milliseconds(17_417)
    let whole = try await shop.events(id, .hours(6), after: offset)
    var parts = (bad: 0.0, total: 0.0)
    for part in 0..<24 {
      let events = try await shop.events(id, .minutes(15), after: offset - .seconds(part * 900))
      parts = (parts.bad + events.bad, parts.total + events.total)
    }
    #expect(parts == whole)
    #expect(whole.total > 0)
  }

  @Test("events are whole numbers, and never more are bad than there are")
  func wholeNumbers() async throws {
    let shop = try Shop()
    for seconds in stride(from: 0, to: 900, by: 7) {
      let events = try await shop.events(
        "checkout/availability", Window(seconds: 1 + seconds % 13), after: .seconds(seconds))
      #expect(events.total == events.total.rounded() && events.bad == events.bad.rounded())
      #expect((0...events.total).contains(events.bad))
    }
  }

  @Test("a quiet service has minutes without any event")
  func quietMinutes() async throws {
    let shop = try Shop()
    var totals: Set<Double> = []
    for minute in 0..<60 {
      totals.insert(
        try await shop.events(
          "recommendations/availability", .minutes(1), after: .seconds(minute * 60)
        ).total)
    }
    #expect(totals == [0, 1])
  }

  @Test("there were no events before the shop opened")
  func beforeTheOpening() async throws {
    let shop = try Shop()
    #expect(
      try await shop.measurement("checkout/availability", .days(1), after: .seconds(-500 * 86_400))
        == .noData)
    #expect(
      try await shop.answer(
        "checkout/availability", .coverage(.days(1)), after: .seconds(-500 * 86_400))
        == .coverage(seconds: 0))
  }

  @Test("history has one sample a step, oldest first, each the error ratio of its step")
  func history() async throws {
    let shop = try Shop()
    let id = "checkout/availability"
    let offset = Duration.seconds(600)
    guard
      case .history(let samples) = try await shop.answer(
        id, .history(.hours(6), step: .minutes(5)), after: offset)
    else { throw NothingMeasured(slo: id) }
    #expect(samples.count == 72)
    #expect(samples.first?.at == shop.start + offset - .seconds(71 * 300))
    #expect(samples.last?.at == shop.start + offset)
    #expect(
      samples.last?.errorRatio
        == (try await shop.share(id, .minutes(5), after: offset).errorRatio))
    #expect(
      samples.first?.errorRatio
        == (try await shop.share(id, .minutes(5), after: offset - .seconds(71 * 300)).errorRatio))
  }

  @Test("traffic follows the day: a Saturday evening has twice a Saturday night's")
  func dailyRhythm() async throws {
    let midnight = try #require(Timestamp(rfc3339: "2026-11-21T00:00:00Z"))
    let shop = try Shop(start: midnight)
    let night = try await shop.events("checkout/availability", .hours(1), after: .seconds(4 * 3600))
    let evening = try await shop.events(
      "checkout/availability", .hours(1), after: .seconds(21 * 3600))
    #expect(evening.total > 2 * night.total)
  }
}

extension Shop {
  /// The counts as they came, of an SLO that counts bad or good events.
  fileprivate func events(
    _ id: SLO.ID, _ window: Window, after offset: Duration
  ) async throws -> (bad: Double, total: Double) {
    guard
      case .events(let numerator?, let total?, _) = try await answer(
        id, .burn(window), after: offset)
    else { throw NothingMeasured(slo: id, window: window) }
    switch try slo(id).sli.numeratorKind {
    case .bad: return (numerator, total)
    case .good, .bucket: return (total - numerator, total)
    }
  }
}
