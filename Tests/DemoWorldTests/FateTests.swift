import DemoWorld
import Reliability
import Testing

/// What each service of the demo shop goes through, by the figures an operator would see.
@Suite(.serialized)
struct FateTests {
  static let seeds: [UInt64] = [1, 2, 42]

  // MARK: - The fast burn

  @Test("checkout starts calm with about two thirds of its budget", arguments: seeds)
  func checkoutStartsCalm(seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    #expect(try await shop.activeSeverities("checkout/availability").isEmpty)
    #expect((0.6...0.7).contains(try await shop.remaining("checkout/availability")))
  }

  @Test("checkout begins to fail a minute after the start")
  func checkoutFailsAfterAMinute() async throws {
    let shop = try Shop()
    let before = try await shop.burn("checkout/availability", .minutes(1), after: .seconds(60))
    let after = try await shop.burn("checkout/availability", .minutes(1), after: .seconds(120))
    #expect(before < 5)
    #expect(after > 100)
  }

  @Test("checkout pages within six minutes, whatever the hour", arguments: seeds, [0, 6, 12, 18])
  func checkoutPages(seed: UInt64, hour: Int) async throws {
    let shop = try Shop(seed: seed, start: Shop.start + .seconds(hour * 3600))
    let id = "checkout/availability"
    for minutes in [6, 10, 30] {
      let offset = Duration.seconds(minutes * 60)
      #expect(try await shop.burn(id, .minutes(5), after: offset) > 14.4)
      #expect(try await shop.burn(id, .hours(1), after: offset) > 14.4)
      #expect(try await shop.activeSeverities(id, after: offset).contains(.page))
    }
  }

  @Test("checkout overspends within two hours and then recovers", arguments: [0, 6, 12, 18])
  func checkoutOverspendsAndRecovers(hour: Int) async throws {
    let shop = try Shop(start: Shop.start + .seconds(hour * 3600))
    let id = "checkout/availability"
    #expect(try await shop.remaining(id, after: .seconds(2 * 3600)) < 0)
    #expect(try await shop.burn(id, .minutes(30), after: .seconds(3 * 3600)) < 1)
  }

  @Test("checkout gets slower while it fails, without a page")
  func checkoutSlowsDown() async throws {
    let shop = try Shop()
    #expect(try await shop.burn("checkout/latency", .hours(1)) < 1)
    #expect(try await shop.burn("checkout/latency", .hours(1), after: .seconds(5400)) > 3)
    #expect(
      try await !shop.activeSeverities("checkout/latency", after: .seconds(5400)).contains(.page))
  }

  // MARK: - Slow burns and spent budgets

  @Test("payments burns about four times too fast and opens a ticket", arguments: seeds)
  func paymentsBurnsSlowly(seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    #expect((3.5...4.8).contains(try await shop.burn("payments/latency", .hours(1))))
    #expect(try await shop.activeSeverities("payments/latency") == [.ticket])
    #expect((0.25...0.34).contains(try await shop.remaining("payments/latency")))
  }

  @Test("shipping has overspent by about a third and is calm", arguments: seeds)
  func shippingHasOverspent(seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    #expect((-0.38 ... -0.30).contains(try await shop.remaining("shipping/availability")))
    #expect(try await shop.burn("shipping/availability", .hours(6)) < 1)
    #expect(try await shop.activeSeverities("shipping/availability").isEmpty)
  }

  @Test("identity had its incident yesterday and is calm", arguments: seeds)
  func identityHasRecovered(seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    let id = "identity/availability"
    #expect(try await shop.burn(id, .days(3)) > 3)
    #expect(try await shop.burn(id, .hours(6)) < 1)
    #expect(try await shop.activeSeverities(id).isEmpty)
    #expect(zone(try await shop.remaining(id)) == .warning)
  }

  @Test("notifications has little of its budget left and is calm", arguments: seeds)
  func notificationsIsCritical(seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    #expect(zone(try await shop.remaining("notifications/delivery")) == .critical)
    #expect(try await shop.activeSeverities("notifications/delivery").isEmpty)
  }

  // MARK: - Healthy ones

  @Test(
    "healthy services keep more than half of their budget, and no condition is active",
    arguments: [
      "search/availability", "checkout/latency", "media/availability", "reviews/availability",
      "newsletter/availability",
    ], seeds)
  func healthy(id: String, seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    #expect(zone(try await shop.remaining(id)) == .healthy)
    #expect(try await shop.activeSeverities(id).isEmpty)
  }

  @Test("search has 62 % of its week's budget left")
  func searchIsSteady() async throws {
    #expect(abs(try await Shop().remaining("search/availability") - 0.62) < 0.03)
  }

  @Test("recommendations has so few requests that single failures mean little", arguments: seeds)
  func recommendationsHasLowTraffic(seed: UInt64) async throws {
    let shop = try Shop(seed: seed)
    let conditions = try await shop.conditions("recommendations/availability")
    let share = try await shop.share("recommendations/availability", .days(3))
    #expect(conditions.first?.isLowTraffic == true)
    #expect(try #require(share.total) < 1200)
    #expect(try #require(share.bad) >= 1)
    #expect(try await shop.remaining("recommendations/availability") > 0.5)
    #expect(
      try await !shop.activeSeverities("recommendations/availability").contains(.page))
  }

  @Test("orders counts its budget by the month in Berlin")
  func ordersByTheMonth() async throws {
    let shop = try Shop()
    let slo = try shop.slo("orders/correctness")
    guard case .calendar(let calendar) = slo.window else { throw NothingMeasured(slo: slo.id) }
    let period = calendar.interval(containing: shop.start)
    let elapsed = Window(seconds: Int((shop.start - period.lowerBound).inSeconds))
    let budget = Budget(
      calendar: try await shop.share(slo.id, elapsed), objective: slo.objective, period: period,
      now: shop.start)
    // Two thirds of November at a calm burn rate of 0.32, and an incident of a tenth of the budget.
    #expect((0.6...0.75).contains(budget.remaining))
  }

  private func zone(_ remaining: Double) -> ZoneKind {
    BudgetPolicy.standard.zone(remaining: remaining).kind
  }
}

extension NothingMeasured {
  init(slo: SLO.ID) {
    self.init(slo: slo, window: .days(30))
  }
}
