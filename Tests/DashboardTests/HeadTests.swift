import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// What the first row says.
@Suite struct HeadTests {
  private func calm(age: Duration) throws -> ServiceLevelState {
    try Level("search", "availability", "0.99").burning(0.1, trend: 0.1, consumed: 0.1)
      .state(age: age)
  }

  private func dashboard(_ state: ServiceLevelState, showsClock: Bool = true) -> Dashboard {
    Dashboard(
      settings: Dashboard.Settings(
        title: "acme-eu", configurationName: "config.yaml", themes: ["dark"], canShowUnicode: true,
        showsClock: showsClock),
      snapshot: Snapshot(at: Shop.now, serviceLevels: [state], sources: []),
      size: Size(columns: 120, rows: 40), themeName: "dark", glyphs: .unicode, now: Shop.now)
  }

  private func head(_ dashboard: Dashboard) -> String {
    dashboard.view().textRows[0]
  }

  @Test("Without a clock nothing on the screen changes as time passes", arguments: [true, false])
  func clock(isShown: Bool) throws {
    var dashboard = dashboard(try calm(age: .seconds(4)), showsClock: isShown)
    let before = dashboard.view()
    #expect(head(dashboard).contains("UTC") == isShown)
    _ = dashboard.handle(.timePassed, at: Shop.now + .seconds(1))
    #expect((dashboard.view() == before) == !isShown)
  }

  @Test("Of stale figures it is only said that nothing burned")
  func stale() throws {
    #expect(head(dashboard(try calm(age: .seconds(4)))).contains("nothing burns"))
    #expect(
      head(dashboard(try calm(age: .seconds(90)))).contains("nothing burned when last seen"))
  }
}
