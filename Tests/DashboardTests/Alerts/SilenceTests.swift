import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The list of silences, and the form in which they are made.
@Suite struct SilenceTests {
  private func editor(_ dashboard: Dashboard) throws -> SilenceEditor {
    guard case .silenceEditor(let editor)? = dashboard.overlay else { throw Missing() }
    return editor
  }

  private struct Missing: Error {}

  private func plan(_ effects: [Effect]) throws -> SilencePlan {
    guard case .submit(let actions)? = effects.first, case .silence(let plan)? = actions.first
    else {
      throw Missing()
    }
    return plan
  }

  /// The form for the first of three alike.
  private func opened() throws -> Dashboard {
    try Pager().dashboard(120, 40, pressing: ["4", .down, .down, "s"])
  }

  @Test("The form proposes the labels without the volatile ones and says what would be hit")
  func proposal() throws {
    let dashboard = try opened()
    let editor = try editor(dashboard)
    #expect(editor.matchers.map(\.name) == ["alertname", "service", "severity", "team"])
    #expect(editor.hitCount == 3)
    #expect(dashboard.text.contains("Hits 3 alerts now: 3 HighMemory (media)."))
  }

  @Test("Space switches a matcher, and the preview follows")
  func chips() throws {
    var dashboard = try opened()
    dashboard.press([.backTab, .backTab, .backTab, .backTab, .backTab, " "])
    #expect(try editor(dashboard).hitCount == 1)
    #expect(dashboard.text.contains("[x] pod=\"media-1\""))
  }

  @Test("With every matcher off nothing can be sent, and the form says why")
  func refused() throws {
    var dashboard = try opened()
    dashboard.press([.up, .up, " ", .up, " ", .up, " ", .up, .up, " "])
    #expect(try editor(dashboard).matchers.isEmpty)
    #expect(dashboard.text.contains("a silence needs a matcher"))
    dashboard.press(Array(repeating: .down, count: 9))
    #expect(dashboard.press([.enter]).isEmpty)
    #expect(dashboard.overlay != nil)
  }

  @Test("Left and right go through the lengths; a typed one counts, a wrong one is named")
  func durations() throws {
    var dashboard = try opened()
    dashboard.press([.right])
    #expect(try editor(dashboard).length == .seconds(4 * 3600))
    dashboard.press([.left, .left])
    #expect(try editor(dashboard).length == .seconds(3600))
    dashboard.press([.control("u")])
    dashboard.type("1h30m")
    #expect(try editor(dashboard).length == .seconds(5400))
    #expect(dashboard.text.contains("until 2026-11-21 15:33 UTC"))
    dashboard.type("x")
    #expect(dashboard.text.contains("\"1h30mx\" is no length; type 30m, 2h or 3d."))
  }

  @Test("A typed matcher is taken over by Enter and by leaving its line; one that is none stays")
  func additions() throws {
    var dashboard = try opened()
    dashboard.press([.up])
    dashboard.type("pod=~\"media-[12]\"")
    dashboard.press([.enter])
    #expect(try editor(dashboard).hitCount == 2)
    dashboard.type("pod=media-1")
    dashboard.press([.tab])
    #expect(try editor(dashboard).part == .addition)
    #expect(dashboard.text.contains("\"pod=media-1\" is no matcher; type label=\"value\""))
    dashboard.press([.control("u")])
    dashboard.type("pod=\"media-1\"")
    dashboard.press([.tab])
    #expect(try editor(dashboard).part == .duration)
    #expect(try editor(dashboard).hitCount == 1)
  }

  @Test("Sending makes the silence with its comment and end, and says that it is on its way")
  func sending() throws {
    var dashboard = try opened()
    dashboard.press([.tab])
    dashboard.type("known leak")
    let effects = dashboard.press([.enter, .enter])
    let plan = try plan(effects)
    #expect(plan.source == Pager.cluster)
    #expect(plan.comment == "known leak")
    #expect(plan.endsAt == Shop.now + .seconds(7200))
    #expect(plan.matchers.contains(LabelMatcher("alertname", .equal, "HighMemory")))
    #expect(dashboard.notice == "The silence is on its way.")
    #expect(dashboard.overlay == nil)
  }

  @Test("Several marked alerts are silenced by what they share; others of another cluster stay")
  func several() throws {
    let other = Alert(
      Alert.Facts(
        id: Alert.ID(cluster: "prom", fingerprint: "1"),
        labels: LabelSet(["alertname": "Elsewhere"]), severity: .page, startsAt: Shop.now))
    var dashboard = try Pager(alerts: [other] + Pager.memory).dashboard()
    dashboard.press(["4", " ", " ", " ", "s"])
    #expect(try editor(dashboard).chips.map(\.matcher.name).contains("pod") == false)
    #expect(dashboard.text.contains("1 chosen of another source stay"))
  }

  @Test("On 80x24 fifteen labels leave preview and button in sight, and say how many are hidden")
  func manyLabels() throws {
    let labels = Dictionary(
      uniqueKeysWithValues: (1...11).map { ("a_rather_long_label_\($0)", "value \($0)") })
    let alert = Pager.alert("Labelled", .page, labels: labels)
    for (columns, rows, hidden) in [(80, 24, 3), (60, 15, 12)] {
      var dashboard = try Pager(alerts: [alert]).dashboard(columns, rows)
      dashboard.press(["4", "s"])
      #expect(dashboard.text.contains("Hits 1 alert now"))
      #expect(dashboard.text.contains("[ send ]"))
      #expect(dashboard.text.contains("\(hidden) more"))
      dashboard.press(Array(repeating: .up, count: 20))
      #expect(dashboard.text.contains("▶") == false || dashboard.text.contains("[x] a_rather"))
    }
  }

  // MARK: - The list

  @Test(
    "s extends a silence beyond its end, u expires it after a question, s repeats an expired one")
  func changing() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press(["5", "s", .right])
    let effects = dashboard.press([.enter, .enter])
    #expect(
      effects == [
        .submit([.extendSilence(Pager.disk, until: Pager.disk.endsAt + .seconds(4 * 3600))])
      ])
    #expect(dashboard.press(["u"]).isEmpty)
    #expect(dashboard.text.contains("1 alert will notify again."))
    #expect(dashboard.press(["n", "u", "y"]) == [.submit([.expireSilence(Pager.disk)])])
    dashboard.press(["e", .end])
    #expect(dashboard.silencesPane.selected == Pager.old)
    #expect(dashboard.press(["u"]).isEmpty)
    #expect(dashboard.notice == "This silence has expired already.")
    dashboard.press(["s"])
    #expect(try editor(dashboard).matchers == Pager.old.matchers)
    #expect(try editor(dashboard).extended == nil)
  }

  @Test("e shows and hides what has expired, and says so where nothing has")
  func expired() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press(["5"])
    #expect(dashboard.text.contains("3 active, 1 expired hidden"))
    dashboard.press(["e"])
    #expect(dashboard.silencesPane.silences.count == 4)
    dashboard.press(["e"])
    #expect(dashboard.silencesPane.silences.count == 3)
    var empty = try Pager(silences: []).dashboard()
    empty.press(["5", "e"])
    #expect(empty.notice == "No silence has expired.")
    #expect(empty.text.contains("No silence is active. s makes one."))
    var denied = try Pager(silences: [], refusals: [.silence: "it is denied"]).dashboard()
    denied.press(["5"])
    #expect(!denied.text.contains("s makes one"))
  }
}
