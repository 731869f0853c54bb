import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// How the operator is told without looking.
@Suite struct TellingTests {
  private func page(
    _ name: String, after seconds: Int, change: (inout Alert.Facts) -> Void = { _ in }
  )
    -> Alert
  {
    Pager.alert(name, .page) {
      $0.firstSeenAt = Shop.now + .seconds(seconds)
      change(&$0)
    }
  }

  private func bells(_ effects: [Effect]) -> Int { effects.count { $0 == .bell } }

  @Test("The bell rings for a new page, once in 30 s, and not for what was there at the start")
  func bell() throws {
    var dashboard = try Pager().dashboard()
    #expect(dashboard.lastBell == nil)
    let first = page("First", after: 10)
    #expect(bells(dashboard.hear(Pager(alerts: [first] + Pager.night), after: 10)) == 1)
    #expect(bells(dashboard.hear(Pager(alerts: [first] + Pager.night), after: 50)) == 0)
    let (second, third) = (page("Second", after: 60), page("Third", after: 70))
    let two = [second, first] + Pager.night
    #expect(bells(dashboard.hear(Pager(alerts: two), after: 60)) == 1)
    #expect(bells(dashboard.hear(Pager(alerts: [third] + two), after: 70)) == 0)
    // The third came too soon after the second: it rings when the pause is over, once.
    #expect(bells(dashboard.handle(.timePassed, at: Shop.now + .seconds(89))) == 0)
    #expect(bells(dashboard.handle(.timePassed, at: Shop.now + .seconds(90))) == 1)
    #expect(bells(dashboard.handle(.timePassed, at: Shop.now + .seconds(125))) == 0)
  }

  @Test(
    "The bell does not ring for tickets, for what is acknowledged or silenced, or when it is off")
  func quietBell() throws {
    let quiet = [
      Pager.alert("Ticket") { $0.firstSeenAt = Shop.now + .seconds(10) },
      page("Acked", after: 10) { $0.flags = [.firing, .acknowledged] },
      page("Silenced", after: 10) { $0.flags = [.firing, .silenced] },
    ]
    var dashboard = try Pager().dashboard()
    #expect(bells(dashboard.hear(Pager(alerts: quiet + Pager.night), after: 10)) == 0)
    var silent = try Pager(ringsBell: false).dashboard()
    let loud = [page("First", after: 10)] + Pager.night
    #expect(bells(silent.hear(Pager(alerts: loud), after: 10)) == 0)
  }

  @Test("The bell does not ring for pages of other teams")
  func scopedBell() throws {
    let settings = AlertSettings(scope: "team=shop")
    var dashboard = try Pager(settings: settings).dashboard()
    let loud = Pager(alerts: [page("First", after: 10)] + Pager.night, settings: settings)
    #expect(bells(dashboard.hear(loud, after: 10)) == 0)
  }

  @Test("While sources have not answered nothing counts as new")
  func warmUp() throws {
    var dashboard = try Pager(alerts: [], gaps: ["am-eu has not answered yet"]).dashboard()
    #expect(bells(dashboard.hear(Pager(), after: 5)) == 0)
    #expect(!dashboard.text.contains("+ PAGE"))
    let later = [page("First", after: 40)] + Pager.night
    #expect(bells(dashboard.hear(Pager(alerts: later), after: 40)) == 1)
  }

  @Test("The title of the window is set when its counts change, and only then")
  func title() throws {
    var dashboard = try Pager().dashboard()
    #expect(dashboard.lastTitle == "burnwatch: PAGE 2, TICKET 3, ack 2")
    #expect(dashboard.hear(Pager(), after: 15).isEmpty)
    #expect(dashboard.hear(Pager(alerts: []), after: 30) == [.title("burnwatch")])
  }

  @Test("What came while nobody pressed a key for a minute is marked as new")
  func newMarks() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press(["4"])
    #expect(!dashboard.text.contains("+ PAGE"))
    let loud = [page("WhileAway", after: 100)] + Pager.night
    dashboard.hear(Pager(alerts: loud), after: 100)
    _ = dashboard.handle(.input(.key(.down)), at: Shop.now + .seconds(200))
    #expect(dashboard.text.contains("+ PAGE"))
    _ = dashboard.handle(.input(.key(.down)), at: Shop.now + .seconds(400))
    #expect(!dashboard.text.contains("+ PAGE"))
  }

  @Test("The head counts what wants somebody, and never says quiet of what was not heard")
  func head() throws {
    func row(_ pager: Pager) throws -> String { try pager.dashboard(160, 40).view().textRows[0] }
    let all = try row(Pager())
    for words in ["PAGE 2", "TICKET 3", "ack 2"] { #expect(all.contains(words)) }
    #expect(
      try row(Pager(watchdog: .missing("Watchdog", since: Shop.now))).contains("watchdog silent"))
    #expect(try Pager(alerts: []).dashboard().text.contains("Quiet for 0 s") == false)
  }
}
