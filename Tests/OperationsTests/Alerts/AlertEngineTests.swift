import Reliability
import Synchronization
import TestSupport
import Testing

@testable import Operations

@Suite("The engine of alerts", .timeLimit(.minutes(1)))
struct AlertEngineTests {
  private let office: Office
  private let am: FakeAlertSource
  private let prom = FakeAlertSource("prom")
  private let pd = FakeAlertSource("pd")
  private let news = AlertNews()

  init() throws {
    office = try Office()
    am = FakeAlertSource("am")
  }

  private func engine(
    watchdog: String? = nil, slos: [SLO] = [], inheriting memory: [Alert.ID: Alert] = [:]
  ) -> AlertEngine {
    let watchdog = watchdog.map { AlertSettings.Watchdog(alert: $0) }
    let sources: [(FakeAlertSource, SourceSettings.Kind)] = [
      (am, .alertmanager), (prom, .prometheus), (pd, .pagerduty),
    ]
    return AlertEngine(
      subscriptions: sources.map { source, kind in
        AlertEngine.Subscription(source: source, kind: kind, refresh: .seconds(15))
      },
      settings: AlertSettings(watchdog: watchdog), slos: slos,
      setup: Outbox.Setup(
        gate: ActionGate(), actor: "ada", owner: "p-1", duration: .seconds(900),
        makeID: { "r-1" }),
      journal: office.journal, backends: [office.backend], clock: office.clock,
      inheriting: memory, publish: news.take)
  }

  @Test("All sources are asked, and what they say is one list with silences and counts")
  func asking() async throws {
    let alert = office.alert(1)
    let silence = Silence(
      id: "s", cluster: "am", matchers: [], startsAt: office.start, endsAt: office.start,
      updatedAt: office.start, createdBy: "bob", comment: "works", state: .active)
    let muted = ReportedAlert(
      cluster: "am", fingerprint: "f-2", labels: office.labels(2), startsAt: office.start,
      silencedBy: ["s"])
    let incident = ReportedAlert.Incident(
      id: "Q1", number: 1, isHighUrgency: true, alertLabels: [alert.labels])
    await am.say(
      AlertReport(alerts: [alert, muted], silences: [silence.changed(id: "t"), silence]))
    await prom.say(
      AlertReport(alerts: [
        ReportedAlert(
          cluster: "prom", fingerprint: "p", labels: office.labels(1), startsAt: office.start)
      ]))
    await pd.say(
      AlertReport(alerts: [
        ReportedAlert(
          cluster: "pd", fingerprint: "pd:Q1", labels: LabelSet([:]), startsAt: office.start,
          incident: incident)
      ]))
    let snapshot = await engine().askAll()
    #expect(snapshot.alerts.map(\.name) == ["Disk1", "Disk2"])
    #expect(snapshot.alerts.first?.facts.sources == ["am", "pd", "prom"])
    #expect(snapshot.silences.map(\.id) == ["s", "t"])
    #expect(snapshot.mutedCounts == [silence.key: 1])
    #expect(snapshot.gaps.isEmpty)
    #expect(snapshot.watchdog == .unconfigured)
    #expect(snapshot.lastFired == office.start)
    #expect(snapshot.sources.map(\.name) == ["am", "prom", "pd"])
    #expect(news.snapshots.last == snapshot)
  }

  @Test("Only news is published, and no snapshot is older than the one before")
  func quiet() async throws {
    let engine = engine()
    await am.say(AlertReport(alerts: []))
    await engine.askAll()
    let count = news.snapshots.count
    for _ in 0..<3 {
      office.clock.advance(by: .seconds(15))
      await engine.askAll()
    }
    #expect(news.snapshots.count == count)
    #expect(await engine.snapshot.at == office.clock.now)
    await am.say(AlertReport(alerts: [office.alert(1)]))
    await engine.askAll()
    #expect(news.snapshots.count == count + 1)
    let times = news.snapshots.map(\.at)
    #expect(times == times.sorted())
  }

