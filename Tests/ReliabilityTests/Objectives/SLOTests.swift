import Reliability
import TestSupport
import Testing

@Suite("SLO definitions")
struct SLOTests {
  @Test(
    "The burn windows are the standard ones shorter than a rolling SLO window",
    arguments: [
      (Window.days(30), ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]),
      (.days(3), ["5m", "30m", "1h", "2h", "6h", "1d"]),
      (.days(1), ["5m", "30m", "1h", "2h", "6h"]),
      (.hours(1), ["5m", "30m"]), (.minutes(1), []),
    ])
  func rollingBurnWindows(window: Window, burnWindows: [String]) throws {
    let slo = try SLO.sample(window: .rolling(window))
    #expect(slo.burnWindows.map(\.description) == burnWindows)
  }

  @Test("A calendar day still needs the last 24 hours, because they are not the day so far")
  func calendarDay() throws {
    let slo = try SLO.sample(window: .calendarSample(.day))
    #expect(slo.burnWindows.map(\.description) == ["5m", "30m", "1h", "2h", "6h", "1d"])
  }

  @Test(
    "Every window that a standard condition needs is asked for",
    arguments: [
      ObjectiveWindow.rolling(.days(30)), .rolling(.days(7)), .rolling(.days(1)),
      .rolling(.hours(6)),
    ]
      + CalendarUnit.allCases.compactMap { CalendarPeriod($0, timeZone: "UTC") }.map {
        .calendar($0)
      })
  func conditionsAreServed(window: ObjectiveWindow) throws {
    let slo = try SLO.sample(window: window)
    var known = Set(slo.burnWindows)
    if case .rolling(let own) = window { known.insert(own) }
    #expect(!slo.conditions.isEmpty)
    for condition in slo.conditions {
      #expect(known.contains(condition.long))
      #expect(known.contains(condition.short))
    }
  }

  @Test("A definition's own conditions replace the standard ones and bring their windows")
  func ownConditions() throws {
    let own = BurnCondition(
      severity: .page, factor: Fraction(7), long: .minutes(90), short: .minutes(1))
    let slo = try SLO.sample(alerting: SLO.Alerting(conditions: [own]))
    #expect(slo.conditions == [own])
    #expect(slo.burnWindows.first == .minutes(1))
    #expect(slo.burnWindows.contains(.minutes(90)))
    #expect(slo.burnWindows == slo.burnWindows.sorted())
  }

  @Test(
    "Pages and tickets can be switched off for themselves",
    arguments: [
      (true, true, [Severity.page, .page, .ticket, .ticket]), (true, false, [.page, .page]),
      (false, true, [.ticket, .ticket]), (false, false, []),
    ])
  func severities(pages: Bool, tickets: Bool, severities: [Severity]) throws {
    let slo = try SLO.sample(alerting: SLO.Alerting(pages: pages, tickets: tickets))
    #expect(slo.conditions.map(\.severity) == severities)
  }

  @Test("Conditions of a calendar window are scaled by its nominal length")
  func calendarConditions() throws {
    let month = try SLO.sample(window: .calendarSample(.month))
    #expect(month.conditions == BurnCondition.standard(for: .days(30)))
    let quarter = try SLO.sample(window: .calendarSample(.quarter))
    #expect(quarter.conditions == BurnCondition.standard(for: .days(90)))
  }
}
