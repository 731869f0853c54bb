import Reliability
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// What the keys of alerts and silences lead to.
@Suite struct ActingTests {
  private static let alerts = Key.character("4")
  private static let silences = Key.character("5")

  private func targets(_ effects: [Effect]) -> [String] {
    effects.flatMap { effect -> [String] in
      guard case .submit(let actions) = effect else { return [] }
      return actions.map(\.subject)
    }
  }

  // MARK: - Acknowledging

  @Test("a acknowledges the selected alert at once, and the row says so before any answer")
  func acknowledging() throws {
    var dashboard = try Pager().dashboard()
    let effects = dashboard.press([Self.alerts, "a"])
    guard case .submit(let actions)? = effects.first,
      case .acknowledge(let target, "")? = actions.first
    else {
      Issue.record("\(effects)")
      return
    }
    #expect(target.alert == Pager.budget.id)
    let matchers = Pager.budget.labels.labels.map { LabelMatcher($0.name, .equal, $0.value) }
    #expect(target.backend == .alertmanager(source: Pager.cluster, matchers: matchers))
    #expect(dashboard.text.contains("ack, writing"))
    #expect(dashboard.press(["a"]).isEmpty)
    #expect(dashboard.notice == "ErrorBudgetBurn is being acknowledged.")
  }

