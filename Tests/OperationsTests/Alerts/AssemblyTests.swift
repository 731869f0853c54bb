import Reliability
import TestSupport
import Testing

@testable import Operations

@Suite("One list of alerts")
struct AssemblyTests {
  private var desk: AssemblyDesk

  init() throws {
    desk = try AssemblyDesk(
      settings: AlertSettings(
        severities: ["sev1": .page], serviceLabels: ["app", "job"], teamLabels: ["squad", "team"],
        watchdog: AlertSettings.Watchdog(
          alert: "Watchdog", matchers: [LabelMatcher("region", .equal, "eu")])))
  }

  @Test(
    "Severities follow the label in any case; an unknown one is information",
    arguments: [
      ("critical", Severity.page), ("PAGE", .page), ("sev1", .page), ("Warning", .ticket),
      ("error", .ticket), ("none", .info), ("", .info),
    ])
  mutating func severities(value: String, severity: Severity) {
    let list = desk.list([desk.alertmanager([desk.alert("A", ["severity": value])])])
    #expect(list.map(\.severity) == [severity])
  }

  @Test("Service and team are the first of the configured labels that is there")
  mutating func owners() throws {
    let labels = ["job": "node", "app": "shop", "team": "pay"]
    let facts = try #require(desk.list([desk.alertmanager([desk.alert("A", labels)])]).first).facts
    #expect(facts.service == "shop")
    #expect(facts.team == "pay")
    let bare = try #require(desk.list([desk.alertmanager([desk.alert("B")])]).first).facts
    #expect(bare.service == nil)
    #expect(bare.team == nil)
  }

  @Test("The alert's SLO is found, and its runbook stands in where the alert names none")
  func sloAndRunbook() throws {
    let slo = SLO(
      id: "shop/up", service: "shop", name: "up", category: .availability, sli: .badEventsSample,
      objective: try .sample(), window: .rolling(.days(30)), source: "prom",
      details: SLO.Details(runbook: "shop-up"))
    var desk = try AssemblyDesk(slos: [slo])
    func runbook(_ annotations: [String: String]) -> [String?] {
      let alert = desk.alert("A", ["burnwatch_id": "shop/up"], annotations: annotations)
      let list = desk.list([desk.alertmanager([alert])])
      #expect(list.map(\.facts.slo) == ["shop/up"])
      return list.map(\.facts.runbook)
    }
    #expect(runbook([:]) == ["shop-up"])
    #expect(runbook(["runbook_url": "https://x/y/disk-full.md#head"]) == ["disk-full"])
    #expect(runbook(["runbook": "restart.yaml"]) == ["restart"])
    #expect(runbook(["runbook_url": "https://x/y/disk/"]) == ["disk"])
  }

  @Test("Silenced, inhibited and firing hold together; the first counts, and names are shown")
  mutating func flags() throws {
    let cause = desk.alert("Down", since: .seconds(10))
    let alert = desk.alert(
      "Slow", silencedBy: ["s"], inhibitedBy: [cause.fingerprint, "0123456789abcdef"])
    let report = desk.alertmanager(
      [cause, alert], silences: [desk.silence("s", comment: "works")])
    let row = try #require(desk.list([report]).first { $0.name == "Slow" })
    #expect(row.facts.flags == [.firing, .silenced, .inhibited])
    #expect(row.state == .silenced)
    #expect(row.facts.inhibitedBy == ["Down", "0123456789abcdef"])
    #expect(row.muting?.id == "s")
    #expect(row.acknowledgement == nil)
  }

