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
  private static let rowsAtOnce = 200

  private let assembly: RosterAssembly
  /// The sources of alerts whose alerts call people, by name.
  package nonisolated let clusters: Set<String>
  private let sources: [any ShiftSource]
  private let journal: (any JournalStore & FiringStore)?
  private let clock: any WallClock
  private let publish: @Sendable (OnCallSnapshot) -> Void
  private let (alerts, alertNews) = AsyncStream.makeStream(
    of: AlertSnapshot.self, bufferingPolicy: .bufferingNewest(1))
  /// What calendars have said, by name.
  private var words: [String: RosterAssembly.Word] = [:]
  /// How the looks at calendars have gone, in the order of the plan.
  private var records: [CalendarRecord]
  /// What begins and ends; `nil` until the journal has said what an earlier process has seen.
  private var log: FiringLog?
  /// What is not written yet, and what is still to be taken away.
  private var unwritten: [Firing.ID: Firing] = [:]
  private var undropped: Set<Firing.ID> = []
  /// What fired of late; `nil` until the journal has told.
  private var recent: [Firing]?
  /// The turns of rotations, worked out once an hour.
  private var turns: (range: Range<Timestamp>, shifts: [[Shift]])?
  /// The teams without their load, worked out once an hour and when a calendar says something else.
  private var worked: (range: Range<Timestamp>, teams: [TeamRoster])?
  /// The latest picture.
  package private(set) var snapshot: OnCallSnapshot

  /// Makes an engine; nothing is asked before `run` or `askAll`.
  ///
  /// - Parameters:
  ///   - plan: What the configuration says.
  ///   - sources: What reads the plan's calendars, in their order.
  ///   - clusters: The sources of alerts whose alerts call people, by name.
  ///   - journal: Where calendars and firings are kept; `nil` keeps them nowhere.
  ///   - clock: The clock of looks and hand-offs.
  ///   - publish: Receives every picture that differs from the one before, on any thread.
  package init(
    _ plan: OnCallPlan, sources: [any ShiftSource], pagedBy clusters: Set<String> = [],
    journal: (any JournalStore & FiringStore)?, clock: any WallClock,
    publish: @escaping @Sendable (OnCallSnapshot) -> Void
  ) {
    assembly = RosterAssembly(plan)
    records = plan.calendars.map { CalendarRecord($0) }
    self.sources = sources
    self.clusters = clusters
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
          await self.writeFirings()
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

  /// The names of calendars that were asked and have neither answered nor failed.
  package var pendingCalendars: [String] {
    records.map(\.health).filter { $0.lastSuccess == nil && $0.lastError == nil }.map(\.name)
  }

  /// The picture of a stretch of time of the caller's, with the load of the part that is over.
  package func teams(in range: Range<Timestamp>) async -> [TeamRoster] {
    let firings = try? await journal?.firings(in: range)
    let teams = assembly.rosters(in: range, turns: assembly.turns(in: range), words: words)
    return firings.map { assembly.adding($0, in: range, to: teams) } ?? teams
  }

  // MARK: - What fires

  /// Leaves word of the alerts that there are, without waiting.
  package nonisolated func tell(_ snapshot: AlertSnapshot) { alertNews.yield(snapshot) }

  /// Writes down what has begun, was acknowledged and has ended.
  package func note(_ alerts: AlertSnapshot) async {
    await openLog()
    guard let changes = log?.changes(with: alerts, paged: whoIsPaged) else { return }
    for id in changes.dropped { unwritten[id] = nil }
    undropped.formUnion(changes.dropped)
    for firing in changes.firings {
      unwritten[firing.id] = firing
      undropped.remove(firing.id)
    }
    guard !unwritten.isEmpty || !undropped.isEmpty else { return }
    await writeFirings()
    await readFirings()
    refresh()
  }

  /// Writes what is not written yet; what the journal does not take now, it is given again.
  ///
  /// In a storm it is written in parts, so that an acknowledgement need not wait for thousands of rows.
  private func writeFirings() async {
    while !unwritten.isEmpty || !undropped.isEmpty {
      let part = unwritten.prefix(OnCallEngine.rowsAtOnce)
      let dropped = undropped
      do throws(JournalError) {
        try await journal?.keep(part.map(\.value), dropping: Array(dropped))
      } catch {
        // The outbox says what is wrong with the journal.
        return
      }
      // What has changed again meanwhile is still to be written.
      for (id, firing) in part where unwritten[id] == firing { unwritten[id] = nil }
      undropped.subtract(dropped)
    }
  }

  /// Begins with what an earlier process has seen begin and not end; without its word nothing is noted.
  private func openLog() async {
    guard log == nil else { return }
    let now = clock.now
    guard let journal, let known = try? await journal.firings(in: now..<(now + .milliseconds(1)))
    else { return }
    if log == nil { log = FiringLog(of: clusters, open: known.filter { $0.endsAt == nil }) }
  }

  /// Who was on call when something called, as far as all that says so was heard: the first layer first.
  private func whoIsPaged(_ firing: Firing) -> String? {
    guard let team = snapshot.team(named: firing.team), team.isKnown else { return nil }
    return team.roster.shifts(at: firing.calledAt).first?.person
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
    let started = clock.now
    let look = await sources[index].look(since: words[settings.name]?.version)
    // Read after the wait: another look may have come first.
    var word = words[settings.name] ?? RosterAssembly.Word()
    if case .failure = look.content, word.failure == nil, word.readAt.map({ $0 > started }) ?? false
    {
      return
    }
    let before = word.basis
    word.take(look, settings, at: clock.now)
    words[settings.name] = word
    if word.basis != before { worked = nil }
    records[index].note(look, failure: word.failure, at: clock.now)
    refresh()
    guard word.failure == nil, case .success(.calendar(let bytes, let version)) = look.content
    else { return }
    do throws(JournalError) {
      try await journal?.keep(bytes, named: Self.document(settings), at: clock.now)
      // What is not kept is asked for again, whether or not it changes.
      words[settings.name]?.version = version
    } catch {
      // The outbox says what is wrong with the journal.
    }
  }

  /// Takes in what the calendars of an earlier process said last.
  private func recall() async {
    for settings in assembly.plan.calendars where words[settings.name] == nil {
      guard let kept = try? await journal?.document(named: Self.document(settings)),
        let file = try? CalendarFile(parsing: kept.bytes, zone: settings.timeZone),
        words[settings.name] == nil
      else { continue }
      words[settings.name] = RosterAssembly.Word(file: file, readAt: kept.at)
      worked = nil
    }
  }

  /// A calendar of another place or team is another one, whatever it is called.
  private static func document(_ settings: CalendarSettings) -> String {
    let place = StableHash("\(settings.team)\n\(settings.layer)\n\(settings.place)").value
    return "calendar \(settings.name) \(String(place, radix: 16))"
  }

  // MARK: - The picture

  private func refresh() {
    let range = (hour - OnCallEngine.past)..<(hour + OnCallEngine.future)
    let teams =
      recent.map { assembly.adding($0, in: loadRange, to: worked(in: range)) }
      ?? worked(in: range)
    let before = snapshot
    snapshot = OnCallSnapshot(at: clock.now, teams: teams, sources: records.map(\.health))
    if snapshot.teams != before.teams || snapshot.sources != before.sources { publish(snapshot) }
  }

  private func worked(in range: Range<Timestamp>) -> [TeamRoster] {
    if let worked, worked.range == range { return worked.teams }
    let turns =
      self.turns.flatMap { $0.range == range ? $0.shifts : nil } ?? assembly.turns(in: range)
    self.turns = (range, turns)
    let teams = assembly.rosters(in: range, turns: turns, words: words)
    worked = (range, teams)
    return teams
  }
}
