import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The Debug view: the way there and back, and what it looks like.
@Suite struct DebugViewTests {
  private func dashboard(_ columns: Int = 120, _ rows: Int = 40, glyphs: Glyphs = .unicode) throws
    -> Dashboard
  { try Shop().dashboard(columns, rows, glyphs: glyphs) }

  @Test("Both sizes are as recorded", arguments: [(120, 40), (80, 24)])
  func golden(_ columns: Int, _ rows: Int) throws {
    for (name, keys) in [("top", []), ("budget", [.end])] as [(String, [Key])] {
      var dashboard = try dashboard(columns, rows)
      dashboard.press([.character("/")])
      dashboard.type("payments")
      dashboard.press([.enter, .enter, .enter] + keys)
      try assertSnapshot(
        of: dashboard.view(), named: "\(name)-\(columns)x\(rows)",
        note: "why the figures of a latency SLO are so")
    }
  }

  @Test("Enter on a service's SLO opens it below the service, Esc leads back")
  func wayThereAndBack() throws {
    var dashboard = try dashboard()
    dashboard.press([.enter])
    #expect(dashboard.view().textRows.last?.contains("Enter why") == true)
    dashboard.press([.enter])
    #expect(
      dashboard.trail.path == [.overview, .service("checkout"), .debug("checkout/availability")])
    let head = try #require(dashboard.view().textRows.first)
    #expect(head.contains("Overview › checkout › why"))
    #expect(dashboard.view().textRows.last?.contains("Enter") == false)
    dashboard.press([.escape])
    #expect(dashboard.trail.current == .service("checkout"))
    #expect(dashboard.service.selected?.id == "checkout/availability")
    dashboard.press([.character("]")])
    #expect(dashboard.trail.current == .service("checkout"))
    dashboard.press([.character("["), .character("[")])
    #expect(dashboard.trail.current == .service("checkout"))
  }

  @Test("It scrolls to its last section and starts at the top again")
  func scrolling() throws {
    var dashboard = try dashboard(80, 24)
    dashboard.press([.enter, .enter])
    let text = { (dashboard: Dashboard) in dashboard.view().textRows.joined(separator: "\n") }
    #expect(text(dashboard).contains("│ State"))
    dashboard.press([.end])
    #expect(!text(dashboard).contains("│ State"))
    dashboard.press([.escape, .enter])
    #expect(text(dashboard).contains("│ State"))
  }

  @Test("An SLO that a reload took away leaves a sentence")
  func goneSLO() throws {
    var dashboard = try dashboard()
    dashboard.press([.enter, .enter])
    let none = Snapshot(at: Shop.now, serviceLevels: [], sources: [])
    _ = dashboard.handle(.snapshotArrived(none), at: Shop.now)
    #expect(
      dashboard.view().textRows.joined()
        .contains("This SLO is not configured any more. Esc goes back."))
  }

  @Test("No size and no glyph set leaves a ragged frame")
  func framesAreFlush() throws {
    for columns in [60, 79, 80, 100, 133, 200] {
      for glyphs in [Glyphs.unicode, .ascii] {
        var dashboard = try dashboard(columns, 24, glyphs: glyphs)
        dashboard.press([.enter, .enter])
        #expect(dashboard.view().brokenPromises.isEmpty, "\(columns)")
      }
    }
  }
}
