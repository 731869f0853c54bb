import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Alerts that try to break the screen, and screens that are hard to fill.
@Suite struct HostileAlertTests {
  private static let attack =
    "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}gnp\u{2066}\r\nrm -rf / $(reboot) %s%n '; DROP "
    + "TABLE\u{0}\u{200B}e" + String(repeating: "\u{301}", count: 50)

  private static let hostile: Pager = {
    let book = String(repeating: "a long story ", count: 800)
    let wide = String(repeating: "警報", count: 60)
    let alerts = [
      Pager.alert(attack, .page, service: attack, labels: ["instance": attack, "pod": book]) {
        $0.annotations = LabelSet(["summary": attack, "description": book, attack: attack])
        $0.generatorURL = attack
        $0.inhibitedBy = [attack]
        $0.acknowledgement = Pager.acknowledgement(by: attack, .failed, trouble: attack)
      },
      Pager.alert(wide, service: wide, labels: ["prometheus_replica_of_the_region": wide]) {
        $0.annotations = LabelSet(["summary": wide])
      },
      Pager.alert(book, .info, service: book) { $0.annotations = LabelSet(["summary": book]) },
    ]
    let silences = [attack, book, wide].map { text in
      Pager.silence(
        text, [LabelMatcher("instance", .equal, text)], by: text, text, ends: .seconds(600))
    }
    return Pager(
      alerts: alerts, silences: silences, gaps: [attack],
      settings: AlertSettings(scope: "", filters: ["x": attack]))
  }()

  @Test("Hostile, wide and endless text is inert and flush in every view and dialog")
  func inert() throws {
    let ways: [[Key]] = [
      [.tab], ["4"], ["4", .down], ["4", .down, .down], ["4", "#"], ["4", .enter],
      ["4", .down, .enter, .end], ["5"], ["5", .down], ["5", "u"], ["5", .down, "u"], ["5", "s"],
      ["4", "s"], ["4", .down, "s"], ["4", " ", " ", " ", "s"], ["4", "a"], ["4", "/", "i", .tab],
      ["4", "A", "x"], ["4", "y"], ["5", "y"], ["4", ":"],
    ]
    for (columns, rows) in [(60, 15), (80, 24), (120, 40), (200, 60)] {
      for glyphs in [Glyphs.unicode, .ascii] {
        for way in ways {
          var pager = Self.hostile
          pager.glyphs = glyphs
          let canvas = try pager.dashboard(columns, rows, pressing: way).view()
          #expect(canvas.brokenPromises.isEmpty, "\(columns)x\(rows) \(way.map(\.name))")
          let edges: Set<Character> = ["┌", "│", "└", "┐", "┘", "+", "|"]
          let body = canvas.textRows.dropFirst().dropLast(way.contains("/") ? 2 : 1)
          let isFlush = body.allSatisfy { row in
            row.first.map(edges.contains) == true && row.last.map(edges.contains) == true
          }
          #expect(isFlush, "\(columns)x\(rows) \(way.map(\.name))")
        }
      }
    }
  }

  @Test("Long names of facts have a line of their own, so that values stand in one column")
  func longNames() throws {
    let alert = Pager.alert(
      "Lagging", labels: ["prometheus_replica_of_the_region": "value-1", "zone": "b"])
    let dashboard = try Pager(alerts: [alert]).dashboard(80, 40, pressing: ["4", .enter])
    let rows = dashboard.view().textRows
    let name = try #require(rows.firstIndex { $0.contains("prometheus_replica_of_the_region") })
    #expect(rows[name + 1].hasPrefix("│               value-1"))
    #expect(rows.contains { $0.hasPrefix("│   zone        b ") })
  }

  @Test("The list of ten thousand alerts draws its visible rows, and moves within them")
  func many() throws {
    let alerts = (0..<10_000).map { number in
      Pager.alert("Alert\(number)", labels: ["instance": "host-\(number)"])
    }
    var dashboard = try Pager(alerts: alerts).dashboard(120, 40, pressing: ["4", .end])
    #expect(dashboard.alertsPane.selected?.name == "Alert9999")
    let height = dashboard.alertsHeight
    #expect(dashboard.alertsPane.list.visibleRange(height: height) == 10_000 - height..<10_000)
    dashboard.press([.character("#"), .home, .character("a")])
    #expect(dashboard.actionsOnTheirWay.count == 10_000)
  }
}
