package import Reliability

/// Keeps who is on call and what it costs them: works rotations out, asks calendars, writes down what
/// fires, and publishes one picture per team.
///
/// What a calendar said last stays when it is silent, also over a restart: it is kept in the journal.
package actor OnCallEngine {
  /// How far back shifts are worked out.
  package static let past = Duration.seconds(7 * 86_400)
  /// How far ahead shifts are worked out: the eight weeks of the timeline.
  package static let future = Duration.seconds(57 * 86_400)
  /// How far back pages count in the load: four weeks.
  package static let loadPeriod = Duration.seconds(28 * 86_400)
  /// The longest time in which a hand-off goes unnoticed.
  private static let pulse = Duration.seconds(15)

  private let assembly: RosterAssembly
  private let sources: [any ShiftSource]
  private let journal: (any JournalStore & FiringStore)?
  private let clock: any WallClock
  private let publish: @Sendable (OnCallSnapshot) -> Void
  private let (alerts, alertNews) = AsyncStream.makeStream(
    of: AlertSnapshot.self, bufferingPolicy: .bufferingNewest(1))
  private var words: [String: RosterAssembly.Word] = [:]
  /// What begins and ends; `nil` until the journal has said what an earlier process has seen.
  private var log: FiringLog?
  /// What could not be written yet.
  private var unwritten: [Firing.ID: Firing] = [:]
  private var recent: [Firing] = []
  /// The latest picture.
  package private(set) var snapshot: OnCallSnapshot

  /// Makes an engine; nothing is asked before `run` or `askAll`.
  ///
  /// - Parameters:
  ///   - plan: What the configuration says.
  ///   - sources: What reads the plan's calendars, in their order.
  ///   - journal: Where calendars and firings are kept; `nil` keeps them nowhere.
  ///   - clock: The clock of looks and hand-offs.
  ///   - publish: Receives every picture that differs from the one before, on any thread.
  package init(
    _ plan: OnCallPlan, sources: [any ShiftSource],
    journal: (any JournalStore & FiringStore)?, clock: any WallClock,
    publish: @escaping @Sendable (OnCallSnapshot) -> Void
  ) {
    assembly = RosterAssembly(plan)
    self.sources = sources
    self.journal = journal
    self.clock = clock
    self.publish = publish
    snapshot = OnCallSnapshot(at: clock.now)
  }

  /// Whether anything says who is on call.
  package nonisolated var isConfigured: Bool { !assembly.plan.isEmpty }

  /// Watches until the task is cancelled.
  package func run() async {
    await recall()
    await readFirings()
    refresh()
    await withTaskGroup(of: Void.self) { group in
      for (index, settings) in assembly.plan.calendars.enumerated() {
        group.addTask {
          while !Task.isCancelled {
            await self.ask(index)
            let next = self.clock.now + settings.refresh
            guard (try? await self.clock.sleep(until: next)) != nil else { return }
          }
        }
      }
      group.addTask {
        for await snapshot in self.alerts { await self.note(snapshot) }
      }
      group.addTask {
        while (try? await self.clock.sleep(until: self.clock.now + OnCallEngine.pulse)) != nil {
          await self.readFirings()
          await self.refresh()
        }
      }
    }
  }

  /// Asks all calendars now, and waits for them.
  @discardableResult
  package func askAll() async -> OnCallSnapshot {
    await recall()
    await readFirings()
    await withTaskGroup(of: Void.self) { group in
      for index in sources.indices { group.addTask { await self.ask(index) } }
    }
    refresh()
    return snapshot
  }

  /// The picture of a stretch of time of the caller's, with the load of the part that is over.
  package func teams(in range: Range<Timestamp>) async -> [TeamRoster] {
    let firings = try? await journal?.firings(in: range)
    return assembly.rosters(
      in: range, words: words, load: firings.map { ($0, range) })
  }

  // MARK: - What fires

  /// Leaves word of the alerts that there are, without waiting.
  package nonisolated func tell(_ snapshot: AlertSnapshot) { alertNews.yield(snapshot) }

  /// Writes down what has begun, was acknowledged and has ended.
  package func note(_ alerts: AlertSnapshot) async {
    await openLog()
    let changes = log?.changes(with: alerts, paged: whoIsPaged) ?? []
    guard !changes.isEmpty || !unwritten.isEmpty else { return }
    for firing in changes { unwritten[firing.id] = firing }
    let pending = unwritten
    do throws(JournalError) {
      try await journal?.keep(Array(pending.values))
      // What has changed again meanwhile is still to be written.
      for (id, firing) in pending where unwritten[id] == firing { unwritten[id] = nil }
    } catch {
      // The outbox says what is wrong with the journal; the next news try again.
      return
    }
    await readFirings()
    refresh()
  }

  /// Begins with what an earlier process has seen begin and not end.
  private func openLog() async {
    guard log == nil else { return }
    let now = clock.now
    let known = (try? await journal?.firings(in: now..<(now + .milliseconds(1)))) ?? []
    if log == nil { log = FiringLog(open: known.filter { $0.endsAt == nil }) }
  }

  /// Who was on call when something began, as far as shifts are worked out: the first layer first.
  private func whoIsPaged(_ firing: Firing) -> String? {
    snapshot.team(named: firing.team)?.roster.shifts(at: firing.id.startsAt).first?.person
  }

  private func readFirings() async {
    recent = (try? await journal?.firings(in: loadRange)) ?? recent
  }

  /// By the hour, so that its edges do not make every look a different one.
  private var loadRange: Range<Timestamp> {
    let end = hour + .seconds(3600)
    return (end - OnCallEngine.loadPeriod)..<end
  }

  private var hour: Timestamp { clock.now.rounded(downTo: .seconds(3600)) }

  // MARK: - Calendars

  private func ask(_ index: Int) async {
    let settings = assembly.plan.calendars[index]
    var word = words[settings.name] ?? RosterAssembly.Word()
    switch await sources[index].calendar() {
    case .failure(let failure): word.failure = failure.message
    case .success(let bytes):
      do throws(CalendarError) {
        word.file = try CalendarFile(parsing: bytes, zone: settings.timeZone)
        word.readAt = clock.now
        word.failure = nil
        try? await journal?.keep(bytes, named: Self.document(settings), at: clock.now)
      } catch {
        word.failure = "it \(error.message)"
      }
    }
    words[settings.name] = word
    refresh()
  }

  /// Takes in what the calendars of an earlier process said last.
  private func recall() async {
    for settings in assembly.plan.calendars where words[settings.name] == nil {
      guard let kept = try? await journal?.document(named: Self.document(settings)),
        let file = try? CalendarFile(parsing: kept.bytes, zone: settings.timeZone)
      else { continue }
      words[settings.name] = RosterAssembly.Word(file: file, readAt: kept.at)
    }
  }

  private static func document(_ settings: CalendarSettings) -> String {
    "calendar \(settings.name)"
  }

  // MARK: - The picture

  private func refresh() {
    let range = (hour - OnCallEngine.past)..<(hour + OnCallEngine.future)
    let teams = assembly.rosters(in: range, words: words, load: (recent, loadRange))
    let isNews = teams != snapshot.teams
    snapshot = OnCallSnapshot(at: clock.now, teams: teams)
    if isNews { publish(snapshot) }
  }
}
