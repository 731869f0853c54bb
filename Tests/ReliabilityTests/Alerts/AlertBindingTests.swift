import Reliability
import TestSupport
import Testing

@Suite("The SLO behind an alert")
struct AlertBindingTests {
  private func slo(
    _ service: String, _ name: String, route: SLO.Route = SLO.Route()
  ) throws -> SLO {
    SLO(
      id: "\(service)/\(name)", service: service, name: name, category: .availability,
      sli: .badEventsSample, objective: try .sample(), window: .rolling(.days(30)), route: route,
      source: "shop")
  }

  private func find(_ labels: [String: String], in slos: [SLO]) -> SLO.ID? {
    AlertBinding(slos).slo(of: LabelSet(labels))
  }

  @Test("burnwatch's own label is the id, and counts before all others")
  func own() throws {
    let slos = [try slo("shop", "up"), try slo("cart", "up")]
    #expect(find(["burnwatch_id": "cart/up", "sloth_id": "shop-up"], in: slos) == "cart/up")
    #expect(find(["burnwatch_id": "gone/up", "sloth_id": "shop-up"], in: slos) == nil)
    #expect(find(["alertname": "Disk"], in: slos) == nil)
  }

  @Test("Sloth's id is service and name, or what the definition says; two candidates are none")
  func sloth() throws {
    let slos = [
      try slo("shop", "up"), try slo("cart", "up", route: SLO.Route(slothID: "basket-ok")),
    ]
    #expect(find(["sloth_id": "shop-up"], in: slos) == "shop/up")
    #expect(find(["sloth_id": "basket-ok"], in: slos) == "cart/up")
    #expect(find(["sloth_id": "cart-up"], in: slos) == nil)
    let confusing = [try slo("a-b", "c"), try slo("a", "b-c")]
    #expect(find(["sloth_id": "a-b-c"], in: confusing) == nil)
  }

  @Test("Pyrra's name needs the service where several SLOs have it")
  func pyrra() throws {
    let slos = [
      try slo("shop", "up"), try slo("cart", "up"),
      try slo("pay", "fast", route: SLO.Route(pyrraName: "pay-latency")),
    ]
    #expect(find(["slo": "pay-latency"], in: slos) == "pay/fast")
    #expect(find(["slo": "up", "service": "cart"], in: slos) == "cart/up")
    #expect(find(["slo": "up"], in: slos) == nil)
    #expect(find(["slo": "up", "service": "web"], in: slos) == nil)
    #expect(find(["slo": "fast"], in: slos) == nil)
  }
}
