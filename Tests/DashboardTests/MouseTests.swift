import Reliability
import Screen
import Testing

@testable import Dashboard

/// What clicks and the wheel do, found by what the screen shows at the place.
@Suite struct MouseTests {
  private func dashboard(
    _ keys: [Key] = [], columns: Int = 120, rows: Int = 40
  ) throws -> Dashboard {
    var dashboard = try Shop().dashboard(columns, rows)
    dashboard.press([.character("M")] + keys)
    return dashboard
  }

  @Test("M switches the mouse on and off, says so, and the terminal is told")
  func toggles() throws {
    var dashboard = try Shop().dashboard()
    #expect(dashboard.press([.character("M")]) == [.useMouse(true)])
    #expect(dashboard.notice == "Mouse on; shift selects text in most terminals.")
    #expect(dashboard.press([.character("M")]) == [.useMouse(false)])
    #expect(dashboard.notice == "Mouse off.")
  }

  @Test("A terminal without a mouse is not told, and M says why")
  func refuses() throws {
    let shop = try Shop()
    var dashboard = Dashboard(
      settings: shop.dashboard().settings, snapshot: shop.snapshot,
      size: Size(columns: 120, rows: 40), themeName: "dark", glyphs: .unicode, hasMouse: false,
      now: Shop.now)
    #expect(dashboard.press([.character("M")]) == [])
    #expect(dashboard.notice == "This terminal does not report the mouse.")
  }

  @Test("The command line has the mouse too")
  func commandLine() throws {
    var dashboard = try Shop().dashboard()
    dashboard.press([.character(":")])
    dashboard.type("mouse")
    #expect(dashboard.press([.enter]) == [.useMouse(true)])
  }

  @Test("Late reports of a mouse that is off change nothing")
  func ignoresWhileOff() throws {
    var dashboard = try Shop().dashboard()
    let before = dashboard.view()
    dashboard.click(on: "search")
    dashboard.mouse(.wheelDown, Point(column: 5, row: 5))
    #expect(dashboard.view() == before)
  }

  @Test("A click selects a row of the overview, a click on the selected row opens it")
  func overviewRows() throws {
    var dashboard = try dashboard()
    dashboard.click(on: "search")
    #expect(dashboard.serviceLevels.selected?.slo.service == "search")
    #expect(dashboard.trail.current == .overview)
    dashboard.click(on: "search")
    #expect(dashboard.trail.current == .service("search"))
  }

  @Test("Every row that is drawn is the row that a click selects, in a scrolled list too")
  func rowsAreWhereTheyAreDrawn() throws {
    for keys in [[], [.character("z")], [.end]] as [[Key]] {
      let start = try dashboard(keys, columns: 80, rows: 16)
      let rows = start.view().textRows
      for level in start.serviceLevels.rows {
        let name = " \(level.slo.service) "
        guard let row = rows.firstIndex(where: { $0.contains(name) }) else { continue }
        var dashboard = start
        dashboard.mouse(.press(.left), Point(column: 20, row: row))
        let shown =
          dashboard.trail.current == .service(level.slo.service)
          || dashboard.serviceLevels.selected?.id == level.id
        #expect(shown, "\(level.id) in row \(row) after \(keys.map(\.name))")
      }
    }
  }

  @Test(
    "Clicks beside rows, on borders, headings, blanks and outside, do nothing",
    arguments: [
      Point(column: 3, row: 0), Point(column: 3, row: 1), Point(column: 3, row: 2),
      Point(column: 0, row: 4), Point(column: 119, row: 4), Point(column: 3, row: 20),
      Point(column: 300, row: 300),
    ])
  func missesRows(_ point: Point) throws {
    var dashboard = try dashboard([.end])
    let before = dashboard.serviceLevels.selected?.id
    #expect(dashboard.mouse(.press(.left), point) == [])
    #expect(dashboard.trail.current == .overview)
    #expect(dashboard.serviceLevels.selected?.id == before)
  }

  @Test("Other buttons do nothing")
  func otherButtons() throws {
    var dashboard = try dashboard()
    let row = try #require(dashboard.row(of: "search"))
    dashboard.mouse(.press(.right), Point(column: 20, row: row))
    dashboard.mouse(.press(.middle), Point(column: 20, row: row))
    #expect(dashboard.serviceLevels.list.selection == 0)
  }

  @Test("Every key of the key bar can be clicked and does what the key does")
  func keyBar() throws {
    for binding in Binding.all where binding.keyBarOrder != nil {
      var clicked = try dashboard([.down])
      let label = " \(binding.keyNames[0]) \(clicked.label(of: binding)) "
      // The notice of M keeps some keys from the bar; the next key has removed it.
      guard clicked.view().textRows.last?.contains(label) == true else { continue }
      var pressed = clicked
      let effects = clicked.click(on: label, offset: 1)
      #expect(effects == pressed.press([binding.keys[0]]), "\(label)")
      #expect(clicked.view() == pressed.view(), "\(label)")
    }
  }

  @Test("Beside a notice the keys are clicked where they are drawn")
  func keyBarBesideNotice() throws {
    var dashboard = try dashboard()
    #expect(dashboard.notice != nil)
    dashboard.click(on: "Enter open")
    #expect(dashboard.trail.current == .service("checkout"))
    #expect(dashboard.notice == nil)
  }

