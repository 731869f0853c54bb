import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The key map in the places of alerts: no key is dead, and the bar names only what works.
@Suite struct AlertKeyTests {
  private static let places: [[Key]] = [
    [.tab], ["4"], ["4", "#"], ["4", .enter], ["4", " "], ["4", "z"], ["5"], ["5", "e", .end],
    ["4", "/", "m", "e", .enter],
  ]

  @Test("Every key does something or says why not, in every place of alerts", arguments: places)
  func keysAnswer(_ way: [Key]) throws {
    for key in Binding.all.flatMap(\.keys) {
      var dashboard = try Pager().dashboard(120, 40, pressing: way)
      let isMovement = Binding.all.contains { $0.section == .moving && $0.keys.contains(key) }
      let before = dashboard.view()
      let effects = dashboard.press([key])
      let hasAnswered = !effects.isEmpty || dashboard.view() != before || isMovement
      #expect(hasAnswered, "\(key.name) after \(way.map(\.name))")
    }
  }

  @Test("Every key that the bar names works right now", arguments: places)
  func barIsTrue(_ way: [Key]) throws {
    let dashboard = try Pager().dashboard(240, 40, pressing: way)
    let bar = try #require(dashboard.view().textRows.last)
    for binding in Binding.all where binding.keyBarOrder != nil {
      let words = " \(binding.keyNames[0]) \(dashboard.label(of: binding))"
      #expect(!bar.contains(words) || dashboard.reasonUnavailable(binding.intent) == nil)
    }
    #expect(bar.contains("? help"))
  }

  @Test(
    "While a form or a question has the keys, the bar names none of the view's",
    arguments: [["4", "s"], ["4", .down, .down, "a"], ["5", "u"], ["5", "s"], ["4", ":"]] as [[Key]]
  )
  func barUnderDialogs(_ way: [Key]) throws {
    let dashboard = try Pager().dashboard(120, 40, pressing: way)
    #expect(dashboard.overlay != nil)
    #expect(dashboard.view().textRows.last?.allSatisfy { $0 == " " } == true)
  }
}
