import Reliability
import Screen
import Testing

@testable import Dashboard

@Suite("Keys of runbooks")
struct RunbookKeyTests {
  private func opened(_ shelf: Bookshelf = Bookshelf(), at step: Int = 0) throws -> Dashboard {
    var dashboard = try shelf.dashboard()
    dashboard.press([.character("4"), .character("r"), .character("g")])
    dashboard.press(Array(repeating: .down, count: step))
    return dashboard
  }

  private var target: RunTarget {
    .new("checkout-errors", Bookshelf.subject, edition: Bookshelf.checkout.edition)
  }

  @Test("r on an alert opens the best runbook, and that is on record; r again goes to the next")
  func opening() throws {
    var dashboard = try Bookshelf().dashboard()
    dashboard.press(["4"])
    #expect(
      dashboard.press(["r"]).wishes == [.view("checkout-errors", Bookshelf.subject)])
    #expect(
      dashboard.trail.current == .runbook(RunbookPlace("checkout-errors", for: Bookshelf.subject)))
    #expect(dashboard.press(["r"]).wishes == [.view("checkout-slow", Bookshelf.subject)])
    dashboard.press([.escape])
    #expect(dashboard.trail.current == .alerts)
  }

  @Test("r on a service level opens the runbook of its service, and on one without says so")
  func ofServiceLevels() throws {
    var dashboard = try Bookshelf().dashboard()
    #expect(
      dashboard.press(["r"]).wishes
        == [.view("checkout-errors", RunSubject(service: "checkout"))])
    dashboard.press([.escape, .end, "r"])
    #expect(dashboard.notice == "No runbook belongs to this. 6 lists all of them.")
    var bare = try Shop().dashboard()
    bare.press(["r"])
    #expect(
      bare.notice == "No runbook is configured; name their folder under runbooks: directories.")
  }

  @Test("A command runs only after yes; no is the answer at first")
  func confirming() throws {
    var dashboard = try opened(at: 1)
    #expect(dashboard.press(["x"]).wishes == [])
    #expect(dashboard.press([.enter]).wishes == [])
    #expect(dashboard.press(["x", "y"]).wishes == [.step(.run, 1, of: target)])
  }

  @Test("What changes production runs only when the word is typed, and a paste is no typing")
  func typing() throws {
    var dashboard = try opened(at: 2)
    dashboard.press(["x"])
    #expect(dashboard.press([.enter]).wishes == [])
    dashboard.press(["x"])
    dashboard.type("checkou")
    #expect(dashboard.press([.enter]).wishes == [])
    #expect(dashboard.overlay != nil)
    _ = dashboard.handle(.input(.paste("checkout")), at: Shop.now)
    #expect(dashboard.press([.enter]).wishes == [])
    dashboard.press(["x"])
    dashboard.type("checkout")
    #expect(dashboard.press([.enter]).wishes == [.step(.run, 2, of: target)])
  }

  @Test("Questions and manual steps need no question, and a second key waits for the first")
  func harmless() throws {
    var dashboard = try opened()
    #expect(dashboard.press(["x"]).wishes == [.step(.run, 0, of: target)])
    #expect(dashboard.press(["x"]).wishes == [])
    #expect(dashboard.notice == "The last key is on its way.")
    _ = dashboard.handle(.runsArrived(RunSnapshot()), at: Shop.now)
    #expect(dashboard.press(["x"]).wishes == [], "news that do not change the run")
    let begun = Bookshelf().with(Bookshelf.run([.done]))
    _ = dashboard.handle(.runsArrived(begun.runs), at: Shop.now)
    dashboard.press([.end, .up])
    let run = RunTarget.run("run-1")
    #expect(dashboard.press([" "]).wishes == [.step(.check(note: ""), 5, of: run)])
    _ = dashboard.handle(.refused("no"), at: Shop.now)
    dashboard.press(["n"])
    dashboard.type("told")
    #expect(dashboard.press([.enter]).wishes == [.step(.check(note: "told"), 5, of: run)])
  }

  @Test("Skipping wants a reason")
  func skipping() throws {
    var dashboard = try opened(at: 1)
    dashboard.press(["X"])
    #expect(dashboard.press([.enter]).wishes == [])
    #expect(dashboard.notice?.hasPrefix("Say in a few words why") == true)
    dashboard.type("seen")
    #expect(
      dashboard.press([.enter]).wishes == [.step(.skip(reason: "seen"), 1, of: target)])
  }

  @Test("A step whose label is not harmless says which, and asks nothing")
  func hostileLabel() throws {
    var shelf = Bookshelf()
    shelf.pager.alerts = []
    var dashboard = try shelf.dashboard()
    let alert = Pager.alert("ErrorBudgetBurn", .page, service: "check;out")
    let subject = RunSubject(alert)
    _ = dashboard.open(RunbookPlace("checkout-errors", for: subject))
    dashboard.press([.down, .down])
    #expect(dashboard.press(["x"]).wishes == [])
    #expect(dashboard.notice?.hasPrefix("The label \"service\" has the character \";\"") == true)
    #expect(dashboard.overlay == nil)
  }

  @Test("What runs is cancelled with K, and other keys say that it runs")
  func cancelling() throws {
    let shelf = Bookshelf().with(Bookshelf.run([.done, .done, .running]))
    var dashboard = try opened(shelf, at: 2)
    #expect(dashboard.press(["x"]).wishes == [])
    #expect(dashboard.notice == "Step 3 runs; K cancels it.")
    #expect(dashboard.press(["K"]).wishes == [.step(.cancel, 2, of: .run("run-1"))])
    #expect(dashboard.press(["b"]).wishes == [])
    #expect(dashboard.notice == "A step runs; K cancels it.")
  }

  @Test("Rolling back is confirmed with the word, and shows what runs")
  func rollingBack() throws {
    let shelf = Bookshelf().with(Bookshelf.run([.done, .done, .done]))
    var dashboard = try opened(shelf)
    dashboard.press(["b"])
    #expect(dashboard.text.contains("kubectl -n shop rollout undo deploy/checkout"))
    dashboard.type("checkout")
    #expect(dashboard.press([.enter]).wishes == [.rollBack("run-1")])
  }

  @Test("N leaves the run behind, and the next key begins another")
  func startingOver() throws {
    let shelf = Bookshelf().with(Bookshelf.run([.failed]))
    var dashboard = try opened(shelf)
    #expect(dashboard.press(["x"]).wishes == [.step(.run, 0, of: .run("run-1"))])
    let again = Bookshelf().with(Bookshelf.run([.failed]) { $0.record.revision += 1 })
    _ = dashboard.handle(.runsArrived(again.runs), at: Shop.now)
    dashboard.press(["N"])
    #expect(dashboard.press(["x"]).wishes == [.step(.run, 0, of: target)])
  }

  @Test("A run of another edition of the file is shown, and only a new one goes on")
  func changedFile() throws {
    var shelf = Bookshelf().with(Bookshelf.run([.done, .failed], of: Bookshelf.changed))
    shelf.runs.runs = []
    var dashboard = try opened(shelf, at: 1)
    for key in ["x", " ", "X", "b"] as [Key] {
      #expect(dashboard.press([key]).wishes == [] && dashboard.overlay == nil)
      #expect(
        dashboard.notice == "checkout-errors has changed since this run; N begins a new one.")
    }
    dashboard.press(["N"])
    #expect(dashboard.press(["x"]).wishes == [.step(.run, 0, of: target)])
  }

  @Test("A run goes on with the labels it began with, whatever the alert has by now")
  func firstLabels() throws {
    let alert = Bookshelf.alert
    let old = RunSubject(
      Pager.alert("ErrorBudgetBurn", .page, service: "checkout-2") {
        $0 = Alert.Facts(
          id: alert.id, labels: $0.labels, annotations: $0.annotations, severity: .page,
          startsAt: alert.startsAt)
      })
    let run = Bookshelf.run([.done, .done], for: old)
    var dashboard = try opened(Bookshelf().with(run), at: 2)
    dashboard.press(["x"])
    #expect(dashboard.text.contains("kubectl -n shop rollout undo deploy/checkout-2"))
  }

  @Test("A text that does not fit into its question says how much of it is missing")
  func longCommand() throws {
    var dashboard = try Bookshelf().dashboard(60, 15)
    let name = String(repeating: "checkout-", count: 28)
    let subject = RunSubject(Pager.alert("ErrorBudgetBurn", .page, service: name))
    _ = dashboard.open(RunbookPlace("checkout-errors", for: subject))
    dashboard.press([.down, .down, "x"])
    #expect(dashboard.text.contains("more lines; Esc"))
    #expect(dashboard.text.contains("changes production"))
  }

  @Test("A runbook opens at the step where its run goes on")
  func resuming() throws {
    var dashboard = try Bookshelf().with(Bookshelf.run([.done, .done])).dashboard()
    dashboard.press(["4", "r"])
    #expect(dashboard.runbookPane.list.selection == 2)
  }

  @Test("y copies what would run, o opens a page with the configured program, E copies the run")
  func copying() throws {
    var dashboard = try opened(at: 2)
    #expect(
      dashboard.press(["y"]) == [
        .copy(
          "kubectl -n shop rollout undo deploy/checkout\n"
            + "kubectl -n shop rollout status deploy/checkout")
      ])
    dashboard.press([.down, .down, "o"])
    #expect(dashboard.notice?.hasPrefix("No program opens links here") == true)
    var shelf = Bookshelf().with(Bookshelf.run([.done]))
    shelf.opener = ["xdg-open"]
    var other = try opened(shelf, at: 4)
    let effects = other.press(["o"])
    guard case .open(let command)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(command.arguments == ["xdg-open", "https://grafana.example.com/d/checkout"])
    guard case .copy(let text)? = other.press(["E"]).first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.hasPrefix("# Checkout errors\n"))
  }

  @Test("Read-only and the lists refuse programs, and let the rest be")
  func refusals() throws {
    var shelf = Bookshelf()
    shelf.pager.refusals = [.runbooks: "burnwatch runs with --read-only"]
    var dashboard = try opened(shelf, at: 1)
    #expect(dashboard.press(["x"]).wishes == [])
    #expect(dashboard.notice == "Not run: burnwatch runs with --read-only.")
    dashboard.press(["g"])
    #expect(dashboard.press(["x"]).wishes == [.step(.run, 0, of: target)])
    var denied = Bookshelf()
    denied.permissions = RunbookPermissions(denied: ["checkout-*"])
    var other = try opened(denied, at: 1)
    #expect(other.press(["x"]).wishes == [])
    #expect(other.notice == "Not run: permissions.runbooks.deny has \"checkout-*\".")
  }

  @Test("Leaving asks while a step runs, and says what it would cut off")
  func leaving() throws {
    let shelf = Bookshelf().with(Bookshelf.run([.done, .running]))
    for key in [Key.character("q"), .character("Q"), .control("c")] {
      var dashboard = try shelf.dashboard()
      #expect(dashboard.press([key]) == [])
      #expect(dashboard.text.contains("checkout-errors, step 2: was there a deploy"))
      #expect(dashboard.press(["n"]) == [])
      #expect(dashboard.press([key, "y"]) == [.quit])
    }
    var calm = try Bookshelf().dashboard()
    #expect(calm.press(["Q"]) == [.quit])
  }

  @Test("Leaving the view keeps it running, and the head says so everywhere")
  func elsewhere() throws {
    let shelf = Bookshelf().with(Bookshelf.run([.done, .running]))
    var dashboard = try opened(shelf)
    #expect(dashboard.press([.escape]) == [])
    #expect(dashboard.trail.current == .alerts)
    #expect(dashboard.text.contains("running 1"))
  }

  @Test("Tab gives the keys to the text beside the steps, which scrolls by itself")
  func scrolling() throws {
    let shelf = Bookshelf().with(
      Bookshelf.run([.running]) { run in
        run.live[0] = RunState.Live()
        let lines = (1...300).map { "line \($0)\n" }.joined()
        run.live[0]?.output.append(Array(lines.utf8))
      })
    var dashboard = try opened(shelf)
    // It follows the end while the step runs.
    #expect(dashboard.text.contains("line 300"))
    dashboard.press([.tab, .character("g")])
    #expect(!dashboard.text.contains("line 300") && dashboard.text.contains("errors by code"))
    dashboard.press([.pageDown])
    #expect(dashboard.runbookPane.list.selection == 0)
    dashboard.press([.end])
    #expect(dashboard.text.contains("line 300"))
  }

  @Test("Every key of the bar does something, wherever the runbook stands")
  func keyBar() throws {
    let runs: [[StepRecord.Status]] = [
      [], [.done], [.failed], [.done, .running], [.done, .done, .done, .done, .done, .done],
    ]
    for statuses in runs {
      let shelf = statuses.isEmpty ? Bookshelf() : Bookshelf().with(Bookshelf.run(statuses))
      for step in 0..<Bookshelf.checkout.steps.count {
        let dashboard = try opened(shelf, at: step)
        for binding in Binding.all where dashboard.reasonUnavailable(binding.intent) == nil {
          var copy = dashboard
          copy.notice = nil
          let before = copy.text
          let effects = copy.perform(binding.intent)
          let isStill = copy.text == before && effects.isEmpty && copy.notice == nil
          let movesNowhere = binding.section == .moving
          #expect(!isStill || movesNowhere, "\(binding.label) at step \(step + 1) of \(statuses)")
        }
      }
    }
  }

  @Test("Escalations count down from the begin of the run")
  func escalations() throws {
    let shelf = Bookshelf().with(Bookshelf.run([.done]))
    var dashboard = try opened(shelf)
    #expect(dashboard.text.contains("escalate in 13 m to senior-sre"))
    _ = dashboard.handle(.timePassed, at: Shop.now + .seconds(1000))
    #expect(dashboard.text.contains("escalate now to senior-sre, since 3 m 40 s"))
    let fresh = try opened()
    #expect(fresh.text.contains("escalate after 15 m to senior-sre"))
  }

  @Test("A runbook of text alone shows its text, and a runbook that is gone says so")
  func odd() throws {
    var dashboard = try Bookshelf().dashboard()
    _ = dashboard.open(RunbookPlace("page", for: RunSubject()))
    #expect(dashboard.text.contains("It burns."))
    dashboard.press(["x"])
    #expect(dashboard.notice == "This runbook has no steps.")
    _ = dashboard.open(RunbookPlace("nowhere", for: RunSubject()))
    #expect(dashboard.text.contains("There is no runbook \"nowhere\" any more."))
    dashboard.press(["x", "X", "K", "b", "d", "y", "o", "E", "N", " ", "n", .tab, .end])
  }

  @Test("Clicks select a step and give the text the keys; the wheel scrolls what is under it")
  func mouse() throws {
    var dashboard = try opened()
    dashboard.press(["M"])
    _ = dashboard.handle(
      .input(.mouse(MouseEvent(.press(.left), at: Point(column: 10, row: 5)))), at: Shop.now)
    #expect(dashboard.runbookPane.list.selection == 2)
    _ = dashboard.handle(
      .input(.mouse(MouseEvent(.press(.left), at: Point(column: 100, row: 5)))), at: Shop.now)
    #expect(dashboard.runbookPane.focus == .details)
    _ = dashboard.handle(
      .input(.mouse(MouseEvent(.wheelDown, at: Point(column: 10, row: 5)))), at: Shop.now)
    #expect(dashboard.runbookPane.list.selection == 3)
  }
}