  @Test("A click in the service view gives the pane the keys, then selects")
  func servicePanes() throws {
    var dashboard = try dashboard([.enter])
    #expect(dashboard.trail.current == .service("checkout"))
    let details = dashboard.serviceLayout.details
    dashboard.mouse(.press(.left), details.inset(by: 2).origin)
    #expect(dashboard.service.focus == .details)
    let list = dashboard.serviceLayout.list
    dashboard.mouse(.press(.left), Point(column: 10, row: list.row + 2))
    #expect(dashboard.service.focus == .list)
    #expect(dashboard.trail.current == .service("checkout"))
  }

  @Test("A click selects a source")
  func sources() throws {
    var dashboard = try dashboard([.character("2")])
    dashboard.click(on: "prom-us")
    #expect(dashboard.sourceList.selection == 1)
  }

  @Test("The wheel moves the list under the pointer, and nothing elsewhere")
  func wheelInLists() throws {
    var dashboard = try dashboard()
    let inside = Point(column: 5, row: 5)
    dashboard.mouse(.wheelDown, inside)
    dashboard.mouse(.wheelDown, inside)
    #expect(dashboard.serviceLevels.list.selection == 2)
    dashboard.mouse(.wheelUp, inside)
    #expect(dashboard.serviceLevels.list.selection == 1)
    dashboard.mouse(.wheelDown, Point(column: 5, row: 36))
    #expect(dashboard.serviceLevels.list.selection == 1)
  }

  @Test("The wheel scrolls the details under the pointer and leaves the keys where they are")
  func wheelInDetails() throws {
    var dashboard = try dashboard([.enter], columns: 80, rows: 16)
    let details = dashboard.serviceLayout.details
    dashboard.mouse(.wheelDown, details.inset(by: 2).origin)
    #expect(dashboard.service.details.selection == 3)
    #expect(dashboard.service.focus == .list)
    dashboard.mouse(.wheelUp, details.inset(by: 2).origin)
    #expect(dashboard.service.details.selection == 0)
  }

  @Test("The wheel scrolls the help")
  func wheelInHelp() throws {
    var dashboard = try dashboard([.character("?")], columns: 80, rows: 16)
    dashboard.mouse(.wheelDown, Point(column: 5, row: 5))
    #expect(dashboard.helpList.selection == 3)
  }

  @Test("A row of the sort menu is chosen by a click; a click outside closes the menu")
  func sortMenu() throws {
    var dashboard = try dashboard([.character("S")])
    dashboard.click(on: SortKey.left.title)
    #expect(dashboard.overlay == nil)
    #expect(dashboard.serviceLevels.sortKey == .left)
    dashboard.press([.character("S")])
    dashboard.click(on: "Sort by")
    #expect(dashboard.overlay != nil)
    dashboard.click(on: "checkout")
    #expect(dashboard.overlay == nil)
    #expect(dashboard.trail.current == .overview)
  }

  @Test("A suggestion of the command line runs by a click; the wheel walks them")
  func palette() throws {
    var dashboard = try dashboard([.character(":")])
    dashboard.type("service")
    dashboard.mouse(.wheelDown, Point(column: 0, row: 0))
    guard case .palette(let palette) = dashboard.overlay else {
      Issue.record("the command line is closed")
      return
    }
    #expect(palette.list.selection == 1)
    dashboard.click(on: "service identity")
    #expect(dashboard.trail.current == .service("identity"))
    #expect(dashboard.overlay == nil)
    #expect(dashboard.commandHistory.first == "service identity")
    dashboard.press([.character(":")])
    dashboard.mouse(.press(.left), Point(column: 5, row: 2))
    #expect(dashboard.overlay == nil)
  }

  @Test("A click beside a filter that is typed accepts it and counts")
  func filter() throws {
    var dashboard = try dashboard([.character("/")])
    dashboard.type("availability")
    dashboard.click(on: "/availability")
    #expect(dashboard.overlay != nil)
    dashboard.click(on: "search ")
    #expect(dashboard.overlay == nil)
    #expect(dashboard.serviceLevels.filter.text == "availability")
    #expect(dashboard.serviceLevels.selected?.slo.service == "search")
  }

  @Test("A screen that is too small takes no clicks")
  func tooSmall() throws {
    var dashboard = try dashboard(columns: 50, rows: 10)
    #expect(dashboard.mouse(.press(.left), Point(column: 5, row: 5)) == [])
    #expect(dashboard.trail.current == .overview)
  }
}

extension Dashboard {
  @discardableResult
  fileprivate mutating func mouse(_ action: MouseEvent.Action, _ point: Point) -> [Effect] {
    handle(.input(.mouse(MouseEvent(action, at: point))), at: now)
  }

  /// The last row that shows a text: what lies over a view is drawn below its first mention.
  fileprivate func row(of text: String) -> Int? {
    view().textRows.lastIndex { $0.contains(text) }
  }

  /// Clicks the cell where a text begins, or one so many cells further.
  @discardableResult
  fileprivate mutating func click(
    on text: String, offset: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) -> [Effect] {
    guard let row = row(of: text),
      let start = view().textRows[row].ranges(of: text).first?.lowerBound
    else {
      Issue.record("the screen does not show \(text)", sourceLocation: sourceLocation)
      return []
    }
    let column = view().textRows[row].distance(from: view().textRows[row].startIndex, to: start)
    return mouse(.press(.left), Point(column: column + offset, row: row))
  }
}