  @Test("A silence whose comment begins with ACK! is its author's acknowledgement")
  mutating func karma() throws {
    let comment = "ACK! This alert was acknowledged using karma on Fri"
    let report = desk.alertmanager(
      [desk.alert("A", silencedBy: ["k"])],
      silences: [desk.silence("k", by: "karma", comment: comment)])
    let row = try #require(desk.list([report]).first)
    #expect(row.facts.flags == [.firing, .acknowledged])
    #expect(row.acknowledgement?.by == "karma")
    #expect(
      row.acknowledgement?.comment == "This alert was acknowledged using karma on Fri")
    #expect(row.acknowledgement?.until == desk.start + .seconds(3600))
    #expect(row.acknowledgement?.delivery == .confirmed)
    #expect(row.acknowledgement?.requestID == nil)
  }

  @Test("Silenced besides acknowledged, and silenced by what is not listed, is silenced as well")
  mutating func both() {
    let silences = [
      desk.silence("k", comment: "ACK! x"), desk.silence("s", comment: "works"),
    ]
    let list = desk.list([
      desk.alertmanager(
        [desk.alert("A", silencedBy: ["k", "s"]), desk.alert("B", silencedBy: ["?"])],
        silences: silences)
    ])
    #expect(
      list.map(\.facts.flags) == [[.firing, .silenced], [.firing, .acknowledged, .silenced]]
        || list.map(\.facts.flags) == [[.firing, .acknowledged, .silenced], [.firing, .silenced]])
  }

  @Test(
    "One's own acknowledgement shows as far as it has come",
    arguments: [
      (ActionRecord.State.queued, Acknowledgement.Delivery.queued), (.sent, .sent),
      (.confirmed, .confirmed),
    ])
  mutating func own(state: ActionRecord.State, delivery: Acknowledgement.Delivery) throws {
    let alert = desk.alert("A", silencedBy: ["k"])
    let report = desk.alertmanager(
      [alert], silences: [desk.silence("k", by: "karma", comment: "ACK! x")])
    let record = desk.record(of: alert, state: state, reason: "am is busy")
    let row = try #require(desk.list([report], records: [record]).first)
    #expect(row.state == .acknowledged)
    #expect(row.acknowledgement?.by == "ada")
    #expect(row.acknowledgement?.comment == "on it")
    #expect(row.acknowledgement?.delivery == delivery)
    #expect(row.acknowledgement?.trouble == "am is busy")
    #expect(row.acknowledgement?.requestID == "r-1")
  }

  @Test("One that failed is shown, and the alert wants attention still; another's counts more")
  mutating func failed() throws {
    let alert = desk.alert("A")
    let record = desk.record(of: alert, state: .failed, reason: "am says no")
    let row = try #require(desk.list([desk.alertmanager([alert])], records: [record]).first)
    #expect(row.acknowledgement?.delivery == .failed)
    #expect(row.state == .firing)
    #expect(row.isUnattended)
    let silenced = desk.alertmanager(
      [desk.alert("A", silencedBy: ["k"])],
      silences: [desk.silence("k", by: "karma", comment: "ACK! x")])
    let other = try #require(desk.list([silenced], records: [record]).first)
    #expect(other.state == .acknowledged)
    #expect(other.acknowledgement?.by == "karma")
  }

  @Test("What is being taken back is not acknowledged any more")
  mutating func undone() throws {
    let alert = desk.alert("A")
    let record = desk.record(of: alert, state: .confirmed)
    guard case .acknowledge(let target, _) = record.request.action else { return }
    let undo = ActionRecord(
      ActionRequest(
        id: "r-2", at: desk.start, actor: "ada", action: .unacknowledge("r-1", target)))
    let list = desk.list([desk.alertmanager([alert])], records: [record, undo])
    #expect(list.map(\.acknowledgement) == [nil])
    #expect(list.map(\.state) == [.firing])
  }

  @Test("PagerDuty's acknowledgement counts before a silence, one's own before both")
  mutating func pagerDuty() throws {
    let alert = desk.alert("A", silencedBy: ["k"])
    let reports = [
      desk.alertmanager(
        [alert], silences: [desk.silence("k", by: "karma", comment: "ACK! x")]),
      desk.pagerDuty([desk.incident(acknowledgedBy: "Bo", labels: [alert.labels])]),
    ]
    #expect(desk.list(reports).first?.acknowledgement?.by == "Bo")
    let record = desk.record(of: alert, state: .sent)
    #expect(desk.list(reports, records: [record]).first?.acknowledgement?.by == "ada")
  }

  @Test("The watchdog is hidden, another alert of its name is not")
  mutating func watchdog() {
    let list = desk.list([
      desk.alertmanager(["eu", "us"].map { desk.alert("Watchdog", ["region": $0]) })
    ])
    #expect(list.map { $0.labels["region"] } == ["us"])
  }

  @Test("Most urgent first: severity, then what wants attention, then the newest, ended ones last")
  mutating func order() {
    let page = ["severity": "page"]
    let gone = desk.alert("gone", page)
    _ = desk.list([desk.alertmanager([gone])])
    let list = desk.list(
      [
        desk.alertmanager(
          [
            desk.alert("info"), desk.alert("old", page, since: .seconds(60)),
            desk.alert("new", page), desk.alert("muted", page, silencedBy: ["s"]),
            desk.alert("ticket", ["severity": "warning"]),
          ], silences: [desk.silence("s", comment: "works")]),
        desk.prometheus([desk.alert("pending", page, by: "prom", pending: true)]),
      ], after: .seconds(15))
    #expect(
      list.map(\.name) == ["new", "old", "pending", "muted", "ticket", "info", "gone"])
  }
}
