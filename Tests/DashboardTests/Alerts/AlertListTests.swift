import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Filter, order, groups, scope and selection of the list of alerts.
@Suite struct AlertListTests {
  private static let alerts = Key.character("4")

  private func names(_ dashboard: Dashboard) -> [String] {
    dashboard.alertsPane.alerts.map(\.name)
  }

  // MARK: - Filter

  @Test("A filter works while it is typed; what is wrong is said, and the last good one stays")
  func filter() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "/"])
    dashboard.type("alertname=~\"High.*\"")
    #expect(Set(names(dashboard)) == ["HighMemory"])
    dashboard.type(" sev:red")
    #expect(Set(names(dashboard)) == ["HighMemory"])
    #expect(dashboard.text.contains("\"red\" is no severity; use page, ticket or info"))
    dashboard.press([.enter])
    #expect(dashboard.overlay != nil)
    dashboard.press([.escape])
    #expect(dashboard.overlay == nil)
    #expect(names(dashboard).count == Pager.night.count)
  }

  @Test("Enter keeps the filter, Esc in the list clears it before it leads back")
  func clearing() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "/"])
    dashboard.type("!acked media")
    dashboard.press([.enter])
    #expect(dashboard.text.contains("filter !acked media: 4 shown"))
    #expect(dashboard.view().textRows.last?.contains("Esc clear filter") == true)
    dashboard.press([.escape])
    #expect(dashboard.trail.current == .alerts)
    #expect(names(dashboard).count == Pager.night.count)
    dashboard.press([.escape])
    #expect(dashboard.trail.current == .overview)
  }

  @Test("Tab completes names and values, and goes on to the next proposal")
  func completion() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "/"])
    dashboard.type("inst")
    dashboard.press([.tab])
    dashboard.press([.tab])
    dashboard.type("s")
    dashboard.press([.tab])
    #expect(dashboard.alertsPane.filterText == "instance=search-3")
    #expect(names(dashboard) == ["DiskWillFill"])
  }

  @Test("Saved filters are commands from anywhere, and filter WORDS filters the list one is in")
  func savedFilters() throws {
    let settings = AlertSettings(filters: ["mine": "by:ines", "broken": "sev:red"])
    var dashboard = try Pager(settings: settings).dashboard()
    dashboard.press([":"])
    dashboard.type("alerts mine")
    dashboard.press([.enter])
    #expect(dashboard.trail.current == .alerts)
    #expect(names(dashboard) == ["CheckoutDown", "LatencyBudgetBurn"])
    dashboard.press([":"])
    dashboard.type("alerts broken")
    dashboard.press([.enter])
    #expect(dashboard.notice?.contains("is no severity") == true)
    dashboard.press([":"])
    dashboard.type("filter media")
    dashboard.press([.enter])
    #expect(names(dashboard).count == 4)
    #expect(dashboard.serviceLevels.filter.isEmpty)
  }

  // MARK: - Order and groups

  @Test("S goes through the orders, I turns them around, commands set order and grouping")
  func orders() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "S"])
    #expect(names(dashboard).first == "ReplicaLag")
    dashboard.press(["I"])
    #expect(names(dashboard).first == "CertificateExpiry")
    #expect(dashboard.text.contains("newest first, inverted"))
    dashboard.press([":"])
    dashboard.type("order name")
    dashboard.press([.enter])
    #expect(names(dashboard).first == "CertificateExpiry")
    dashboard.press([":"])
    dashboard.type("group instance")
    dashboard.press([.enter])
    #expect(dashboard.text.contains("no instance"))
  }

  @Test("The selection stays on its alert when others come and go, and moves on when it is gone")
  func selection() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts])
    dashboard.press([.down, .down, .down])
    #expect(dashboard.alertsPane.selected?.id == Pager.memory[1].id)
    let first = Pager.alert("NewPage", .page)
    dashboard.hear(Pager(alerts: [first] + Pager.night), after: 15)
    #expect(dashboard.alertsPane.selected?.id == Pager.memory[1].id)
    dashboard.press(["#"])
    #expect(dashboard.alertsPane.selected?.id == Pager.memory[1].id)
    dashboard.press(["#", "#", "#", "#"])
    #expect(dashboard.alertsPane.selected?.id == Pager.memory[1].id)
    dashboard.press(["#"])
    dashboard.hear(Pager(alerts: [first]), after: 30)
    #expect(dashboard.alertsPane.rowCount == 2)
    #expect(dashboard.alertsPane.list.selection == 1)
  }

  @Test("The heading of a group stays selected when its group moves")
  func selectedHeading() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press(["4", "#", .down, .down, .down])
    #expect(dashboard.alertsPane.selectedGroup?.title == "media")
    let page = Pager.alert("Crash", .page, service: "media")
    dashboard.hear(Pager(alerts: [page] + Pager.night.dropFirst(2)), after: 15)
    #expect(dashboard.alertsPane.list.selection == 0)
    #expect(dashboard.alertsPane.selectedGroup?.title == "media")
  }

  @Test("Until the operator chooses, the most urgent alert is selected")
  func mostUrgent() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts])
    let first = Pager.alert("NewPage", .page)
    dashboard.hear(Pager(alerts: [first] + Pager.night), after: 15)
    #expect(dashboard.alertsPane.selected?.name == "NewPage")
  }

  // MARK: - Scope

  @Test("m leaves the scope; list, head and title of the window count within it")
  func scope() throws {
    let other = Pager.alert("NodeDown", .page, labels: ["team": "infra"])
    let own = Pager.alert("HighMemory", labels: ["team": "shop"])
    var dashboard = try Pager(
      alerts: [other, own], actions: [], settings: AlertSettings(scope: "team=shop")
    ).dashboard()
    dashboard.press([Self.alerts])
    #expect(names(dashboard) == ["HighMemory"])
    #expect(!dashboard.view().textRows[0].contains("PAGE"))
    #expect(dashboard.lastTitle == "burnwatch: TICKET 1")
    #expect(dashboard.text.contains("scope team=shop"))
    dashboard.press(["m"])
    #expect(names(dashboard) == ["NodeDown", "HighMemory"])
    #expect(dashboard.view().textRows[0].contains("PAGE 1"))
    #expect(dashboard.text.contains("all teams"))
    dashboard.press(["m"])
    #expect(names(dashboard) == ["HighMemory"])
  }

  // MARK: - Places

  @Test("Tab goes between the panes of the overview, and keys concern the one that has them")
  func panes() throws {
    var dashboard = try Pager().dashboard()
    #expect(dashboard.press(["a"]).isEmpty)
    #expect(dashboard.notice == "Select an alert first; Tab or 4 goes to the alerts.")
    dashboard.press([.tab])
    #expect(dashboard.press([.enter]) == [.askHistory(Pager.budget.id)])
    dashboard.press([.escape, .backTab, .enter])
    #expect(dashboard.trail.current == .service("checkout"))
  }

  @Test("z gives either pane the whole screen, and Tab changes which")
  func zoom() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press(["z"])
    #expect(!dashboard.text.contains("Active alerts"))
    dashboard.press([.tab])
    #expect(dashboard.text.contains("Active alerts"))
    #expect(!dashboard.text.contains("Service levels"))
    dashboard.press([.tab])
    #expect(dashboard.text.contains("Service levels"))
    dashboard.press([Self.alerts, "z"])
    #expect(!dashboard.text.contains("ErrorBudgetBurn ──"))
  }

  @Test("Enter asks for the past of an alert once, and coming back to it not again")
  func history() throws {
    var dashboard = try Pager().dashboard()
    let id = Pager.budget.id
    #expect(dashboard.press([Self.alerts, .enter]) == [.askHistory(id)])
    #expect(dashboard.text.contains("history       asking"))
    let history = AlertHistory(
      expression: "burn > 14.4",
      values: (0..<72).map { .init(at: Shop.now, value: $0 == 3 ? nil : Double($0)) },
      firings: [Shop.now - .seconds(9000)..<Shop.now - .seconds(5400)])
    _ = dashboard.handle(.historyArrived(id, .success(history)), at: Shop.now)
    #expect(dashboard.text.contains("rule          burn > 14.4"))
    #expect(dashboard.text.contains("now 71"))
    #expect(dashboard.text.contains("fired 1 time, 1h in all; last 2026-11-21 11:33 for 1h"))
    #expect(dashboard.press([.escape, "]", "["]).isEmpty)
    dashboard.press([.escape, .down])
    #expect(dashboard.press([.enter, .escape]).count == 1)
    #expect(dashboard.press(["[", "["]) != [.askHistory(id), .askHistory(id)])
  }

  @Test("The rows of a click are those that are drawn, also below what must be known first")
  func clicks() throws {
    let pager = Pager(watchdog: .missing("Watchdog", since: Shop.now - .seconds(600)))
    var dashboard = try pager.dashboard()
    dashboard.press([Self.alerts, "M"])
    let row = try #require(dashboard.view().textRows.firstIndex { $0.contains("CheckoutDown") })
    let point = Point(column: 20, row: row)
    _ = dashboard.handle(.input(.mouse(MouseEvent(.press(.left), at: point))), at: Shop.now)
    #expect(dashboard.alertsPane.selected?.name == "CheckoutDown")
  }
}
