import Reliability
import TestSupport
import Testing

@testable import Operations

@Suite("Joining what sources say of alerts")
struct JoiningTests {
  private var desk: AssemblyDesk

  init() throws { desk = try AssemblyDesk() }

  @Test("Prometheus's alert is Alertmanager's when its labels are a part; Alertmanager names it")
  mutating func subset() throws {
    let list = desk.list([
      desk.prometheus([desk.alert("Disk", ["host": "a"], by: "prom", since: .seconds(900))]),
      desk.alertmanager([
        desk.alert("Disk", ["host": "a", "region": "eu"], since: .seconds(60))
      ]),
    ])
    let alert = try #require(list.first)
    #expect(list.count == 1)
    #expect(alert.id.cluster == "am")
    #expect(alert.labels["region"] == "eu")
    #expect(alert.startsAt == desk.start - .seconds(60))
    #expect(alert.facts.sources == ["am", "prom"])
  }

  @Test("Other values and other names are other alerts")
  mutating func others() {
    let list = desk.list([
      desk.alertmanager([desk.alert("Disk", ["host": "a"])]),
      desk.prometheus([
        desk.alert("Disk", ["host": "b"], by: "prom"), desk.alert("Load", by: "prom"),
      ]),
    ])
    #expect(list.count == 3)
    #expect(list.allSatisfy { $0.facts.sources.count == 1 })
  }

  @Test("What is pending comes from Prometheus only, beside what fires")
  mutating func pending() {
    let list = desk.list([
      desk.alertmanager([desk.alert("Disk", ["host": "a"])]),
      desk.prometheus([desk.alert("Disk", ["host": "a"], by: "prom", pending: true)]),
    ])
    #expect(list.map(\.state) == [.firing, .pending])
  }

  @Test("Two servers that tell the same alert make one row, whatever replica they call themselves")
  mutating func replicas() throws {
    let list = desk.list(
      ["prom-a", "prom-b"].map { name in
        desk.prometheus(
          [desk.alert("Disk", ["host": "a", "prometheus_replica": name], by: name)], name: name)
      })
    #expect(list.count == 1)
    #expect(list.first?.id.cluster == "prom-a")
    #expect(list.first?.facts.sources == ["prom-a", "prom-b"])
  }

  @Test("Alerts of one server that differ in their pods only stay two")
  mutating func pods() {
    let list = desk.list([
      desk.prometheus(["x", "y"].map { desk.alert("Crash", ["pod": $0], by: "prom") })
    ])
    #expect(list.count == 2)
  }

  @Test("The same alert in two Alertmanagers that are no cluster is two")
  mutating func clusters() {
    let list = desk.list(
      ["am", "us"].map { desk.alertmanager([desk.alert("Disk", by: $0)], name: $0) })
    #expect(list.map(\.id.cluster) == ["am", "us"])
  }

  @Test("An incident belongs to the alerts whose labels it carries")
  mutating func incident() throws {
    let alert = desk.alert("Disk", ["host": "a"])
    let incident = desk.incident(acknowledgedBy: "Bo", labels: [alert.labels, alert.labels])
    let list = desk.list([desk.alertmanager([alert]), desk.pagerDuty([incident])])
    let row = try #require(list.first)
    #expect(list.count == 1)
    #expect(row.facts.incident?.id == "Q1")
    #expect(row.facts.incident?.source == "pd")
    #expect(row.facts.sources == ["am", "pd"])
    #expect(row.state == .acknowledged)
    #expect(row.acknowledgement?.by == "Bo")
    #expect(row.acknowledgement?.until == desk.start + .seconds(1800))
  }

  @Test("An incident that carries no labels of an alert stands for itself")
  mutating func aloneIncident() throws {
    let list = desk.list([
      desk.alertmanager([desk.alert("Disk")]),
      desk.pagerDuty([desk.incident(labels: [LabelSet(["alertname": "Load"])])]),
    ])
    let row = try #require(list.first { $0.id.cluster == "pd" })
    #expect(list.count == 2)
    #expect(row.id.fingerprint == "pd:Q1")
    #expect(row.facts.incident?.source == "pd")
    #expect(row.state == .firing)
  }

  @Test("What Prometheus told first and Alertmanager tells then is one row that never resolved")
  mutating func handedOn() {
    let early = desk.prometheus([desk.alert("Disk", ["host": "a"], by: "prom")])
    #expect(desk.list([desk.alertmanager([]), early]).map(\.id.cluster) == ["prom"])
    let later = desk.alertmanager([desk.alert("Disk", ["host": "a", "region": "eu"])])
    let list = desk.list([later, early], after: .seconds(15))
    #expect(list.map(\.id.cluster) == ["am"])
    #expect(list.map(\.state) == [.firing])
  }

  @Test("While an Alertmanager has only just started, Prometheus's word keeps its rows")
  mutating func restarted() {
    let told = desk.prometheus([desk.alert("Disk", by: "prom")])
    let alert = desk.alert("Disk", ["region": "eu"])
    _ = desk.list([desk.alertmanager([alert]), told])
    let list = desk.list([desk.alertmanager([]), told], silent: ["am"], after: .seconds(15))
    #expect(list.map(\.id) == [alert.id])
    #expect(list.map(\.state) == [.firing])
  }

  @Test("The last word of a silent Prometheus does not bring back what Alertmanager ended")
  mutating func silentPrometheus() {
    let told = desk.prometheus([desk.alert("Disk", by: "prom")])
    _ = desk.list([desk.alertmanager([desk.alert("Disk", ["region": "eu"])]), told])
    let list = desk.list([desk.alertmanager([]), told], silent: ["prom"], after: .seconds(15))
    #expect(list.map(\.id.cluster) == ["am"])
    #expect(list.map(\.state) == [.resolved])
  }
}
