import Reliability
import Screen

/// The open runbook: which step is selected, which half has the keys, and how far the text beside the
/// steps is scrolled.
struct RunbookPane: Sendable {
  /// The halves that can have the keys.
  enum Focus: Hashable, Sendable { case steps, details }

  private(set) var place: RunbookPlace?
  private(set) var list = VirtualList()
  var focus = Focus.steps
  /// The position in the text beside the steps; `nil` follows its end while a step runs.
  var scroll: VirtualList?
  /// The operator wants a run of its own from here on: runs that began before do not count.
  private(set) var startsAfter: Timestamp?
  /// Since when a step is on its way to the runner.
  var pendingSince: Timestamp?

  /// Opens a runbook at a step.
  mutating func open(_ place: RunbookPlace, stepCount: Int, at step: Int, height: Int) {
    self = RunbookPane()
    self.place = place
    list = VirtualList(count: stepCount)
    list.select(step, height: height)
  }

  /// Leaves the runs so far alone.
  mutating func startOver(at now: Timestamp, height: Int) {
    startsAfter = now
    scroll = nil
    list.select(0, height: height)
  }

  mutating func move(_ movement: Movement, height: Int) {
    list.move(movement, height: height)
    scroll = nil
  }

  mutating func select(_ step: Int, height: Int) {
    guard step != list.selection else { return }
    list.select(step, height: height)
    scroll = nil
  }

  /// The run that is shown: the one for this place, unless the operator begins a new one.
  func run(in snapshot: RunSnapshot, at now: Timestamp) -> RunRecord? {
    guard let place else { return nil }
    return snapshot.current(of: place.runbook, for: place.subject, since: startsAfter, at: now)
  }
}
