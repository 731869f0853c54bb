package import Reliability

/// Keeps who is on call: works rotations out, asks calendars, and publishes one picture per team.
///
/// What a calendar said last stays when it is silent, also over a restart: it is kept in the journal.
package actor OnCallEngine {
  /// How far back shifts are worked out.
  package static let past = Duration.seconds(7 * 86_400)
  /// How far ahead shifts are worked out: the eight weeks of the timeline.
  package static let future = Duration.seconds(57 * 86_400)
  /// The longest time in which a hand-off goes unnoticed.
  private static let pulse = Duration.seconds(15)

  /// What is known of a calendar.
  private struct Known {
    var file: CalendarFile?
    var readAt: Timestamp?
    /// Why it says nothing now.
    var failure: String?
  }

  private let rotations: [RotationCalculator]
  private let calendars: [(settings: CalendarSettings, source: any ShiftSource)]
  private let journal: (any JournalStore)?
  private let clock: any WallClock
  private let publish: @Sendable (OnCallSnapshot) -> Void
  private var known: [String: Known] = [:]
  /// The latest picture.
  package private(set) var snapshot: OnCallSnapshot

  /// Makes an engine; nothing is asked before `run` or `askAll`.
  ///
  /// - Parameters:
  ///   - rotations: The rotations of the configuration.
  ///   - calendars: The calendars with what reads them.
  ///   - journal: Where the last good calendars are kept; `nil` keeps them nowhere.
  ///   - clock: The clock of looks and hand-offs.
  ///   - publish: Receives every picture that differs from the one before, on any thread.
  package init(
    rotations: [Rotation], calendars: [(settings: CalendarSettings, source: any ShiftSource)],
    journal: (any JournalStore)?, clock: any WallClock,
    publish: @escaping @Sendable (OnCallSnapshot) -> Void
  ) {
    self.rotations = rotations.map { RotationCalculator($0) }
    self.calendars = calendars
    self.journal = journal
    self.clock = clock
    self.publish = publish
    snapshot = OnCallSnapshot(at: clock.now)
  }

  /// Whether anything says who is on call.
  package nonisolated var isConfigured: Bool { !rotations.isEmpty || !calendars.isEmpty }

  /// Watches until the task is cancelled.
  package func run() async {
    await recall()
    refresh()
    await withTaskGroup(of: Void.self) { group in
      for index in calendars.indices {
        group.addTask {
          while !Task.isCancelled {
            await self.ask(index)
            let next = self.clock.now + self.calendars[index].settings.refresh
            guard (try? await self.clock.sleep(until: next)) != nil else { return }
          }
        }
      }
      group.addTask {
        while (try? await self.clock.sleep(until: self.clock.now + OnCallEngine.pulse)) != nil {
          await self.refresh()
        }
      }
    }
  }

  /// Asks all calendars now, and waits for them.
  @discardableResult
  package func askAll() async -> OnCallSnapshot {
    await recall()
    await withTaskGroup(of: Void.self) { group in
      for index in calendars.indices { group.addTask { await self.ask(index) } }
    }
    refresh()
    return snapshot
  }

  /// The picture of a stretch of time of the caller's.
  package func teams(in range: Range<Timestamp>) -> [TeamRoster] {
    teamNames.map { roster(of: $0, in: range) }
  }

  // MARK: - Calendars

  private func ask(_ index: Int) async {
    let (settings, source) = calendars[index]
    var word = known[settings.name] ?? Known()
    switch await source.calendar() {
    case .failure(let failure): word.failure = failure.message
    case .success(let bytes):
      do throws(CalendarError) {
        word.file = try CalendarFile(parsing: bytes, zone: settings.timeZone)
        word.readAt = clock.now
        word.failure = nil
        try? await journal?.keep(bytes, named: Self.document(settings), at: clock.now)
      } catch {
        word.failure = "\(error)"
      }
    }
    known[settings.name] = word
    refresh()
  }

  /// Takes in what the calendars of an earlier process said last.
  private func recall() async {
    for (settings, _) in calendars where known[settings.name] == nil {
      guard let kept = try? await journal?.document(named: Self.document(settings)),
        let file = try? CalendarFile(parsing: kept.bytes, zone: settings.timeZone)
      else { continue }
      known[settings.name] = Known(file: file, readAt: kept.at)
    }
  }

  private static func document(_ settings: CalendarSettings) -> String {
    "calendar \(settings.name)"
  }

  // MARK: - The picture

  private func refresh() {
    let now = clock.now
    // By the hour, so that the edges of the stretch do not make every look a different one.
    let hour = now.rounded(downTo: .seconds(3600))
    let range = (hour - OnCallEngine.past)..<(hour + OnCallEngine.future)
    let fresh = OnCallSnapshot(at: now, teams: teams(in: range))
    let isNews = fresh.teams != snapshot.teams
    snapshot = fresh
    if isNews { publish(fresh) }
  }

  private var teamNames: [String] {
    var seen: Set<String> = []
    return (rotations.map(\.rotation.name) + calendars.map(\.settings.team))
      .filter { seen.insert($0).inserted }
  }

  private func roster(of team: String, in range: Range<Timestamp>) -> TeamRoster {
    let own = rotations.filter { $0.rotation.name == team }
    var layers = own.flatMap { $0.rotation.layers.map(\.name) }
    var shifts = own.flatMap { $0.shifts(in: range) }
    var sources = own.isEmpty ? [] : ["rotation"]
    var remarks: [String] = []
    for (settings, _) in calendars where settings.team == team {
      sources.append(settings.name)
      let word = known[settings.name]
      remarks += self.remarks(on: settings, word)
      guard let file = word?.file else { continue }
      let found = file.shifts(in: range, source: settings.name, layer: settings.layer)
      shifts += found.shifts
      remarks += (file.problems + found.problems).prefix(3).map { "\(settings.name): \($0)" }
      layers.append(settings.layer)
    }
    let known = Set(layers)
    layers += Set(shifts.map(\.layer)).subtracting(known).sorted()
    var seen: Set<String> = []
    let restricted = own.flatMap { $0.rotation.layers.filter { !$0.restrictions.isEmpty } }
    let used = Set(shifts.map(\.layer)).union(own.flatMap { $0.rotation.layers.map(\.name) })
    return TeamRoster(
      team: team,
      people: own.reduce([:]) { $0.merging($1.rotation.people) { first, _ in first } },
      roster: Roster(
        shifts: shifts, range: range,
        layers: layers.filter { seen.insert($0).inserted && used.contains($0) },
        partTimeLayers: Set(restricted.map(\.name))),
      sources: sources, remarks: remarks)
  }

  private func remarks(on settings: CalendarSettings, _ word: Known?) -> [String] {
    guard let word else { return ["\(settings.name) has not been read yet"] }
    guard let failure = word.failure else { return [] }
    let age = word.readAt.map { "; shown is what it said at \($0.dateAndTime) UTC" } ?? ""
    return ["\(settings.name) is silent: \(failure)\(age)"]
  }
}
