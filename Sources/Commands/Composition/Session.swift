import Definitions
import Operations
import Reliability

/// A configuration brought to life: the engine over its metric sources, and the one over its alerts.
struct Session: Sendable {
  /// What a session tells, on any thread.
  enum News: Sendable {
    case snapshot(Snapshot)
    case alerts(AlertSnapshot)
    case onCall(OnCallSnapshot)
    /// Something happened to what the operator did.
    case sentence(String)
  }

  /// What a session before this one knew.
  struct Memory: Sendable {
    var readings: [SLO: KnownReadings] = [:]
    var alerts: [Alert.ID: Alert] = [:]
    /// When the alerts were known, where that was in another process.
    var alertsAt: Timestamp?
  }

  let engine: Engine
  let alerts: AlertEngine
  let onCall: OnCallEngine
  private let journal: any WholeJournal
  /// The shortest time between two polls of any source.
  let refresh: Duration

  /// Connects the sources of a configuration.
  ///
  /// - Parameters:
  ///   - configuration: What was read.
  ///   - clock: The clock of schedule and ages.
  ///   - honorsOffsets: Whether sources are asked as far behind the clock as they say; a look at a
  ///     given instant is at that instant.
  ///   - memory: What a session before this one knew.
  ///   - sources: Makes the metric source of one entry, given its SLOs.
  ///   - alertParts: What watching and handling alerts needs.
  ///   - calendars: Makes the reader of one calendar.
  ///   - publish: Receives news, on any thread.
  init(
    _ configuration: Configuration, clock: any WallClock, honorsOffsets: Bool = true,
    inheriting memory: Memory = Memory(),
    sources: (SourceSettings, [SLO]) -> any MetricSource, alertParts: AlertParts,
    calendars: (CalendarSettings) -> any ShiftSource = { UnreadCalendar($0) },
    publish: @escaping @Sendable (News) -> Void
  ) {
    let subscriptions = configuration.sources.filter { $0.kind == .prometheus }.map {
      settings in
      let own = configuration.slos.filter { $0.source == settings.name }
      return Engine.Subscription(
        source: sources(settings, own), refresh: settings.refresh,
        offset: honorsOffsets ? settings.offset : .zero)
    }
    refresh = subscriptions.map(\.refresh).min() ?? .seconds(15)
    journal = alertParts.journal
    let onCall = OnCallEngine(
      configuration.onCall, sources: configuration.onCall.calendars.map(calendars),
      pagedBy: configuration.callers, journal: alertParts.journal, clock: clock,
      publish: { publish(.onCall($0)) })
    self.onCall = onCall
    let alerts = AlertEngine(
      subscriptions: alertParts.subscriptions, settings: configuration.alerts,
      slos: configuration.slos, setup: alertParts.setup, journal: alertParts.journal,
      backends: alertParts.backends, clock: clock, inheriting: memory.alerts,
      knownAt: memory.alertsAt, tidy: Housekeeping.tidy,
      publish: { news in
        switch news {
        case .snapshot(let snapshot):
          onCall.tell(snapshot)
          publish(.alerts(snapshot))
        case .sentence(let sentence): publish(.sentence(sentence))
        }
      })
    self.alerts = alerts
    engine = Engine(
      slos: configuration.slos, subscriptions: subscriptions, clock: clock,
      inheriting: memory.readings,
      publish: { snapshot in
        alerts.tell(snapshot.serviceLevels)
        publish(.snapshot(snapshot))
      })
  }

  /// What a session after this one may begin with.
  var memory: Memory {
    get async { Memory(readings: await engine.memory, alerts: await alerts.memory) }
  }

  /// Watches until the task is cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await engine.run() }
      group.addTask { await alerts.run() }
      group.addTask { await onCall.run() }
    }
  }

  /// Asks everything that is due, and waits for it.
  func askDue(at instant: Timestamp) async -> (Snapshot, AlertSnapshot) {
    async let snapshot = engine.askDue(at: instant)
    await alerts.outbox.readJournal()
    _ = await alerts.askAll()
    await alerts.noteRecords()
    await alerts.note(await snapshot.serviceLevels)
    return (await snapshot, await alerts.snapshot)
  }

  /// Asks all sources now.
  func askNow() async {
    async let figures: Void = engine.askNow()
    async let calendars = onCall.askAll()
    _ = await alerts.askAll()
    _ = await calendars
    await figures
  }

  /// What a hand-off note is made of, as of an instant.
  ///
  /// - Returns: `nil` when there is no such team.
  func handOffNote(_ wish: HandOffWish, at now: Timestamp) async -> HandOffNote? {
    await HandOffGathering(engine: engine, alerts: alerts, onCall: onCall, journal: journal)
      .note(wish, at: now)
  }

  /// Lets go of all sources.
  func close() async {
    await engine.close()
    await alerts.close()
  }
}

/// A calendar that cannot be read and says why.
struct UnreadCalendar: ShiftSource {
  let name: String
  private let reason: String

  init(_ settings: CalendarSettings, reason: String = "calendars are not read here") {
    name = settings.name
    self.reason = reason
  }

  func look(since version: CalendarVersion?) async -> CalendarLook {
    CalendarLook(.failure(.unavailable(reason)))
  }
}

extension Configuration {
  /// The sources whose alerts call people: where alerts are routed from, else the servers of the rules.
  ///
  /// burnwatch's own alerts call nobody.
  fileprivate var callers: Set<String> {
    let routing = sources.filter { $0.kind != .prometheus }
    return Set((routing.isEmpty ? sources : routing).map(\.name))
  }
}
