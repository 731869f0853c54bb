import Reliability
import TestSupport
import Testing

@testable import Operations

@Suite("Alerts that are gone, and alerts that stay")
struct GoneAlertTests {
  private var desk: AssemblyDesk

  init() throws { desk = try AssemblyDesk() }

  @Test("What is gone has resolved just now, for five minutes, without its acknowledgement")
  mutating func resolved() throws {
    let alert = desk.alert("A")
    _ = desk.list(
      [desk.alertmanager([alert])], records: [desk.record(of: alert, state: .confirmed)])
    let gone = try #require(desk.list([desk.alertmanager([])], after: .seconds(15)).first)
    #expect(gone.state == .resolved)
    #expect(gone.facts.resolvedAt == desk.start + .seconds(15))
    #expect(gone.acknowledgement == nil)
    #expect(desk.list([desk.alertmanager([])], after: .seconds(314)) == [gone])
    #expect(desk.list([desk.alertmanager([])], after: .seconds(315)).isEmpty)
  }

  @Test("While its source is silent or does not know all it is kept as it was")
  mutating func silent() {
    let list = desk.list([desk.alertmanager([desk.alert("A")])])
    for second in [15, 1000] {
      #expect(
        desk.list([desk.alertmanager([])], silent: ["am"], after: .seconds(second)) == list)
    }
    #expect(
      desk.list([desk.alertmanager([])], after: .seconds(1015)).map(\.state) == [.resolved])
  }

  @Test("A silent source keeps no alert of another")
  mutating func otherSource() {
    _ = desk.list([desk.alertmanager([desk.alert("A")])])
    let list = desk.list(
      [desk.alertmanager([])], silent: ["pd", "prom"], after: .seconds(15))
    #expect(list.map(\.state) == [.resolved])
  }

  @Test("What only threatened is gone without a word")
  mutating func pending() {
    _ = desk.list([desk.prometheus([desk.alert("A", by: "prom", pending: true)])])
    #expect(desk.list([desk.prometheus([])], after: .seconds(15)).isEmpty)
  }

  @Test("It remembers when it was first seen; one that comes back is new")
  mutating func firstSeen() {
    let report = desk.alertmanager([desk.alert("A", since: .seconds(600))])
    #expect(desk.list([report]).map(\.facts.firstSeenAt) == [desk.start])
    #expect(
      desk.list([report], after: .seconds(60)).map(\.facts.firstSeenAt) == [desk.start])
    _ = desk.list([desk.alertmanager([])], after: .seconds(75))
    let back = desk.list([report], after: .seconds(90))
    #expect(back.map(\.facts.firstSeenAt) == [desk.start + .seconds(90)])
    #expect(back.map(\.state) == [.firing])
  }

  @Test("An assembly that takes over knows what the one before knew")
  mutating func inherited() {
    let list = desk.list([desk.alertmanager([desk.alert("A")])])
    var next = AlertAssembly(
      settings: AlertSettings(), slos: [], inheriting: desk.assembly.previous)
    let later = desk.start + .seconds(60)
    #expect(
      next.alerts(from: [], local: [], records: [], silent: ["am"], at: later) == list)
    let report = desk.alertmanager([desk.alert("A")])
    #expect(next.alerts(from: [report], local: [], records: [], at: later) == list)
  }
}
