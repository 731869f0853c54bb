import Operations
import Reliability
import TestSupport
import Testing

@Suite("Ends of alerts that Prometheus tells")
struct PrometheusEndTests {
  private let office: Office
  private let outbox: Outbox

  init() throws {
    office = try Office()
    outbox = office.outbox()
  }

  private enum Word {
    case firing, pending, inactive, unevaluated, broken, silent
  }

  private func tell(_ word: Word, from server: String = "prom") async {
    let labels = LabelSet(["alertname": "Disk1"])
    let rule = AlertRule(
      name: "Disk1", query: "1", labels: LabelSet([:]), failure: word == .broken ? "no" : nil)
    let alert = ReportedAlert(
      cluster: server, fingerprint: "p", labels: labels, isPending: word == .pending,
      startsAt: office.start)
    let isOn = word == .firing || word == .pending
    let report = AlertReport(
      alerts: isOn ? [alert] : [], isAuthoritative: word != .unevaluated, rules: [rule])
    await outbox.note(
      word == .silent ? .failure(.unavailable("gone")) : .success(report), from: server)
    await outbox.workOff()
  }

  /// Acknowledges an alert that Prometheus calls active.
  private func acknowledge() async throws {
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await outbox.note(labels: office.labels(1), of: record.id)
    await tell(.firing)
    office.clock.advance(by: .seconds(15))
    await office.look(outbox)
  }

  private var isStanding: Bool {
    get async { await office.backend.living.count == 1 }
  }

  @Test("An acknowledgement ends at once when Prometheus, which had said active, says inactive")
  func inactive() async throws {
    try await acknowledge()
    await tell(.inactive)
    #expect(await !isStanding)
    #expect(office.sentences.all == ["Disk1: the alert has ended."])
  }

  @Test("A server that never called it active ends nothing")
  func neverActive() async throws {
    let record = try await outbox.submit(office.acknowledgement())
    await outbox.workOff()
    await outbox.note(labels: office.labels(1), of: record.id)
    await office.look(outbox)
    await tell(.inactive)
    #expect(await isStanding)
  }

  @Test("A server that started anew, is silent, or cannot evaluate the rule ends nothing")
  func unsure() async throws {
    try await acknowledge()
    for word in [Word.pending, .unevaluated, .broken, .silent] {
      await tell(word)
      #expect(await isStanding)
    }
    await tell(.inactive)
    #expect(await !isStanding)
  }

  @Test("Of several servers with the rule all must say so")
  func several() async throws {
    try await acknowledge()
    await tell(.inactive, from: "other")
    #expect(await isStanding)
    await tell(.silent)
    #expect(await isStanding)
    await tell(.inactive)
    #expect(await !isStanding)
  }

  @Test("While Alertmanager is silent the end waits for it")
  func waiting() async throws {
    try await acknowledge()
    await office.lookInVain(outbox)
    await tell(.inactive)
    #expect(await isStanding)
    #expect(await office.backend.calls.count == 1)
    await office.look(outbox)
    #expect(await !isStanding)
  }
}
