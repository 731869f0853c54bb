import Reliability
import TestSupport
import Testing

@testable import Dashboard

/// Worst first, and rows that stay where they are while their class does.
@Suite struct RowOrderTests {
  @Test(
    "The classes come worst first: page, ticket, exhausted, unknown, critical, warning, healthy")
  func classes() throws {
    var order = Order()
    order.update(with: try Shop().states.reversed())
    let services = order.ids.map { $0.split(separator: "/")[0] }
    #expect(
      services == [
        "checkout", "payments", "shipping", "catalog", "pricing", "reviews", "notifications",
        "identity", "orders", "search", "media", "recommendations",
      ])
  }

  @Test("Within a class the least remaining budget comes first, then the id")
  func withinAClass() throws {
    let levels = [("b", 0.2), ("a", 0.2), ("c", 0.4)]
    var order = Order()
    order.update(
      with: try levels.map { name, consumed in
        try Level(name, "x", "0.999").burning(0.1, trend: 0.1, consumed: consumed).state()
      })
    #expect(order.ids == ["c/x", "a/x", "b/x"])
  }

  @Test("A drifting budget moves no row; a new class moves exactly that row")
  func movesOnlyWithTheClass() throws {
    func state(_ name: String, _ consumed: Double) throws -> ServiceLevelState {
      try Level(name, "x", "0.999").burning(0.1, trend: 0.1, consumed: consumed).state()
    }
    var order = Order()
    order.update(with: [try state("a", 0.40), try state("b", 0.30), try state("c", 0.20)])
    #expect(order.ids == ["a/x", "b/x", "c/x"])
    order.update(with: [try state("a", 0.10), try state("b", 0.45), try state("c", 0.48)])
    #expect(order.ids == ["a/x", "b/x", "c/x"])
    order.update(with: [try state("a", 0.10), try state("b", 0.45), try state("c", 0.60)])
    #expect(order.ids == ["c/x", "a/x", "b/x"])
  }

  @Test("A row that is gone leaves, a new one finds its place")
  func rowsComeAndGo() throws {
    let states = try Shop().states
    var order = Order()
    order.update(with: Array(states.dropFirst(2)))
    #expect(order.ids.first == "shipping/availability")
    order.update(with: states)
    #expect(order.ids.first == "checkout/availability")
    #expect(order.ids.count == states.count)
  }

  /// A row order that tells the ids instead of the positions.
  private struct Order {
    private var order = RowOrder()
    private(set) var ids: [SLO.ID] = []

    mutating func update(with states: [ServiceLevelState]) {
      order.update(with: states)
      ids = order.positions.map { states[$0].id }
    }
  }
}
