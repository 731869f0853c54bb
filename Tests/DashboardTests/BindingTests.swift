import Foundation
import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The key map: no key is dead, no key lies, and help, key bar and docs say the same.
@Suite struct BindingTests {
  private static let places: [[Key]] = [
    [], [.enter], [.enter, .enter], [.character("2")], [.character("?")], [.character("z")],
    [.character("/"), .character("p"), .enter],
  ]

  @Test("No key stands for two intents")
  func keysAreUnique() {
    let keys = Binding.all.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test("Every key does something or says why not, in every place", arguments: places)
  func keysAnswer(_ way: [Key]) throws {
    for key in Binding.all.flatMap(\.keys) {
      var dashboard = try Shop().dashboard()
      dashboard.press(way)
      let isMovement = Binding.all.contains { $0.section == .moving && $0.keys.contains(key) }
      let before = dashboard.view()
      let effects = dashboard.press([key])
      let hasAnswered = !effects.isEmpty || dashboard.view() != before || isMovement
      #expect(hasAnswered, "\(key.name) after \(way.map(\.name))")
    }
  }

  @Test("Every key in the key bar works right now", arguments: places)
  func keyBarIsTrue(_ way: [Key]) throws {
    var dashboard = try Shop().dashboard(200, 40)
    dashboard.press(way)
    let bar = try #require(dashboard.view().textRows.last)
    for binding in Binding.all where binding.keyBarOrder != nil {
      let shown = bar.contains(" \(binding.keyNames[0]) \(dashboard.label(of: binding))")
      if shown { #expect(dashboard.reasonUnavailable(binding.intent) == nil) }
    }
    #expect(bar.contains("help") || way == [.character("?")])
  }

  @Test("A key without a binding says where the keys are")
  func unknownKey() throws {
    var dashboard = try Shop().dashboard()
    dashboard.press([.character("w")])
    #expect(dashboard.notice == "w does nothing here. ? shows the keys.")
  }

  @Test("The help lists every binding")
  func helpIsComplete() throws {
    let lines = HelpText(try Shop().dashboard(), width: 500).lines.map {
      $0.spans.map(\.text).joined()
    }
    for binding in Binding.all {
      #expect(lines.contains { $0.contains(binding.help) })
    }
  }

  @Test("docs/keys.md has the same keys and words as the key map")
  func documentation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/keys.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").map { String($0).replacing("`", with: "") }
    for binding in Binding.all {
      let row = "| \(binding.keyNames.joined(separator: " ")) | \(binding.help) |"
      #expect(rows.contains(row), "\(row)")
    }
  }
}
