import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// What keys and snapshots do to the state.
@Suite struct BehaviorTests {
  @Test("The worst service level is selected until the operator chooses")
  func selectionFollowsTheWorst() throws {
    let calm = try Level("search", "availability", "0.99").burning(0.1, trend: 0.1, consumed: 0.1)
    let burning = try Level("checkout", "availability", "0.999")
      .burning(20, trend: 20, consumed: 0.5)
    var dashboard = Shop.dashboard(
      Snapshot(at: Shop.now, serviceLevels: [calm.state()], sources: []))
    let both = Snapshot(
      at: Shop.now, serviceLevels: [calm.state(), burning.state()], sources: [])
    _ = dashboard.handle(.snapshotArrived(both), at: Shop.now)
    #expect(dashboard.serviceLevels.selected?.slo.service == "checkout")
  }

  @Test("A chosen row stays selected when others move above it")
  func selectionStaysOnItsRow() throws {
    let shop = try Shop()
    var dashboard = shop.dashboard()
    dashboard.press([.down, .down])
    let chosen = dashboard.serviceLevels.selected?.id
    let rest = shop.states.filter { $0.slo.service != "checkout" }
    _ = dashboard.handle(
      .snapshotArrived(Snapshot(at: Shop.now, serviceLevels: rest, sources: [])), at: Shop.now)
    #expect(dashboard.serviceLevels.selected?.id == chosen)
  }

  @Test("Enter opens the service, Esc and q lead back, q at the top leaves")
  func drillingInAndBack() throws {
    var dashboard = try Shop().dashboard()
    dashboard.press([.enter])
    #expect(dashboard.trail.current == .service("checkout"))
    dashboard.press([.escape])
    #expect(dashboard.trail.current == .overview)
    dashboard.press([.enter, .character("q")])
    #expect(dashboard.trail.current == .overview)
    #expect(dashboard.press([.character("q")]) == [.quit])
  }

  @Test("Q and ctrl-c leave from anywhere, even from an input")
  func leaving() throws {
    for keys in [[.character("Q")], [.enter, .character("Q")], [.character("/"), .control("c")]]
      as [[Key]]
    {
      var dashboard = try Shop().dashboard()
      #expect(dashboard.press(keys) == [.quit])
    }
  }

  @Test("[ and ] walk the places that were visited")
  func walkingPlaces() throws {
    var dashboard = try Shop().dashboard()
    dashboard.press([.enter, .character("2"), .character("[")])
    #expect(dashboard.trail.current == .service("checkout"))
    dashboard.press([.character("[")])
    #expect(dashboard.trail.current == .overview)
    dashboard.press([.character("]"), .character("]")])
    #expect(dashboard.trail.current == .sources)
  }

  @Test("A filter works while it is typed; Esc brings back the one before, Enter keeps it")
  func filtering() throws {
    var dashboard = try Shop().dashboard()
    let total = dashboard.serviceLevels.rows.count
    dashboard.press([.character("/")])
    dashboard.type("search")
    #expect(dashboard.serviceLevels.rows.map(\.slo.service) == ["search"])
    dashboard.press([.escape])
    #expect(dashboard.serviceLevels.rows.count == total)
    dashboard.press([.character("/")])
    dashboard.type("!availability")
    dashboard.press([.enter])
    #expect(dashboard.serviceLevels.rows.allSatisfy { $0.slo.name != "availability" })
    dashboard.press([.escape])
    #expect(dashboard.serviceLevels.rows.count == total)
  }

  @Test("Pasted text is no command and goes into an input as one line")
  func pasting() throws {
    var dashboard = try Shop().dashboard()
    #expect(dashboard.handle(.input(.paste("QQ\nq")), at: Shop.now).isEmpty)
    #expect(dashboard.trail.current == .overview)
    dashboard.press([.character("/")])
    _ = dashboard.handle(.input(.paste("sea\nrch")), at: Shop.now)
    #expect(dashboard.serviceLevels.filter.text == "sea rch")
  }

  @Test("Sorting by budget and inverting turns the order around")
  func sorting() throws {
    var dashboard = try Shop().dashboard()
    dashboard.press([.character("S"), .down, .down, .enter])
    #expect(dashboard.serviceLevels.sortKey == .left)
    #expect(dashboard.serviceLevels.rows.first?.slo.service == "shipping")
    let order = dashboard.serviceLevels.rows.map(\.id)
    dashboard.press([.character("I")])
    #expect(dashboard.serviceLevels.rows.map(\.id) == order.reversed())
  }

  @Test("t goes through the themes and names the one it chose")
  func themes() throws {
    var dashboard = try Shop().dashboard()
    let effects = dashboard.press([.character("t"), .character("t"), .character("t")])
    #expect(effects == [.useTheme("light"), .useTheme("plain"), .useTheme("dark")])
    #expect(dashboard.notice == "Theme dark.")
  }

  @Test("The command line finds commands by their letters and remembers what was run")
  func commandLine() throws {
    var dashboard = try Shop().dashboard()
    dashboard.press([.character(":")])
    dashboard.type("theme pl")
    #expect(dashboard.press([.enter]) == [.useTheme("plain")])
    dashboard.press([.character(":")])
    #expect(dashboard.press([.enter]) == [.useTheme("plain")])
    dashboard.press([.character(":")])
    dashboard.type("filter pay")
    dashboard.press([.enter])
    #expect(dashboard.serviceLevels.filter.text == "pay")
  }

  @Test("A terminal without Unicode refuses ~ and says why")
  func asciiOnly() throws {
    var dashboard = try Shop().dashboard(glyphs: .ascii, canShowUnicode: false)
    dashboard.press([.character("~")])
    #expect(!dashboard.glyphs.isUnicode)
    #expect(dashboard.notice == "This terminal shows ASCII only.")
    let text = dashboard.view().textRows.joined()
    #expect(text.unicodeScalars.count { !$0.isASCII } == 0)
  }

  @Test(
    "Signals end the program",
    arguments: [InputEvent.terminate, .hangUp, .interrupt, .quit])
  func signals(_ event: InputEvent) throws {
    var dashboard = try Shop().dashboard()
    #expect(dashboard.handle(.input(event), at: Shop.now) == [.quit])
  }

  @Test("The service view scrolls its details and keeps them on the selected SLO")
  func serviceDetails() throws {
    var dashboard = try Shop().dashboard(80, 24)
    dashboard.press([.enter, .tab, .end])
    let text = dashboard.view().textRows.joined(separator: "\n")
    #expect(text.contains("Id           checkout/availability"))
    #expect(!text.contains("WINDOW"))
    dashboard.press([.home])
    #expect(dashboard.view().textRows.joined(separator: "\n").contains("WINDOW"))
  }
}
