import Reliability
import TestSupport
import Testing

@testable import Operations

@Suite("burnwatch's own burn-rate alerts")
struct LocalAlertsTests {
  private let start: Timestamp
  private var local = LocalAlerts()

  init() throws { start = try .sample("2026-11-27T12:00:00Z") }

  @Test("One for each severity of an SLO: its first active row, with words")
  mutating func rows() throws {
    let state = try ServiceLevelState.burning([nil, true, true, true])
    let alerts = local.alerts(of: [state], besides: [], at: start)
    let conditions = state.conditions.map(\.condition)
    #expect(conditions.map(\.severity) == [.page, .page, .ticket, .ticket])
    #expect(
      alerts.map(\.fingerprint) == [
        "local:checkout/availability/1", "local:checkout/availability/2",
      ])
    let page = try #require(alerts.first)
    #expect(page.cluster == "local")
    #expect(page.startsAt == start)
    #expect(page.labels.alertName == "ErrorBudgetBurn")
    #expect(page.labels["burnwatch_id"] == "checkout/availability")
    #expect(page.labels["service"] == "checkout")
    #expect(page.labels["severity"] == "page")
    #expect(page.labels["long_window"] == "6h")
    #expect(
      page.annotations["summary"] == "availability burns faster than 6x over 6h and 30m")
  }

  @Test("An SLO that a rule upstream watches has none, nor has one that does not burn")
  mutating func watched() throws {
    let state = try ServiceLevelState.burning([true, true, true, true])
    #expect(local.alerts(of: [state], besides: [state.id], at: start).isEmpty)
    let calm = try ServiceLevelState.burning([false, false, false, false])
    #expect(local.alerts(of: [calm], besides: [], at: start).isEmpty)
  }

  @Test("It keeps its start while it goes on, ends, and starts anew")
  mutating func starts() throws {
    let burning = try ServiceLevelState.burning([true, false, false, false])
    let calm = try ServiceLevelState.burning([false, false, false, false])
    _ = local.alerts(of: [burning], besides: [], at: start)
    let later = start + .seconds(60)
    #expect(local.alerts(of: [burning], besides: [], at: later).map(\.startsAt) == [start])
    #expect(local.alerts(of: [calm], besides: [], at: later).isEmpty)
    #expect(local.alerts(of: [burning], besides: [], at: later).map(\.startsAt) == [later])
  }

  @Test("What burned goes on while a window is missing, and in a process that takes over")
  mutating func noData() throws {
    let burning = try ServiceLevelState.burning([true, false, false, false])
    let unknown = try ServiceLevelState.burning([nil, nil, false, false])
    let first = local.alerts(of: [burning], besides: [], at: start)
    let later = start + .seconds(60)
    #expect(local.alerts(of: [unknown], besides: [], at: later) == first)
    let facts = Alert.Facts(
      id: try #require(first.first).id, labels: LabelSet([:]), severity: .page, startsAt: start)
    var next = LocalAlerts(inheriting: [facts.id: Alert(facts)])
    #expect(next.alerts(of: [unknown], besides: [], at: later) == first)
    #expect(next.alerts(of: [burning], besides: [], at: later) == first)
    var other = LocalAlerts()
    #expect(other.alerts(of: [unknown], besides: [], at: later).isEmpty)
  }

  @Test("Where a window is missing nobody knows whether it is on")
  func unsure() throws {
    let state = try ServiceLevelState.burning([nil, true, false, nil])
    #expect(
      LocalAlerts.unsure(in: [state]) == [
        "local:checkout/availability/0", "local:checkout/availability/3",
      ])
  }
}

extension ServiceLevelState {
  /// An SLO whose conditions burn, are calm, or are not known.
  static func burning(_ rows: [Bool?], slo: SLO? = nil) throws -> ServiceLevelState {
    let slo = try slo ?? .sample()
    let conditions = zip(slo.conditions, rows).map { condition, isActive in
      let share = isActive.map { EventShare.sample(bad: $0 ? 5000 : 0, of: 10_000) }
      return ConditionState(
        condition, objective: slo.objective, long: share, short: share, minBadEvents: 3)
    }
    return ServiceLevelState(
      slo: slo, status: .ok, reason: nil, observedAt: nil, coverage: nil, period: nil,
      burnWindows: [], objectiveWindow: WindowState(name: "30d", status: .ok), budget: nil,
      forecast: nil, trend: nil, conditions: conditions, zone: nil, isLowTraffic: false,
      history: [], staleAt: nil)
  }
}
