import Screen
import TestSupport
import Testing

extension EndToEnd {
  /// The mouse in the real dashboard, through the reports that a terminal sends.
  struct MouseTests {
    @Test("The mouse is off at the start, M switches it on and off, and it is off after leaving")
    func switches() throws {
      let session = try DashboardSession(["demo"])
      #expect(session.terminal.screen.privateModes.isDisjoint(with: [1000, 1002, 1003, 1006]))
      session.useMouse()
      session.expect("M", brings: "Mouse off.")
      #expect(session.terminal.screen.privateModes.isDisjoint(with: [1000, 1006]))
      session.useMouse()
      session.quit()
    }

    @Test("A click selects, another one opens, one on the key bar does what the key does")
    func clicks() throws {
      let session = try DashboardSession(["demo"])
      session.useMouse()
      let row = try #require(session.terminal.screen.rows.firstIndex { $0.contains(" media ") })
      session.click(Point(column: 20, row: row))
      let isSelected = session.terminal.wait { $0.rows[row].contains("▶") }
      #expect(isSelected, "\(session.terminal.screen.text)")
      session.click(Point(column: 20, row: row))
      #expect(session.terminal.wait(for: "Service media"))
      session.clickText("Esc back")
      #expect(session.terminal.wait { !$0.text.contains("Service media") })
      session.clickText("q quit")
      #expect(session.terminal.waitForExit() == .exited(0))
      session.expectClean()
    }

    @Test("The wheel scrolls")
    func wheel() throws {
      let session = try DashboardSession(["demo"], size: Size(columns: 80, rows: 20))
      session.useMouse()
      session.expect("?", brings: "MOVING")
      session.terminal.type("\u{1B}[<65;10;10M\u{1B}[<65;10;10M")
      #expect(session.terminal.wait { !$0.text.contains("MOVING") })
      session.quitFromBelow()
    }

    @Test("A terminal without a mouse says so", arguments: ["linux", "vt100"])
    func without(_ type: String) throws {
      let session = try DashboardSession(["demo"], environment: ["TERM": type])
      session.expect("M", brings: "This terminal does not report the mouse.")
      session.quit()
    }
  }
}

extension DashboardSession {
  /// Switches the mouse on, which is one thing more to give back.
  func useMouse(sourceLocation: SourceLocation = #_sourceLocation) {
    expect("M", brings: "Mouse on", sourceLocation: sourceLocation)
    let isOn = terminal.wait { $0.privateModes.isSuperset(of: [1000, 1006]) }
    #expect(isOn, sourceLocation: sourceLocation)
  }

  /// Presses and releases the left button.
  fileprivate func click(_ point: Point) {
    let place = "\(point.column + 1);\(point.row + 1)"
    terminal.type("\u{1B}[<0;\(place)M\u{1B}[<0;\(place)m")
  }

  /// Clicks where the last row begins to show a text.
  fileprivate func clickText(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    guard terminal.wait(until: { $0.rows.last?.contains(text) == true }),
      let row = terminal.screen.rows.last, let place = row.ranges(of: text).first
    else {
      Issue.record("the key bar does not show \(text)", sourceLocation: sourceLocation)
      return
    }
    let column = row.distance(from: row.startIndex, to: place.lowerBound)
    click(Point(column: column, row: terminal.screen.rows.count - 1))
  }

  /// Leaves a view and then the program.
  fileprivate func quitFromBelow() {
    terminal.type("Q")
    #expect(terminal.waitForExit() == .exited(0))
    expectClean()
  }
}
