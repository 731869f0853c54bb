import Reliability
import TestSupport
import Testing

@Suite("Zones of the error budget")
struct BudgetPolicyTests {
  @Test(
    "A zone holds strictly above its bound",
    arguments: [
      (1, ZoneKind.healthy), (0.5.nextUp, .healthy), (0.5, .warning), (0.25.nextUp, .warning),
      (0.25, .critical), (Double.leastNonzeroMagnitude, .critical), (0, .exhausted),
      (-0.0, .exhausted), (-0.4, .exhausted), (-1_000, .exhausted),
    ] as [(Double, ZoneKind)])
  func bounds(remaining: Double, kind: ZoneKind) {
    #expect(BudgetPolicy.standard.zone(remaining: remaining).kind == kind)
  }

  @Test("Only the exhausted zone of the standard policy stops deploys")
  func deploys() {
    let policy = BudgetPolicy.standard
    #expect(policy.zones.allSatisfy { $0.allowsDeploys })
    #expect(!policy.lowestZone.allowsDeploys)
    #expect((policy.zones + [policy.lowestZone]).map(\.name) == ZoneKind.allCases.map(\.rawValue))
  }

  @Test("A policy of one's own is read from its highest bound down")
  func ownPolicy() throws {
    let policy = BudgetPolicy(
      name: "own",
      zones: [
        Zone(
          name: "calm", kind: .healthy, lowerBound: try .sample("0.3"), allowsDeploys: true),
        Zone(
          name: "tense", kind: .warning, lowerBound: try .sample("-0.1"), allowsDeploys: false),
      ],
      lowestZone: Zone(name: "broke", kind: .exhausted, lowerBound: nil, allowsDeploys: false))
    #expect(policy.zone(remaining: 0.31).name == "calm")
    #expect(policy.zone(remaining: 0).name == "tense")
    #expect(policy.zone(remaining: -0.1).name == "broke")
  }

  @Test("A budget counted to be exactly on a bound is not above it", arguments: 1...99)
  func countedExactly(percentSpent: Int) throws {
    let budget = Budget(
      rolling: .sample(bad: Double(percentSpent), of: 100_000), objective: try .sample("0.999"),
      window: .days(30))
    let bound = Fraction(Int128(100 - percentSpent), over: 100)
    let lowest = Zone(name: "below", kind: .exhausted, lowerBound: nil, allowsDeploys: false)
    let policy = BudgetPolicy(
      name: "own",
      zones: [Zone(name: "above", kind: .healthy, lowerBound: bound, allowsDeploys: true)],
      lowestZone: lowest)
    #expect(policy.zone(remaining: budget.remaining) == lowest)
  }
}