  @Test("What keeps the list from being all there is stands beside it in words")
  func gaps() async throws {
    let engine = engine()
    await engine.note([])
    #expect(
      await engine.snapshot.gaps == [
        "am has not answered yet", "prom has not answered yet", "pd has not answered yet",
      ])
    await am.say(AlertReport(alerts: [], remarks: ["am-2 has only just started"]))
    await prom.fail("no way to prom")
    await engine.askAll()
    office.clock.advance(by: .seconds(15))
    await engine.askAll()
    #expect(
      await engine.snapshot.gaps == [
        "am: am-2 has only just started", "prom is silent since 12:00:00 UTC: no way to prom",
      ])
    await prom.say(AlertReport(alerts: []))
    await engine.askAll()
    #expect(await engine.snapshot.gaps == ["am: am-2 has only just started"])
  }

  @Test("What a silent source or one that has just started said goes on; then it has resolved")
  func silence() async throws {
    let engine = engine()
    await am.say(AlertReport(alerts: [office.alert(1)]))
    await engine.askAll()
    await am.fail("down")
    #expect(await engine.askAll().alerts.map(\.state) == [.firing])
    await am.say(AlertReport(alerts: [], isAuthoritative: false))
    #expect(await engine.askAll().alerts.map(\.state) == [.firing])
    await pd.fail("down")
    await am.say(AlertReport(alerts: []))
    #expect(await engine.askAll().alerts.map(\.state) == [.resolved])
  }

  @Test("The watchdog is awaited until all were heard, fires, and is missing since an instant")
  func watchdog() async throws {
    let engine = engine(watchdog: "Dead")
    let dead = ReportedAlert(
      cluster: "am", fingerprint: "d", labels: LabelSet(["alertname": "Dead"]),
      startsAt: office.start)
    await prom.fail("down")
    #expect(await engine.askAll().watchdog == .awaited("Dead"))
    await am.say(AlertReport(alerts: [dead]))
    let firing = await engine.askAll()
    #expect(firing.watchdog == .firing("Dead"))
    #expect(firing.alerts.isEmpty)
    #expect(firing.lastFired == nil)
    await prom.say(AlertReport(alerts: []))
    await am.say(AlertReport(alerts: []))
    #expect(await engine.askAll().watchdog == .missing("Dead", since: office.start))
    office.clock.advance(by: .seconds(60))
    #expect(await engine.askAll().watchdog == .missing("Dead", since: office.start))
    await am.fail("down")
    #expect(await engine.askAll().watchdog == .missing("Dead", since: office.start))
    await am.say(AlertReport(alerts: [dead]))
    #expect(await engine.askAll().watchdog == .firing("Dead"))
  }

  @Test("burnwatch's own alerts are there where no rule watches the SLO, and end with the burn")
  func local() async throws {
    let slo = try SLO.sample()
    let engine = engine(slos: [slo])
    await engine.askAll()
    await engine.note([try .burning([true, false, false, false], slo: slo)])
    #expect(await engine.snapshot.alerts.map(\.facts.slo) == [slo.id])
    #expect(await engine.snapshot.alerts.map(\.facts.sources) == [["local"]])
    let rule = AlertRule(
      name: "Burn", query: "1", labels: LabelSet(["burnwatch_id": slo.id]))
    await prom.say(AlertReport(alerts: [], rules: [rule]))
    #expect(await engine.askAll().alerts.map(\.state) == [.resolved])
    await prom.say(AlertReport(alerts: [], rules: []))
    #expect(await engine.askAll().alerts.map(\.state) == [.firing])
    await engine.note([try .burning([false, false, false, false], slo: slo)])
    #expect(await engine.snapshot.alerts.map(\.state) == [.resolved])
  }

  @Test("An acknowledgement of burnwatch's own alert ends with it, not while figures are missing")
  func localAcknowledgement() async throws {
    let slo = try SLO.sample()
    let engine = engine(slos: [slo])
    await engine.note([try .burning([true, false, false, false], slo: slo)])
    let alert = try #require(await engine.snapshot.alerts.first)
    let plan = AcknowledgementPlan(
      [alert], among: [alert], comment: "", settings: AlertSettings(), clusters: ["am"])
    try await engine.outbox.submit(try #require(plan.actions.first))
    await engine.outbox.workOff()
    await engine.noteRecords()
    #expect(await engine.snapshot.alerts.map(\.state) == [.acknowledged])
    for rows in [[nil, nil, nil, nil], [true, nil, nil, nil]] as [[Bool?]] {
      await engine.note([try .burning(rows, slo: slo)])
      await engine.outbox.workOff()
      #expect(await engine.snapshot.alerts.map(\.state) == [.acknowledged])
    }
    await engine.note([try .burning([false, false, false, false], slo: slo)])
    await engine.outbox.workOff()
    #expect(await engine.outbox.records.isEmpty)
  }

  @Test("What the journal knows is on the rows, and its trouble beside them")
  func records() async throws {
    let engine = engine()
    await am.say(AlertReport(alerts: [office.alert(1)]))
    await engine.askAll()
    let record = try await engine.outbox.submit(office.acknowledgement(comment: "mine"))
    await engine.noteRecords()
    var snapshot = await engine.snapshot
    #expect(snapshot.actions == [record])
    #expect(snapshot.alerts.map(\.acknowledgement?.delivery) == [.queued])
    await office.journal.failNext(1, with: .full(path: "j.db"))
    await engine.outbox.workOff()
    await engine.noteRecords()
    snapshot = await engine.snapshot
    #expect(snapshot.journalTrouble == "the disk of the journal j.db is full; make room")
  }

  @Test("Running, a submitted acknowledgement is sent and looked for until it is confirmed")
  func running() async throws {
    let backend = office.backend
    let alert = office.alert(1)
    await am.say { await backend.report([alert]) }
    let engine = engine()
    let task = Task { await engine.run() }
    while await engine.snapshot.alerts.isEmpty { await Task.yield() }
    try await engine.outbox.submit(office.acknowledgement())
    while await engine.snapshot.alerts.first?.acknowledgement?.delivery != .confirmed {
      await Task.yield()
    }
    #expect(await backend.creations == 1)
    #expect(office.clock.now == office.start)
    task.cancel()
    await task.value
  }

  @Test("Running, it tells what became of requests as sentences")
  func sentences() async throws {
    await office.backend.answer(with: .refused(reason: "am says no"))
    await am.say(AlertReport(alerts: [office.alert(1)]))
    let engine = engine()
    let task = Task { await engine.run() }
    try await engine.outbox.submit(office.acknowledgement())
    while news.sentences.isEmpty { await Task.yield() }
    #expect(news.sentences == ["Disk1: am says no."])
    task.cancel()
    await task.value
  }

  @Test("An engine that takes over begins with what the one before knew")
  func takingOver() async throws {
    await am.say(AlertReport(alerts: [office.alert(1)]))
    let first = engine()
    await first.askAll()
    let next = engine(inheriting: await first.memory)
    await next.note([])
    #expect(await next.snapshot.alerts.map(\.name) == ["Disk1"])
    #expect(await next.snapshot.alerts.map(\.state) == [.firing])
  }
}