  @Test("A asks for a note, which goes along; Esc acknowledges nothing")
  func note() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "A"])
    dashboard.type("on it")
    #expect(dashboard.press([.escape]).isEmpty)
    dashboard.press(["A"])
    dashboard.type("on it")
    let effects = dashboard.press([.enter])
    guard case .submit(let actions)? = effects.first,
      case .acknowledge(_, let comment)? = actions.first
    else {
      Issue.record("\(effects)")
      return
    }
    #expect(comment == "on it")
  }

  @Test("Marks, ranges and their end: all that is marked is acknowledged in one step")
  func marks() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, .down, .down, "v", .down, .down, .down, .up])
    #expect(dashboard.alertsPane.marks == Set(Pager.memory.map(\.id)))
    #expect(dashboard.text.contains("3 marked, v ends"))
    dashboard.press(["v", .home, " ", " "])
    #expect(dashboard.alertsPane.marks.count == 5)
    #expect(
      targets(dashboard.press(["a"])) == [
        "ErrorBudgetBurn", "CheckoutDown", "HighMemory", "HighMemory", "HighMemory",
      ])
    #expect(dashboard.alertsPane.marks.isEmpty)
    dashboard.press([" ", "U"])
    #expect(dashboard.alertsPane.marks.isEmpty)
  }

  @Test("Marks outlive a filter, and the title says how many are not shown")
  func hiddenMarks() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, " ", "/"])
    dashboard.type("media")
    dashboard.press([.enter, " "])
    #expect(dashboard.text.contains("2 marked (1 not shown)"))
    #expect(dashboard.chosenAlerts.map(\.name) == ["ErrorBudgetBurn", "HighMemory"])
  }

  @Test("What would mute more than was chosen is asked first, and No is the answer of Enter")
  func alsoMuted() throws {
    var dashboard = try Pager().dashboard()
    #expect(dashboard.press([Self.alerts, .down, .down, "a"]).isEmpty)
    #expect(dashboard.text.contains("This also mutes 2 alerts"))
    #expect(dashboard.text.contains("pod=media-3"))
    #expect(dashboard.press([.enter]).isEmpty)
    #expect(dashboard.overlay == nil)
    #expect(targets(dashboard.press(["a", "y"])) == ["HighMemory"])
    #expect(targets(dashboard.press([.down, "a", .tab, .enter])) == ["HighMemory"])
  }

  @Test("Where the configuration wants it, every acknowledgement is asked about")
  func confirmed() throws {
    var dashboard = try Pager(confirmed: [.acknowledge]).dashboard()
    #expect(dashboard.press([Self.alerts, "a"]).isEmpty)
    #expect(dashboard.text.contains("Acknowledge 1 alert?"))
    #expect(targets(dashboard.press(["y"])) == ["ErrorBudgetBurn"])
  }

  @Test("a on an alert that somebody has says who; a failed one is tried again")
  func obstacles() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, .down])
    #expect(targets(dashboard.press(["a"])) == ["CheckoutDown"])
    dashboard.select(Pager.queue)
    #expect(dashboard.press(["a"]).isEmpty)
    #expect(dashboard.notice == "QueueGrows is acknowledged by tom already.")
    dashboard.select(Pager.latency)
    dashboard.press(["a"])
    #expect(dashboard.notice == "LatencyBudgetBurn is acknowledged already; u takes it back.")
  }

  @Test("Of several, those that cannot be acknowledged are named and left out")
  func leftOut() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, " "])
    dashboard.select(Pager.queue)
    dashboard.press([" "])
    #expect(targets(dashboard.press(["a"])) == ["ErrorBudgetBurn"])
    #expect(dashboard.notice == "QueueGrows is acknowledged by tom already.")
  }

  @Test("u takes one's own acknowledgement back, and says who has one that is not")
  func undo() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts])
    dashboard.select(Pager.latency)
    guard case .submit(let actions)? = dashboard.press(["u"]).first,
      case .unacknowledge("own-1", let target)? = actions.first
    else {
      Issue.record("nothing was taken back")
      return
    }
    #expect(target.alert == Pager.latency.id)
    dashboard.select(Pager.queue)
    #expect(dashboard.press(["u"]).isEmpty)
    #expect(dashboard.notice?.hasPrefix("tom has acknowledged it") == true)
    dashboard.select(Pager.budget)
    dashboard.press(["u"])
    #expect(dashboard.notice == "Nobody has acknowledged it.")
  }

  @Test("The heading of a group stands for all of its alerts")
  func groups() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "#"])
    #expect(dashboard.alertsPane.grouping == ["service"])
    #expect(targets(dashboard.press(["a"])) == ["ErrorBudgetBurn", "CheckoutDown"])
    dashboard.press([" "])
    #expect(dashboard.alertsPane.marks.count == 2)
    dashboard.press([.home, " "])
    #expect(dashboard.alertsPane.marks.isEmpty)
    dashboard.press(["#", "#", "#", "#"])
    #expect(dashboard.alertsPane.grouping.isEmpty)
  }

  @Test("A refusal of the engine takes the sign of the acknowledgement away and is said")
  func refused() throws {
    var dashboard = try Pager().dashboard()
    dashboard.press([Self.alerts, "a"])
    _ = dashboard.handle(.refused("The journal is full."), at: Shop.now)
    #expect(dashboard.notice == "The journal is full.")
    #expect(!dashboard.text.contains("ack, writing"))
  }

  // MARK: - Read-only

  @Test("Where something is not allowed its key says why, and the bar leaves it out")
  func refusals() throws {
    let reason = "--read-only is set"
    for (width, way) in [(120, Self.alerts), (200, Self.silences), (200, .tab)] {
      var dashboard = try Pager(refusals: [.acknowledge: reason, .silence: reason])
        .dashboard(width, 40)
      dashboard.press([way])
      let bar = dashboard.view().textRows.last ?? ""
      for word in [" a ack", " u ", " s ", " A "] { #expect(!bar.contains(word), "\(bar)") }
      for key in ["a", "A", "u", "s"] as [Key] where way == Self.alerts || key != "a" && key != "A"
      {
        #expect(dashboard.press([key]).isEmpty)
        #expect(dashboard.overlay == nil)
        #expect(dashboard.notice == "Not done: \(reason).")
      }
    }
  }

  @Test("At 80 columns the bar has a, s and, where there is something to take back, u")
  func bar() throws {
    var dashboard = try Pager().dashboard(80, 24)
    dashboard.press([Self.alerts])
    #expect(dashboard.view().textRows.last?.contains("a ack  s silence") == true)
    dashboard.select(Pager.latency)
    #expect(dashboard.view().textRows.last?.contains("u undo  s silence") == true)
    dashboard.press([.home, .down])
    #expect(dashboard.view().textRows.last?.contains("a ack  u undo  s silence") == true)
  }

  @Test("Pasted text acts nowhere")
  func paste() throws {
    for keys in [[Self.alerts], [Self.silences], [Self.alerts, .down, .down, "a"], [.tab]]
      as [[Key]]
    {
      var dashboard = try Pager().dashboard(120, 40, pressing: keys)
      for text in ["a", "y", "u\n", "y\ny", "s\r\n"] {
        #expect(dashboard.handle(.input(.paste(text)), at: Shop.now).isEmpty)
      }
      #expect(dashboard.actionsOnTheirWay.isEmpty)
    }
  }

  // MARK: - Copying

  @Test("y copies an alert's labels as matchers")
  func copyAlert() throws {
    var dashboard = try Pager().dashboard()
    let effects = dashboard.press([Self.alerts, "y"])
    #expect(
      effects == [
        .copy(
          #"{alertname="ErrorBudgetBurn", service="checkout", severity="critical", team="core"}"#)
      ])
    #expect(dashboard.view().textRows.last?.contains("help") == true)
  }

  @Test("y copies a silence as a command that a shell takes as words, whatever stands in it")
  func copySilence() {
    let silence = Pager.silence(
      "1", [LabelMatcher("path", .matches, #"/it's/$(reboot)"x""#)], by: "o'neil; rm -rf /",
      "ACK! `id` \u{1B}]0;x\u{7}\n$HOME 'quoted' [burnwatch own-1]", ends: .seconds(3600))
    let command = AmtoolCommand.text(of: silence, now: Shop.now)
    #expect(
      command == #"amtool silence add 'path=~"/it'\''s/$(reboot)\"x\""' --duration=3600s "#
        + #"--author='o'\''neil; rm -rf /' --comment='ACK! `id` "# + "\u{FFFD}]0;x\u{FFFD} "
        + #"$HOME '\''quoted'\'''"#)
  }

  // MARK: - Leaving

  @Test("q asks while something is not delivered, and No stays")
  func leaving() throws {
    var dashboard = try Pager(actions: [Pager.record(of: Pager.latency, state: .queued)])
      .dashboard()
    #expect(dashboard.press(["q"]).isEmpty)
    #expect(dashboard.text.contains("1 request not told to anybody yet"))
    #expect(dashboard.press([.enter]).isEmpty)
    #expect(dashboard.press(["q", "y"]) == [.quit])
    #expect(dashboard.farewell == ["LatencyBudgetBurn: the acknowledgement waits in the journal."])
    #expect(try Pager().dashboard(120, 40).farewell.first?.contains("until 14:13:22 UTC") == true)
    var calm = try Pager().dashboard()
    #expect(calm.press(["q"]) == [.quit])
  }
}
