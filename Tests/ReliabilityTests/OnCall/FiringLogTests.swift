import Reliability
import Testing

@Suite("What begins to fire and ends")
struct FiringLogTests {
  private static let start = Timestamp(milliseconds: 1_795_269_600_000)
  private static let id = Alert.ID(cluster: "am", fingerprint: "a")

  private func alert(
    _ flags: Set<Alert.State> = [.firing], severity: Severity = .page, startsAt: Timestamp = start,
    labels: [String: String] = [:], resolvedAt: Timestamp? = nil,
    acknowledgement: Acknowledgement? = nil
  ) -> Alert {
    Alert(
      Alert.Facts(
        id: Self.id, labels: LabelSet(labels.merging(["alertname": "A"]) { $1 }),
        severity: severity, service: "checkout", team: "shop", flags: flags, startsAt: startsAt,
        resolvedAt: resolvedAt, acknowledgement: acknowledgement))
  }

  private func snapshot(
    _ alerts: [Alert], after seconds: Int64 = 0, silent: [String] = []
  ) -> AlertSnapshot {
    AlertSnapshot(at: Self.start + .seconds(seconds), alerts: alerts, silentSources: silent)
  }

  @Test(
    "A page is noted when it begins, when somebody has it, and when it is over; in between never")
  func life() throws {
    var log = FiringLog(of: ["am"])
    let began = log.changes(with: snapshot([alert()]), paged: { _ in "ines" }).firings
    #expect(began.map(\.paged) == ["ines"] && began.first?.team == "shop")
    #expect(log.changes(with: snapshot([alert()], after: 15), paged: { _ in "tom" }).isEmpty)
    let ack = Acknowledgement(
      by: "mei", at: Self.start + .seconds(20), until: nil, comment: "", delivery: .queued)
    let acked = alert([.firing, .acknowledged], acknowledgement: ack)
    let taken = log.changes(with: snapshot([acked], after: 30), paged: { _ in nil }).firings
    #expect(taken.first?.acknowledgedBy == "mei")
    #expect(taken.first?.timeToAcknowledge == .seconds(20))
    // The acknowledgement that ends does not undo that somebody had it.
    #expect(log.changes(with: snapshot([alert()], after: 40), paged: { _ in nil }).isEmpty)
    let gone = alert([.resolved], resolvedAt: Self.start + .seconds(58))
    let over = log.changes(with: snapshot([gone], after: 60), paged: { _ in nil }).firings
    #expect(over.map(\.endsAt) == [Self.start + .seconds(58)] && over.first?.isEndSeen == true)
    #expect(over.first?.acknowledgedBy == "mei")
    #expect(log.changes(with: snapshot([gone], after: 75), paged: { _ in nil }).isEmpty)
    #expect(log.changes(with: snapshot([], after: 999), paged: { _ in nil }).isEmpty)
  }

  @Test("What is gone without an end has become part of another alert, and is noted there only")
  func joined() {
    var log = FiringLog(of: ["am"])
    _ = log.changes(with: snapshot([alert()]), paged: { _ in nil })
    let changes = log.changes(with: snapshot([], after: 15), paged: { _ in nil })
    #expect(changes.firings == [])
    #expect(changes.dropped == [Firing.ID(alert: Self.id, startsAt: Self.start)])
  }

  @Test("Alerts of sources that call nobody here are not noted, and not ended either")
  func others() {
    let known = Firing(
      id: Firing.ID(alert: Self.id, startsAt: Self.start), name: "A", severity: .page)
    var log = FiringLog(of: ["elsewhere"], open: [known])
    #expect(log.changes(with: snapshot([alert()]), paged: { _ in nil }).isEmpty)
    #expect(log.changes(with: snapshot([], after: 99), paged: { _ in nil }).isEmpty)
  }

  @Test("An end that a source tells counts to the second")
  func resolved() {
    var log = FiringLog(of: ["am"])
    _ = log.changes(with: snapshot([alert()]), paged: { _ in nil })
    let gone = alert([.resolved], resolvedAt: Self.start + .seconds(33))
    let over = log.changes(with: snapshot([gone], after: 60), paged: { _ in nil }).firings
    #expect(over.map(\.endsAt) == [Self.start + .seconds(33)])
  }

  @Test("What is muted calls nobody, and from when it is loud; what is muted later has called")
  func muted() {
    for flags: Set<Alert.State> in [[.firing, .silenced], [.firing, .inhibited]] {
      var log = FiringLog(of: ["am"])
      #expect(log.changes(with: snapshot([alert(flags)]), paged: { _ in nil }).isEmpty)
      let loud = log.changes(with: snapshot([alert()], after: 900), paged: { _ in nil }).firings
      #expect(loud.map(\.calledAt) == [Self.start + .seconds(900)])
      #expect(loud.map(\.id.startsAt) == [Self.start])
      #expect(
        log.changes(with: snapshot([alert(flags)], after: 915), paged: { _ in nil }).isEmpty)
    }
  }

  @Test("Infos and what is only pending are not noted", arguments: [Severity.info, .page])
  func quiet(_ severity: Severity) {
    var log = FiringLog(of: ["am"])
    let alert = alert(severity == .info ? [.firing] : [.pending], severity: severity)
    #expect(log.changes(with: snapshot([alert]), paged: { _ in nil }).isEmpty)
  }

  @Test("While a source is silent nothing begins at the start, but for a minute only")
  func silence() {
    var log = FiringLog(of: ["am"])
    #expect(log.changes(with: snapshot([alert()], silent: ["b"]), paged: { _ in nil }).isEmpty)
    let late = snapshot([alert()], after: 61, silent: ["b"])
    #expect(log.changes(with: late, paged: { _ in nil }).firings.count == 1)
  }

  @Test("One that ends and begins anew between two looks is two")
  func again() {
    var log = FiringLog(of: ["am"])
    _ = log.changes(with: snapshot([alert()]), paged: { _ in nil })
    let later = Self.start + .seconds(300)
    let changes = log.changes(
      with: snapshot([alert(startsAt: later)], after: 310), paged: { _ in nil }
    ).firings
    #expect(changes.map(\.endsAt) == [later, nil])
    #expect(changes.map(\.id.startsAt) == [Self.start, later])
  }

  @Test("What an earlier process saw begin ends here")
  func inherited() {
    let known = Firing(
      id: Firing.ID(alert: Self.id, startsAt: Self.start), name: "A", severity: .page,
      paged: "ines")
    var log = FiringLog(of: ["am"], open: [known])
    // Not while something keeps the list from being all there is.
    let unsure = AlertSnapshot(
      at: Self.start, alerts: [], gaps: ["am was started just now"], silentSources: [])
    #expect(log.changes(with: unsure, paged: { _ in nil }).isEmpty)
    let over = log.changes(with: snapshot([], after: 5), paged: { _ in nil }).firings
    #expect(over.map(\.paged) == ["ines"] && over.map(\.endsAt) == [Self.start + .seconds(5)])
    #expect(over.first?.isEndSeen == false)
  }

  @Test(
    "The first degree is known by the labels severity and priority",
    arguments: [
      (["severity": "SEV1"], true), (["priority": "P1"], true), (["severity": "sev-1"], true),
      (["severity": "critical"], false), (["priority": "P2"], false),
    ])
  func major(_ labels: [String: String], _ isMajor: Bool) {
    var log = FiringLog(of: ["am"])
    let changes = log.changes(with: snapshot([alert(labels: labels)]), paged: { _ in nil }).firings
    #expect(changes.first?.isMajor == isMajor)
  }
}
