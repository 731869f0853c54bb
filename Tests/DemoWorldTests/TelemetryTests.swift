import DemoWorld
import Reliability
import Testing

/// What the shop's monitoring sees of its services.
struct TelemetryTests {
  @Test("catalog reports nothing: no data, no coverage, unknown samples")
  func catalogIsSilent() async throws {
    let shop = try Shop()
    let history = try await shop.answer(
      "catalog/freshness", .history(.hours(1), step: .minutes(30)))
    #expect(try await shop.measurement("catalog/freshness", .days(30)) == .noData)
    #expect(
      try await shop.answer("catalog/freshness", .coverage(.days(30))) == .coverage(seconds: 0))
    #expect(
      history
        == .history([
          HistorySample(at: shop.start - .seconds(1800), errorRatio: nil),
          HistorySample(at: shop.start, errorRatio: nil),
        ]))
  }

  @Test("reviews is in service for half its window")
  func reviewsIsYoung() async throws {
    let shop = try Shop()
    let covered = Double(Window.days(15).seconds)
    #expect(
      try await shop.answer("reviews/availability", .coverage(.days(30)))
        == .coverage(seconds: covered))
    #expect(
      try await shop.share("reviews/availability", .days(15))
        == shop.share("reviews/availability", .days(30)))
  }

  @Test("everything else covers its whole window")
  func wholeCoverage() async throws {
    let shop = try Shop()
    #expect(
      try await shop.answer("search/availability", .coverage(.days(7)))
        == .coverage(seconds: 7 * 86_400))
  }

  @Test("media's answers carry a warning")
  func mediaIsPartial() async throws {
    let reading = try await Shop().result("media/availability", .burn(.hours(1))).get()
    #expect(
      reading.provenance.warnings == [
        "store eu-2 did not answer in time; the result may be short"
      ])
  }

  @Test("pricing's expression is refused")
  func pricingIsRefused() async throws {
    #expect(
      try await Shop().result("pricing/correctness", .burn(.hours(1)))
        == .failure(
          .rejected(
            "query processing would load too many samples into memory in query execution")))
  }

  @Test("warehouse counts good events twice, which cannot be")
  func warehouseIsInvalid() async throws {
    guard case .invalid(let reason) = try await Shop().measurement("warehouse/stock-sync", .days(1))
    else { throw NothingMeasured(slo: "warehouse/stock-sync") }
    #expect(reason.hasSuffix("outside 0 to 1"))
  }

  @Test(
    "reviews is not answered for five minutes in every twenty",
    arguments: [
      (-1, true), (0, true), (5, true), (6, false), (10, false), (11, true), (26, false),
      (31, true),
    ])
  func reviewsIsInterrupted(minute: Int, isAnswered: Bool) async throws {
    let result = try await Shop().result(
      "reviews/availability", .burn(.minutes(5)), after: .seconds(minute * 60))
    let failure = ReadingFailure.unavailable("query timed out in expression evaluation")
    switch result {
    case .success: #expect(isAnswered)
    case .failure(let found):
      #expect(!isAnswered)
      #expect(found == failure)
    }
  }

  @Test("an SLO that is not the shop's is refused by name")
  func unknownSLO() async throws {
    #expect(
      try await Shop().result("a/b", .burn(.hours(1)))
        == .failure(.rejected("the demo shop has no SLO \"a/b\"")))
  }

  @Test("the source looks like a server that answers, and says that it is simulated")
  func health() async throws {
    let shop = try Shop()
    let before = await shop.world.health(at: shop.start)
    #expect(before.name == "prom-eu")
    #expect(before.type == "demo")
    #expect(before.address == "simulated")
    #expect(before.lastSuccess == nil)
    let demand = Demand("checkout/availability", .burn(.minutes(5)))
    _ = await shop.world.readings(for: [demand], at: shop.start)
    let after = await shop.world.health(at: shop.start)
    #expect(after.state == .ok)
    #expect(after.lastSuccess == shop.start)
    #expect(after.lastPoll.requests == 1)
    #expect(after.latencies.count == 1)
  }
}
