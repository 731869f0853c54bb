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
    var log = FiringLog()
    let began = log.changes(with: snapshot([alert()]), paged: { _ in "ines" })
    #expect(began.map(\.paged) == ["ines"] && began.first?.team == "shop")
    #expect(log.changes(with: snapshot([alert()], after: 15), paged: { _ in "tom" }).isEmpty)
    let ack = Acknowledgement(
      by: "mei", at: Self.start + .seconds(20), until: nil, comment: "", delivery: .queued)
    let acked = alert([.firing, .acknowledged], acknowledgement: ack)
    let taken = log.changes(with: snapshot([acked], after: 30), paged: { _ in nil })
    #expect(taken.first?.acknowledgedBy == "mei")
    #expect(taken.first?.timeToAcknowledge == .seconds(20))
    // The acknowledgement that ends does not undo that somebody had it.
    #expect(log.changes(with: snapshot([alert()], after: 40), paged: { _ in nil }).isEmpty)
    let over = log.changes(with: snapshot([], after: 60), paged: { _ in nil })
    #expect(over.map(\.endsAt) == [Self.start + .seconds(60)])
    #expect(over.first?.acknowledgedBy == "mei")
    #expect(log.changes(with: snapshot([], after: 75), paged: { _ in nil }).isEmpty)
  }

  @Test("An end that a source tells counts to the second")
  func resolved() {
    var log = FiringLog()
    _ = log.changes(with: snapshot([alert()]), paged: { _ in nil })
    let gone = alert([.resolved], resolvedAt: Self.start + .seconds(33))
    let over = log.changes(with: snapshot([gone], after: 60), paged: { _ in nil })
    #expect(over.map(\.endsAt) == [Self.start + .seconds(33)])
  }

  @Test("What is muted from the start has called nobody; what is muted later has")
  func muted() {
    for flags: Set<Alert.State> in [[.firing, .silenced], [.firing, .inhibited]] {
      var log = FiringLog()
      #expect(log.changes(with: snapshot([alert(flags)]), paged: { _ in nil }).isEmpty)
      #expect(log.changes(with: snapshot([alert()], after: 9), paged: { _ in nil }).count == 1)
      #expect(log.changes(with: snapshot([alert(flags)], after: 15), paged: { _ in nil }).isEmpty)
    }
  }

  @Test("Infos and what is only pending are not noted", arguments: [Severity.info, .page])
  func quiet(_ severity: Severity) {
    var log = FiringLog()
    let alert = alert(severity == .info ? [.firing] : [.pending], severity: severity)
    #expect(log.changes(with: snapshot([alert]), paged: { _ in nil }).isEmpty)
  }

  @Test("While a source is silent nothing ends, and at the start nothing begins for a minute")
  func silence() {
    var log = FiringLog()
    #expect(log.changes(with: snapshot([alert()], silent: ["b"]), paged: { _ in nil }).isEmpty)
    #expect(
      log.changes(with: snapshot([alert()], after: 61, silent: ["b"]), paged: { _ in nil }).count
        == 1)
    #expect(log.changes(with: snapshot([], after: 70, silent: ["b"]), paged: { _ in nil }).isEmpty)
    #expect(log.changes(with: snapshot([], after: 80), paged: { _ in nil }).count == 1)
  }

  @Test("One that ends and begins anew between two looks is two")
  func again() {
    var log = FiringLog()
    _ = log.changes(with: snapshot([alert()]), paged: { _ in nil })
    let later = Self.start + .seconds(300)
    let changes = log.changes(
      with: snapshot([alert(startsAt: later)], after: 310), paged: { _ in nil })
    #expect(changes.map(\.endsAt) == [later, nil])
    #expect(changes.map(\.id.startsAt) == [Self.start, later])
  }

  @Test("What an earlier process saw begin ends here")
  func inherited() {
    let known = Firing(
      id: Firing.ID(alert: Self.id, startsAt: Self.start), name: "A", severity: .page,
      paged: "ines")
    var log = FiringLog(open: [known])
    let over = log.changes(with: snapshot([], after: 5), paged: { _ in nil })
    #expect(over.map(\.paged) == ["ines"] && over.map(\.endsAt) == [Self.start + .seconds(5)])
  }

  @Test(
    "The first degree is known by the labels severity and priority",
    arguments: [
      (["severity": "SEV1"], true), (["priority": "P1"], true), (["severity": "sev-1"], true),
      (["severity": "critical"], false), (["priority": "P2"], false),
    ])
  func major(_ labels: [String: String], _ isMajor: Bool) {
    var log = FiringLog()
    let changes = log.changes(with: snapshot([alert(labels: labels)]), paged: { _ in nil })
    #expect(changes.first?.isMajor == isMajor)
  }
}
