import Operations
import Reliability

/// Looks at the calendars that say who is on call: whether each can be read, and what it says of the
/// coming weeks.
struct CalendarCheck: Sendable {
  let plan: OnCallPlan
  let sources: [SourceSettings]
  let surroundings: Surroundings
  let clock: any WallClock

  /// Reads all calendars at once, and keeps nothing of them.
  func findings(atMost limit: Duration) -> [Finding] {
    guard !plan.calendars.isEmpty else { return [] }
    let answers = Answers()
    Blocking.wait(atMost: limit) {
      await withTaskGroup(of: Void.self) { group in
        for settings in plan.calendars {
          group.addTask { await answers.add(await self.look(at: settings), for: settings.name) }
        }
      }
    }
    let heard = Blocking.wait { await answers.all } ?? [:]
    return plan.calendars.map { settings in
      Finding(.calendar(settings.name), heard[settings.name] ?? .silent(limit))
    }
  }

  private func look(at settings: CalendarSettings) async -> CalendarObservation {
    let source = LiveSources.calendar(
      settings, of: sources, environment: surroundings.environment)
    let now = clock.now
    switch await source.look(since: nil).content {
    case .failure(let failure): return .failed(failure.message)
    case .success(.unchanged): return .failed("it says that it has not changed, unasked")
    case .success(.calendar(let bytes, _)):
      do throws(CalendarError) {
        let file = try CalendarFile(parsing: bytes, zone: settings.timeZone)
        let found = file.shifts(
          in: now..<(now + OnCallEngine.future), source: settings.name, layer: settings.layer)
        return .read(
          shifts: found.shifts.count, until: found.shifts.map(\.until).max(),
          problems: (file.problems + found.problems).map(\.message))
      } catch {
        return .failed("it \(error.message)")
      }
    }
  }

  private actor Answers {
    private(set) var all: [String: CalendarObservation] = [:]

    func add(_ observation: CalendarObservation, for name: String) {
      all[name] = observation
    }
  }
}