/// A source of alerts that says what it is told to.
actor FakeAlertSource: AlertSource {
  typealias Script = @Sendable () async -> Result<AlertReport, ReadingFailure>

  nonisolated let name: String
  private var script: Script = { .success(AlertReport(alerts: [])) }

  init(_ name: String) { self.name = name }

  func say(_ report: AlertReport) { script = { .success(report) } }

  func say(_ report: @escaping @Sendable () async -> AlertReport) {
    script = { .success(await report()) }
  }

  func fail(_ reason: String) { script = { .failure(.unavailable(reason)) } }

  func report(at instant: Timestamp) async -> Result<AlertReport, ReadingFailure> {
    await script()
  }

  func health(at instant: Timestamp) -> SourceHealth? {
    SourceHealth(name: name, type: "test", address: "")
  }
}

/// What an engine of alerts publishes.
final class AlertNews: Sendable {
  private let state = Mutex<(snapshots: [AlertSnapshot], sentences: [String])>(([], []))

  /// All snapshots, oldest first.
  var snapshots: [AlertSnapshot] { state.withLock(\.snapshots) }

  /// All sentences, oldest first.
  var sentences: [String] { state.withLock(\.sentences) }

  @Sendable func take(_ news: AlertEngine.News) {
    state.withLock { state in
      switch news {
      case .snapshot(let snapshot): state.snapshots.append(snapshot)
      case .sentence(let sentence): state.sentences.append(sentence)
      }
    }
  }
}
